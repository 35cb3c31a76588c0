import type { DimensionType } from '../schema/dimension.ts'
import type { FilterOperator } from '../schema/filter.ts'

/** What a condition compares: texts, numbers, times, booleans, or places. */
export type ComparedType = 'string' | 'number' | 'time' | 'boolean' | 'geo'

/** How values of a type compare: every kind of number as a number, a switch as a text. */
export function comparedType(type: DimensionType): ComparedType {
  if (type === 'integer' || type === 'decimal' || type === 'currency') return 'number'
  return type === 'switch' ? 'string' : type
}

interface Fit {
  readonly types: readonly ComparedType[]
  readonly fewest: number
  readonly most: number
}

const ANY: readonly ComparedType[] = ['string', 'number', 'time', 'boolean']
const MANY = Number.POSITIVE_INFINITY
const TEXT: Fit = { types: ['string'], fewest: 1, most: MANY }
const BOUND: Fit = { types: ['number', 'time'], fewest: 1, most: 1 }
const RANGE: Fit = { types: ['time'], fewest: 1, most: 2 }
const DATE: Fit = { types: ['time'], fewest: 1, most: 1 }
const PRESENCE: Fit = { types: [...ANY, 'geo'], fewest: 0, most: 0 }

const FITS: Readonly<Record<FilterOperator, Fit>> = {
  equals: { types: ANY, fewest: 1, most: MANY },
  notEquals: { types: ANY, fewest: 1, most: MANY },
  contains: TEXT,
  notContains: TEXT,
  startsWith: TEXT,
  notStartsWith: TEXT,
  endsWith: TEXT,
  notEndsWith: TEXT,
  gt: BOUND,
  gte: BOUND,
  lt: BOUND,
  lte: BOUND,
  set: PRESENCE,
  notSet: PRESENCE,
  inDateRange: RANGE,
  notInDateRange: RANGE,
  beforeDate: DATE,
  beforeOrOnDate: DATE,
  afterDate: DATE,
  afterOrOnDate: DATE,
  // Takes a measure rather than a value; the query layer reads it before it comes here.
  measureFilter: { types: [], fewest: 0, most: 0 },
}

/** Why an operator cannot compare this type with so many values, or `undefined` when it can. */
export function operatorProblem(
  operator: FilterOperator,
  written: DimensionType,
  valueCount: number,
): string | undefined {
  const type = comparedType(written)
  const fit = FITS[operator]
  if (!fit.types.includes(type)) {
    const fitting = Object.keys(FITS).filter((name) => FITS[name as FilterOperator].types.includes(type))
    return `${operator} does not compare a ${type}; use one of ${fitting.join(', ')}`
  }
  if (valueCount < fit.fewest)
    return `${operator} needs ${fit.fewest === fit.most ? 'one value' : 'at least one value'}`
  if (valueCount <= fit.most) return undefined
  if (fit.most === 0) return `${operator} takes no values`
  return `${operator} takes ${fit.most === 1 ? 'one value' : 'one or two values'}, not ${valueCount}`
}
