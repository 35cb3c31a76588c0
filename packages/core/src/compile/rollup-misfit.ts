import type { Fact } from './fact.ts'
import type { JoinedRules } from './joined-rules.ts'
import type { MemberGrouping, Question } from './question.ts'
import type { FactRequest, RollupTable, RollupTime, TimeSpan } from './rollup.ts'
import { conditionsIn, nameOf } from './rollup-request.ts'
import { ADDITIVE } from './rollup-shape.ts'
import { readBuckets, testedBuckets } from './stored-time.ts'

/** Why a table that was offered does not hold what was asked, or does not give it to this caller; a second look at what the finder vouches for. */
export function misfitOf(
  table: RollupTable,
  request: FactRequest,
  fact: Fact,
  question: Question,
  rules: JoinedRules,
): string | undefined {
  return (
    missingColumn(table, request) ??
    otherRows(table, request) ??
    hiddenValue(fact, question, rules) ??
    unheldMeasure(table, request, fact, rules) ??
    unevenTime(table, request, question)
  )
}

function missingColumn(table: RollupTable, request: FactRequest): string | undefined {
  const isTime = (member: string) => table.times.some((time) => time.member === member)
  const missing =
    [...request.dimensions, ...request.ruleMembers].find((member) => !table.dimensions.has(member)) ??
    request.segments.find((segment) => table.segments?.has(segment) !== true)
  if (missing !== undefined) return `it has no column for ${missing}`
  const untested = request.filterMembers.find((member) => !table.dimensions.has(member) && !isTime(member))
  return untested && `it cannot test ${untested}`
}

/** Joins to one row leave rows as they are, but inner ones, which must be those of the question. */
function otherRows({ joins = [], covers }: RollupTable, request: FactRequest): string | undefined {
  const isAmong = (list: FactRequest['joins'], { from, to, type }: FactRequest['joins'][number]) =>
    list.some((join) => join.from === from && join.to === to && join.type === type)
  const other = request.joins.find((join) => !isAmong(joins, join))
  if (other !== undefined) return `it was not made with the join from ${other.from} to ${other.to}`
  const limiting = joins.find((join) => join.type !== 'left' && !isAmong(request.joins, join))
  if (limiting !== undefined) return `it has only rows with a row of ${limiting.to}`
  if (covers === undefined || isWithin(spanOf(request, covers.member), covers)) return undefined
  const [from, to] = [covers.startMs, covers.endMs].map((ms) => ms && new Date(ms).toISOString())
  return `it holds ${[covers.member, from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(' ')} only`
}

/** Values of joined cubes that cannot be told from hidden ones. */
function hiddenValue({ node, leaves }: Fact, question: Question, rules: JoinedRules): string | undefined {
  if (!rules.isLimited) return undefined
  const groupings = question.groupings as readonly MemberGrouping[]
  const used = [
    ...groupings,
    ...question.segments,
    ...question.rowFilters.flatMap(conditionsIn),
    ...leaves.map(({ member }) => ({ node, member })),
  ]
  for (const one of used) {
    const misfit = rules.misfit(one.node, one.member)
    if (misfit !== undefined) return misfit
  }
  return undefined
}

function unheldMeasure(
  table: RollupTable,
  request: FactRequest,
  { leaves }: Fact,
  rules: JoinedRules,
): string | undefined {
  for (const { member } of leaves) {
    const leaf = table.measures.get(member.name)
    if (leaf === undefined) return `it does not hold ${member.name}`
    if (member.type === 'avg' ? !('sum' in leaf) : !('column' in leaf)) return `it holds ${member.name} in another form`
    if (!ADDITIVE.has(member.type) && (rules.isLimited || !hasSameGroups(table, request)))
      return `${member.name} (${member.type}) of its groups does not add up to that of wider ones`
  }
  return undefined
}

function hasSameGroups(table: RollupTable, { dimensions, times, segments }: FactRequest): boolean {
  const isSame = (a: RollupTime, b: RollupTime) =>
    a.member === b.member && a.timezone === b.timezone && JSON.stringify(a.size) === JSON.stringify(b.size)
  return (
    table.dimensions.size === dimensions.length &&
    (table.segments?.size ?? 0) === segments.length &&
    table.times.length === times.length &&
    times.every((asked) => table.times.some((own) => isSame(asked, own))) &&
    table.times.every((own) => times.some((asked) => isSame(asked, own)))
  )
}

function isWithin(span: TimeSpan | undefined, covers: NonNullable<RollupTable['covers']>): boolean {
  const isAfter = covers.startMs === undefined || (span?.startMs !== undefined && span.startMs >= covers.startMs)
  const isBefore = covers.endMs === undefined || (span?.endMs !== undefined && span.endMs <= covers.endMs)
  // Rows without a time are in no span.
  return span !== undefined && isAfter && isBefore
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

/** The times of a member that rows must lie in. */
export function spanOf({ spans }: FactRequest, member: string): TimeSpan | undefined {
  return spans.find((span) => span.member === member)
}
