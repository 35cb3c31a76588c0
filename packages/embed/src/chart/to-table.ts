import type { ResultSet } from '@datainsight/core'
import type { Formatter } from '@datainsight/core/format'
import type { ChartTable } from './compiled-chart.ts'

/** The result as text, in its own order: the alternative to any chart. */
export function toTable(result: ResultSet, formatter: Formatter): ChartTable {
  return {
    columns: result.columns.map((column) => ({ title: formatter.title(column), numeric: column.kind === 'measure' })),
    rowCount: result.data[0]?.length ?? 0,
    row: (index) => result.columns.map((column, at) => formatter.value(column, result.data[at]?.[index] ?? null)),
  }
}
