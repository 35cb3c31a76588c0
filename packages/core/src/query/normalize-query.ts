import { checkShape } from '../model/check-shape.ts'
import { didYouMean } from '../model/nearest-name.ts'
import { quoteValue } from '../model/quote-value.ts'
import {
  type Filter,
  MAX_ASKED_VALUES,
  MAX_FILTER_CONDITIONS,
  MAX_FILTER_DEPTH,
  MAX_QUERY_VALUES,
} from '../schema/filter.ts'
import {
  type Bin,
  type Calculation,
  DEFAULT_LIMIT,
  MAX_ASKED_COLUMNS,
  type OrderDirection,
  Query,
  type Subtotals,
  type TimeDimension,
  type TopN,
  WEEK_DAYS,
} from '../schema/query.ts'
import { type CalendarRules, ISO_RULES } from './calendar.ts'
import { QueryProblems } from './query-problems.ts'
import { isTimeZone, knownTimeZones } from './time-zone.ts'

/** A query with every default filled in. Names are not looked up yet. */
export interface NormalizedQuery {
  readonly measures: readonly string[]
  readonly dimensions: readonly string[]
  readonly segments: readonly string[]
  readonly timeDimensions: readonly TimeDimension[]
  readonly bins: readonly Bin[]
  readonly filters: readonly Filter[]
  /** `undefined`: the default order. */
  readonly order: readonly (readonly [string, OrderDirection])[] | undefined
  readonly limit: number
  readonly offset: number
  readonly total: boolean
  readonly timezone: string
  readonly ungrouped: boolean
  readonly calculations: readonly Calculation[]
  /** `undefined`: none. */
  readonly subtotals: Subtotals | undefined
  readonly topN: TopN | undefined
  readonly cursor: string | undefined
  readonly rules: CalendarRules
}

/** What a caller's surroundings fix. */
export interface QueryDefaults {
  /** Zone of a query that names none; UTC when absent. */
  readonly timezone?: string | undefined
  /** Most rows the caller may get. */
  readonly maxRows: number
  /** Rows of a query that names no limit; `DEFAULT_LIMIT` when absent. */
  readonly limit?: number | undefined
  /** Whether the query is known to fit the schema `Query`; false when absent. */
  readonly isChecked?: boolean | undefined
}

/**
 * Checks the shape of a query and fills in defaults. Takes anything; what it returns is a `Query` in every part.
 * @throws AnalyticsError `invalid_request`, `invalid_filter` or `invalid_time_zone` with every problem found.
 */
export function normalizeQuery(query: unknown, defaults: QueryDefaults): NormalizedQuery {
  const problems = new QueryProblems()
  const filters = typeof query === 'object' && query !== null ? (query as { filters?: unknown }).filters : undefined
  // Before the shape: checking a tree a thousand levels deep is itself the attack.
  if (Array.isArray(filters)) checkFilterSize(filters, problems)
  problems.throwIfAny()
  if (defaults.isChecked !== true) {
    for (const { path, message } of checkShape(Query, query))
      problems.add(path.startsWith('filters') ? 'invalid_filter' : 'invalid_request', path, message)
    problems.throwIfAny()
  }

  const valid = query as Query
  const timezone = valid.timezone ?? defaults.timezone ?? 'UTC'
  if (!isTimeZone(timezone)) {
    problems.add(
      'invalid_time_zone',
      'timezone',
      `unknown time zone: ${quoteValue(timezone)}${didYouMean(timezone, knownTimeZones())}`,
    )
  }
  const timeDimensions = valid.timeDimensions ?? []
  const hasColumns =
    [valid.measures, valid.dimensions, valid.bins, valid.calculations].some((list) => (list?.length ?? 0) > 0) ||
    timeDimensions.some((entry) => entry.granularity !== undefined)
  if (!hasColumns)
    problems.add(
      'invalid_request',
      '',
      'the query asks for nothing: name a measure, a dimension, a bin or a time dimension with a granularity',
    )
  checkCombinations(valid, problems)
  checkParts(valid, problems)
  for (const [index, bin] of (valid.bins ?? []).entries()) checkBin(bin, `bins[${index}]`, problems)
  problems.throwIfAny()

  return Object.freeze({
    measures: unique(valid.measures),
    dimensions: unique(valid.dimensions),
    segments: unique(valid.segments),
    timeDimensions,
    bins: valid.bins ?? [],
    filters: valid.filters ?? [],
    order:
      valid.order === undefined ? undefined : Array.isArray(valid.order) ? valid.order : Object.entries(valid.order),
    limit: Math.max(1, Math.min(valid.limit ?? defaults.limit ?? DEFAULT_LIMIT, defaults.maxRows)),
    offset: valid.offset ?? 0,
    total: valid.total ?? false,
    timezone,
    ungrouped: valid.ungrouped ?? false,
    calculations: valid.calculations ?? [],
    subtotals: valid.subtotals,
    topN: valid.topN,
    cursor: valid.cursor,
    rules:
      valid.weekStart === undefined && valid.fiscalYearStart === undefined
        ? ISO_RULES
        : { weekStart: WEEK_DAYS.indexOf(valid.weekStart ?? 'monday'), fiscalYearStart: valid.fiscalYearStart ?? 1 },
  })
}

/** What a query may not ask for together. */
function checkCombinations(query: Query, problems: QueryProblems): void {
  const add = (path: string, message: string) => problems.add('invalid_request', path, message)
  if (query.cursor !== undefined && query.offset !== undefined)
    add('offset', 'offset and cursor both say where to start; leave one out')
  const entries = query.timeDimensions ?? []
  for (const [index, { granularity, dateRange, compareDateRange, fill }] of entries.entries()) {
    const path = `timeDimensions[${index}]`
    if (compareDateRange !== undefined && dateRange !== undefined)
      add(`${path}.dateRange`, 'dateRange and compareDateRange both say which span to keep; leave one out')
    if (compareDateRange !== undefined && entries.findIndex((other) => other.compareDateRange !== undefined) < index)
      add(`${path}.compareDateRange`, 'only one time dimension can have a compareDateRange')
    if (fill === undefined) continue
    if (granularity === undefined) add(`${path}.fill`, 'fill adds buckets: it needs a granularity')
    if (dateRange === undefined && compareDateRange === undefined)
      add(`${path}.fill`, 'fill adds the buckets of a span: it needs a dateRange')
    if (entries.findIndex((other) => other.fill !== undefined) < index)
      add(`${path}.fill`, 'only one time dimension can be filled')
  }
  if (query.ungrouped !== true) return
  const grouped: readonly (readonly [string, boolean])[] = [
    ['calculations', (query.calculations?.length ?? 0) > 0],
    ['subtotals', query.subtotals !== undefined],
    ['topN', query.topN !== undefined],
    ['cursor', query.cursor !== undefined],
    ...entries.flatMap(({ compareDateRange, fill }, index) => [
      [`timeDimensions[${index}].compareDateRange`, compareDateRange !== undefined] as const,
      [`timeDimensions[${index}].fill`, fill !== undefined] as const,
    ]),
  ]
  for (const [path, isAsked] of grouped) {
    const name = path.slice(path.lastIndexOf('.') + 1)
    if (isAsked) add(path, `${name} is about groups, which an ungrouped query has none of`)
  }
}

function unique(names: readonly string[] | undefined): readonly string[] {
  return names === undefined || names.length < 2 ? (names ?? []) : [...new Set(names)]
}

function checkFilterSize(filters: readonly unknown[], problems: QueryProblems): void {
  let conditions = 0
  let isTooDeep = false
  const count = (filter: unknown, depth: number): void => {
    if (isTooDeep || conditions > MAX_FILTER_CONDITIONS || typeof filter !== 'object' || filter === null) return
    const group = (filter as { and?: unknown }).and ?? (filter as { or?: unknown }).or
    if (!Array.isArray(group)) conditions += 1
    else if (depth >= MAX_FILTER_DEPTH) isTooDeep = true
    else for (const child of group) count(child, depth + 1)
  }
  for (const filter of filters) count(filter, 0)
  if (isTooDeep) problems.add('invalid_filter', 'filters', `filters nest deeper than ${MAX_FILTER_DEPTH} groups`)
  if (conditions > MAX_FILTER_CONDITIONS)
    problems.add('invalid_filter', 'filters', `more than ${MAX_FILTER_CONDITIONS} conditions`)
}

/** A question that is asked once for each subtotal and span is as much work as all of them. */
function checkParts(query: Query, problems: QueryProblems): void {
  const parts = countParts(query)
  const columns = parts * (countGroupings(query) + (query.measures?.length ?? 0) + (query.calculations?.length ?? 0))
  if (parts > 1 && columns > MAX_ASKED_COLUMNS)
    problems.add(
      'invalid_request',
      '',
      `${parts} subtotals and compared spans have ${columns} columns in all, more than ${MAX_ASKED_COLUMNS}`,
    )
  // Each value is a parameter of the statement, wherever rows are read.
  const values = countValues(query.filters ?? [])
  if (values > MAX_QUERY_VALUES)
    problems.add('invalid_filter', 'filters', `more than ${MAX_QUERY_VALUES} values in all, ${values}`)
  if (values * parts > MAX_ASKED_VALUES)
    problems.add(
      'invalid_filter',
      'filters',
      `${values} values for ${parts} subtotals and compared spans are ${values * parts}, more than ${MAX_ASKED_VALUES}`,
    )
}

function countValues(filters: readonly Filter[]): number {
  return filters.reduce(
    (sum, filter) =>
      sum +
      ('and' in filter
        ? countValues(filter.and)
        : 'or' in filter
          ? countValues(filter.or)
          : (filter.values?.length ?? 0)),
    0,
  )
}

/** How many questions a query is: one, or one for each set of subtotals and each compared span. */
function countParts(query: Query): number {
  const { subtotals, timeDimensions = [] } = query
  const sets = subtotals === undefined ? 1 : 1 + (subtotals === true ? countGroupings(query) : subtotals.length)
  const spans = timeDimensions.find(({ compareDateRange }) => compareDateRange !== undefined)?.compareDateRange
  return sets * (spans?.length ?? 1)
}

function countGroupings({ dimensions = [], bins = [], timeDimensions = [] }: Query): number {
  return dimensions.length + bins.length + timeDimensions.filter(({ granularity }) => granularity !== undefined).length
}

function checkBin({ width, min, max }: Bin, path: string, problems: QueryProblems): void {
  for (const [key, bound] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (bound !== undefined && !isMultiple(bound, width)) {
      problems.add(
        'invalid_request',
        `${path}.${key}`,
        `${key} ${bound} is not a multiple of the width ${width}, so no bin starts there`,
      )
    }
  }
  if (min !== undefined && max !== undefined && min >= max)
    problems.add('invalid_request', `${path}.max`, `max ${max} is not above min ${min}`)
}

function isMultiple(bound: number, width: number): boolean {
  const ratio = bound / width
  return Math.abs(ratio - Math.round(ratio)) < 1e-9 * Math.max(1, Math.abs(ratio))
}
