import type { CubeNode } from '../model/model.ts'
import { type CalendarRules, ISO_RULES, startOf } from '../query/calendar.ts'
import type { FilterTest } from '../query/filter-test.ts'
import type { ResolvedFilter, RowCondition } from '../query/resolved-query.ts'
import { isUtc, toLocal } from '../query/time-zone.ts'
import { GRANULARITIES } from '../schema/query.ts'
import { buildCondition, testCondition } from './build-condition.ts'
import { countsFromZero, type Fact, type Leaf } from './fact.ts'
import { freeAlias } from './free-alias.ts'
import type { Condition, Expression, NamedExpression, Relation } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { planRollupSource } from './plan-source.ts'
import type { MemberGrouping, Question } from './question.ts'
import type { FactRequest, RollupReason, RollupTable, RollupTime } from './rollup.ts'
import { RowScope } from './row-scope.ts'
import { localCondition } from './shifted-condition.ts'

/**
 * The answer of a fact read from a rollup, or `undefined`, with the reasons noted: none was offered, or the one that was cannot be
 * proved to give the same rows under the caller's rules. Columns as `factRelation` has them.
 */
export function rollupRelation(fact: Fact, question: Question, context: PlanContext): Relation | undefined {
  if (context.findRollup === undefined) return undefined
  const obstacle = obstacleOf(fact, question, context)
  if (obstacle !== undefined) return context.noteRollup(undefined, [obstacle])
  const { source: probe } = planRollupSource(fact.node, undefined, context)
  const request = requestOf(fact, question, probe.ruleMembers)
  const found = context.findRollup(request)
  const reasons: string[] = []
  for (const offer of Array.isArray(found)
    ? (found as readonly (RollupTable | RollupReason)[])
    : [found as RollupTable]) {
    if ('reason' in offer) {
      reasons.push(offer.reason)
      continue
    }
    const misfit = misfitOf(offer, request, fact) ?? unevenTime(offer, request, question)
    if (misfit === undefined) {
      context.noteRollup(offer.name, [])
      return read(offer, fact, question, context)
    }
    reasons.push(`${offer.name}: ${misfit}`)
  }
  return context.noteRollup(undefined, reasons)
}

/** What keeps a fact from being answered by any rollup. */
function obstacleOf(fact: Fact, question: Question, context: PlanContext): string | undefined {
  if (fact.window !== undefined || fact.shifts.length > 0) return 'windows and shifts read rows'
  if (fact.leaves.some((leaf) => leaf.isMasked)) return 'a measure is masked'
  if (context.views.size > 0 && [...context.views.keys()].some((view) => view.policies.length > 0))
    return 'a view has row rules of its own'
  for (const grouping of question.groupings) {
    if (grouping.kind === 'lookup' || grouping.kind === 'bin') return 'bins and top values read rows'
    if (grouping.isMasked) return 'a dimension is masked'
  }
  const scope = new RowScope(context, question, fact)
  scope.groupings()
  scope.conditions()
  for (const { member } of fact.leaves) scope.member(fact.node, member)
  const { from, joins, standing } = scope.rows()
  if (from.kind !== 'source' || standing.isMultiplied || standing.isOptional || from.alias !== fact.node.name)
    return 'the rows start from another cube'
  const isLimited = joins.some((join) => join.from.kind !== 'source' || join.from.where !== undefined)
  if (isLimited) return 'a joined cube hides rows from this caller, or is answered by a question of its own'
  return undefined
}

function requestOf({ node, leaves }: Fact, question: Question, ruleMembers: readonly string[]): FactRequest {
  const groupings = question.groupings as readonly MemberGrouping[]
  const conditions = question.rowFilters.flatMap(conditionsIn)
  return {
    node: node.name,
    cube: node.cube.name,
    measures: leaves.map(({ member }) => member.name),
    dimensions: groupings.flatMap((grouping) => (grouping.kind === 'dimension' ? [nameOf(grouping)] : [])),
    times: groupings.flatMap((grouping) =>
      grouping.kind === 'time'
        ? [{ member: nameOf(grouping), size: grouping.buckets, timezone: question.timezone }]
        : [],
    ),
    filterMembers: [...new Set(conditions.map(nameOf))],
    segments: question.segments.map(nameOf),
    ruleMembers,
    spans: question.rowFilters.flatMap((filter) => {
      if (filter.kind !== 'condition' || filter.test.kind !== 'within' || filter.test.isNegated) return []
      return filter.test.spans.map(([start, end]) => ({
        member: nameOf(filter),
        startMs: Date.parse(String(start.value)),
        endMs: Date.parse(String(end.value)),
      }))
    }),
  }
}

function conditionsIn(filter: ResolvedFilter): readonly RowCondition[] {
  return 'filters' in filter ? filter.filters.flatMap(conditionsIn) : [filter]
}

function nameOf({ node, member }: { readonly node: CubeNode; readonly member: { readonly name: string } }): string {
  return `${node.name}.${member.name}`
}

/** Why a table that was offered does not hold what was asked; a second look at what the finder vouches for. */
function misfitOf(table: RollupTable, request: FactRequest, { leaves }: Fact): string | undefined {
  const isTime = (member: string) => table.times.some((time) => time.member === member)
  const missing = [...request.dimensions, ...request.ruleMembers].find((member) => !table.dimensions.has(member))
  if (missing !== undefined) return `it has no column for ${missing}`
  const untested = request.filterMembers.find((member) => !table.dimensions.has(member) && !isTime(member))
  if (untested !== undefined) return `it cannot test ${untested}`
  if (request.segments.length > 0) return 'it cannot test segments'
  const { covers } = table
  if (covers !== undefined && !request.spans.some((span) => isWithin(span, covers)))
    return `it holds ${covers.member} from ${new Date(covers.startMs).toISOString()} to ${new Date(covers.endMs).toISOString()} only`
  const time = request.times.find(
    ({ member, timezone }) => !table.times.some((own) => own.member === member && own.timezone === timezone),
  )
  if (time !== undefined) return `it has no buckets of ${time.member} in ${time.timezone}`
  for (const { member } of leaves) {
    const leaf = table.measures.get(member.name)
    if (leaf === undefined) return `it does not hold ${member.name}`
    if (member.type === 'avg' ? !('sum' in leaf) : !('column' in leaf)) return `it holds ${member.name} in another form`
    if (!ADDITIVE.has(member.type) && !hasSameGroups(table, request))
      return `${member.name} (${member.type}) of its groups does not add up to that of wider ones`
  }
  return undefined
}

function isWithin(span: FactRequest['spans'][number], covers: NonNullable<RollupTable['covers']>): boolean {
  return span.member === covers.member && span.startMs >= covers.startMs && span.endMs <= covers.endMs
}

/** Why buckets or bounds of time cannot be read off those of the rollup: they must be made of whole ones. */
function unevenTime(table: RollupTable, request: FactRequest, question: Question): string | undefined {
  const { timezone, rules } = question
  const own = (member: string) => timeOf(table, member, timezone)
  for (const { member, size } of request.times) {
    if (!isMadeOf(size, own(member)!.size, rules)) return `its buckets of ${member} do not make up those asked for`
  }
  for (const condition of question.rowFilters.flatMap(conditionsIn)) {
    const name = nameOf(condition)
    if (condition.kind !== 'condition' || table.dimensions.has(name)) continue
    const time = own(name)
    if (time === undefined) return `it has no buckets of ${name} in ${timezone}`
    if (!boundsOf(condition.test).every((instantMs) => isBound(time.size, instantMs, timezone)))
      return `a bound of ${name} cuts through its buckets`
  }
  return undefined
}

function timeOf(table: RollupTable, member: string, timezone: string) {
  return table.times.find((time) => time.member === member && time.timezone === timezone)
}

function boundsOf(test: FilterTest): readonly number[] {
  const parameters = test.kind === 'within' ? test.spans.flat() : test.kind === 'compare' ? [test.value] : []
  return parameters.map(({ value }) => Date.parse(String(value)))
}

/** Whether the rows before an instant are those of whole buckets. */
function isBound(size: RollupTime['size'], instantMs: number, timezone: string): boolean {
  if (typeof size !== 'string') return false
  const localMs = toLocal(timezone, instantMs)
  return startOf(size, localMs) === localMs && isPassedOnce(instantMs, localMs, timezone)
}

const QUARTER_MS = 900_000
/** Clocks are not set back by more. */
const MAX_SET_BACK_MS = 3 * 3_600_000

/**
 * Whether clocks showed less than `localMs` at all times before the instant and never again after it. Not so in the hour that is
 * shown twice when they are set back: rows of its two passes share buckets.
 */
function isPassedOnce(instantMs: number, localMs: number, timezone: string): boolean {
  if (isUtc(timezone)) return true
  // Clocks change at full quarters of an hour; within a quarter they run like real time.
  const first = Math.floor((instantMs - MAX_SET_BACK_MS) / QUARTER_MS) * QUARTER_MS
  for (let at = first; at <= instantMs + MAX_SET_BACK_MS; at += QUARTER_MS) {
    if (at <= instantMs ? toLocal(timezone, at - 1) >= localMs : toLocal(timezone, at) < localMs) return false
  }
  return true
}

/** Sizes that any larger bucket is made of, whatever day its weeks start on and whatever month its years. */
const EVEN: readonly RollupTime['size'][] = ['second', 'minute', 'hour', 'day']

function isMadeOf(asked: RollupTime['size'], kept: RollupTime['size'], rules: CalendarRules): boolean {
  if (typeof asked !== 'string' || typeof kept !== 'string') return JSON.stringify(asked) === JSON.stringify(kept)
  const [at, from] = [GRANULARITIES.indexOf(asked), GRANULARITIES.indexOf(kept)]
  if (EVEN.includes(kept)) return from <= at
  if (kept === 'month') return at >= from
  // Rollups keep ISO weeks and calendar quarters.
  const isPlain = rules.weekStart === ISO_RULES.weekStart && rules.fiscalYearStart === ISO_RULES.fiscalYearStart
  return isPlain && (asked === kept || (kept === 'quarter' && asked === 'year'))
}

const ADDITIVE: ReadonlySet<string> = new Set(['count', 'sum', 'min', 'max', 'avg'])

function hasSameGroups(table: RollupTable, { dimensions, times }: FactRequest): boolean {
  return (
    table.dimensions.size === dimensions.length &&
    table.times.length === times.length &&
    times.every(({ member, size }) => table.times.some((own) => own.member === member && own.size === size))
  )
}

function read(table: RollupTable, fact: Fact, question: Question, context: PlanContext): Relation {
  const alias = freeAlias(context.model, 'rollup')
  const column = (name: string): Expression => ({ kind: 'column', alias, name })
  const timeColumn = (member: string) => column(timeOf(table, member, question.timezone)!.column)
  const { source } = planRollupSource(fact.node, { table, alias }, context)
  const groupings = (question.groupings as readonly MemberGrouping[]).map(
    (grouping, index): NamedExpression => ({
      name: `g${index}`,
      expression:
        grouping.kind === 'time'
          ? {
              kind: 'truncate',
              granularity: grouping.buckets,
              rules: question.rules,
              argument: timeColumn(nameOf(grouping)),
            }
          : column(table.dimensions.get(nameOf(grouping))!),
    }),
  )
  const where = question.rowFilters.map(
    (filter): Condition =>
      buildCondition<RowCondition>(filter, (condition) => {
        if (condition.kind === 'measure-filter') throw new Error('a measure filter reached a rollup')
        const dimension = table.dimensions.get(nameOf(condition))
        if (dimension !== undefined) return testCondition(condition.test, column(dimension))
        return localCondition(condition.test, timeColumn(nameOf(condition)), question.timezone)
      }),
  )
  return {
    kind: 'select',
    from: source,
    joins: [],
    columns: [
      ...groupings,
      ...fact.leaves.map((leaf) => ({ name: leaf.name, expression: leafOf(leaf, table, column) })),
    ],
    where,
    groupBy: groupings.map((_, index) => index),
    having: [],
  }
}

/** Sums of sums and counts, least of leasts. What does not add up is asked in the rollup's own groups, of one row each. */
function leafOf(leaf: Leaf, table: RollupTable, column: (name: string) => Expression): Expression {
  const { type, name } = leaf.member
  const kept = table.measures.get(name)!
  const aggregate = (fn: 'sum' | 'min' | 'max', of: string): Expression => ({
    kind: 'aggregate',
    function: fn,
    argument: column(of),
    filters: [],
  })
  if ('sum' in kept) {
    return { kind: 'arithmetic', operator: '/', left: aggregate('sum', kept.sum), right: aggregate('sum', kept.count) }
  }
  if (type === 'sum') return aggregate('sum', kept.column)
  if (type === 'min') return aggregate('min', kept.column)
  const value = aggregate(type === 'count' ? 'sum' : 'max', kept.column)
  return countsFromZero(leaf)
    ? { kind: 'call', function: 'coalesce', args: [value, { kind: 'integer', value: 0 }] }
    : value
}
