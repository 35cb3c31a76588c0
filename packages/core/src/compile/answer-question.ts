import { combineGroups, type GroupsPart } from './combine-groups.ts'
import type { Fact } from './fact.ts'
import { factQuestion } from './fact-question.ts'
import { distinctGroups, factRelation } from './fact-relation.ts'
import type { Groups } from './groups.ts'
import { MeasureTerms, type Stage } from './measure-terms.ts'
import type { Relation } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { Question } from './question.ts'
import { rollupRelation } from './rollup-relation.ts'
import { spreadSwitches } from './spread-switches.ts'
import { innerQuestion } from './stage-question.ts'
import { stageRelation } from './stage-relation.ts'
import { givenSwitches, impliedSwitches, withoutSwitches } from './switch-values.ts'
import { windowFrame } from './time-windows.ts'

/**
 * Answers a question: each fact and each stage in a relation of its own, then combined on the groupings.
 * @throws AnalyticsError `no_join_path` when a fact cannot reach a grouping or a condition, or would be counted more than once.
 */
export function answerQuestion(asked: Question, context: PlanContext): Groups {
  const implied = impliedSwitches(asked, context.model, innerQuestion(context))
  const question = implied.length === 0 ? asked : { ...asked, groupings: [...asked.groupings, ...implied] }
  const groupings = question.groupings.map((_, index) => `g${index}`)
  const terms = new MeasureTerms(context.model, question, () => windowFrame(question) !== undefined)
  const values = question.measures.map((measure) => terms.value(measure))
  const rows = rowGroups(terms.facts, question, context)
  const parts = [
    ...(rows === undefined ? [] : [rows]),
    ...terms.stages.map((stage) => stagePart(stage, question, context)),
  ]
  const relation = parts.length === 0 ? distinctValues(question, context) : combineGroups(parts, groupings)
  return { relation, groupings: groupings.slice(0, asked.groupings.length), values }
}

/** All facts together, by the groupings that rows have values of, then for each value of the others. */
function rowGroups(facts: readonly Fact[], question: Question, context: PlanContext): GroupsPart | undefined {
  if (facts.length === 0) return undefined
  const inner = withoutSwitches(question)
  const parts = facts.map((fact) => factPart(fact, factQuestion(fact, facts, inner, context.model), context))
  if (inner === question && parts.length === 1) return parts[0]
  const values = parts.flatMap((part) => part.values)
  const combined = combineGroups(
    parts,
    inner.groupings.map((_, index) => `g${index}`),
  )
  return {
    relation: spreadSwitches(combined, values, question, context),
    values,
    booleans: new Set(parts.flatMap((part) => [...part.booleans])),
  }
}

function distinctValues(question: Question, context: PlanContext): Relation {
  const inner = withoutSwitches(question)
  if (inner.groupings.length > 0 || question.groupings.length === 0)
    return spreadSwitches(distinctGroups(inner, context), [], question, context)
  // The values are the model's, but whoever asks for them must be one whom the cube is open to.
  for (const { node } of givenSwitches(question.groupings).values()) context.source(node)
  return spreadSwitches(undefined, [], question, context)
}

function factPart(fact: Fact, question: Question, context: PlanContext): GroupsPart {
  const booleans = fact.leaves.flatMap(({ name, member }) => (isBoolean(member.type) ? [name] : []))
  return {
    relation: rollupRelation(fact, question, context) ?? factRelation(fact, question, context),
    values: fact.leaves.map((leaf) => leaf.name),
    booleans: new Set(booleans),
  }
}

function stagePart(stage: Stage, question: Question, context: PlanContext): GroupsPart {
  return {
    relation: stageRelation(stage, question, context),
    values: [stage.name],
    booleans: new Set(isBoolean(stage.member.type) ? [stage.name] : []),
  }
}

function isBoolean(type: string): boolean {
  return type === 'boolean'
}
