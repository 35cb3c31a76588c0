import type { Cell } from './world.ts'

export type Operator =
  | 'equals'
  | 'notEquals'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'set'
  | 'notSet'
  | 'contains'
  | 'notContains'
  | 'startsWith'
  | 'notStartsWith'
  | 'endsWith'
  | 'notEndsWith'

/** Whether a value passes a test. What is negated keeps nulls. */
export function passes(value: Cell, operator: Operator, values: readonly (number | string)[]): boolean {
  switch (operator) {
    case 'set':
      return value !== null
    case 'notSet':
      return value === null
    case 'equals':
      return value !== null && values.includes(value)
    case 'notEquals':
      return value === null || !values.includes(value)
    case 'gt':
      return value !== null && Number(value) > Number(values[0])
    case 'lte':
      return value !== null && Number(value) <= Number(values[0])
    case 'gte':
      return value !== null && Number(value) >= Number(values[0])
    case 'lt':
      return value !== null && Number(value) < Number(values[0])
    case 'contains':
      return value !== null && values.some((part) => lower(value).includes(lower(part)))
    case 'notContains':
      return value === null || !passes(value, 'contains', values)
    case 'startsWith':
      return value !== null && values.some((part) => lower(value).startsWith(lower(part)))
    case 'endsWith':
      return value !== null && values.some((part) => lower(value).endsWith(lower(part)))
    case 'notEndsWith':
      return value === null || !passes(value, 'endsWith', values)
    case 'notStartsWith':
      return value === null || !values.some((part) => lower(value).startsWith(lower(part)))
  }
}

export const DAY_OPERATORS = ['notInDateRange', 'beforeDate', 'beforeOrOnDate', 'afterDate', 'afterOrOnDate'] as const
export type DayOperator = (typeof DAY_OPERATORS)[number]

/** Whether a local day passes a test. What is negated keeps nulls. */
export function passesDay(day: string | undefined, operator: DayOperator, [first, last]: readonly string[]): boolean {
  if (day === undefined) return operator === 'notInDateRange'
  switch (operator) {
    case 'notInDateRange':
      return day < first! || day > last!
    case 'beforeDate':
      return day < first!
    case 'beforeOrOnDate':
      return day <= first!
    case 'afterDate':
      return day > first!
    case 'afterOrOnDate':
      return day >= first!
  }
}

function lower(value: number | string): string {
  return String(value).toLowerCase()
}
