import type { CubeNode } from '../model/model.ts'
import type { FilterTest, Parameter } from '../query/filter-test.ts'
import type { ResolvedFilter, RowCondition } from '../query/resolved-query.ts'
import { buildCondition, testCondition } from './build-condition.ts'
import { countsFromZero, type Fact, type Leaf } from './fact.ts'
import { freeAlias } from './free-alias.ts'
import type { Condition, Expression, NamedExpression, Relation } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { planRollupSource } from './plan-source.ts'
import type { MemberGrouping, Question } from './question.ts'
import type { FactRequest, RollupReason, RollupTable, RollupTime, TimeSpan } from './rollup.ts'
import { RowScope } from './row-scope.ts'
import { localCondition } from './shifted-condition.ts'
import { type BucketReading, least, most, readBuckets, testedBuckets } from './stored-time.ts'

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
      return read(offer, request, fact, question, context)
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
    spans: spansOf(question.rowFilters),
  }
}

/** What is left of each time by the conditions that every row must meet. */
function spansOf(filters: readonly ResolvedFilter[]): FactRequest['spans'] {
  const spans = new Map<string, TimeSpan>()
  const add = (filter: ResolvedFilter): void => {
    if (filter.kind === 'and') for (const child of filter.filters) add(child)
    if (filter.kind !== 'condition') return
    const bounds = spanOfTest(filter.test)
    if (bounds === undefined) return
    const known = spans.get(nameOf(filter))
    spans.set(nameOf(filter), {
      startMs: most(known?.startMs, bounds.startMs),
      endMs: least(known?.endMs, bounds.endMs),
    })
  }
  for (const filter of filters) add(filter)
  return [...spans].map(([member, span]) => ({ member, ...span }))
}

function spanOfTest(test: FilterTest): TimeSpan | undefined {
  const msOf = ({ value }: Parameter) => Date.parse(String(value))
  if (test.kind === 'compare' && test.value.type === 'timestamp') {
    const isStart = test.operator === '>' || test.operator === '>='
    return isStart
      ? { startMs: msOf(test.value), endMs: undefined }
      : { startMs: undefined, endMs: msOf(test.value) + (test.operator === '<=' ? 1 : 0) }
  }
  if (test.kind !== 'within' || test.isNegated) return undefined
  return {
    startMs: Math.min(...test.spans.map(([start]) => msOf(start))),
    endMs: Math.max(...test.spans.map(([, end]) => msOf(end))),
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
  if (covers !== undefined && !isWithin(spanOf(request, covers.member), covers))
    return `it holds ${covers.member} from ${new Date(covers.startMs).toISOString()} to ${new Date(covers.endMs).toISOString()} only`
  for (const { member } of leaves) {
    const leaf = table.measures.get(member.name)
    if (leaf === undefined) return `it does not hold ${member.name}`
    if (member.type === 'avg' ? !('sum' in leaf) : !('column' in leaf)) return `it holds ${member.name} in another form`
    if (!ADDITIVE.has(member.type) && !hasSameGroups(table, request))
      return `${member.name} (${member.type}) of its groups does not add up to that of wider ones`
  }
  return undefined
}

function isWithin(span: TimeSpan | undefined, covers: NonNullable<RollupTable['covers']>): boolean {
  const { startMs, endMs } = span ?? {}
  return startMs !== undefined && endMs !== undefined && startMs >= covers.startMs && endMs <= covers.endMs
}

/** Why buckets or bounds of time cannot be read off those of the rollup: they must be made of whole ones. */
function unevenTime(table: RollupTable, request: FactRequest, question: Question): string | undefined {
  for (const asked of request.times) {
    const found = readBuckets(table, asked, question.rules, spanOf(request, asked.member))
    if (found === undefined) return `it has no buckets of ${asked.member} in ${asked.timezone}`
    if (typeof found === 'string') return found
  }
  for (const condition of question.rowFilters.flatMap(conditionsIn)) {
    const name = nameOf(condition)
    if (condition.kind !== 'condition' || table.dimensions.has(name)) continue
    if (testedBuckets(table, name, condition.test) === undefined) return `a bound of ${name} cuts through its buckets`
  }
  return undefined
}

function spanOf({ spans }: FactRequest, member: string) {
  return spans.find((span) => span.member === member)
}

const ADDITIVE: ReadonlySet<string> = new Set(['count', 'sum', 'min', 'max', 'avg'])

function hasSameGroups(table: RollupTable, { dimensions, times }: FactRequest): boolean {
  const isSame = (a: RollupTime, b: RollupTime) =>
    a.member === b.member && a.timezone === b.timezone && JSON.stringify(a.size) === JSON.stringify(b.size)
  return (
    table.dimensions.size === dimensions.length &&
    table.times.length === times.length &&
    times.every((asked) => table.times.some((own) => isSame(asked, own))) &&
    table.times.every((own) => times.some((asked) => isSame(asked, own)))
  )
}

function read(
  table: RollupTable,
  request: FactRequest,
  fact: Fact,
  question: Question,
  context: PlanContext,
): Relation {
  const alias = freeAlias(context.model, 'rollup')
  const column = (name: string): Expression => ({ kind: 'column', alias, name })
  const { source } = planRollupSource(fact.node, { table, alias }, context)
  const groupings = (question.groupings as readonly MemberGrouping[]).map(
    (grouping, index): NamedExpression => ({
      name: `g${index}`,
      expression:
        grouping.kind === 'time'
          ? bucketOf(grouping, table, request, question, column)
          : column(table.dimensions.get(nameOf(grouping))!),
    }),
  )
  const where = question.rowFilters.map(
    (filter): Condition =>
      buildCondition<RowCondition>(filter, (condition) => {
        if (condition.kind === 'measure-filter') throw new Error('a measure filter reached a rollup')
        const dimension = table.dimensions.get(nameOf(condition))
        if (dimension !== undefined) return testCondition(condition.test, column(dimension))
        const time = testedBuckets(table, nameOf(condition), condition.test)!
        return localCondition(condition.test, column(time.column), time.timezone)
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

/** The bucket asked for that holds a stored one. */
function bucketOf(
  grouping: Extract<MemberGrouping, { readonly kind: 'time' }>,
  table: RollupTable,
  request: FactRequest,
  { timezone, rules }: Question,
  column: (name: string) => Expression,
): Expression {
  const member = nameOf(grouping)
  const granularity = grouping.buckets
  const found = readBuckets(table, { member, size: granularity, timezone }, rules, spanOf(request, member))
  const { time, isMoved } = found as BucketReading
  const argument = column(time.column)
  return isMoved
    ? { kind: 'bucket', granularity, timezone, rules, argument, offsets: undefined }
    : { kind: 'truncate', granularity, rules, argument }
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
