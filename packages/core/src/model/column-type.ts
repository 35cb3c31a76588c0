import type { DimensionType } from '../schema/dimension.ts'
import type { ColumnType } from '../schema/result.ts'
import type { Measure } from './model.ts'

/** What the cells of a measure hold: counts and ranks are whole numbers; texts, times and booleans are what their type says. */
export function measureColumnType(measure: Measure): ColumnType {
  const { type } = measure
  if (type === 'count' || type === 'count_distinct' || type === 'count_distinct_approx' || type === 'rank')
    return 'integer'
  return type === 'string' || type === 'time' || type === 'boolean' ? type : 'number'
}

/** What the cells of a dimension hold: `currency` is an exact decimal, a `switch` a text. */
export function dimensionColumnType(type: DimensionType): ColumnType {
  if (type === 'currency') return 'decimal'
  return type === 'switch' ? 'string' : type
}
