import { PALETTES } from './palette/palettes.ts'

/** What kind of value a token holds; decides how it is resolved. */
export type ThemeTokenKind = 'color' | 'length' | 'number' | 'text'

/** One CSS custom property of the public theme: `--di-<name>`. */
export interface ThemeToken {
  readonly name: string
  readonly kind: ThemeTokenKind
  readonly light: string
  /** Equal to `light` when absent. */
  readonly dark?: string
}

const LIGHT = PALETTES.light
const DARK = PALETTES.dark

const color = (name: string, light: string, dark: string): ThemeToken => ({ name, kind: 'color', light, dark })
const length = (name: string, light: string): ThemeToken => ({ name, kind: 'length', light })
const number = (name: string, light: string): ThemeToken => ({ name, kind: 'number', light })
const text = (name: string, light: string): ThemeToken => ({ name, kind: 'text', light })

/** Every token of the public theme with its defaults; `docs/reference/elements.md` says what each is for. A host sets `--di-<name>` on any ancestor or on the element. */
export const THEME_TOKENS: readonly ThemeToken[] = [
  text('font-family-mono', 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace'),
  length('font-size', '13px'),
  number('line-height', '1.45'),

  color('color-page', '#f6f7f9', '#0e1116'),
  color('color-surface', '#ffffff', '#161b22'),
  color('color-surface-raised', '#ffffff', '#1c232d'),
  color('color-text', '#101828', '#e6e9ee'),
  color('color-text-muted', '#596579', '#98a2b3'),
  color('color-text-disabled', '#98a2b3', '#5d6878'),
  color('color-border', '#e4e7ec', '#2a323d'),
  color('color-divider', '#eef0f3', '#222a34'),
  color('color-primary', '#2f5bea', '#7aa2ff'),
  color('color-on-primary', '#ffffff', '#0e1116'),
  color('color-focus', '#2f5bea', '#7aa2ff'),
  color('color-positive', '#0f7b57', '#3ecf8e'),
  color('color-negative', '#c2362b', '#ff7a70'),
  color('color-warning', '#a35200', '#f5b04c'),

  length('radius', '10px'),
  text(
    'shadow',
    '0 1px 2px light-dark(rgb(16 24 40 / 6%), rgb(0 0 0 / 40%)), 0 8px 24px light-dark(rgb(16 24 40 / 12%), rgb(0 0 0 / 48%))',
  ),
  length('gap', '16px'),
  length('tile-padding', '16px'),
  length('row-height', '40px'),
  number('grid-columns', '12'),
  length('title-size', '20px'),
  length('metric-size', '28px'),

  ...LIGHT.categorical.map((light, index) => color(`chart-${index + 1}`, light, DARK.categorical[index] ?? light)),
  color('chart-grid', '#eef0f3', '#222a34'),
  color('chart-axis', '#d0d5dd', '#364152'),
  color('chart-label', '#596579', '#98a2b3'),
  length('chart-label-size', '12px'),
  length('chart-bar-radius', '2px'),
  length('chart-line-width', '2px'),
  number('chart-area-opacity', '0.12'),
  color('tooltip-bg', '#ffffff', '#1c232d'),
  color('tooltip-text', '#101828', '#e6e9ee'),
  color('sequential-start', LIGHT.sequential[0], DARK.sequential[0]),
  color('sequential-end', LIGHT.sequential[1], DARK.sequential[1]),
  color('diverging-low', LIGHT.diverging[0], DARK.diverging[0]),
  color('diverging-mid', LIGHT.diverging[1], DARK.diverging[1]),
  color('diverging-high', LIGHT.diverging[2], DARK.diverging[2]),

  length('control-height', '32px'),
  length('control-radius', '6px'),
  number('z-overlay', '1000'),
  text('transition', '150ms ease-out'),
  color('skeleton', '#eceff3', '#232b36'),
]

/** Names of the tokens that hold the series colours, in order. */
export const SERIES_TOKENS: readonly string[] = LIGHT.categorical.map((_, index) => `chart-${index + 1}`)

/** The value an element uses: the host's, else the default of the colour scheme in force. */
export function tokenDefault(token: ThemeToken): string {
  return token.dark === undefined ? token.light : `light-dark(${token.light}, ${token.dark})`
}
