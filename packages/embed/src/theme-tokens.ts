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
  readonly description: string
}

const LIGHT = PALETTES.light
const DARK = PALETTES.dark

const color = (name: string, light: string, dark: string, description: string): ThemeToken => ({
  name,
  kind: 'color',
  light,
  dark,
  description,
})
const length = (name: string, light: string, description: string): ThemeToken => ({
  name,
  kind: 'length',
  light,
  description,
})
const number = (name: string, light: string, description: string): ThemeToken => ({
  name,
  kind: 'number',
  light,
  description,
})
const text = (name: string, light: string, description: string, dark = light): ThemeToken => ({
  name,
  kind: 'text',
  light,
  dark,
  description,
})

/** Every token of the public theme with its defaults. A host sets `--di-<name>` on any ancestor or on the element. */
export const THEME_TOKENS: readonly ThemeToken[] = [
  text(
    'font-family-mono',
    'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    'Font of request ids and codes.',
  ),
  length('font-size', '13px', 'Base text size; the other sizes follow from it.'),
  number('line-height', '1.45', 'Line height of running text.'),

  color('color-page', '#f6f7f9', '#0e1116', 'Behind the tiles, where the host paints nothing that fits the theme.'),
  color('color-surface', '#ffffff', '#161b22', 'Tiles and controls.'),
  color('color-surface-raised', '#ffffff', '#1c232d', 'Popovers, menus and tooltips.'),
  color('color-text', '#101828', '#e6e9ee', 'Text.'),
  color('color-text-muted', '#596579', '#98a2b3', 'Secondary text.'),
  color('color-text-disabled', '#98a2b3', '#5d6878', 'Text of controls that cannot be used.'),
  color('color-border', '#e4e7ec', '#2a323d', 'Borders of tiles and controls.'),
  color('color-divider', '#eef0f3', '#222a34', 'Lines inside a tile.'),
  color('color-primary', '#2f5bea', '#7aa2ff', 'Actions and selection.'),
  color('color-on-primary', '#ffffff', '#0e1116', 'Text on the primary colour.'),
  color('color-focus', '#2f5bea', '#7aa2ff', 'Focus ring.'),
  color('color-positive', '#0f7b57', '#3ecf8e', 'Good change.'),
  color('color-negative', '#c2362b', '#ff7a70', 'Bad change and errors.'),
  color('color-warning', '#a35200', '#f5b04c', 'Warnings.'),

  length('radius', '10px', 'Corners of tiles and popovers.'),
  text(
    'shadow',
    '0 1px 2px rgb(16 24 40 / 6%), 0 8px 24px rgb(16 24 40 / 12%)',
    'Shadow of raised things.',
    '0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 48%)',
  ),
  length('gap', '16px', 'Space between tiles.'),
  length('tile-padding', '16px', 'Space inside a tile.'),
  length('row-height', '40px', 'Height of one row of the dashboard grid.'),
  number('grid-columns', '12', 'Columns of the dashboard grid.'),
  length('title-size', '20px', 'Size of the dashboard title.'),
  length('metric-size', '28px', 'Size of a headline number.'),

  ...LIGHT.categorical.map((light, index) =>
    color(`chart-${index + 1}`, light, DARK.categorical[index] ?? light, `Series colour ${index + 1}.`),
  ),
  color('chart-grid', '#eef0f3', '#222a34', 'Grid lines of charts.'),
  color('chart-axis', '#d0d5dd', '#364152', 'Axis lines where they carry meaning.'),
  color('chart-label', '#596579', '#98a2b3', 'Axis labels and legends.'),
  length('chart-label-size', '12px', 'Size of chart labels.'),
  length('chart-bar-radius', '2px', 'Corners of bars.'),
  length('chart-line-width', '2px', 'Width of lines.'),
  number('chart-area-opacity', '0.12', 'Opacity of areas, 0 to 1.'),
  color('tooltip-bg', '#ffffff', '#1c232d', 'Chart tooltip.'),
  color('tooltip-text', '#101828', '#e6e9ee', 'Text of the chart tooltip.'),
  color('sequential-start', LIGHT.sequential[0], DARK.sequential[0], 'Least of a heatmap.'),
  color('sequential-end', LIGHT.sequential[1], DARK.sequential[1], 'Most of a heatmap.'),
  color('diverging-low', LIGHT.diverging[0], DARK.diverging[0], 'Lower end of a scale around a middle.'),
  color('diverging-mid', LIGHT.diverging[1], DARK.diverging[1], 'Middle of a scale.'),
  color('diverging-high', LIGHT.diverging[2], DARK.diverging[2], 'Upper end of a scale around a middle.'),

  length('control-height', '32px', 'Height of buttons and inputs; at least 44px on coarse pointers.'),
  length('control-radius', '6px', 'Corners of buttons and inputs.'),
  number('z-overlay', '1000', 'Stacking of popovers where the top layer is not available.'),
  text('transition', '150ms ease-out', 'Duration and easing; none under reduced motion.'),
  color('skeleton', '#eceff3', '#232b36', 'Placeholders while loading.'),
]

/** Names of the tokens that hold the series colours, in order. */
export const SERIES_TOKENS: readonly string[] = LIGHT.categorical.map((_, index) => `chart-${index + 1}`)

/** The value an element uses: the host's, else the default of the colour scheme in force. */
export function tokenDefault(token: ThemeToken): string {
  if (token.dark === undefined || token.dark === token.light) return token.light
  return token.kind === 'color' ? `light-dark(${token.light}, ${token.dark})` : token.light
}
