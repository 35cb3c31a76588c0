import type { Change } from '@datainsight/core/format'
import type { EChartsCoreOption } from 'echarts/core'
import type { ChartPart } from '../echarts/load-parts.ts'
import type { Datum } from '../events.ts'
import type { ChartSize } from './chart-context.ts'

/** A rectangle in px from the top left corner of the plot. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where a mark stands in the order of the arrow keys: along the main axis, and which series there. */
export interface Place {
  readonly position: number
  readonly series: number
}

/** One mark of the chart: a bar, a point, a slice, a cell. */
export interface Mark {
  /** What the focus ring goes around. */
  readonly box: Box
  readonly round: boolean
  readonly datum: Datum
  /** Members the mark stands for, dimensions first. */
  readonly members: readonly string[]
  /** What the live region says. */
  readonly spoken: string
}

/** How a swatch looks like its series. */
export type SwatchShape = 'box' | 'line' | 'dashed'

/** One line of a tooltip. */
export interface TooltipRow {
  readonly color: string
  readonly shape: SwatchShape
  readonly name: string
  readonly value: string
  readonly change: Change | undefined
  /** The row of the mark under the pointer. */
  readonly active: boolean
}

/** What a tooltip says. */
export interface TooltipContent {
  readonly title: string
  readonly rows: readonly TooltipRow[]
  readonly note: string | undefined
}

/** Something drawn over the chart at the place pointed at. */
export interface Highlight {
  readonly kind: 'band' | 'line' | 'dot' | 'ring'
  readonly box: Box
  readonly color: string
}

/** The marks of a drawn chart, by place and by pixel. Places without a value have no mark. */
export interface ChartPoints {
  readonly positions: number
  readonly series: number
  /** Positions run down the page, so the arrow keys are swapped. */
  readonly vertical: boolean
  readonly mark: (place: Place) => Mark | undefined
  readonly tooltip: (place: Place) => TooltipContent
  readonly highlights: (place: Place) => readonly Highlight[]
  /** The place at a pixel of the plot; undefined beside all marks. */
  readonly find: (x: number, y: number) => Place | undefined
}

/** A button of the legend. */
export interface LegendItem {
  readonly id: string
  readonly name: string
  readonly color: string
  readonly shape: SwatchShape
  readonly hidden: boolean
  /** A number beside the name, such as a slice's share. */
  readonly value: string | undefined
}

/** What explains the colours: nothing, buttons that switch series, or a scale from low to high. */
export type ChartLegend =
  | { readonly kind: 'none' }
  | { readonly kind: 'series'; readonly items: readonly LegendItem[]; readonly side: boolean }
  | {
      readonly kind: 'scale'
      readonly colors: readonly string[]
      readonly low: string
      readonly high: string
      readonly title: string
    }

/** The same data as text. Cells are formatted when asked for. */
export interface ChartTable {
  readonly columns: readonly { readonly title: string; readonly numeric: boolean }[]
  readonly rowCount: number
  readonly row: (index: number) => readonly string[]
}

/** A chart at one size. */
export interface DrawnChart {
  /** For `setOption`; the only functions in it format the ticks of value axes. */
  readonly option: EChartsCoreOption
  /** What of ECharts the option needs. */
  readonly parts: readonly ChartPart[]
  readonly points: ChartPoints
}

/** A chart before its size is known. */
export interface ChartPlan {
  readonly summary: string
  readonly table: ChartTable
  /** What was left out, if anything. */
  readonly note: string | undefined
  /** There is nothing to draw. */
  readonly empty: boolean
  /** The legend of a chart `width` px wide: wide line charts name few series at their ends instead. */
  readonly legend: (width: number) => ChartLegend
  readonly draw: (size: ChartSize) => DrawnChart
}

/** A chart ready to paint, with its text alternatives. */
export interface CompiledChart extends DrawnChart {
  readonly summary: string
  readonly legend: ChartLegend
  readonly table: ChartTable
  readonly note: string | undefined
}
