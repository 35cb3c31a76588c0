import { luminance } from './theme.ts'
import { SERIES_TOKENS, THEME_TOKENS } from './theme-tokens.ts'

/**
 * The theme as charts need it: plain values, colours as `rgb()`/`rgba()` whatever syntax the host used, lengths in px.
 * Two themes look alike exactly when their `key` is the same.
 */
export interface ChartTheme {
  readonly key: string
  readonly scheme: 'light' | 'dark'
  /** Computed family of the element, ready for a canvas. */
  readonly fontFamily: string
  readonly fontSize: number
  readonly surface: string
  readonly surfaceRaised: string
  readonly text: string
  readonly textMuted: string
  readonly textDisabled: string
  readonly border: string
  readonly divider: string
  readonly primary: string
  readonly onPrimary: string
  readonly focus: string
  readonly positive: string
  readonly negative: string
  readonly warning: string
  /** Twelve series colours. */
  readonly palette: readonly string[]
  readonly grid: string
  readonly axis: string
  readonly label: string
  readonly labelSize: number
  readonly barRadius: number
  readonly lineWidth: number
  /** 0 to 1. */
  readonly areaOpacity: number
  readonly tooltipBackground: string
  readonly tooltipText: string
  readonly sequential: readonly [start: string, end: string]
  readonly diverging: readonly [low: string, mid: string, high: string]
  readonly reducedMotion: boolean
  readonly forcedColors: boolean
}

/** `color(srgb 0.1 0.2 0.3 / 0.5)` as a browser writes a computed mix. */
const MIXED = /^color\(srgb\s+([-\d.e]+)\s+([-\d.e]+)\s+([-\d.e]+)(?:\s*\/\s*([-\d.e]+))?\)$/

/** Writes a browser's computed colour the way canvases of all ages read it. */
function toRgb(computed: string): string {
  const mixed = MIXED.exec(computed)
  if (!mixed) return computed
  const [red, green, blue] = [mixed[1], mixed[2], mixed[3]].map((channel) =>
    Math.round(Math.min(1, Math.max(0, Number(channel))) * 255),
  )
  const alpha = mixed[4] === undefined ? 1 : Number(mixed[4])
  return alpha >= 1 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${Number(alpha.toFixed(3))})`
}

/**
 * Reads the theme in force at `element` (an element of this package, attached to a document). The browser does the
 * work: probes inside the shadow root take each token as their colour or width, so `var()`, `calc()`, `oklch()`,
 * `color-mix()` and every other syntax end as plain values.
 */
export function resolveTheme(element: HTMLElement): ChartTheme {
  const root = element.shadowRoot ?? element
  const holder = document.createElement('span')
  holder.hidden = true
  const probes = new Map<string, HTMLElement>()
  for (const token of THEME_TOKENS) {
    if (token.kind === 'text') continue
    const probe = document.createElement('span')
    const value = `var(--_${token.name})`
    if (token.kind === 'color') probe.style.setProperty('color', `color-mix(in srgb, ${value}, ${value})`)
    else if (token.kind === 'length') probe.style.setProperty('inline-size', value)
    else probe.style.setProperty('flex-grow', value)
    holder.append(probe)
    probes.set(token.name, probe)
  }
  root.append(holder)
  const colors = new Map<string, string>()
  const numbers = new Map<string, number>()
  for (const token of THEME_TOKENS) {
    const probe = probes.get(token.name)
    if (!probe) continue
    const style = getComputedStyle(probe)
    if (token.kind === 'color') colors.set(token.name, toRgb(style.color))
    else numbers.set(token.name, Number.parseFloat(token.kind === 'length' ? style.inlineSize : style.flexGrow))
  }
  holder.remove()

  const color = (name: string) => colors.get(name) ?? 'rgb(0, 0, 0)'
  const number = (name: string, fallback: number) => {
    const value = numbers.get(name)
    return value === undefined || Number.isNaN(value) ? fallback : value
  }
  const theme = {
    scheme: luminance(color('color-surface')) < 0.35 ? ('dark' as const) : ('light' as const),
    fontFamily: getComputedStyle(element).fontFamily,
    fontSize: number('font-size', 13),
    surface: color('color-surface'),
    surfaceRaised: color('color-surface-raised'),
    text: color('color-text'),
    textMuted: color('color-text-muted'),
    textDisabled: color('color-text-disabled'),
    border: color('color-border'),
    divider: color('color-divider'),
    primary: color('color-primary'),
    onPrimary: color('color-on-primary'),
    focus: color('color-focus'),
    positive: color('color-positive'),
    negative: color('color-negative'),
    warning: color('color-warning'),
    palette: SERIES_TOKENS.map(color),
    grid: color('chart-grid'),
    axis: color('chart-axis'),
    label: color('chart-label'),
    labelSize: number('chart-label-size', 12),
    barRadius: number('chart-bar-radius', 2),
    lineWidth: number('chart-line-width', 2),
    areaOpacity: number('chart-area-opacity', 0.12),
    tooltipBackground: color('tooltip-bg'),
    tooltipText: color('tooltip-text'),
    sequential: [color('sequential-start'), color('sequential-end')] as const,
    diverging: [color('diverging-low'), color('diverging-mid'), color('diverging-high')] as const,
    reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
    forcedColors: matchMedia('(forced-colors: active)').matches,
  }
  return { ...theme, key: JSON.stringify(theme) }
}
