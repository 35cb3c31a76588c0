import { isOfCalendar, type RowCondition } from '../query/resolved-query.ts'
import { buildCondition, testCondition } from './build-condition.ts'
import { countsFromZero, type Fact, type Leaf } from './fact.ts'
import { freeAlias } from './free-alias.ts'
import { JoinedRules } from './joined-rules.ts'
import type { Condition, Expression, From, NamedExpression, Relation, Select } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { planRollupSource, type RollupRows } from './plan-source.ts'
import type { MemberGrouping, Question } from './question.ts'
import type { FactRequest, RollupReason, RollupTable } from './rollup.ts'
import { misfitOf, spanOf } from './rollup-misfit.ts'
import { conditionsIn, nameOf, requestOf, sizeOf } from './rollup-request.ts'
import { ADDITIVE } from './rollup-shape.ts'
import { RowScope } from './row-scope.ts'
import { localCondition } from './shifted-condition.ts'
import { type BucketReading, readBuckets, testedBuckets } from './stored-time.ts'

/** Most changes of clocks worth writing out. */
const MAX_OFFSETS = 12

/** A question that a rollup may answer for one of its facts. */
interface Asked {
  readonly fact: Fact
  readonly question: Question
  readonly rules: JoinedRules
  readonly request: FactRequest
}

/**
 * The answer of a fact read from a rollup, or `undefined`, with the reasons noted: none was offered, or the one that was cannot be
 * proved to give the same rows under the caller's rules. Columns as `factRelation` has them.
 */
export function rollupRelation(fact: Fact, question: Question, context: PlanContext): Relation | undefined {
  if (context.findRollup === undefined) return undefined
  const rules = joinedRules(fact, question, context)
  const obstacle = typeof rules === 'string' ? rules : rules.obstacle
  if (typeof rules === 'string' || obstacle !== undefined) return context.noteRollup(undefined, [String(obstacle)])
  const { source: probe } = planRollupSource(fact.node, undefined, context)
  const request = requestOf(fact, question, probe.ruleMembers, rules)
  const found = context.findRollup(request)
  const reasons: string[] = []
  for (const offer of Array.isArray(found)
    ? (found as readonly (RollupTable | RollupReason)[])
    : [found as RollupTable]) {
    if ('reason' in offer) {
      reasons.push(offer.reason)
      continue
    }
    const misfit = misfitOf(offer, request, fact, question, rules)
    if (misfit === undefined) {
      context.noteRollup(offer.name, [])
      const coarser = offer.coarser?.find((one) => misfitOf(one, request, fact, question, rules) === undefined)
      return read(coarser ?? offer, { fact, question, rules, request }, context)
    }
    reasons.push(`${offer.name}: ${misfit}`)
  }
  return context.noteRollup(undefined, reasons)
}

/** What the fact is joined to, or what keeps it from being answered by any rollup. */
function joinedRules(fact: Fact, question: Question, context: PlanContext): JoinedRules | string {
  if (fact.window !== undefined || fact.shifts.length > 0) return 'windows and shifts read rows'
  if (fact.leaves.some((leaf) => leaf.isMasked)) return 'a measure is masked'
  if (context.views.size > 0 && [...context.views.keys()].some((view) => view.policies.length > 0))
    return 'a view has row rules of its own'
  for (const grouping of question.groupings) {
    if (grouping.kind === 'lookup' || grouping.kind === 'bin') return 'bins and top values read rows'
    if (grouping.isMasked) return 'a dimension is masked'
    if (grouping.kind === 'time' && isOfCalendar(grouping.buckets)) return 'buckets of a calendar read rows'
  }
  const scope = new RowScope(context, question, fact)
  scope.groupings()
  scope.conditions()
  for (const { member } of fact.leaves) scope.member(fact.node, member)
  const { from, joins, tree, standing } = scope.rows()
  if (from.kind !== 'source' || standing.isMultiplied || standing.isOptional || from.alias !== fact.node.name)
    return 'the rows start from another cube'
  if (joins.some((join) => join.from.kind !== 'source')) return 'a dimension is answered by a question of its own'
  return new JoinedRules(tree, context)
}

function read(table: RollupTable, asked: Asked, context: PlanContext): Relation {
  const { fact, question, request } = asked
  const alias = freeAlias(context.model, 'rollup')
  const column = (name: string): Expression => ({ kind: 'column', alias, name })
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
  const segments = question.segments.map(
    (segment): Condition => ({
      kind: 'relate',
      operator: '=',
      left: column(table.segments!.get(nameOf(segment))!),
      right: { kind: 'integer', value: 1 },
    }),
  )
  const select: Select = {
    kind: 'select',
    from: rowsOf({ table, alias }, asked, context),
    joins: [],
    columns: [
      ...groupings,
      ...fact.leaves.map((leaf) => ({ name: leaf.name, expression: leafOf(leaf, table, column) })),
    ],
    where: [...segments, ...where],
    groupBy: groupings.map((_, index) => index),
    having: [],
  }
  return byStoredBuckets(select, groupings, asked, table, column) ?? select
}

/**
 * The same with stored buckets summed up first, by the dimensions asked for, and then larger ones made of them: which bucket holds
 * one is worked out once for each and not for each row, which is most of the time that databases take. Sums of sums are sums.
 * `undefined` without buckets, or when that makes no fewer rows.
 */
function byStoredBuckets(
  select: Select,
  groupings: readonly NamedExpression[],
  { fact }: Asked,
  table: RollupTable,
  column: (name: string) => Expression,
): Select | undefined {
  const used = new Set<string>()
  let hasBuckets = false
  for (const { expression } of groupings) {
    const isBucket = expression.kind === 'truncate' || expression.kind === 'bucket'
    const stored = isBucket ? expression.argument : expression
    if (stored.kind !== 'column') return undefined
    used.add(stored.name)
    hasBuckets ||= isBucket
  }
  const kept = table.dimensions.size + table.times.length + (table.segments?.size ?? 0)
  if (!hasBuckets || used.size === kept || !fact.leaves.every(({ member }) => ADDITIVE.has(member.type)))
    return undefined
  const sums = new Map<string, Expression>()
  for (const { member } of fact.leaves) {
    const fn = member.type === 'min' || member.type === 'max' ? member.type : 'sum'
    for (const name of Object.values(table.measures.get(member.name)!))
      sums.set(name, { kind: 'aggregate', function: fn, argument: column(name), filters: [] })
  }
  const relation: Select = {
    ...select,
    columns: [
      ...[...used].map((name) => ({ name, expression: column(name) })),
      ...[...sums].map(([name, expression]) => ({ name, expression })),
    ],
    groupBy: [...used].map((_, index) => index),
  }
  return { ...select, from: { kind: 'derived', alias: select.from.alias, relation }, where: [] }
}

/** The rows of a rollup that the caller may see, with the values of joined cubes that the caller may see. */
function rowsOf(rollup: RollupRows, { fact, question, rules }: Asked, context: PlanContext): From {
  const { table, alias } = rollup
  const { source } = planRollupSource(fact.node, rollup, context)
  if (!rules.isLimited) return source
  const columns = new Map<string, Expression>()
  const add = (name: string) => columns.set(name, { kind: 'column', alias, name })
  for (const name of table.segments?.values() ?? []) add(name)
  for (const leaf of table.measures.values()) for (const name of Object.values(leaf)) add(name)
  const used = [...(question.groupings as readonly MemberGrouping[]), ...question.rowFilters.flatMap(conditionsIn)]
  for (const one of used) {
    const times = table.times.flatMap(({ member, column }) => (member === nameOf(one) ? [column] : []))
    for (const name of [...times, ...(table.dimensions.has(nameOf(one)) ? [table.dimensions.get(nameOf(one))!] : [])])
      columns.set(name, rules.visible(one.node, one.member, rollup, { kind: 'column', alias, name }))
  }
  return {
    kind: 'derived',
    alias,
    relation: {
      kind: 'select',
      from: source,
      joins: [],
      columns: [...columns].map(([name, expression]) => ({ name, expression })),
      where: rules.conditions(rollup),
      groupBy: undefined,
      having: [],
    },
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
  const granularity = sizeOf(grouping)
  const found = readBuckets(table, { member, size: granularity, timezone }, rules, spanOf(request, member))
  const { time, moved } = found as BucketReading
  const argument = column(time.column)
  if (moved === undefined) return { kind: 'truncate', granularity, rules, argument }
  // Not every database knows zones; few offsets can be written out.
  const offsets = moved.length <= MAX_OFFSETS ? moved : undefined
  return { kind: 'bucket', granularity, timezone, rules, argument, offsets }
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
