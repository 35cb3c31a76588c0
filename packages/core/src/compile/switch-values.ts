import { AnalyticsError } from '../errors.ts'
import { isGivenSwitch } from '../model/given-switch.ts'
import type { CubeNode, Dimension, Measure, Model, StageFilter } from '../model/model.ts'
import type { FilterTest } from '../query/filter-test.ts'
import type { ResolvedFilter } from '../query/resolved-query.ts'
import type { Grouping, MemberGrouping, Question } from './question.ts'

/** A switch dimension in one role of its cube. */
export interface Switch {
  readonly node: CubeNode
  readonly member: Dimension
}

/** The values of a switch that the conditions on rows let through. */
export function allowedValues({ node, member }: Switch, { rowFilters }: Pick<Question, 'rowFilters'>): string[] {
  return (member.values ?? []).filter((value) =>
    rowFilters.every((filter) => outcome(filter, { node, member }, value) !== false),
  )
}

/** Whether a condition holds for a value of the switch; `undefined` when that depends on something else too. */
function outcome(filter: ResolvedFilter, of: Switch, value: string): boolean | undefined {
  if (filter.kind === 'measure-filter') return undefined
  if (filter.kind === 'condition')
    return filter.node === of.node && filter.member === of.member ? holds(filter.test, value) : undefined
  const outcomes = filter.filters.map((child) => outcome(child, of, value))
  const decisive = filter.kind === 'or'
  if (outcomes.includes(decisive)) return decisive
  return outcomes.includes(undefined) ? undefined : !decisive
}

/** As databases test texts: equality letter for letter, parts whatever the case. */
function holds(test: FilterTest, value: string): boolean | undefined {
  switch (test.kind) {
    case 'equals':
      return test.values.some((one) => String(one.value) === value) !== test.isNegated
    case 'like': {
      const text = value.toLowerCase()
      const isFound = test.values.some((part) => {
        const wanted = part.toLowerCase()
        if (test.mode === 'contains') return text.includes(wanted)
        return test.mode === 'startsWith' ? text.startsWith(wanted) : text.endsWith(wanted)
      })
      return isFound !== test.isNegated
    }
    case 'present':
      return !test.isNegated
    default:
      return undefined
  }
}

/** Groupings by switches without a column, by their places. */
export function givenSwitches(groupings: readonly Grouping[]): ReadonlyMap<number, Switch> {
  const found = new Map<number, Switch>()
  for (const [index, grouping] of groupings.entries()) {
    if (grouping.kind === 'dimension' && !grouping.isMasked && isGivenSwitch(grouping.member))
      found.set(index, grouping)
  }
  return found
}

/**
 * A question without what no row can answer: groupings by switches without a column, and conditions on them, which only say which
 * of their values count.
 * @throws AnalyticsError `invalid_filter` when rows decide together with a switch: both in one "or".
 */
export function withoutSwitches(question: Question): Question {
  const switches = givenSwitches(question.groupings)
  const rowFilters = question.rowFilters.filter((filter) => !isDecided(filter, question))
  if (switches.size === 0 && rowFilters.length === question.rowFilters.length) return question
  return { ...question, rowFilters, groupings: question.groupings.filter((_, index) => !switches.has(index)) }
}

/** Whether a condition is about switches alone, so that the values that are left meet it. */
function isDecided(filter: ResolvedFilter, question: Question): boolean {
  const switches = switchesIn(filter)
  if (switches.length === 0) return false
  const undecided = switches.find((of) =>
    allowedValues(of, question).some((value) => outcome(filter, of, value) === undefined),
  )
  if (undecided === undefined) return true
  const { node, member } = undecided
  throw new AnalyticsError(
    'invalid_filter',
    `${node.name}.${member.name} is a switch without a column: a condition on it cannot stand in an "or" with others`,
    { hint: 'Take it out of the "or", so that it holds for the whole query.' },
  )
}

function switchesIn(filter: ResolvedFilter): readonly Switch[] {
  if (filter.kind === 'measure-filter') return []
  if (filter.kind === 'condition') return isGivenSwitch(filter.member) ? [filter] : []
  return filter.filters.flatMap(switchesIn)
}

/** Whether a model has measures that depend on a switch at all. */
const withCases = new WeakMap<Model, boolean>()

function hasCases(model: Model): boolean {
  let found = withCases.get(model)
  if (found === undefined) {
    found = [...model.cubes.values()].some(({ members }) => [...members.values()].some(isCase))
    withCases.set(model, found)
  }
  return found
}

function isCase(member: { readonly kind: string; readonly multiStage?: Measure['multiStage'] }): boolean {
  return member.kind === 'measure' && member.multiStage?.switchOn !== undefined
}

/** The question of an inner stage with this filter. */
export type InnerQuestion = (filter: StageFilter, owner: CubeNode, question: Question) => Question

/**
 * Groupings that a question has without naming them: switches that its measures depend on, and that neither group nor are held to
 * one value by a condition. Such a question has a row for each value.
 */
export function impliedSwitches(question: Question, model: Model, inner: InnerQuestion): readonly MemberGrouping[] {
  if (!hasCases(model)) return []
  const found: MemberGrouping[] = []
  const isGrouped = ({ node, member }: Switch) =>
    [...question.groupings, ...found].some(
      (grouping) => grouping.kind === 'dimension' && grouping.node === node && grouping.member === member,
    )
  const visit = (node: CubeNode, measure: Measure, around: Question): void => {
    const { switchOn, filter } = measure.multiStage ?? {}
    const asked = filter === undefined ? around : inner(filter, node, around)
    const of = switchOn === undefined ? undefined : switchAt(model, node, switchOn.dimension)
    if (of !== undefined && !isGrouped(of) && allowedValues(of, asked).length !== 1)
      found.push({ kind: 'dimension', name: `${of.node.name}.${of.member.name}`, ...of, isMasked: false })
    for (const use of measure.uses) {
      const target = use.node === undefined ? node : model.nodes.get(use.node)!
      const member = target.cube.members.get(use.member)
      if (member?.kind === 'measure') visit(target, member, asked)
    }
  }
  for (const { node, member, isMasked } of question.measures) if (!isMasked) visit(node, member, question)
  return found
}

/**
 * Of a question that must have one row for each group: refuses measures that depend on a switch which may have several values.
 * @throws AnalyticsError `invalid_request`.
 */
export function checkNoSwitches(question: Question, model: Model, inner: InnerQuestion, what: string): void {
  const [first] = impliedSwitches(question, model, inner)
  if (first === undefined) return
  throw new AnalyticsError('invalid_request', `${what} depends on ${first.name}, a switch with several values`, {
    hint: `Filter ${first.name} to one value.`,
  })
}

/** The switch that a measure of a node names. */
export function switchAt(model: Model, node: CubeNode, ref: { node: string | undefined; member: string }): Switch {
  const owner = ref.node === undefined ? node : model.nodes.get(ref.node)!
  const member = owner.cube.members.get(ref.member)
  if (member?.kind !== 'dimension') throw new Error(`${ref.member} is no dimension`)
  return { node: owner, member }
}
