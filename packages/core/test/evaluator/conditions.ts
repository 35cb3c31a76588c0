import type { Cell } from './world.ts'

export type Operator = 'equals' | 'notEquals' | 'gt' | 'lte' | 'set' | 'notSet' | 'contains' | 'notStartsWith'

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
    case 'contains':
      return value !== null && values.some((part) => lower(value).includes(lower(part)))
    case 'notStartsWith':
      return value === null || !values.some((part) => lower(value).startsWith(lower(part)))
  }
}

function lower(value: number | string): string {
  return String(value).toLowerCase()
}
