import { isGivenSwitch } from '../model/given-switch.ts'
import type { Dimension, Measure } from '../model/model.ts'
import type { Filter, FilterCondition } from '../schema/filter.ts'
import { CALCULATION_PREFIX } from '../schema/query.ts'
import type { Clock, Span } from './date-value.ts'
import { type FilterTest, readFilterTest } from './filter-test.ts'
import type { Found, MemberFinder } from './member-finder.ts'
import type { QueryProblems } from './query-problems.ts'
import type { QueryTerms } from './query-terms.ts'
import { comparedCalculation, comparedMeasure } from './resolve-calculations.ts'
import type { GroupFilter, Position, ResolvedCalculation, ResolvedFilter, RowCondition } from './resolved-query.ts'

/** What reading filters needs of the query around them. */
export interface FilterScope {
  readonly terms: QueryTerms
  readonly calculations: readonly ResolvedCalculation[]
  /** How many calculations the query lists; more than `calculations` when some are faulty. */
  readonly calculationNames: readonly string[]
  readonly finder: MemberFinder
  readonly problems: QueryProblems
  readonly clock: Clock
  readonly isUngrouped: boolean
}

/** Where conditions go, and the spans of time they name. */
export interface PlacedFilters {
  readonly rows: readonly ResolvedFilter[]
  readonly groups: readonly GroupFilter[]
  /** Every span that words or dates in conditions name. */
  readonly spans: readonly Span[]
  /** Span of the first `inDateRange` that all rows must meet. */
  readonly span: Span | undefined
}

/**
 * Types the values of a filter tree and decides what is tested on rows and what on groups. Conditions on dimensions restrict rows;
 * those on measures and calculations restrict groups; an "and" is split. An "or" with both is tested on groups, where a dimension
 * has a value only if it is a column of the query.
 */
export function resolveFilters(filters: readonly Filter[], scope: FilterScope): PlacedFilters {
  return new FilterPlacer(scope).place(filters)
}

/** A condition before its place is known. */
type Read =
  | {
      readonly kind: 'row'
      readonly path: string
      readonly condition: RowCondition
      readonly found: Found<Dimension | Measure>
    }
  | { readonly kind: 'group'; readonly column: Position; readonly test: FilterTest }
  | { readonly kind: 'and' | 'or'; readonly path: string; readonly filters: readonly Read[] }

class FilterPlacer {
  readonly #scope: FilterScope
  readonly #spans: Span[] = []
  #span: Span | undefined

  constructor(scope: FilterScope) {
    this.#scope = scope
  }

  place(filters: readonly Filter[]): PlacedFilters {
    const rows: ResolvedFilter[] = []
    const groups: GroupFilter[] = []
    for (const [index, filter] of filters.entries()) {
      const read = this.#read(filter, `filters[${index}]`, true)
      if (read !== undefined) this.#put(read, rows, groups)
    }
    return { rows, groups, spans: this.#spans, span: this.#span }
  }

  #put(read: Read, rows: ResolvedFilter[], groups: GroupFilter[]): void {
    const places = placesOf(read)
    if (!places.has('group')) rows.push(toRowFilter(read))
    else if (read.kind === 'and') for (const child of read.filters) this.#put(child, rows, groups)
    else {
      const filter = this.#toGroupFilter(read)
      if (filter !== undefined) groups.push(filter)
    }
  }

  #toGroupFilter(read: Read): GroupFilter | undefined {
    if (read.kind === 'group') return { kind: 'condition', column: read.column, test: read.test }
    if (read.kind === 'row') return this.#onGroups(read)
    const filters = read.filters.map((child) => this.#toGroupFilter(child))
    return { kind: read.kind, filters: filters.filter((child) => child !== undefined) }
  }

  /** A condition on a dimension that stands in an "or" with measures: after grouping only columns have values. */
  #onGroups({ path, condition, found }: Extract<Read, { kind: 'row' }>): GroupFilter | undefined {
    const { terms, problems } = this.#scope
    const column =
      condition.kind === 'condition'
        ? terms.columns.findIndex(
            (other) => other.kind === 'dimension' && other.node === found.node && other.member === found.member,
          )
        : -1
    if (column >= 0 && condition.kind === 'condition') return { kind: 'condition', column, test: condition.test }
    problems.add(
      'invalid_filter',
      `${path}.member`,
      `${found.name} stands in an "or" with a measure, which is tested on groups; add it to the dimensions`,
    )
    return undefined
  }

  /** `undefined` for what keeps everything, and for what has a problem. */
  #read(filter: Filter, path: string, isTop: boolean): Read | undefined {
    if (!('and' in filter) && !('or' in filter)) return this.#condition(filter, path, isTop)
    const kind = 'and' in filter ? 'and' : 'or'
    const children = 'and' in filter ? filter.and : filter.or
    const filters = children.map((child, index) =>
      this.#read(child, `${path}.${kind}[${index}]`, isTop && kind === 'and'),
    )
    const kept = filters.filter((child) => child !== undefined)
    // Of an "or", one that keeps everything is enough.
    if (kept.length === 0 || (kind === 'or' && kept.length < filters.length)) return undefined
    return { kind, path, filters: kept }
  }

  #condition(filter: FilterCondition, path: string, isTop: boolean): Read | undefined {
    if (filter.member.startsWith(`${CALCULATION_PREFIX}.`)) return this.#onCalculation(filter, path)
    const { finder, terms } = this.#scope
    const found = finder.find(filter.member, `${path}.member`, ['dimension', 'measure'])
    if (found === undefined) return undefined
    if (filter.operator === 'measureFilter') return this.#measureFilter(filter, found, path)
    if (!finder.mayRead(found, `${path}.member`)) return undefined
    const { member } = found
    if (member.kind === 'measure') {
      if (!this.#mayTestGroups(filter.member, path)) return undefined
      const test = this.#test(filter, comparedMeasure(member), path, false)
      return test && { kind: 'group', column: terms.measure({ ...found, member }), test }
    }
    if (this.#scope.isUngrouped && isGivenSwitch(member)) {
      const message = `${filter.member} is a switch without a column, of which rows have no value`
      this.#scope.problems.add('invalid_filter', `${path}.member`, message)
      return undefined
    }
    const test = this.#test(filter, member.type, path, isTop)
    return test && { kind: 'row', path, found, condition: { ...through(found), kind: 'condition', member, test } }
  }

  #measureFilter(filter: FilterCondition, found: Found<Dimension | Measure>, path: string): Read | undefined {
    const { problems, finder } = this.#scope
    const { member } = found
    if (member.kind !== 'measure')
      problems.add(
        'invalid_filter',
        `${path}.member`,
        `measureFilter takes a measure; ${filter.member} is a ${member.kind}`,
      )
    else if ((filter.values?.length ?? 0) > 0)
      problems.add('invalid_filter', `${path}.values`, 'measureFilter takes no values')
    // A measure without filters of its own is made of all rows; those of a stage are on groups, which no row is.
    else if (finder.mayRead(found, `${path}.member`) && member.multiStage === undefined && member.filters.length > 0)
      return { kind: 'row', path, found, condition: { ...through(found), kind: 'measure-filter', member } }
    return undefined
  }

  #onCalculation(filter: FilterCondition, path: string): Read | undefined {
    const { terms, calculations, calculationNames, finder, problems } = this.#scope
    const index = calculationNames.indexOf(filter.member)
    if (index === -1) {
      problems.add('unknown_member', `${path}.member`, finder.unknown(filter.member, []))
      return undefined
    }
    const calculation = calculations.find(({ name }) => name === filter.member)
    if (calculation === undefined || !finder.mayRead(calculation, `${path}.member`)) return undefined
    if (!this.#mayTestGroups(filter.member, path)) return undefined
    const test = this.#test(filter, comparedCalculation(calculation), path, false)
    return test && { kind: 'group', column: terms.calculation(index), test }
  }

  #mayTestGroups(name: string, path: string): boolean {
    if (!this.#scope.isUngrouped) return true
    this.#scope.problems.add(
      'invalid_filter',
      `${path}.member`,
      `${name} is a measure, which an ungrouped query cannot filter by`,
    )
    return false
  }

  #test(
    filter: FilterCondition,
    type: Parameters<typeof readFilterTest>[2],
    path: string,
    isTop: boolean,
  ): FilterTest | undefined {
    const { test, problems, spans } = readFilterTest(filter.operator, filter.values ?? [], type, this.#scope.clock)
    for (const problem of problems) this.#scope.problems.add(problem.code, `${path}.${problem.at}`, problem.message)
    this.#spans.push(...spans)
    if (test !== undefined && isTop && filter.operator === 'inDateRange') this.#span ??= spans[0]
    return test
  }
}

function through({ node, view, viewMember }: Found<Dimension | Measure>) {
  return { node, view, viewMember }
}

function placesOf(read: Read): ReadonlySet<'row' | 'group'> {
  if (read.kind === 'row' || read.kind === 'group') return new Set([read.kind])
  return new Set(read.filters.flatMap((child) => [...placesOf(child)]))
}

function toRowFilter(read: Read): ResolvedFilter {
  if (read.kind === 'row') return read.condition
  if (read.kind === 'group') throw new Error('a condition on groups was placed on rows')
  return { kind: read.kind, filters: read.filters.map(toRowFilter) }
}
