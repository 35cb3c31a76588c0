import { combineGroups, type GroupsPart } from './combine-groups.ts'
import type { Fact } from './fact.ts'
import { distinctGroups, factRelation } from './fact-relation.ts'
import type { Groups } from './groups.ts'
import { MeasureTerms, type Stage } from './measure-terms.ts'
import type { PlanContext } from './plan-context.ts'
import type { Question } from './question.ts'
import { rollupRelation } from './rollup-relation.ts'
import { stageRelation } from './stage-relation.ts'
import { windowFrame } from './time-windows.ts'

/**
 * Answers a question: each fact and each stage in a relation of its own, then combined on the groupings.
 * @throws AnalyticsError `no_join_path` when a fact cannot reach a grouping or a condition, or would be counted more than once.
 */
export function answerQuestion(question: Question, context: PlanContext): Groups {
  const groupings = question.groupings.map((_, index) => `g${index}`)
  const terms = new MeasureTerms(context.model, windowFrame(question) !== undefined)
  const values = question.measures.map((measure) => terms.value(measure))
  const parts = [
    ...terms.facts.map((fact) => factPart(fact, question, context)),
    ...terms.stages.map((stage) => stagePart(stage, question, context)),
  ]
  const relation = parts.length === 0 ? distinctGroups(question, context) : combineGroups(parts, groupings)
  return { relation, groupings, values }
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
