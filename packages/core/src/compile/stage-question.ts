import { AnalyticsError } from '../errors.ts'
import type { CubeNode, MemberRef, StageCondition, StageFilter } from '../model/model.ts'
import { readFilterTest } from '../query/filter-test.ts'
import type { ResolvedFilter } from '../query/resolved-query.ts'
import type { PlanContext } from './plan-context.ts'
import type { Question } from './question.ts'
import type { InnerQuestion } from './switch-values.ts'

/**
 * The question of an inner stage: that of the stage around it with the conditions that the stage's `filter` says. A condition that
 * is dropped counts as met, also inside an "or". Row rules and filters of the token are in the sources, out of its reach.
 */
export function stageQuestion(
  filter: StageFilter | undefined,
  owner: CubeNode,
  question: Question,
  context: PlanContext,
): Question {
  if (filter === undefined) return question
  const asked = question.asked ?? { rowFilters: question.rowFilters, segments: question.segments }
  const { rowFilters, segments } = filter.mode === 'fixed' ? asked : question
  const keeps = (node: CubeNode, member: { readonly name: string }) => {
    const isIn = (refs: readonly MemberRef[]) =>
      refs.some((ref) => (ref.node ?? owner.name) === node.name && ref.member === member.name)
    return filter.keepOnly === undefined ? !isIn(filter.exclude ?? []) : isIn(filter.keepOnly)
  }
  return {
    ...question,
    asked,
    rowFilters: [
      ...rowFilters.flatMap((condition) => kept(condition, keeps) ?? []),
      ...filter.include.map((condition) => included(condition, owner, question, context)),
    ],
    segments: segments.filter(({ node, member }) => keeps(node, member)),
  }
}

/** {@link stageQuestion} in one statement. */
export function innerQuestion(context: PlanContext): InnerQuestion {
  return (filter, owner, question) => stageQuestion(filter, owner, question, context)
}

/** What is left of a condition; `undefined` when it holds for every row. */
function kept(
  filter: ResolvedFilter,
  keeps: (node: CubeNode, member: { readonly name: string }) => boolean,
): ResolvedFilter | undefined {
  if (filter.kind === 'condition' || filter.kind === 'measure-filter')
    return keeps(filter.node, filter.member) ? filter : undefined
  const filters = filter.filters.map((child) => kept(child, keeps))
  const left = filters.filter((child) => child !== undefined)
  if (left.length === 0 || (filter.kind === 'or' && left.length < filters.length)) return undefined
  return { kind: filter.kind, filters: left }
}

function included(
  condition: StageCondition,
  owner: CubeNode,
  question: Question,
  context: PlanContext,
): ResolvedFilter {
  if (condition.kind !== 'condition') {
    const filters = condition.conditions.map((child) => included(child, owner, question, context))
    return { kind: condition.kind, filters }
  }
  const { of, operator, values } = condition
  const node = of.node === undefined ? owner : context.model.nodes.get(of.node)!
  const member = node.cube.members.get(of.member)
  if (member?.kind !== 'dimension') throw new Error(`${of.member} is no dimension`)
  const { timezone, rules } = question
  const clock = { nowMs: context.clock.nowMs, timezone, rules }
  const { test, problems, spans } = readFilterTest(operator, values, member.type, clock)
  if (test === undefined) {
    const [problem] = problems
    throw new AnalyticsError('unsupported', `a filter of the model on ${node.name}.${member.name}: ${problem?.message}`)
  }
  for (const { validUntilMs } of spans) context.notePolicies([], validUntilMs)
  return { kind: 'condition', node, member, test }
}
