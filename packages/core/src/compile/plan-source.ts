import { AnalyticsError } from '../errors.ts'
import { isCubeOpen, isMemberMasked } from '../model/access.ts'
import { bindsAttribute } from '../model/check-tenant-required.ts'
import { findMember } from '../model/find-member.ts'
import { isGivenSwitch } from '../model/given-switch.ts'
import type { Cube, CubeNode, Dimension, Model } from '../model/model.ts'
import { ISO_RULES } from '../query/calendar.ts'
import type { Clock } from '../query/date-value.ts'
import type { Filter } from '../schema/filter.ts'
import type { Security } from '../security.ts'
import { testCondition } from './build-condition.ts'
import { freezeDeep } from './freeze-deep.ts'
import { inZone, memberExpression, templateExpression } from './member-expression.ts'
import type { Condition, Expression, SourceNode } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { RollupTable } from './rollup.ts'
import { type BoundRule, RuleBinder } from './rule-binder.ts'

/** The rows of a cube, in one of its roles, that a statement wants to read. */
export interface Source {
  readonly model: Model
  readonly node: CubeNode
  /** Members of this cube that the query names: a policy opens its rows only to queries on members it opens. */
  readonly members: ReadonlySet<string>
  /** Reads dates in rules. Its zone is the caller's own, never one that the query names. */
  readonly clock: Clock
}

/** What {@link planSource} gives: the node, and when words in its rules mean something else. */
export interface PlannedSource {
  readonly source: SourceNode
  readonly validUntilMs: number | undefined
}

/**
 * Makes a source node with the row rules and token filters of `security` already in its filter.
 * With {@link planRollupSource} the only constructor of source nodes, so no rewrite can add an unprotected one.
 * @throws AnalyticsError `missing_attribute` when every rule of the caller needs an attribute it lacks; `forbidden` when no policy
 * opens the named members together, a token filter cannot be applied, or an embed token would read a cube with `tenant_required`
 * by a rule that lets some row pass without an attribute of the caller.
 */
export function planSource(source: Source, security: Security): PlannedSource {
  const { model, node, clock } = source
  const binder = new RuleBinder(security, clock, (dimension) => ownExpression(source, dimension))
  const { condition, policies } = rowRule(source, security, binder)
  const conditions = [
    condition,
    ...tokenFilters(source, security, binder, (dimension) => ownExpression(source, dimension)),
  ].filter((entry) => entry !== undefined)
  const { cube } = node
  const planned = {
    kind: 'source',
    alias: node.name,
    cube: cube.name,
    dataSource: cube.dataSource,
    rows:
      cube.rows.kind === 'table'
        ? { kind: 'table', identifiers: cube.rows.identifiers }
        : { kind: 'sql', sql: templateExpression(model, node, cube.rows.sql).expression },
    where: conditions.length === 0 ? undefined : conditions.length === 1 ? conditions[0] : { kind: 'and', conditions },
    isFenced: false,
    mark: undefined,
    policies,
  }
  return { source: freezeDeep(planned) as unknown as SourceNode, validUntilMs: binder.validUntilMs }
}

/** A rollup in place of a cube's rows: its table and the name it has in the statement. */
export interface RollupRows {
  readonly table: RollupTable
  readonly alias: string
}

/**
 * Makes a source node of a rollup of a cube, with the same row rules and token filters, tested on the rollup's own columns.
 * Without `rollup` it only tells which dimensions the rules test, so that a rollup with columns for them can be looked for.
 * @throws AnalyticsError as {@link planSource}.
 */
export function planRollupSource(
  node: CubeNode,
  rollup: RollupRows | undefined,
  context: Pick<PlanContext, 'model' | 'security' | 'clock' | 'membersOf'>,
): { readonly source: SourceNode & { readonly ruleMembers: readonly string[] } } {
  const source: Source = { model: context.model, node, members: context.membersOf(node), clock: context.clock }
  const ruleMembers = new Set<string>()
  const expression = (dimension: Dimension): Expression => {
    const name = `${node.name}.${dimension.name}`
    ruleMembers.add(name)
    const column = rollup?.table.dimensions.get(name)
    if (rollup !== undefined && column === undefined) throw new Error(`${rollup.table.name} cannot test a row rule`)
    return { kind: 'column', alias: rollup?.alias ?? node.name, name: column ?? dimension.name }
  }
  const binder = new RuleBinder(context.security, context.clock, expression)
  const { condition, policies } = rowRule(source, context.security, binder)
  const tokens = tokenFilters(source, context.security, binder, expression)
  const conditions = [condition, ...tokens].filter((entry) => entry !== undefined)
  const planned = {
    kind: 'source',
    alias: rollup?.alias ?? node.name,
    cube: node.cube.name,
    dataSource: rollup?.table.dataSource ?? node.cube.dataSource,
    rows: { kind: 'table', identifiers: (rollup?.table.identifiers ?? []).map((text) => ({ text, isQuoted: true })) },
    where: conditions.length === 0 ? undefined : { kind: 'and', conditions },
    isFenced: false,
    mark: undefined,
    policies,
    ruleMembers: [...ruleMembers],
  }
  return { source: freezeDeep(planned) as unknown as SourceNode & { readonly ruleMembers: readonly string[] } }
}

/** The value of a dimension of the cube itself; its buckets of time are in the caller's own zone. */
function ownExpression({ model, node, clock }: Source, dimension: Dimension): Expression {
  return inZone(memberExpression(model, node, dimension), clock.timezone, ISO_RULES)
}

function rowRule({ node: { cube, name }, members, model }: Source, security: Security, binder: RuleBinder): BoundRule {
  // A closed cube can still stand on the way between two open ones: it joins as no rows.
  if (!isCubeOpen(cube, security))
    return { condition: { kind: 'never' }, policies: [`${cube.name}: closed`], rules: [] }
  if (cube.policies.length === 0) {
    if (cube.tenantRequired && security.kind === 'embed') throw notBound(cube)
    return { condition: undefined, policies: [], rules: [] }
  }
  const node = model.nodes.get(name)!
  const bound = binder.bind(cube, members, (member) => isMemberMasked(model, node, cube.members.get(member)!, security))
  if (cube.tenantRequired && security.kind === 'embed' && !bound.rules.every(bindsAttribute)) throw notBound(cube)
  return bound
}

/** Also a policy of a role, or one that is matched beside the one that binds: the rows of both are read. */
function notBound({ name, isPublic }: Cube): AnalyticsError {
  const whose = isPublic ? `rows of ${name}` : 'rows that this query reads'
  return new AnalyticsError(
    'forbidden',
    `${whose} belong to tenants, and a policy of this embed token opens them without an attribute of the caller`,
    {
      hint: 'With tenant_required, each policy that a token matches compares a member by equals with an attribute of the caller.',
    },
  )
}

/** Conditions of the token on this cube. */
function tokenFilters(
  source: Source,
  security: Security,
  binder: RuleBinder,
  expression: (dimension: Dimension) => Expression,
): Condition[] {
  return security.filters.flatMap((filter) =>
    concerns(source, filter) ? [tokenFilter(source, filter, binder, expression)] : [],
  )
}

/** Whether a token filter is about this cube. One about several cubes at once fits in no source and must not be dropped. */
function concerns({ model, node: own }: Source, filter: Filter): boolean {
  const nodes = new Set(namedMembers(filter).map((name) => findMember(model, name)?.node))
  const [node] = nodes
  if (nodes.size !== 1 || node === undefined) throw unusableFilter(filter)
  // A filter on a role would leave the same rows open under the cube's own name.
  if (node.isRole) throw unusableFilter(filter)
  return node.cube === own.cube
}

function tokenFilter(
  source: Source,
  filter: Filter,
  binder: RuleBinder,
  expression: (dimension: Dimension) => Expression,
): Condition {
  if ('and' in filter || 'or' in filter) {
    const children = 'and' in filter ? filter.and : filter.or
    if (children.length === 0) throw unusableFilter(filter)
    return {
      kind: 'and' in filter ? 'and' : 'or',
      conditions: children.map((child) => tokenFilter(source, child, binder, expression)),
    }
  }
  const { member } = findMember(source.model, filter.member)!
  if (member.kind !== 'dimension' || member.touches.length > 0 || isGivenSwitch(member)) throw unusableFilter(filter)
  const test = binder.test(filter.operator, filter.values ?? [], member)
  if (test === undefined) throw unusableFilter(filter)
  return testCondition(test, expression(member))
}

function namedMembers(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(namedMembers)
  if ('or' in filter) return filter.or.flatMap(namedMembers)
  return [filter.member]
}

function unusableFilter(filter: Filter): AnalyticsError {
  const names = [...new Set(namedMembers(filter))].join(', ')
  return new AnalyticsError('forbidden', `a filter of this token cannot be applied: ${names}`, {
    hint: 'A token filter names dimensions of one cube, under the name of the cube itself, with values of their type.',
  })
}
