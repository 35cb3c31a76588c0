import type { TypedExpression } from '../../query/expression/check-expression.ts'
import type { Position } from '../../query/resolved-query.ts'
import type { Condition, Expression } from '../plan.ts'

type Typed = TypedExpression<Position>

/** Functions that some databases answer with a decimal. */
const DECIMAL_FUNCTIONS: ReadonlySet<string> = new Set(['round', 'mod'])

/**
 * A calculation over the values of measures. All its numbers are doubles, so that arithmetic gives the same cells in every
 * database, does not cut whole numbers and seldom overflows; sums beyond 2^53 are rounded.
 */
export function calculationExpression(expression: Typed, value: (position: Position) => Expression): Expression {
  const convert = (part: Typed): Expression => calculationExpression(part, value)
  switch (expression.kind) {
    case 'value': {
      const parameter: Expression = { kind: 'parameter', parameter: expression.value }
      // A lone text parameter has no type of its own in some databases.
      return { kind: 'cast', to: expression.type === 'text' ? 'text' : 'double', argument: parameter }
    }
    case 'member': {
      const member = value(expression.member)
      return expression.type === 'number' ? { kind: 'cast', to: 'double', argument: member } : member
    }
    case 'negate':
      return { kind: 'negate', argument: convert(expression.argument) }
    case 'arithmetic': {
      const { operator } = expression
      const [left, right] = [convert(expression.left), convert(expression.right)]
      // Division is of doubles in every database already.
      return operator === '/'
        ? { kind: 'arithmetic', operator, left: withoutCast(left), right: withoutCast(right) }
        : { kind: 'arithmetic', operator, left, right }
    }
    case 'call': {
      const args = expression.args.map((arg, index) =>
        expression.function === 'if' && index === 0
          ? { kind: 'test' as const, condition: calculationCondition(arg, value) }
          : convert(arg),
      )
      const call: Expression = { kind: 'call', function: expression.function, args }
      return DECIMAL_FUNCTIONS.has(expression.function) ? { kind: 'cast', to: 'double', argument: call } : call
    }
    case 'not':
    case 'compare':
    case 'logic':
      return { kind: 'test', condition: calculationCondition(expression, value) }
  }
}

function withoutCast(expression: Expression): Expression {
  return expression.kind === 'cast' && expression.to === 'double' ? expression.argument : expression
}

/** A calculation that is true or false, where a condition stands. */
function calculationCondition(expression: Typed, value: (position: Position) => Expression): Condition {
  switch (expression.kind) {
    case 'not':
      return { kind: 'not', condition: calculationCondition(expression.argument, value) }
    case 'logic': {
      const conditions = [expression.left, expression.right].map((part) => calculationCondition(part, value))
      return { kind: expression.operator, conditions }
    }
    case 'compare': {
      const { operator, left, right } = expression
      const [one, other] = [calculationExpression(left, value), calculationExpression(right, value)]
      return { kind: 'relate', operator, left: one, right: other }
    }
    default:
      return { kind: 'expression', expression: calculationExpression(expression, value) }
  }
}
