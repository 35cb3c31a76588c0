import { isGivenSwitch } from '../model/given-switch.ts'
import { titleOfName } from '../model/member-title.ts'
import type { Dimension, Measure, Model, View } from '../model/model.ts'
import { didYouMean } from '../model/nearest-name.ts'
import { comparedType } from '../model/operator-fit.ts'
import { quoteValue } from '../model/quote-value.ts'
import { CALCULATION_PREFIX, type DateRange, GRANULARITIES, type Granularity } from '../schema/query.ts'
import type { Security } from '../security.ts'
import { parseDateRange } from './date-range.ts'
import type { Clock, Span } from './date-value.ts'
import { defaultConditions } from './default-filters.ts'
import { timestamp } from './filter-test.ts'
import { type Found, MemberFinder } from './member-finder.ts'
import type { NormalizedQuery } from './normalize-query.ts'
import { QueryProblems } from './query-problems.ts'
import { QueryTerms } from './query-terms.ts'
import { resolveCalculations } from './resolve-calculations.ts'
import { resolveFilters } from './resolve-filters.ts'
import { resolveSubtotals, resolveTopN } from './resolve-outer.ts'
import {
  type Comparison,
  type FilledColumn,
  isOfCalendar,
  type NamedThrough,
  type Position,
  type ResolvedCalculation,
  type ResolvedColumn,
  type ResolvedFilter,
  type ResolvedQuery,
} from './resolved-query.ts'
import { customBuckets } from './time-buckets.ts'

/**
 * Looks every name up and types every value. Members the caller may not see are answered like unknown ones, and are never
 * suggested.
 * @throws AnalyticsError with every problem: `unknown_member`, `invalid_filter`, `invalid_date_range`, `forbidden` (a masked member
 * that is filtered, ordered, ranked or binned by) or `invalid_request`.
 */
export function resolveQuery(query: NormalizedQuery, model: Model, security: Security, now: Date): ResolvedQuery {
  const clock = { nowMs: now.getTime(), timezone: query.timezone, rules: query.rules }
  return new QueryResolver(query, model, security, clock).resolve()
}

class QueryResolver {
  readonly #query: NormalizedQuery
  readonly #clock: Clock
  readonly #problems = new QueryProblems()
  readonly #finder: MemberFinder
  readonly #model: Model
  #comparison: Comparison | undefined
  #fill: FilledColumn | undefined
  #span: Span | undefined
  #validUntilMs: number | undefined

  constructor(query: NormalizedQuery, model: Model, security: Security, clock: Clock) {
    this.#query = query
    this.#model = model
    this.#clock = clock
    this.#finder = new MemberFinder(model, security, this.#problems)
  }

  resolve(): ResolvedQuery {
    const query = this.#query
    const finder = this.#finder
    const problems = this.#problems
    const spans: ResolvedFilter[] = []
    const columns = [...this.#timeColumns(spans), ...this.#dimensions(), ...this.#bins(), ...this.#measures()]
    const segments = query.segments.flatMap((name, index) => finder.find(name, `segments[${index}]`, ['segment']) ?? [])
    const terms = new QueryTerms(columns, query.calculations.length)
    const calculations = resolveCalculations(query.calculations, terms, finder, problems)
    const filters = resolveFilters(query.filters, {
      terms,
      calculations,
      calculationNames: query.calculations.map(({ name }) => `${CALCULATION_PREFIX}.${name}`),
      finder,
      problems,
      clock: this.#clock,
      isUngrouped: query.ungrouped,
    })
    for (const span of filters.spans) this.#keepValidity(span)
    this.#span ??= filters.span
    const order = this.#order(terms, calculations)
    const outer = { query, terms, calculations, finder, problems }
    const subtotals = resolveSubtotals(outer)
    const topN = resolveTopN(outer)
    if (problems.isEmpty && columns.length === 0 && terms.hidden.length === 0)
      problems.add('invalid_request', 'calculations', 'the calculations use no measure, so there is nothing to ask')
    problems.throwIfAny()
    const defaults = defaultConditions(
      viewsOf(
        [...columns, ...segments, ...terms.hidden, ...(this.#comparison === undefined ? [] : [this.#comparison])],
        [...spans, ...filters.rows],
      ),
      query,
      this.#model,
      this.#clock,
    )
    for (const span of defaults.spans) this.#keepValidity(span)
    return Object.freeze({
      columns,
      calculations,
      hidden: terms.hidden,
      segments,
      rowFilters: [...spans, ...filters.rows, ...defaults.rows],
      groupFilters: filters.groups,
      order,
      subtotals,
      topN,
      comparison: this.#comparison,
      fill: this.#fill,
      cursor: query.cursor,
      limit: query.limit,
      offset: query.offset,
      total: query.total,
      isUngrouped: query.ungrouped,
      timezone: query.timezone,
      rules: query.rules,
      span: this.#span,
      validUntilMs: this.#validUntilMs,
    })
  }

  #timeColumns(rowFilters: ResolvedFilter[]): ResolvedColumn[] {
    const columns: ResolvedColumn[] = []
    for (const [index, entry] of this.#query.timeDimensions.entries()) {
      const { dimension, granularity, dateRange, compareDateRange, fill } = entry
      const path = `timeDimensions[${index}]`
      const found = this.#finder.find(dimension, `${path}.dimension`, ['dimension'])
      if (found !== undefined && found.member.type !== 'time') {
        this.#problems.add('invalid_request', `${path}.dimension`, `${dimension} is a ${found.member.type}, not a time`)
        continue
      }
      const span = dateRange === undefined ? undefined : this.#readSpan(dateRange, `${path}.dateRange`)
      if (span !== undefined && found !== undefined && this.#finder.mayRead(found, `${path}.dateRange`)) {
        this.#keepSpan(span)
        const within = [timestamp(span.startMs), timestamp(span.endMs)] as const
        const test = { kind: 'within' as const, isNegated: false, spans: [within] }
        const { node, member, view, viewMember } = found
        rowFilters.push({ kind: 'condition', node, member, view, viewMember, test })
      }
      if (compareDateRange !== undefined) this.#compare(compareDateRange, found, `${path}.compareDateRange`)
      if (granularity === undefined) continue
      const column = this.#bucket(found, granularity, `${path}.granularity`)
      if (column === undefined) continue
      const isSame = (other: ResolvedColumn) =>
        other.kind === 'time' && other.name === column.name && other.granularity === column.granularity
      const known = columns.findIndex(isSame)
      const position = known >= 0 ? known : columns.push(column) - 1
      const filled = span ?? (compareDateRange === undefined ? undefined : this.#comparison?.spans[0])
      if (fill !== undefined && isOfCalendar(column.buckets)) {
        const message = `buckets of ${granularity} are rows of a calendar, so that those without data cannot be told`
        this.#problems.add('invalid_request', `${path}.fill`, message)
      } else if (fill !== undefined && filled !== undefined)
        this.#fill = { column: position, span: filled, isZero: fill === 'zero' }
    }
    return columns
  }

  #readSpan(range: DateRange, path: string): Span | undefined {
    const span = parseDateRange(range, this.#clock)
    if (!('problem' in span)) return span
    this.#problems.add('invalid_date_range', path, span.problem)
    return undefined
  }

  #compare(
    ranges: readonly DateRange[],
    found: Found<Extract<ResolvedColumn, { kind: 'time' }>['member']> | undefined,
    path: string,
  ): void {
    const spans = ranges.map((range, index) => this.#readSpan(range, `${path}[${index}]`))
    if (found === undefined || !this.#finder.mayRead(found, path)) return
    const read = spans.filter((span) => span !== undefined)
    for (const span of read) this.#keepSpan(span)
    const { node, member, view, viewMember } = found
    this.#comparison = { node, member, view, viewMember, spans: read }
  }

  #bucket(
    found: Found<Extract<ResolvedColumn, { kind: 'time' }>['member']> | undefined,
    granularity: string,
    path: string,
  ): Extract<ResolvedColumn, { kind: 'time' }> | undefined {
    const calendar = found?.member.calendar?.granularities.get(granularity)
    if (found !== undefined && calendar !== undefined)
      return { kind: 'time', granularity, buckets: { calendar }, custom: titleOfName(granularity), ...found }
    if (isGranularity(granularity))
      return found && { kind: 'time', granularity, buckets: granularity, custom: undefined, ...found }
    const custom = found?.member.granularities.get(granularity)
    if (found !== undefined && custom !== undefined)
      return { kind: 'time', granularity, buckets: customBuckets(custom), custom: custom.title, ...found }
    const names = [...new Set([...GRANULARITIES, ...granularitiesOf(found?.member)])]
    const message = `${quoteValue(granularity)} is not one of ${names.join(', ')}${didYouMean(granularity, names)}`
    this.#problems.add('invalid_request', path, message)
    return undefined
  }

  #dimensions(): ResolvedColumn[] {
    return this.#query.dimensions.flatMap((name, index) => {
      const found = this.#finder.find(name, `dimensions[${index}]`, ['dimension'])
      if (found !== undefined && this.#query.ungrouped && isGivenSwitch(found.member)) {
        const message = `${name} is a switch without a column, of which rows have no value; only groups have`
        this.#problems.add('invalid_request', `dimensions[${index}]`, message)
      }
      return found === undefined ? [] : [{ kind: 'dimension' as const, ...found }]
    })
  }

  #bins(): ResolvedColumn[] {
    return this.#query.bins.flatMap((bin, index) => {
      const path = `bins[${index}].dimension`
      const found = this.#finder.find(bin.dimension, path, ['dimension'])
      if (found === undefined || !this.#finder.mayRead(found, path)) return []
      if (comparedType(found.member.type) !== 'number') {
        this.#problems.add('invalid_request', path, `${bin.dimension} is a ${found.member.type}, not a number`)
        return []
      }
      return [{ kind: 'bin' as const, bin, ...found }]
    })
  }

  #measures(): ResolvedColumn[] {
    return this.#query.measures.flatMap((name, index) => {
      const found = this.#finder.find(name, `measures[${index}]`, ['measure'])
      if (found === undefined) return []
      if (this.#query.ungrouped && !hasRowValue(found.member)) {
        const { type } = found.member
        this.#problems.add('invalid_request', `measures[${index}]`, `${name} has no value for a single row (${type})`)
      }
      return [{ kind: 'measure' as const, ...found }]
    })
  }

  #order(terms: QueryTerms, calculations: readonly ResolvedCalculation[]): ResolvedQuery['order'] {
    if (this.#query.order === undefined) return undefined
    const used = new Set<Position>()
    return this.#query.order.flatMap(([name, direction], index) => {
      const column = this.#ordered(name, direction, `order[${index}]`, terms, calculations)
      if (column === undefined || used.has(column)) return []
      used.add(column)
      return [{ column, direction }]
    })
  }

  #ordered(
    name: string,
    direction: 'asc' | 'desc',
    path: string,
    terms: QueryTerms,
    calculations: readonly ResolvedCalculation[],
  ): Position | undefined {
    const bucket = terms.bucketOf(name)
    if (bucket !== undefined) return this.#finder.mayRead(terms.columns[bucket]!, path) ? bucket : undefined
    if (name.startsWith(`${CALCULATION_PREFIX}.`)) {
      const index = this.#query.calculations.findIndex((other) => name === `${CALCULATION_PREFIX}.${other.name}`)
      if (index === -1) this.#problems.add('unknown_member', path, this.#finder.unknown(name, []))
      const calculation = calculations.find((other) => other.name === name)
      return calculation !== undefined && this.#finder.mayRead(calculation, path) ? terms.calculation(index) : undefined
    }
    const found = this.#finder.find(name, path, ['dimension', 'measure'])
    if (found === undefined || !this.#finder.mayRead(found, path)) return undefined
    const { member } = found
    if (member.kind === 'measure') {
      const known = terms.columnOf(found)
      if (known !== undefined || !this.#query.ungrouped) return known ?? terms.measure({ ...found, member })
      this.#problems.add('invalid_request', path, `${name} orders rows only where it is asked for; add it to the query`)
      return undefined
    }
    const known = terms.columnOf(found)
    if (known === undefined && isGivenSwitch(member)) {
      const message = `${name} is a switch without a column, which orders only where it is asked for; add it to the query`
      this.#problems.add('invalid_request', path, message)
      return undefined
    }
    return known ?? terms.extreme({ ...found, member }, direction, this.#query.ungrouped)
  }

  #keepSpan(span: Span): void {
    this.#span ??= span
    this.#keepValidity(span)
  }

  #keepValidity({ validUntilMs }: Span): void {
    if (validUntilMs !== undefined) this.#validUntilMs = Math.min(this.#validUntilMs ?? validUntilMs, validUntilMs)
  }
}

const WITHOUT_ROW_VALUE: ReadonlySet<string> = new Set([
  'number',
  'string',
  'time',
  'boolean',
  'count_distinct',
  'count_distinct_approx',
  'rank',
])

/** Whether one row has a value of a measure: the value that is aggregated. */
function hasRowValue({ type, multiStage, rollingWindow }: Measure): boolean {
  return !WITHOUT_ROW_VALUE.has(type) && multiStage === undefined && rollingWindow === undefined
}

function granularitiesOf(member: Dimension | undefined): readonly string[] {
  return [...(member?.granularities.keys() ?? []), ...(member?.calendar?.granularities.keys() ?? [])]
}

function isGranularity(name: string): name is Granularity {
  return (GRANULARITIES as readonly string[]).includes(name)
}

/** The views through which members are named. */
function viewsOf(named: readonly NamedThrough[], filters: readonly ResolvedFilter[]): View[] {
  const ofFilters = filters.flatMap((filter): View[] =>
    filter.kind === 'condition' || filter.kind === 'measure-filter'
      ? viewsOf([filter], [])
      : viewsOf([], filter.filters),
  )
  return [...named.flatMap(({ view }) => view ?? []), ...ofFilters]
}
