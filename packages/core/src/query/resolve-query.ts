import type { ErrorCode } from '../errors.ts'
import { isMemberMasked, isMemberVisible } from '../model/access.ts'
import { findMember } from '../model/find-member.ts'
import type { CubeNode, Dimension, Measure, Member, Model, Segment } from '../model/model.ts'
import { didYouMean } from '../model/nearest-name.ts'
import { quoteValue } from '../model/quote-value.ts'
import type { Filter } from '../schema/filter.ts'
import { type Bin, GRANULARITIES, type Granularity, type OrderDirection } from '../schema/query.ts'
import type { Security } from '../security.ts'
import { parseDateRange } from './date-range.ts'
import type { Clock, Span } from './date-value.ts'
import { type FilterTest, readFilterTest, timestamp } from './filter-test.ts'
import type { NormalizedQuery } from './normalize-query.ts'
import { QueryProblems } from './query-problems.ts'

/** One column of the answer, in order. */
export type ResolvedColumn = { readonly node: CubeNode; readonly isMasked: boolean } & (
  | { readonly kind: 'time'; readonly member: Dimension; readonly granularity: Granularity }
  | { readonly kind: 'dimension'; readonly member: Dimension }
  | { readonly kind: 'bin'; readonly member: Dimension; readonly bin: Bin }
  | { readonly kind: 'measure'; readonly member: Measure }
)

/** A condition on a member, its values typed. */
export interface ResolvedCondition {
  readonly kind: 'condition'
  readonly node: CubeNode
  readonly member: Dimension | Measure
  readonly test: FilterTest
}

export type ResolvedFilter =
  | ResolvedCondition
  | { readonly kind: 'and' | 'or'; readonly filters: readonly ResolvedFilter[] }

/** A query whose every name is a member the caller may see and whose every value has its member's type. */
export interface ResolvedQuery {
  readonly columns: readonly ResolvedColumn[]
  readonly segments: readonly { readonly node: CubeNode; readonly member: Segment }[]
  /** On rows, before grouping; all must hold. */
  readonly rowFilters: readonly ResolvedFilter[]
  /** On groups; all must hold. */
  readonly groupFilters: readonly ResolvedFilter[]
  /** `undefined`: the default order. Numbers are positions in `columns`. */
  readonly order: readonly { readonly column: number; readonly direction: OrderDirection }[] | undefined
  readonly limit: number
  readonly offset: number
  readonly total: boolean
  readonly isUngrouped: boolean
  readonly timezone: string
  /** The first span of time the query keeps. */
  readonly span: Span | undefined
  /** When words of the query mean other spans. */
  readonly validUntilMs: number | undefined
}

/**
 * Looks every name up and types every value. Members the caller may not see are answered like unknown ones, and are never
 * suggested.
 * @throws AnalyticsError with every problem: `unknown_member`, `invalid_filter`, `invalid_date_range`, `forbidden` (a masked member
 * that is filtered, ordered or binned by) or `invalid_request`.
 */
export function resolveQuery(query: NormalizedQuery, model: Model, security: Security, now: Date): ResolvedQuery {
  return new QueryResolver(query, model, security, { nowMs: now.getTime(), timezone: query.timezone }).resolve()
}

/** Most unknown names for which near ones are looked for. */
const MAX_SUGGESTIONS = 10

/** A name as a message shows it: no control characters, at most 100 characters. */
function printable(name: string): string {
  return name.slice(0, 100).replaceAll(/[\p{Cc}\p{Cf}]/gu, '�')
}

interface Found<M extends Member> {
  readonly node: CubeNode
  readonly member: M
  readonly isMasked: boolean
}

class QueryResolver {
  readonly #query: NormalizedQuery
  readonly #model: Model
  readonly #security: Security
  readonly #clock: Clock
  readonly #problems = new QueryProblems()
  #span: Span | undefined
  #validUntilMs: number | undefined
  #unknownCount = 0

  constructor(query: NormalizedQuery, model: Model, security: Security, clock: Clock) {
    this.#query = query
    this.#model = model
    this.#security = security
    this.#clock = clock
  }

  resolve(): ResolvedQuery {
    const query = this.#query
    const rowFilters: ResolvedFilter[] = []
    const columns: ResolvedColumn[] = [
      ...this.#timeColumns(rowFilters),
      ...this.#dimensions(),
      ...this.#bins(),
      ...this.#measures(),
    ]
    const segments = query.segments.flatMap(
      (name, index) => this.#findVisible(name, `segments[${index}]`, ['segment']) ?? [],
    )
    const groupFilters: ResolvedFilter[] = []
    for (const [index, filter] of query.filters.entries()) {
      const resolved = this.#filter(filter, `filters[${index}]`, true)
      if (resolved !== undefined) this.#place(resolved, `filters[${index}]`, rowFilters, groupFilters)
    }
    const order = this.#order(columns)
    this.#problems.throwIfAny()
    return Object.freeze({
      columns,
      segments,
      rowFilters,
      groupFilters,
      order,
      limit: query.limit,
      offset: query.offset,
      total: query.total,
      isUngrouped: query.ungrouped,
      timezone: query.timezone,
      span: this.#span,
      validUntilMs: this.#validUntilMs,
    })
  }

  #timeColumns(rowFilters: ResolvedFilter[]): ResolvedColumn[] {
    const columns: ResolvedColumn[] = []
    const seen = new Set<string>()
    for (const [index, { dimension, granularity, dateRange }] of this.#query.timeDimensions.entries()) {
      const path = `timeDimensions[${index}]`
      const found = this.#findVisible(dimension, `${path}.dimension`, ['dimension'])
      if (found !== undefined && found.member.type !== 'time') {
        this.#problems.add('invalid_request', `${path}.dimension`, `${dimension} is a ${found.member.type}, not a time`)
        continue
      }
      if (dateRange !== undefined) {
        const span = parseDateRange(dateRange, this.#clock)
        if ('problem' in span) this.#problems.add('invalid_date_range', `${path}.dateRange`, span.problem)
        else if (found !== undefined && this.#mayRead(found, `${path}.dateRange`)) {
          this.#keepSpan(span)
          const test: FilterTest = {
            kind: 'within',
            isNegated: false,
            spans: [[timestamp(span.startMs), timestamp(span.endMs)]],
          }
          rowFilters.push({ kind: 'condition', node: found.node, member: found.member, test })
        }
      }
      if (granularity !== undefined && !isGranularity(granularity)) {
        const words = GRANULARITIES.join(', ')
        const message = `${quoteValue(granularity)} is not one of ${words}${didYouMean(granularity, GRANULARITIES)}`
        this.#problems.add('invalid_request', `${path}.granularity`, message)
        continue
      }
      if (found === undefined || granularity === undefined || seen.has(`${dimension} ${granularity}`)) continue
      seen.add(`${dimension} ${granularity}`)
      columns.push({ kind: 'time', granularity, ...found })
    }
    return columns
  }

  #dimensions(): ResolvedColumn[] {
    return this.#query.dimensions.flatMap((name, index) => {
      const found = this.#findVisible(name, `dimensions[${index}]`, ['dimension'])
      return found === undefined ? [] : [{ kind: 'dimension' as const, ...found }]
    })
  }

  #bins(): ResolvedColumn[] {
    return this.#query.bins.flatMap((bin, index) => {
      const path = `bins[${index}].dimension`
      const found = this.#findVisible(bin.dimension, path, ['dimension'])
      if (found === undefined || !this.#mayRead(found, path)) return []
      if (found.member.type !== 'number') {
        this.#problems.add('invalid_request', path, `${bin.dimension} is a ${found.member.type}, not a number`)
        return []
      }
      return [{ kind: 'bin' as const, bin, ...found }]
    })
  }

  #measures(): ResolvedColumn[] {
    return this.#query.measures.flatMap((name, index) => {
      const found = this.#findVisible(name, `measures[${index}]`, ['measure'])
      if (found === undefined) return []
      const { type } = found.member
      if (this.#query.ungrouped && (type === 'number' || type === 'count_distinct')) {
        this.#problems.add('invalid_request', `measures[${index}]`, `${name} has no value for a single row (${type})`)
      }
      return [{ kind: 'measure' as const, ...found }]
    })
  }

  #filter(filter: Filter, path: string, isTop: boolean): ResolvedFilter | undefined {
    if ('and' in filter || 'or' in filter) {
      const kind = 'and' in filter ? 'and' : 'or'
      const children = 'and' in filter ? filter.and : filter.or
      const filters = children.map((child, index) =>
        this.#filter(child, `${path}.${kind}[${index}]`, isTop && kind === 'and'),
      )
      return { kind, filters: filters.filter((child) => child !== undefined) }
    }
    const found = this.#findVisible(filter.member, `${path}.member`, ['dimension', 'measure'])
    if (found === undefined) return undefined
    if (!this.#mayRead(found, `${path}.member`)) return undefined
    if (found.member.kind === 'measure' && this.#query.ungrouped) {
      this.#problems.add(
        'invalid_filter',
        `${path}.member`,
        `${filter.member} is a measure, which an ungrouped query cannot filter by`,
      )
      return undefined
    }
    const type = found.member.kind === 'measure' ? 'number' : found.member.type
    const { test, problems, spans } = readFilterTest(filter.operator, filter.values ?? [], type, this.#clock)
    for (const problem of problems) this.#problems.add(problem.code, `${path}.${problem.at}`, problem.message)
    for (const span of spans) this.#keepValidity(span)
    if (test === undefined) return undefined
    if (isTop && filter.operator === 'inDateRange' && spans[0] !== undefined) this.#span ??= spans[0]
    return { kind: 'condition', node: found.node, member: found.member, test }
  }

  /** Puts a filter before or after grouping. Only `and` may mix the two: each part of it can stand where it belongs. */
  #place(filter: ResolvedFilter, path: string, rows: ResolvedFilter[], groups: ResolvedFilter[]): void {
    const kinds = memberKinds(filter)
    if (!kinds.has('measure')) rows.push(filter)
    else if (!kinds.has('dimension')) groups.push(filter)
    else if (filter.kind === 'and') for (const child of filter.filters) this.#place(child, path, rows, groups)
    else this.#problems.add('invalid_filter', path, 'one "or" group cannot mix measures and dimensions')
  }

  #order(columns: readonly ResolvedColumn[]): ResolvedQuery['order'] {
    if (this.#query.order === undefined) return undefined
    const used = new Set<number>()
    return this.#query.order.flatMap(([name, direction], index) => {
      const path = `order[${index}]`
      const found = this.#findVisible(name, path, ['dimension', 'measure'])
      if (found === undefined || !this.#mayRead(found, path)) return []
      const column = columns.findIndex(({ node, member }) => node === found.node && member === found.member)
      // With problems elsewhere the column may be missing for that reason alone.
      if (column === -1 && this.#problems.isEmpty) {
        this.#problems.add('invalid_request', path, `${name} is ordered by but not asked for; add it to the query`)
      }
      if (column === -1 || used.has(column)) return []
      used.add(column)
      return [{ column, direction }]
    })
  }

  /** Finds a member of one of `kinds` that the caller may see. */
  #findVisible<K extends Member['kind']>(
    name: string,
    path: string,
    kinds: readonly K[],
  ): Found<Extract<Member, { kind: K }>> | undefined {
    const found = findMember(this.#model, name)
    if (found === undefined || !isMemberVisible(this.#model, found.node, found.member, this.#security)) {
      const expected = kinds.length === 1 ? kinds[0] : 'member'
      // Looking for near names reads the whole model: not for hundreds of names.
      this.#unknownCount += 1
      const near = this.#unknownCount > MAX_SUGGESTIONS ? '' : didYouMean(name, this.#visibleNames(kinds))
      this.#problems.add('unknown_member', path, `unknown ${expected}: ${printable(name)}${near}`)
      return undefined
    }
    const { node, member } = found
    if (!(kinds as readonly string[]).includes(member.kind)) {
      this.#problems.add('invalid_request', path, `${name} is a ${member.kind}, not a ${kinds.join(' or a ')}`)
      return undefined
    }
    const isMasked = isMemberMasked(this.#model, node, member, this.#security)
    if (isMasked && member.kind === 'segment') {
      this.#problems.add('forbidden', path, `${name} depends on values that are hidden from this caller`)
      return undefined
    }
    return { node, member: member as Extract<Member, { kind: K }>, isMasked }
  }

  #mayRead(found: Found<Member>, path: string): boolean {
    if (!found.isMasked) return true
    const name = `${found.node.name}.${found.member.name}`
    this.#problems.add(
      'forbidden' satisfies ErrorCode,
      path,
      `the values of ${name} are hidden from this caller, who cannot filter, order or bin by them`,
    )
    return false
  }

  *#visibleNames(kinds: readonly string[]): Iterable<string> {
    for (const node of this.#model.nodes.values()) {
      for (const member of node.cube.members.values()) {
        if (kinds.includes(member.kind) && isMemberVisible(this.#model, node, member, this.#security))
          yield `${node.name}.${member.name}`
      }
    }
  }

  #keepSpan(span: Span): void {
    this.#span ??= span
    this.#keepValidity(span)
  }

  #keepValidity({ validUntilMs }: Span): void {
    if (validUntilMs !== undefined) this.#validUntilMs = Math.min(this.#validUntilMs ?? validUntilMs, validUntilMs)
  }
}

function isGranularity(name: string): name is Granularity {
  return (GRANULARITIES as readonly string[]).includes(name)
}

function memberKinds(filter: ResolvedFilter): ReadonlySet<'dimension' | 'measure'> {
  if (filter.kind === 'condition') return new Set([filter.member.kind])
  return new Set(filter.filters.flatMap((child) => [...memberKinds(child)]))
}
