import type { ChartTheme } from '../src/theme.ts'
import { SERIES_TOKENS, THEME_TOKENS } from '../src/theme-tokens.ts'

/** The default theme as `resolveTheme` reads it in a browser, for tests in Node. */
export function chartTheme(scheme: 'light' | 'dark'): ChartTheme {
  const token = (name: string) => {
    const found = THEME_TOKENS.find((one) => one.name === name)
    if (!found) throw new Error(`unknown token: ${name}`)
    return scheme === 'dark' ? (found.dark ?? found.light) : found.light
  }
  return {
    key: scheme,
    scheme,
    fontFamily: 'sans-serif',
    fontSize: 13,
    surface: token('color-surface'),
    surfaceRaised: token('color-surface-raised'),
    text: token('color-text'),
    textMuted: token('color-text-muted'),
    textDisabled: token('color-text-disabled'),
    border: token('color-border'),
    divider: token('color-divider'),
    primary: token('color-primary'),
    onPrimary: token('color-on-primary'),
    focus: token('color-focus'),
    positive: token('color-positive'),
    negative: token('color-negative'),
    warning: token('color-warning'),
    palette: SERIES_TOKENS.map(token),
    grid: token('chart-grid'),
    axis: token('chart-axis'),
    label: token('chart-label'),
    labelSize: 12,
    barRadius: 2,
    lineWidth: 2,
    areaOpacity: 0.12,
    tooltipBackground: token('tooltip-bg'),
    tooltipText: token('tooltip-text'),
    sequential: [token('sequential-start'), token('sequential-end')],
    diverging: [token('diverging-low'), token('diverging-mid'), token('diverging-high')],
    reducedMotion: false,
    forcedColors: false,
  }
}
