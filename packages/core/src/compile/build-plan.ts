import { AnalyticsError } from '../errors.ts'
import type { CubeNode, Member, Model, View } from '../model/model.ts'
import type { Clock } from '../query/date-value.ts'
import type { GroupFilter, NamedThrough, ResolvedFilter, ResolvedQuery } from '../query/resolved-query.ts'
import type { Column } from '../schema/result.ts'
import type { Security } from '../security.ts'
import { answerQuestion } from './answer-question.ts'
import { buildCondition, testCondition } from './build-condition.ts'
import { GROUPS } from './groups.ts'
import type { Condition, Plan, Relation } from './plan.ts'
import { PlanContext, type PlanSetting } from './plan-context.ts'
import type { MemberGrouping, Question } from './question.ts'
import type { FindRollup } from './rollup.ts'
import type { Answer } from './stages/answer.ts'
import { answerColumns, type OrderTerm } from './stages/answer-columns.ts'
import { answerQuery } from './stages/answer-query.ts'
import { afterKeys, type CursorShape, type CursorStart, type CursorTerm, readCursor } from './stages/cursor.ts'
import { fillBuckets } from './stages/fill-buckets.ts'
import { QueryValues } from './stages/query-values.ts'
import { ungroupedRelation } from './ungrouped-relation.ts'
import { INNER, namesOf, selectColumns } from './visible-columns.ts'

/** A plan, and when words in the row rules mean something else. */
export interface BuiltPlan {
  readonly plan: Plan
  /** The plan without its cursor: all rows, for counting. */
  readonly whole: Plan
  readonly cursor: CursorShape | undefined
  readonly nodes: readonly CubeNode[]
  /** Cube or view and role of each policy used. */
  readonly policies: readonly string[]
  /** Names of the rollups read, and why other facts read none. */
  readonly rollups: { readonly used: readonly string[]; readonly reasons: readonly string[] }
  readonly validUntilMs: number | undefined
}

/** What a plan depends on besides the query and the model. */
export interface PlanOptions {
  readonly security: Security
  /** Reads dates in row rules. */
  readonly clock: Clock
  /** Columns of the answer. */
  readonly columns: readonly Column[]
  /** Looks for rollups; without it every fact reads rows. */
  readonly rollups?: FindRollup | undefined
  /** Says which question a cursor belongs to. */
  readonly question: string
}

/** Turns a resolved query into a plan for one caller. */
export function buildPlan(query: ResolvedQuery, model: Model, options: PlanOptions): BuiltPlan {
  const { security, clock } = options
  const context = new PlanContext({
    model,
    security,
    clock,
    ...namedMembers(query, model),
    rollups: options.rollups,
    answer: answerQuestion,
  })
  const rows = query.isUngrouped ? ungroupedRows(query, context) : groupedRows(query, context)
  const { relation, width, order } = rows
  const whole: Plan = { relation, width, order, fetchLimit: query.limit + 1, offset: query.offset }
  const cursor = rows.isStrict ? cursorShape(options, order) : undefined
  const start = query.cursor === undefined ? undefined : startOf(query.cursor, cursor)
  const plan = start === undefined ? whole : rowsFrom(start, cursor!, whole)
  return {
    plan,
    whole,
    cursor: cursor && start ? { ...cursor, start } : cursor,
    nodes: context.nodes,
    policies: context.policies,
    rollups: context.rollups,
    validUntilMs: context.validUntilMs,
  }
}

type GroupCondition = Extract<GroupFilter, { readonly kind: 'condition' }>

/** Rows of the answer and how they are ordered. */
interface Rows {
  readonly relation: Relation
  readonly width: number
  readonly order: readonly OrderTerm[]
  /** Whether the order tells any two rows apart, so that a cursor can name one. */
  readonly isStrict: boolean
}

function ungroupedRows(query: ResolvedQuery, context: PlanContext): Rows {
  const question = questionOf(query, new QueryValues(query))
  const relation = ungroupedRelation(query, question, context)
  return { relation, width: query.columns.length, order: ungroupedOrder(query), isStrict: false }
}

function groupedRows(query: ResolvedQuery, context: PlanContext): Rows {
  const values = new QueryValues(query)
  const question = questionOf(query, values)
  let answer = answerQuery(query, question, context)
  if (query.fill !== undefined) answer = fillBuckets(keepGroups(answer, query, values), query, question, query.fill)
  const { columns, width, order } = answerColumns(answer, query, values)
  const relation: Relation = {
    kind: 'select',
    from: { kind: 'derived', alias: GROUPS, relation: answer.relation },
    joins: [],
    columns,
    where: query.fill === undefined ? groupConditions(answer, query, values) : [],
    groupBy: undefined,
    having: [],
  }
  return { relation, width, order, isStrict: !answer.isSpread }
}

function questionOf(query: ResolvedQuery, values: QueryValues): Question {
  return {
    groupings: query.columns.filter((column): column is MemberGrouping => column.kind !== 'measure'),
    measures: values.measures,
    rowFilters: query.rowFilters,
    segments: query.segments,
    timezone: query.timezone,
    rules: query.rules,
  }
}

function groupConditions(answer: Answer, query: ResolvedQuery, values: QueryValues): readonly Condition[] {
  return query.groupFilters.map((filter) =>
    buildCondition<GroupCondition>(filter, ({ test, column }) => testCondition(test, values.value(column, answer))),
  )
}

/** Only the groups that meet the conditions on groups. */
function keepGroups(answer: Answer, query: ResolvedQuery, values: QueryValues): Answer {
  const where = groupConditions(answer, query, values)
  if (where.length === 0) return answer
  const names = namesOf(answer.relation)
  return { ...answer, relation: { ...selectColumns(answer.relation, GROUPS, names), where } }
}

/** Rows as they are: the asked order, then everything they show. */
function ungroupedOrder(query: ResolvedQuery): readonly OrderTerm[] {
  const asked = query.order ?? defaultUngroupedOrder(query)
  const order: OrderTerm[] = asked.map(({ column, direction }) => ({ column, direction, bit: undefined }))
  for (const [column, { isMasked }] of query.columns.entries()) {
    if (!isMasked && !order.some((term) => term.column === column))
      order.push({ column, direction: 'asc', bit: undefined })
  }
  return order
}

function defaultUngroupedOrder({ columns }: ResolvedQuery): NonNullable<ResolvedQuery['order']> {
  for (const kind of ['time', 'bin', 'measure'] as const) {
    const column = columns.findIndex((candidate) => candidate.kind === kind && !candidate.isMasked)
    if (column >= 0) return [{ column, direction: kind === 'measure' ? 'desc' : 'asc' }]
  }
  return []
}

/** `undefined` where the order is by something the rows do not show. */
function cursorShape({ columns, question }: PlanOptions, order: readonly OrderTerm[]): CursorShape | undefined {
  const terms: CursorTerm[] = []
  for (const { column, direction, bit } of order) {
    const shown = bit === undefined ? column : columns.findIndex(({ kind }) => kind === 'grouping')
    const described = columns[shown]
    if (described === undefined) return undefined
    terms.push({ column: shown, bit, direction, type: described.type })
  }
  return { question, terms }
}

function startOf(cursor: string, shape: CursorShape | undefined): CursorStart {
  if (shape !== undefined) return readCursor(cursor, shape)
  const message =
    'a query has no cursor where it is ordered by what it does not show, or has rows for each value of a switch that it does not show; add it to the query'
  throw new AnalyticsError('invalid_request', message, { problems: [{ path: 'cursor', message }] })
}

/** The rows of a plan from where a cursor says. */
function rowsFrom({ keys, skip }: CursorStart, shape: CursorShape, plan: Plan): Plan {
  if (keys === undefined) return { ...plan, offset: skip }
  const { relation, order } = plan
  const names = namesOf(relation)
  const value = (term: number) => ({ kind: 'column' as const, alias: INNER, name: names[order[term]!.column]! })
  const after: Relation = { ...selectColumns(relation, INNER, names), where: [afterKeys(keys, shape, value)] }
  return { ...plan, relation: after, offset: skip }
}

/** The members a query names, by node and by view: policies open rows to queries on members they open. */
function namedMembers(query: ResolvedQuery, model: Model): Pick<PlanSetting, 'members' | 'views'> {
  const members = new Map<string, Set<string>>()
  const views = new Map<View, Set<string>>()
  const add = ({
    node,
    member,
    view,
    viewMember,
  }: NamedThrough & { readonly node: CubeNode; readonly member: Member }) => {
    if (view !== undefined && viewMember !== undefined) addTo(views, view, viewMember.name)
    if (viewMember?.madeOf === undefined) addTo(members, node.name, member.name)
    else
      for (const part of viewMember.madeOf)
        add({ node: model.nodes.get(part.node)!, member: part.member, view, viewMember: part })
  }
  const addFilter = (filter: ResolvedFilter): void => {
    if (filter.kind === 'condition' && filter.isOfModel === true) return
    if (filter.kind === 'condition' || filter.kind === 'measure-filter') add(filter)
    else for (const child of filter.filters) addFilter(child)
  }
  for (const named of [...query.columns, ...query.hidden, ...query.segments]) add(named)
  for (const filter of query.rowFilters) addFilter(filter)
  if (query.comparison !== undefined) add(query.comparison)
  return { members, views }
}

function addTo<K>(sets: Map<K, Set<string>>, key: K, name: string): void {
  const names = sets.get(key)
  if (names === undefined) sets.set(key, new Set([name]))
  else names.add(name)
}
