import { AnalyticsError } from '../errors.ts'
import { isGivenSwitch } from '../model/given-switch.ts'
import type {
  CaseTemplate,
  CubeNode,
  Dimension,
  FilterParams,
  Measure,
  Member,
  Model,
  SqlTemplate,
} from '../model/model.ts'
import { type CalendarRules, ISO_RULES } from '../query/calendar.ts'
import { customBuckets } from '../query/time-buckets.ts'
import type { Scalar } from '../schema/common.ts'
import type { Granularity } from '../schema/query.ts'
import { aggregateOf, isComputed } from './fact.ts'
import { freeAlias } from './free-alias.ts'
import { freezeDeep } from './freeze-deep.ts'
import { type Need, pathsFrom } from './join-tree.ts'
import { mapExpression } from './map-plan.ts'
import type { Expression } from './plan.ts'

/** What a member's SQL becomes in one role of its cube. */
export interface MemberExpression {
  readonly expression: Expression
  /** Other cubes and roles it needs beside its own, each with the way from the cube that names it. */
  readonly needs: readonly Need[]
  /** Sub-queries it reads, each to be joined to its node. */
  readonly subQueries: readonly SubQuery[]
  /** Whether it has buckets or clocks of time, whose zone is {@link QUERY_ZONE}: that of the query. */
  readonly isZoned: boolean
}

/** A dimension whose values another question answers, for each row of its node. */
export interface SubQuery {
  readonly node: CubeNode
  readonly dimension: Dimension
  /** The relation's name, and the column that holds the value. */
  readonly alias: string
}

/** The column of a sub-query that holds its value; its keys are k0, k1, … */
export const SUB_QUERY_VALUE = 'value'

/** Stands for the zone of the query in expressions made before there is one. */
export const QUERY_ZONE = ''

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
    found = new ExpressionBuilder(model).finish((builder) => builder.member(node, member))
    cache.set(key, found)
  }
  return found
}

/** Author SQL with its references followed, as seen from one role of its cube. */
export function templateExpression(model: Model, node: CubeNode, template: SqlTemplate): MemberExpression {
  return new ExpressionBuilder(model).finish((builder) => builder.template(node, template))
}

/** A member's expression with its buckets of time in a zone. */
export function inZone({ expression, isZoned }: MemberExpression, timezone: string, rules: CalendarRules): Expression {
  if (!isZoned) return expression
  const change = (part: Expression): Expression | undefined =>
    part.kind === 'bucket' && part.timezone === QUERY_ZONE
      ? { ...part, timezone, rules, argument: mapExpression(part.argument, change) }
      : part.kind === 'local-time' && part.timezone === QUERY_ZONE
        ? { ...part, timezone, argument: mapExpression(part.argument, change) }
        : undefined
  return mapExpression(expression, change)
}

/** The expression inside a `sub_query` dimension, whose measures `value` answers. */
export function subQueryExpression(
  model: Model,
  { node, dimension }: SubQuery,
  value: (node: CubeNode, measure: Measure) => Expression,
): Expression {
  return new ExpressionBuilder(model, value).template(node, dimension.sql)
}

/** A value the model's author wrote. */
export function scalarExpression(value: Scalar): Expression {
  if (typeof value === 'boolean') return { kind: 'parameter', parameter: { type: 'boolean', value } }
  if (typeof value === 'string') return { kind: 'parameter', parameter: { type: 'text', value } }
  if (Number.isSafeInteger(value)) return { kind: 'integer', value }
  return { kind: 'parameter', parameter: { type: 'decimal', value: String(value) } }
}

/**
 * SQL of a join in which other SQL takes the place of some dimensions; `undefined` where it names none of them.
 */
export function joinWithout(
  model: Model,
  from: CubeNode,
  sql: SqlTemplate,
  replaces: (node: CubeNode, member: Member) => SqlTemplate | undefined,
): Expression | undefined {
  let isReplaced = false
  const builder = new ExpressionBuilder(model, undefined, (node, member) => {
    const found = replaces(node, member)
    isReplaced ||= found !== undefined
    return found
  })
  const { expression } = builder.finish((own) => own.template(from, sql))
  return isReplaced ? expression : undefined
}

class ExpressionBuilder {
  readonly #model: Model
  readonly #replaces: ((node: CubeNode, member: Member) => SqlTemplate | undefined) | undefined
  readonly #measure: ((node: CubeNode, measure: Measure) => Expression) | undefined
  readonly #needs: Need[] = []
  readonly #subQueries: SubQuery[] = []
  #isZoned = false

  constructor(
    model: Model,
    measure?: (node: CubeNode, measure: Measure) => Expression,
    replaces?: (node: CubeNode, member: Member) => SqlTemplate | undefined,
  ) {
    this.#model = model
    this.#measure = measure
    this.#replaces = replaces
  }

  finish(build: (builder: this) => Expression): MemberExpression {
    const expression = freezeDeep(build(this))
    // Nodes belong to the model, which is not plain data: only the lists are frozen.
    return Object.freeze({
      expression,
      needs: Object.freeze(this.#needs),
      subQueries: Object.freeze(this.#subQueries),
      isZoned: this.#isZoned,
    })
  }

  template(node: CubeNode, template: SqlTemplate): Expression {
    const pieces = template.pieces.map((piece): string | Expression => {
      if (typeof piece === 'string') return piece
      if (piece.kind === 'argument') return piece
      if (piece.kind === 'local-time') return this.#localTime(node, piece.sql)
      if (piece.kind === 'filters') return this.#filters(node, piece)
      const target = piece.node === undefined ? node : this.#model.nodes.get(piece.node)!
      const member = piece.kind === 'member' ? target.cube.members.get(piece.member)! : undefined
      if (member?.kind === 'measure' && this.#measure !== undefined) return this.#measure(target, member)
      if (member?.kind === 'measure') this.#checkInline(node, target, member)
      if (target !== node) this.#need(node, target, piece.kind === 'member' ? piece.path : undefined)
      if (piece.kind === 'alias' || member === undefined) return { kind: 'alias', alias: target.name }
      const other = this.#replaces?.(target, member)
      if (other !== undefined) return this.template(target, other)
      const value = this.member(target, member)
      return piece.granularity === undefined ? value : this.#bucket(target, member, piece.granularity, value)
    })
    const [only] = pieces
    if (pieces.length === 1 && typeof only === 'object') return only
    return { kind: 'sql', pieces, isColumn: template.isColumn }
  }

  member(node: CubeNode, member: Member): Expression {
    if (member.kind === 'measure') return this.#measureOf(node, member)
    if (member.kind === 'segment') return this.template(node, member.sql)
    if (member.longitude !== undefined) {
      return {
        kind: 'geo',
        latitude: this.template(node, member.sql),
        longitude: this.template(node, member.longitude),
      }
    }
    if (member.caseOf !== undefined) return this.#case(node, member.caseOf)
    if (member.subQuery) return this.#subQuery(node, member)
    if (isGivenSwitch(member)) throw new Error(`${node.name}.${member.name} is a switch without a column`)
    return this.template(node, member.sql)
  }

  /** SQL over rows can hold aggregates of the same rows only. */
  #checkInline(node: CubeNode, target: CubeNode, measure: Measure): void {
    if (target === node && measure.multiStage === undefined && measure.rollingWindow === undefined) return
    throw new AnalyticsError(
      'unsupported',
      `a measure of ${node.name} mixes columns of its own with ${target.name}.${measure.name}, which is computed apart`,
      { hint: 'Make the columns a measure of their own, and the mixture a measure of measures only.' },
    )
  }

  #measureOf(node: CubeNode, measure: Measure): Expression {
    const argument = measure.sql === undefined ? undefined : this.template(node, measure.sql)
    if (isComputed(measure)) return argument!
    return {
      kind: 'aggregate',
      function: aggregateOf(measure),
      argument,
      filters: measure.filters.map((filter) => this.template(node, filter)),
      ...(measure.percentile !== undefined && { percentile: measure.percentile }),
    }
  }

  #case(node: CubeNode, { whens, otherwise }: CaseTemplate): Expression {
    const label = (value: SqlTemplate | Scalar) =>
      typeof value === 'object' ? this.template(node, value) : scalarExpression(value)
    return {
      kind: 'case',
      whens: whens.map((when) => ({
        condition: { kind: 'expression', expression: this.template(node, when.condition) },
        value: label(when.label),
      })),
      otherwise: otherwise === undefined ? undefined : label(otherwise),
    }
  }

  #subQuery(node: CubeNode, dimension: Dimension): Expression {
    const alias = freeAlias(this.#model, `${node.name}_${dimension.name}`)
    if (!this.#subQueries.some((known) => known.node === node && known.dimension === dimension))
      this.#subQueries.push({ node, dimension, alias })
    return { kind: 'column', alias, name: SUB_QUERY_VALUE }
  }

  #bucket(node: CubeNode, member: Member, granularity: string, argument: Expression): Expression {
    const { calendar, granularities } = member as Dimension
    const start = calendar?.granularities.get(granularity)
    if (start !== undefined) return { kind: 'instant', argument: this.template(node, start) }
    const custom = granularities.get(granularity)
    this.#isZoned = true
    return {
      kind: 'bucket',
      granularity: custom === undefined ? (granularity as Granularity) : customBuckets(custom),
      timezone: QUERY_ZONE,
      rules: ISO_RULES,
      argument,
      offsets: undefined,
    }
  }

  #localTime(node: CubeNode, sql: SqlTemplate): Expression {
    this.#isZoned = true
    return { kind: 'local-time', timezone: QUERY_ZONE, argument: this.template(node, sql), offsets: undefined }
  }

  #filters(node: CubeNode, { params }: FilterParams): Expression {
    return {
      kind: 'filters',
      params: params.map(({ node: other, member, sql, arity }) => ({
        node: other ?? node.name,
        member,
        expression: this.template(node, sql),
        arity,
      })),
    }
  }

  #need(from: CubeNode, to: CubeNode, path: readonly string[] | undefined): void {
    const way = path === undefined ? pathsFrom(this.#model, from.name).get(to.name)?.path : [from.name, ...path]
    this.#needs.push({ node: to.name, path: way })
  }
}
