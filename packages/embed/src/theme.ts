import { css, unsafeCSS } from 'lit'
import { THEME_TOKENS, tokenDefault } from './theme-tokens.ts'

/** Which look to show. `auto` follows the host's `color-scheme`, else what is painted behind, else the system. */
export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export type { ChartTheme } from './resolve-theme.ts'

const TOKENS = unsafeCSS(
  THEME_TOKENS.map((token) => `--_${token.name}: var(--di-${token.name}, ${tokenDefault(token)});`).join(''),
)

/**
 * Styles every element starts from. The public `--di-…` is never set here, so that a value set on any ancestor wins;
 * the private `--_…` is what the elements' own styles read.
 */
export const themeStyles = css`
  :host {
    ${TOKENS}
    --_size-small: calc(var(--_font-size) - 1px);
    --_size-medium: calc(var(--_font-size) + 1px);
    --_size-large: calc(var(--_font-size) + 3px);
    box-sizing: border-box;
    color: var(--_color-text);
    font-family: var(--di-font-family, inherit);
    font-size: var(--_font-size);
    font-style: normal;
    font-weight: 400;
    letter-spacing: normal;
    line-height: var(--_line-height);
    text-align: start;
    text-transform: none;
    white-space: normal;
    -webkit-text-size-adjust: 100%;
  }
  :host([hidden]) {
    display: none !important;
  }
  :host([theme='light']),
  :host(:state(scheme-light)) {
    color-scheme: light;
  }
  :host([theme='dark']),
  :host(:state(scheme-dark)) {
    color-scheme: dark;
  }
  :host(:state(plain-font)) {
    font-family: var(--di-font-family, system-ui, sans-serif);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  @media (pointer: coarse) {
    :host {
      --_control-height: max(44px, var(--di-control-height, 44px));
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --_transition: 0s linear;
    }
  }
  @media (forced-colors: active) {
    :host {
      --_color-surface: Canvas;
      --_color-surface-raised: Canvas;
      --_color-text: CanvasText;
      --_color-text-muted: CanvasText;
      --_color-text-disabled: GrayText;
      --_color-border: CanvasText;
      --_color-divider: CanvasText;
      --_color-primary: LinkText;
      --_color-on-primary: Canvas;
      --_color-focus: Highlight;
      --_skeleton: GrayText;
    }
  }
`

/** Perceived brightness of an `rgb()` colour, 0 (black) to 1 (white). */
export function luminance(rgb: string): number {
  const [red = 0, green = 0, blue = 0] = (rgb.match(/[\d.]+/g) ?? []).map((channel) => (Number(channel) / 255) ** 2.2)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
