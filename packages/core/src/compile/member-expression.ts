import { AnalyticsError } from '../errors.ts'
import type { CubeNode, Dimension, Measure, Member, Model, SqlTemplate } from '../model/model.ts'
import { freezeDeep } from './freeze-deep.ts'
import { type Need, pathsFrom } from './join-tree.ts'
import type { AggregateFunction, Expression } from './plan.ts'

/** What a member's SQL becomes in one role of its cube. */
export interface MemberExpression {
  readonly expression: Expression
  /** Other cubes and roles it needs beside its own, each with the way from the cube that names it. */
  readonly needs: readonly Need[]
}

/** Expressions depend on the model alone, never on the caller, so they are made once. */
const caches = new WeakMap<Model, Map<string, MemberExpression>>()

/** The expression of a dimension, measure or segment, references followed. */
export function memberExpression(model: Model, node: CubeNode, member: Member): MemberExpression {
  let cache = caches.get(model)
  if (cache === undefined) {
    cache = new Map()
    caches.set(model, cache)
  }
  const key = `${node.name}.${member.name}`
  let found = cache.get(key)
  if (found === undefined) {
    const needs: Need[] = []
    found = freezeDeep({ expression: buildMember(model, node, member, needs), needs })
    cache.set(key, found)
  }
  return found
}

/** Author SQL with its references followed, as seen from one role of its cube. Adds the nodes it touches to `needs`. */
export function templateExpression(model: Model, node: CubeNode, template: SqlTemplate, needs: Need[]): Expression {
  const pieces = template.pieces.map((piece) => {
    if (typeof piece === 'string') return piece
    const target = piece.node === undefined ? node : model.nodes.get(piece.node)!
    if (target !== node) needs.push({ node: target.name, path: pathsFrom(model, node.name).get(target.name)?.path })
    if (piece.kind === 'alias') return Object.freeze({ kind: 'alias' as const, alias: target.name })
    return buildMember(model, target, target.cube.members.get(piece.member)!, needs)
  })
  const [only] = pieces
  if (pieces.length === 1 && typeof only === 'object') return only
  return Object.freeze({ kind: 'sql', pieces: Object.freeze(pieces), isColumn: template.isColumn })
}

function buildMember(model: Model, node: CubeNode, member: Member, needs: Need[]): Expression {
  if (needsStages(member))
    throw new AnalyticsError('invalid_request', `${node.name}.${member.name} cannot be answered by this version`)
  if (member.kind === 'measure') return measureExpression(model, node, member, needs)
  if (member.kind === 'dimension' && member.longitude !== undefined)
    return geoExpression(model, node, member, member.longitude, needs)
  return templateExpression(model, node, member.sql, needs)
}

/** Whether a member is more than one expression of its cube's rows. */
function needsStages(member: Member): boolean {
  if (member.kind === 'segment') return false
  if (member.kind === 'measure') return member.multiStage !== undefined || member.rollingWindow !== undefined
  return member.subQuery || member.caseOf !== undefined || (member.type === 'switch' && member.sql.pieces.length === 0)
}

function geoExpression(
  model: Model,
  node: CubeNode,
  dimension: Dimension,
  longitude: SqlTemplate,
  needs: Need[],
): Expression {
  return Object.freeze({
    kind: 'geo',
    latitude: templateExpression(model, node, dimension.sql, needs),
    longitude: templateExpression(model, node, longitude, needs),
  })
}

function measureExpression(model: Model, node: CubeNode, measure: Measure, needs: Need[]): Expression {
  const argument = measure.sql === undefined ? undefined : templateExpression(model, node, measure.sql, needs)
  const { type } = measure
  if (type === 'number' || type === 'string' || type === 'time' || type === 'boolean') return argument!
  return Object.freeze({
    kind: 'aggregate',
    function: type as AggregateFunction,
    argument,
    filters: Object.freeze(measure.filters.map((filter) => templateExpression(model, node, filter, needs))),
  })
}
