import type { ErrorCode } from '../errors.ts'
import { parseNumber } from '../model/number-value.ts'
import { type ComparedType, comparedType, operatorProblem } from '../model/operator-fit.ts'
import { quoteValue } from '../model/quote-value.ts'
import type { Scalar } from '../schema/common.ts'
import type { DimensionType } from '../schema/dimension.ts'
import type { FilterOperator } from '../schema/filter.ts'
import { parseDatePoint, parseDateRange } from './date-range.ts'
import type { Clock, DateProblem, Span } from './date-value.ts'

/** A value that travels beside the SQL text. `timestamp` values are ISO 8601 UTC with milliseconds. */
export interface Parameter {
  readonly type: 'text' | 'integer' | 'decimal' | 'boolean' | 'timestamp'
  readonly value: string | number | boolean
}

/** What a condition asks of a value. Negated tests also hold for null. */
export type FilterTest =
  | { readonly kind: 'equals'; readonly isNegated: boolean; readonly values: readonly Parameter[] }
  | {
      readonly kind: 'like'
      readonly isNegated: boolean
      readonly mode: 'contains' | 'startsWith' | 'endsWith'
      readonly values: readonly string[]
    }
  | { readonly kind: 'compare'; readonly operator: '<' | '<=' | '>' | '>='; readonly value: Parameter }
  | { readonly kind: 'present'; readonly isNegated: boolean }
  | {
      readonly kind: 'within'
      readonly isNegated: boolean
      readonly spans: readonly (readonly [Parameter, Parameter])[]
    }

/** A fault of one condition; `at` is relative to the condition: `operator`, `values` or `values[1]`. */
export interface TestProblem {
  readonly code: ErrorCode
  readonly at: string
  readonly message: string
}

export interface ReadTest {
  readonly test: FilterTest | undefined
  readonly problems: readonly TestProblem[]
  /** Spans of time the values name, for `dateRange` and `validUntilMs`. */
  readonly spans: readonly Span[]
}

/**
 * Types the values of a condition: a number dimension takes numbers only, dates must exist, words such as `last 7 days` are read
 * at `clock`. A date stands for its whole day: `afterDate: 2026-03-01` starts on the second of March.
 */
export function readFilterTest(
  operator: FilterOperator,
  values: readonly Scalar[],
  type: DimensionType,
  clock: Clock,
): ReadTest {
  const misfit = operatorProblem(operator, type, values.length)
  if (misfit !== undefined) {
    return {
      test: undefined,
      spans: [],
      problems: [
        { code: 'invalid_filter', at: misfit.includes('does not compare') ? 'operator' : 'values', message: misfit },
      ],
    }
  }
  const reader = new ValueReader(clock)
  const test = reader.test(operator, values, comparedType(type))
  return { test: reader.problems.length > 0 ? undefined : test, problems: reader.problems, spans: reader.spans }
}

const COMPARISONS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const
const LIKES = {
  contains: ['contains', false],
  notContains: ['contains', true],
  startsWith: ['startsWith', false],
  notStartsWith: ['startsWith', true],
  endsWith: ['endsWith', false],
  notEndsWith: ['endsWith', true],
} as const

class ValueReader {
  readonly problems: TestProblem[] = []
  readonly spans: Span[] = []
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  test(operator: FilterOperator, values: readonly Scalar[], type: ComparedType): FilterTest {
    switch (operator) {
      case 'set':
      case 'notSet':
        return { kind: 'present', isNegated: operator === 'notSet' }
      case 'equals':
      case 'notEquals': {
        const isNegated = operator === 'notEquals'
        if (type === 'time')
          return this.#within(
            isNegated,
            values.map((value, index) => this.#point(value, index)),
          )
        return { kind: 'equals', isNegated, values: values.map((value, index) => this.#value(value, type, index)) }
      }
      case 'contains':
      case 'notContains':
      case 'startsWith':
      case 'notStartsWith':
      case 'endsWith':
      case 'notEndsWith': {
        const [mode, isNegated] = LIKES[operator]
        return { kind: 'like', mode, isNegated, values: values.map(String) }
      }
      case 'gt':
      case 'gte':
      case 'lt':
      case 'lte':
        if (type === 'time') return this.#bound(operator, values[0]!)
        return { kind: 'compare', operator: COMPARISONS[operator], value: this.#value(values[0]!, type, 0) }
      case 'inDateRange':
      case 'notInDateRange':
        return this.#within(operator === 'notInDateRange', [this.#range(values)])
      case 'beforeDate':
        return this.#bound('lt', values[0]!)
      case 'beforeOrOnDate':
        return this.#bound('lte', values[0]!)
      case 'afterDate':
        return this.#bound('gt', values[0]!)
      case 'afterOrOnDate':
        return this.#bound('gte', values[0]!)
      case 'measureFilter':
        throw new Error('measureFilter tests no value')
    }
  }

  #value(value: Scalar, type: ComparedType, index: number): Parameter {
    if (type === 'number') {
      const number = parseNumber(value)
      if (number !== undefined) return number
      this.#fail(index, `${quoteValue(value)} is not a number`)
    } else if (type === 'boolean') {
      if (value === true || value === 'true') return { type: 'boolean', value: true }
      if (value === false || value === 'false') return { type: 'boolean', value: false }
      this.#fail(index, `${quoteValue(value)} is neither true nor false`)
    } else return { type: 'text', value: String(value) }
    return { type: 'text', value: '' }
  }

  #bound(operator: 'gt' | 'gte' | 'lt' | 'lte', value: Scalar): FilterTest {
    const span = this.#point(value, 0)
    const instant = operator === 'gt' || operator === 'lte' ? span.endMs : span.startMs
    return {
      kind: 'compare',
      operator: operator === 'lt' || operator === 'lte' ? '<' : '>=',
      value: timestamp(instant),
    }
  }

  #within(isNegated: boolean, spans: readonly Span[]): FilterTest {
    return {
      kind: 'within',
      isNegated,
      spans: spans.map((span) => [timestamp(span.startMs), timestamp(span.endMs)] as const),
    }
  }

  #point(value: Scalar, index: number): Span {
    if (typeof value !== 'string')
      return this.#keep({ problem: `${quoteValue(value)} is not a date` }, `values[${index}]`)
    return this.#keep(parseDatePoint(value, this.#clock), `values[${index}]`)
  }

  #range(values: readonly Scalar[]): Span {
    const wrong = values.findIndex((value) => typeof value !== 'string')
    if (wrong >= 0) return this.#keep({ problem: `${quoteValue(values[wrong])} is not a date` }, `values[${wrong}]`)
    if (values.length === 2) {
      // Each date alone first, so that the problem names the one at fault.
      for (const [index, value] of values.entries()) {
        const point = parseDatePoint(value as string, this.#clock)
        if ('problem' in point) return this.#keep(point, `values[${index}]`)
      }
    }
    return this.#keep(parseDateRange(values as string[], this.#clock), values.length === 1 ? 'values[0]' : 'values')
  }

  #keep(span: Span | DateProblem, at: string): Span {
    if ('problem' in span) {
      this.problems.push({ code: 'invalid_date_range', at, message: span.problem })
      return NO_SPAN
    }
    this.spans.push(span)
    return span
  }

  #fail(index: number, message: string): void {
    this.problems.push({ code: 'invalid_filter', at: `values[${index}]`, message })
  }
}

const NO_SPAN: Span = { startMs: 0, endMs: 0, localStartMs: 0, localEndMs: 0, validUntilMs: undefined }

/** An instant as a parameter. */
export function timestamp(instantMs: number): Parameter {
  return { type: 'timestamp', value: new Date(instantMs).toISOString() }
}
