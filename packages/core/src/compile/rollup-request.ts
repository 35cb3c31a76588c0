import type { CubeNode } from '../model/model.ts'
import type { FilterTest, Parameter } from '../query/filter-test.ts'
import { isOfCalendar, type ResolvedFilter, type RowCondition } from '../query/resolved-query.ts'
import type { CustomBuckets } from '../query/time-buckets.ts'
import type { Granularity } from '../schema/query.ts'
import type { Fact } from './fact.ts'
import type { JoinedRules } from './joined-rules.ts'
import type { MemberGrouping, Question } from './question.ts'
import type { FactRequest, TimeSpan } from './rollup.ts'
import { least, most } from './stored-time.ts'

/** What a fact of a question needs, for whoever looks for a rollup. `ruleMembers`: what the rules of its own cube test. */
export function requestOf(
  { node, leaves }: Fact,
  question: Question,
  ruleMembers: readonly string[],
  rules: JoinedRules,
): FactRequest {
  const groupings = question.groupings as readonly MemberGrouping[]
  const conditions = question.rowFilters.flatMap(conditionsIn)
  return {
    node: node.name,
    cube: node.cube.name,
    measures: leaves.map(({ member }) => member.name),
    dimensions: groupings.flatMap((grouping) => (grouping.kind === 'dimension' ? [nameOf(grouping)] : [])),
    times: groupings.flatMap((grouping) =>
      grouping.kind === 'time'
        ? [{ member: nameOf(grouping), size: sizeOf(grouping), timezone: question.timezone }]
        : [],
    ),
    filterMembers: [...new Set(conditions.map(nameOf))],
    segments: question.segments.map(nameOf),
    ruleMembers: [...new Set([...ruleMembers, ...rules.ruleMembers])],
    joins: rules.joins.map(({ from, to, join }) => ({ from: from.name, to: to.name, type: join.type })),
    spans: spansOf(question.rowFilters),
  }
}

/** The size of buckets that are not a calendar's. */
export function sizeOf({ buckets }: Extract<MemberGrouping, { readonly kind: 'time' }>): Granularity | CustomBuckets {
  if (isOfCalendar(buckets)) throw new Error('buckets of a calendar reached a rollup')
  return buckets
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

/** The conditions of a tree. */
export function conditionsIn(filter: ResolvedFilter): readonly RowCondition[] {
  return 'filters' in filter ? filter.filters.flatMap(conditionsIn) : [filter]
}

/** The name of a member that rollups know it by. */
export function nameOf({
  node,
  member,
}: {
  readonly node: CubeNode
  readonly member: { readonly name: string }
}): string {
  return `${node.name}.${member.name}`
}
