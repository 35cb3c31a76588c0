import type { CubeNode, Dimension, Measure, Member, Model, SqlTemplate } from '../model/model.ts'
import { freezeDeep } from './freeze-deep.ts'
import type { Expression } from './plan.ts'

/** What a member's SQL becomes in one role of its cube. */
export interface MemberExpression {
  readonly expression: Expression
  /** Cubes and roles it needs in the statement, its own included. */
  readonly nodes: readonly string[]
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
    const nodes = new Set([node.name])
    found = Object.freeze({ expression: buildMember(model, node, member, nodes), nodes: Object.freeze([...nodes]) })
    cache.set(key, found)
  }
  return found
}

/** A measure's value for a single row, for ungrouped queries. */
export function rowExpression(model: Model, node: CubeNode, measure: Measure): Expression {
  const nodes = new Set<string>()
  return freezeDeep({
    kind: 'row-value',
    argument: measure.sql === undefined ? undefined : templateExpression(model, node, measure.sql, nodes),
    filters: measure.filters.map((filter) => templateExpression(model, node, filter, nodes)),
  })
}

/** Author SQL with its references followed, as seen from one role of its cube. Adds the nodes it touches to `nodes`. */
export function templateExpression(
  model: Model,
  node: CubeNode,
  template: SqlTemplate,
  nodes: Set<string>,
): Expression {
  const pieces = template.pieces.map((piece) => {
    if (typeof piece === 'string') return piece
    const target = piece.node === undefined ? node : model.nodes.get(piece.node)!
    nodes.add(target.name)
    if (piece.kind === 'alias') return Object.freeze({ kind: 'alias' as const, alias: target.name })
    return buildMember(model, target, target.cube.members.get(piece.member)!, nodes)
  })
  const [only] = pieces
  if (pieces.length === 1 && typeof only === 'object') return only
  return Object.freeze({ kind: 'sql', pieces: Object.freeze(pieces), isColumn: template.isColumn })
}

function buildMember(model: Model, node: CubeNode, member: Member, nodes: Set<string>): Expression {
  if (member.kind === 'measure') return measureExpression(model, node, member, nodes)
  if (member.kind === 'dimension' && member.longitude !== undefined)
    return geoExpression(model, node, member, member.longitude, nodes)
  return templateExpression(model, node, member.sql, nodes)
}

function geoExpression(
  model: Model,
  node: CubeNode,
  dimension: Dimension,
  longitude: SqlTemplate,
  nodes: Set<string>,
): Expression {
  return Object.freeze({
    kind: 'geo',
    latitude: templateExpression(model, node, dimension.sql, nodes),
    longitude: templateExpression(model, node, longitude, nodes),
  })
}

function measureExpression(model: Model, node: CubeNode, measure: Measure, nodes: Set<string>): Expression {
  const argument = measure.sql === undefined ? undefined : templateExpression(model, node, measure.sql, nodes)
  if (measure.type === 'number') return argument!
  return Object.freeze({
    kind: 'aggregate',
    function: measure.type,
    argument,
    filters: Object.freeze(measure.filters.map((filter) => templateExpression(model, node, filter, nodes))),
  })
}
