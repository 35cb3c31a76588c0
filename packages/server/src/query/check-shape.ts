import { AnalyticsError } from '@datainsight/core'
import type { CompiledQuery } from '@datainsight/core/compile'
import type { DataSource } from '../data-sources/data-source.ts'

/** Some rows of a driver. Columns that are not values know their own length. */
interface Rows {
  readonly columns: readonly (readonly unknown[] | object)[]
  readonly rowCount: number
}

/**
 * Makes sure that a data source answered what it was asked for: as many columns as the statement has, each with a value for every
 * row. A missing one would be taken for another, or for null.
 * @throws AnalyticsError `query_failed`
 */
export function checkShape(
  source: Pick<DataSource, 'name'>,
  { columns }: Pick<CompiledQuery, 'columns'>,
  rows: Rows,
): void {
  if (rows.columns.length !== columns.length) {
    throw new AnalyticsError('query_failed', `the data source ${source.name} answered with another number of columns`)
  }
  const short = rows.columns.findIndex((column) => Array.isArray(column) && column.length !== rows.rowCount)
  if (short < 0) return
  const name = columns[short]?.name
  throw new AnalyticsError(
    'query_failed',
    `the data source ${source.name} answered with another number of values of ${name}`,
  )
}
