import type { CubeNode, Model } from '../model/model.ts'
import type { Clock } from '../query/date-value.ts'
import type { ResolvedColumn, ResolvedFilter, ResolvedQuery } from '../query/resolve-query.ts'
import type { Security } from '../security.ts'
import { buildCondition } from './build-condition.ts'
import { freezeDeep } from './freeze-deep.ts'
import { joinTree } from './join-tree.ts'
import { memberExpression, rowExpression, templateExpression } from './member-expression.ts'
import type { Condition, Expression, NullType, Plan, PlanOrder, SourceNode } from './plan.ts'
import { planSource } from './plan-source.ts'

/** A plan, and when words in the row rules mean something else. */
export interface BuiltPlan {
  readonly plan: Plan
  readonly nodes: readonly CubeNode[]
  readonly validUntilMs: number | undefined
}

/** Turns a resolved query into a plan for one caller. `clock` reads dates in row rules. */
export function buildPlan(query: ResolvedQuery, model: Model, security: Security, clock: Clock): BuiltPlan {
  const named = new NamedMembers(model)
  for (const column of query.columns) named.add(column, column.isMasked)
  for (const segment of query.segments) named.add(segment)
  for (const filter of [...query.rowFilters, ...query.groupFilters]) named.addFilter(filter)

  const tree = joinTree(model, named.nodes, named.measured, security)
  let validUntilMs: number | undefined
  const source = (node: CubeNode): SourceNode => {
    const planned = planSource({ model, node, members: named.membersOf(node), clock }, security)
    if (planned.validUntilMs !== undefined)
      validUntilMs = Math.min(validUntilMs ?? planned.validUntilMs, planned.validUntilMs)
    return planned.source
  }
  const root = source(tree.root)
  const joins = tree.joins.map(({ from, to, join }) => ({
    type: 'left' as const,
    from: source(to),
    on: [{ kind: 'expression' as const, expression: templateExpression(model, from, join.sql, new Set()) }],
  }))
  const columns = query.columns.map((column) => planColumn(model, column, query))
  const plan: Plan = {
    width: columns.length,
    relation: {
      kind: 'select',
      from: root,
      joins,
      columns: columns.map(({ expression }, index) => ({ name: `c${index}`, expression })),
      where: [
        ...query.segments.map(
          ({ node, member }): Condition => ({
            kind: 'expression',
            expression: memberExpression(model, node, member).expression,
          }),
        ),
        ...query.rowFilters.map((filter) => buildCondition(model, filter)),
      ],
      having: query.groupFilters.map((filter) => buildCondition(model, filter)),
      groupBy: query.isUngrouped ? undefined : columns.flatMap(({ isMeasure }, index) => (isMeasure ? [] : [index])),
    },
    order: planOrder(query, columns),
    fetchLimit: query.limit + 1,
    offset: query.offset,
  }
  return { plan: freezeDeep(plan), nodes: [tree.root, ...tree.joins.map((join) => join.to)], validUntilMs }
}

interface PlanColumn {
  readonly expression: Expression
  readonly isMeasure: boolean
}

function planColumn(model: Model, column: ResolvedColumn, query: ResolvedQuery): PlanColumn {
  const isMeasure = column.kind === 'measure'
  if (column.isMasked)
    return {
      isMeasure,
      expression: { kind: 'null', type: nullType(column), isAggregate: isMeasure && !query.isUngrouped },
    }
  if (column.kind === 'measure') {
    return {
      isMeasure,
      expression: query.isUngrouped
        ? rowExpression(model, column.node, column.member)
        : memberExpression(model, column.node, column.member).expression,
    }
  }
  const { expression } = memberExpression(model, column.node, column.member)
  return { isMeasure, expression: dimensionExpression(column, expression, query.timezone) }
}

function dimensionExpression(
  column: Exclude<ResolvedColumn, { kind: 'measure' }>,
  argument: Expression,
  timezone: string,
): Expression {
  if (column.kind === 'time')
    return { kind: 'bucket', granularity: column.granularity, timezone, argument, offsets: undefined }
  if (column.kind === 'bin')
    return { kind: 'bin', argument, width: column.bin.width, min: column.bin.min, max: column.bin.max }
  return column.member.type === 'time' ? { kind: 'instant', argument } : argument
}

function nullType(column: ResolvedColumn): NullType {
  if (column.kind === 'measure') return 'number'
  return column.member.type === 'geo' ? 'string' : column.member.type
}

/**
 * The asked order, or Cube's default: the first time dimension upwards (or, our own addition, the first bin), else the first
 * measure downwards, else the first dimension upwards. What groups rows and is not yet in it comes last, so that equal rows keep
 * their order from one run to the next.
 */
function planOrder(query: ResolvedQuery, columns: readonly PlanColumn[]): readonly PlanOrder[] {
  const order: PlanOrder[] = [...(query.order ?? defaultOrder(query))]
  for (const [column, { isMeasure }] of columns.entries()) {
    const isTieBreak = query.isUngrouped || !isMeasure
    if (isTieBreak && query.columns[column]?.isMasked === false && !order.some((entry) => entry.column === column)) {
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

/** Which cubes and members a query names, and which cubes that takes. */
class NamedMembers {
  readonly nodes = new Set<string>()
  readonly measured = new Set<string>()
  readonly #members = new Map<string, Set<string>>()
  readonly #model: Model

  constructor(model: Model) {
    this.#model = model
  }

  add(
    { node, member }: Pick<ResolvedColumn, 'node'> & { member: Parameters<typeof memberExpression>[2] },
    isMasked = false,
  ): void {
    let members = this.#members.get(node.name)
    if (members === undefined) {
      members = new Set()
      this.#members.set(node.name, members)
    }
    members.add(member.name)
    if (member.kind === 'measure') this.measured.add(node.name)
    // A masked value reads nothing but its own cube's rows.
    if (isMasked) this.nodes.add(node.name)
    else for (const name of memberExpression(this.#model, node, member).nodes) this.nodes.add(name)
  }

  addFilter(filter: ResolvedFilter): void {
    if (filter.kind === 'condition') this.add(filter)
    else for (const child of filter.filters) this.addFilter(child)
  }

  membersOf(node: CubeNode): ReadonlySet<string> {
    return this.#members.get(node.name) ?? new Set()
  }
}
