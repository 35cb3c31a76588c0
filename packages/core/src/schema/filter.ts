import { type Static, Type } from '@sinclair/typebox'
import { MemberName, Scalar } from './common.ts'

/**
 * All comparison operators, by the names of Cube's query format.
 * Text operators ignore case and take `%`, `_` and `\` literally; several values mean "any of" (negated ones: "none of").
 */
export const FILTER_OPERATORS = [
  'equals',
  'notEquals',
  'contains',
  'notContains',
  'startsWith',
  'notStartsWith',
  'endsWith',
  'notEndsWith',
  'gt',
  'gte',
  'lt',
  'lte',
  'set',
  'notSet',
  'inDateRange',
  'notInDateRange',
  'beforeDate',
  'beforeOrOnDate',
  'afterDate',
  'afterOrOnDate',
  'measureFilter',
] as const

export const FilterOperator = Type.Union(
  FILTER_OPERATORS.map((operator) => Type.Literal(operator)),
  { description: FILTER_OPERATORS.join(', ') },
)
export type FilterOperator = Static<typeof FilterOperator>

/** Most values one condition may list. */
export const MAX_FILTER_VALUES = 1_000
/** Most values all conditions of a query may list together. */
export const MAX_QUERY_VALUES = 10_000
/** Most values once each subtotal and each compared span asks for them again. */
export const MAX_ASKED_VALUES = 30_000
/** Most conditions a filter tree may hold, counted over all groups. */
export const MAX_FILTER_CONDITIONS = 100
/** Deepest nesting of `and` / `or`. */
export const MAX_FILTER_DEPTH = 8

/**
 * One condition on a member. `set` and `notSet` take no values; every other operator takes at least one, except `measureFilter`:
 * it names a measure and keeps the rows which that measure's own filters keep.
 */
export const FilterCondition = Type.Object(
  {
    member: MemberName,
    operator: FilterOperator,
    values: Type.Optional(Type.Array(Scalar, { maxItems: MAX_FILTER_VALUES })),
  },
  { additionalProperties: false },
)
export type FilterCondition = Static<typeof FilterCondition>

/**
 * A tree of conditions. A list of filters means `and`. Measures and dimensions may stand in one `or`, which then compares groups:
 * its dimensions must be columns of the query. Depth and total size are checked by `normalizeQuery`.
 */
export type Filter = FilterCondition | { and: Filter[] } | { or: Filter[] }
export const Filter = Type.Recursive(
  (self) =>
    Type.Union([
      FilterCondition,
      Type.Object({ and: Type.Array(self, { minItems: 1, maxItems: 50 }) }, { additionalProperties: false }),
      Type.Object({ or: Type.Array(self, { minItems: 1, maxItems: 50 }) }, { additionalProperties: false }),
    ]),
  { $id: 'Filter' },
)
