import type { CubeNode, Dimension } from '../model/model.ts'
import type { FilterTest, Parameter } from '../query/filter-test.ts'
import type { ResolvedFilter } from '../query/resolved-query.ts'
import { testCondition } from './build-condition.ts'
import type { ShiftedBy } from './fact.ts'
import { mapExpression } from './map-plan.ts'
import { inZone } from './member-expression.ts'
import type { Condition, Expression, PushedParam, SourceNode } from './plan.ts'
import type { Question } from './question.ts'
import { shiftedCondition } from './shifted-condition.ts'

/** What the select that reads a source asks of its rows. */
export interface AskedRows {
  /** Conditions that all hold for every row of the select. */
  readonly filters: readonly ResolvedFilter[]
  readonly segments: Question['segments']
  readonly timezone: string
  /** By how much the select takes a time for later than it is. */
  readonly shift: (node: CubeNode, member: Dimension) => ShiftedBy | undefined
  /**
   * Whether a row that is not in the source cannot come back as a row of nulls that a condition keeps: the source is where the joins
   * start, and none of them adds rows.
   */
  readonly isRoot: boolean
}

/**
 * Puts the conditions of a select in place of the `{FILTER_PARAMS…}` in the SQL of a cube it reads, and its zone in that of
 * `{SQL_UTILS…}`.
 *
 * The conditions stand around the source too, so leaving one out changes no rows. That is done where it could not be said exactly:
 * one side of an “or” that names other members, a lambda for another number of values or for anything but equality and a span of
 * time, conditions that null meets on cubes that are joined, days that a calendar shifts.
 */
export function pushFilters(source: SourceNode, asked: AskedRows | undefined, question: Question): SourceNode {
  const { rows } = source
  if (rows.kind !== 'sql') return source
  let isChanged = false
  const change = (part: Expression): Expression | undefined => {
    if (part.kind !== 'filters' && part.kind !== 'local-time') return undefined
    isChanged = true
    if (part.kind === 'local-time')
      return inZone({ expression: part, isZoned: true, ...NOTHING }, question.timezone, question.rules)
    const conditions = asked === undefined ? [] : conditionsOn(part.params, asked)
    return conditions.length === 0 ? part : { kind: 'test', condition: { kind: 'and', conditions } }
  }
  const sql = mapExpression(rows.sql, change)
  return isChanged ? { ...source, rows: { kind: 'sql', sql } } : source
}

const NOTHING = { needs: [], subQueries: [] }

function conditionsOn(params: readonly PushedParam[], asked: AskedRows): Condition[] {
  return [
    ...asked.segments.flatMap(({ node, member }): Condition[] => {
      const param = asked.isRoot ? paramOf(params, node, member.name) : undefined
      return param === undefined ? [] : [{ kind: 'expression', expression: param.expression }]
    }),
    ...asked.filters.flatMap((filter) => pushed(filter, params, asked) ?? []),
  ]
}

/** What a filter says of the params; `undefined`: nothing, or nothing that holds in each case. */
function pushed(filter: ResolvedFilter, params: readonly PushedParam[], asked: AskedRows): Condition | undefined {
  if (filter.kind === 'measure-filter') return undefined
  if (filter.kind === 'condition') {
    const param = paramOf(params, filter.node, filter.member.name)
    return param === undefined ? undefined : tested(param, filter.test, asked.shift(filter.node, filter.member), asked)
  }
  const parts = filter.filters.map((part) => pushed(part, params, asked))
  const conditions = parts.filter((part) => part !== undefined)
  if (conditions.length === 0 || (filter.kind === 'or' && conditions.length < parts.length)) return undefined
  return { kind: filter.kind, conditions }
}

function paramOf(params: readonly PushedParam[], node: CubeNode, member: string): PushedParam | undefined {
  return params.find((param) => param.node === node.name && param.member === member)
}

function tested(
  { expression, arity }: PushedParam,
  test: FilterTest,
  by: ShiftedBy | undefined,
  { isRoot, timezone }: AskedRows,
): Condition | undefined {
  if (by !== undefined && 'sql' in by) return undefined
  if (arity !== undefined) {
    const values = by === undefined ? valuesOf(test) : undefined
    if (values?.length !== arity) return undefined
    return { kind: 'expression', expression: withValues(expression, values) }
  }
  if (!isRoot && 'isNegated' in test && test.isNegated) return undefined
  return by === undefined
    ? testCondition(test, expression)
    : shiftedCondition(test, { argument: expression, by: by.interval, timezone })
}

/** What a lambda gets: values that are equal, or the first and last millisecond of a span, as UTC without an offset. */
function valuesOf(test: FilterTest): readonly Parameter[] | undefined {
  if (test.kind === 'equals' && !test.isNegated) return test.values
  if (test.kind !== 'within' || test.isNegated || test.spans.length !== 1) return undefined
  const [start, end] = test.spans[0]!
  return [utcText(Date.parse(String(start.value))), utcText(Date.parse(String(end.value)) - 1)]
}

function utcText(instantMs: number): Parameter {
  return { type: 'text', value: new Date(instantMs).toISOString().slice(0, -1) }
}

function withValues(expression: Expression, values: readonly Parameter[]): Expression {
  return mapExpression(expression, (part) =>
    part.kind === 'argument' ? { kind: 'parameter', parameter: values[part.position]! } : undefined,
  )
}
