import type { CubeNode, Model } from '../model/model.ts'
import type { Clock } from '../query/date-value.ts'
import type { ResolvedColumn, ResolvedFilter, ResolvedQuery } from '../query/resolve-query.ts'
import type { Security } from '../security.ts'
import { answerQuestion } from './answer-question.ts'
import { buildCondition } from './build-condition.ts'
import { freezeDeep } from './freeze-deep.ts'
import { GROUPS, type Groups, groupsColumn } from './groups.ts'
import type { Condition, Expression, NamedExpression, Plan, PlanOrder, Relation } from './plan.ts'
import { PlanContext } from './plan-context.ts'
import type { AskedMeasure, MemberGrouping, Question } from './question.ts'
import { ungroupedRelation } from './ungrouped-relation.ts'

/** A plan, and when words in the row rules mean something else. */
export interface BuiltPlan {
  readonly plan: Plan
  readonly nodes: readonly CubeNode[]
  readonly validUntilMs: number | undefined
}

/** Turns a resolved query into a plan for one caller. `clock` reads dates in row rules. */
export function buildPlan(query: ResolvedQuery, model: Model, security: Security, clock: Clock): BuiltPlan {
  const context = new PlanContext(model, security, clock, namedMembers(query))
  const question = questionOf(query)
  const relation = query.isUngrouped
    ? ungroupedRelation(query.columns, question, context)
    : answerColumns(query, question, answerQuestion(question, context))
  const plan: Plan = {
    relation,
    width: query.columns.length,
    order: planOrder(query),
    fetchLimit: query.limit + 1,
    offset: query.offset,
  }
  return { plan: freezeDeep(plan), nodes: context.nodes, validUntilMs: context.validUntilMs }
}

function questionOf(query: ResolvedQuery): Question {
  const measures: AskedMeasure[] = []
  for (const column of query.columns) if (column.kind === 'measure') measures.push(column)
  const addFiltered = (filter: ResolvedFilter): void => {
    if (filter.kind !== 'condition') for (const child of filter.filters) addFiltered(child)
    else if (filter.member.kind === 'measure' && !measures.some((known) => isSame(known, filter)))
      measures.push({ node: filter.node, member: filter.member, isMasked: false })
  }
  for (const filter of query.groupFilters) addFiltered(filter)
  return {
    groupings: query.columns.filter((column): column is MemberGrouping => column.kind !== 'measure'),
    measures,
    rowFilters: query.rowFilters,
    segments: query.segments,
    timezone: query.timezone,
  }
}

function isSame(
  a: Pick<ResolvedColumn, 'node' | 'member'>,
  b: Pick<ResolvedColumn, 'node'> & { member: unknown },
): boolean {
  return a.node === b.node && a.member === b.member
}

/** The columns of the answer over its groups, of which only those stay that meet the conditions on groups. */
function answerColumns(query: ResolvedQuery, question: Question, groups: Groups): Relation {
  const measured = (asked: Pick<ResolvedColumn, 'node'> & { member: unknown }): Expression =>
    groups.values[question.measures.findIndex((measure) => isSame(measure, asked))]!
  let grouping = 0
  const columns = query.columns.map(
    (column, index): NamedExpression => ({
      name: `c${index}`,
      expression: column.kind === 'measure' ? measured(column) : groupsColumn(groups.groupings[grouping++]!),
    }),
  )
  const where = query.groupFilters.map((filter): Condition => buildCondition(filter, measured))
  return {
    kind: 'select',
    from: { kind: 'derived', alias: GROUPS, relation: groups.relation },
    joins: [],
    columns,
    where,
    groupBy: undefined,
    having: [],
  }
}

/**
 * The asked order, or Cube's default: the first time dimension upwards (or, our own addition, the first bin), else the first
 * measure downwards, else the first dimension upwards. What groups rows and is not yet in it comes last, so that equal rows keep
 * their order from one run to the next.
 */
function planOrder(query: ResolvedQuery): readonly PlanOrder[] {
  const order: PlanOrder[] = [...(query.order ?? defaultOrder(query))]
  for (const [column, { kind, isMasked }] of query.columns.entries()) {
    const isTieBreak = query.isUngrouped || kind !== 'measure'
    if (isTieBreak && !isMasked && !order.some((entry) => entry.column === column)) {
      order.push({ column, direction: 'asc' })
    }
  }
  return order
}

function defaultOrder(query: ResolvedQuery): readonly PlanOrder[] {
  const first = (kind: ResolvedColumn['kind']) =>
    query.columns.findIndex((column) => column.kind === kind && !column.isMasked)
  const time = first('time')
  if (time >= 0) return [{ column: time, direction: 'asc' }]
  const bin = first('bin')
  if (bin >= 0) return [{ column: bin, direction: 'asc' }]
  const measure = first('measure')
  return measure >= 0 ? [{ column: measure, direction: 'desc' }] : []
}

/** The members a query names, by node. */
function namedMembers(query: ResolvedQuery): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Map<string, Set<string>>()
  const add = (node: CubeNode, member: string): void => {
    const members = named.get(node.name)
    if (members === undefined) named.set(node.name, new Set([member]))
    else members.add(member)
  }
  const addFilter = (filter: ResolvedFilter): void => {
    if (filter.kind === 'condition') add(filter.node, filter.member.name)
    else for (const child of filter.filters) addFilter(child)
  }
  for (const { node, member } of [...query.columns, ...query.segments]) add(node, member.name)
  for (const filter of [...query.rowFilters, ...query.groupFilters]) addFilter(filter)
  return named
}
