import type { ColumnType } from '../schema/result.ts'
import type { Measure } from './model.ts'

/** What the cells of a measure hold: counts are whole numbers, everything else is a number. */
export function measureColumnType(measure: Measure): ColumnType {
  return measure.type === 'count' || measure.type === 'count_distinct' ? 'integer' : 'number'
}
