import { parseNumber } from '../../model/number-value.ts'
import type { Parameter } from '../filter-test.ts'
import { EXPRESSION_FUNCTIONS, type ExpressionFunction, type ExpressionType } from './functions.ts'
import type { ArithmeticOperator, ComparisonOperator, SyntaxNode } from './parse-expression.ts'
import { printExpression } from './print-expression.ts'
import type { ExpressionProblem } from './tokenize.ts'

/** An expression whose every name is a member and whose every part has a type. `M` is what a member was found as. */
export type TypedExpression<M> = { readonly type: ExpressionType } & (
  | { readonly kind: 'value'; readonly value: Parameter }
  | { readonly kind: 'member'; readonly member: M }
  | { readonly kind: 'call'; readonly function: ExpressionFunction; readonly args: readonly TypedExpression<M>[] }
  | { readonly kind: 'negate' | 'not'; readonly argument: TypedExpression<M> }
  | ({ readonly kind: 'arithmetic'; readonly operator: ArithmeticOperator } & TypedOperands<M>)
  | ({ readonly kind: 'compare'; readonly operator: ComparisonOperator } & TypedOperands<M>)
  | ({ readonly kind: 'logic'; readonly operator: 'and' | 'or' } & TypedOperands<M>)
)

interface TypedOperands<M> {
  readonly left: TypedExpression<M>
  readonly right: TypedExpression<M>
}

/** What a name in an expression stands for, or why it may not stand there: a sentence without its place. */
export type FindOperand<M> = (
  name: string,
) => { readonly member: M; readonly type: ExpressionType } | { readonly problem: string }

/** Looks names up and checks types. Every name and every misfit is reported, not only the first. */
export function checkExpression<M>(
  node: SyntaxNode,
  find: FindOperand<M>,
): { readonly expression: TypedExpression<M> } | { readonly problems: readonly ExpressionProblem[] } {
  const checker = new ExpressionChecker(find)
  const expression = checker.check(node)
  return expression === undefined || checker.problems.length > 0 ? { problems: checker.problems } : { expression }
}

/** Digits that `round` takes, after the point or, negative, before it. */
const MAX_ROUND_DIGITS = 15

const NOUNS: Readonly<Record<ExpressionType, string>> = {
  number: 'a number',
  text: 'a text',
  boolean: 'true or false',
  time: 'a time',
}

/** Written out: some databases take no other digits, and none more than a double has. */
function isDigits(node: SyntaxNode): boolean {
  const digits = node.kind === 'negate' ? node.argument : node
  return digits.kind === 'number' && Number.isInteger(Number(digits.text)) && Number(digits.text) <= MAX_ROUND_DIGITS
}

class ExpressionChecker<M> {
  readonly problems: ExpressionProblem[] = []
  readonly #find: FindOperand<M>

  constructor(find: FindOperand<M>) {
    this.#find = find
  }

  /** `undefined` where a problem was found, so that one fault is not reported again by what is around it. */
  check(node: SyntaxNode): TypedExpression<M> | undefined {
    switch (node.kind) {
      case 'number': {
        const value = parseNumber(node.text.startsWith('.') ? `0${node.text}` : node.text)
        if (value !== undefined) return { kind: 'value', type: 'number', value }
        return this.#fail(node, `${printExpression(node)} has more digits than a number holds`)
      }
      case 'text':
        return { kind: 'value', type: 'text', value: { type: 'text', value: node.text } }
      case 'member': {
        const found = this.#find(node.name)
        if ('problem' in found) return this.#fail(node, found.problem)
        return { kind: 'member', ...found }
      }
      case 'call':
        return this.#call(node)
      case 'negate': {
        const argument = this.#expect(node.argument, 'number', '-')
        return argument && { kind: 'negate', type: 'number', argument }
      }
      case 'not': {
        const argument = this.#expect(node.argument, 'boolean', 'not')
        return argument && { kind: 'not', type: 'boolean', argument }
      }
      case 'arithmetic': {
        const left = this.#expect(node.left, 'number', node.operator)
        const right = this.#expect(node.right, 'number', node.operator)
        return left && right && { kind: 'arithmetic', type: 'number', operator: node.operator, left, right }
      }
      case 'logic': {
        const left = this.#expect(node.left, 'boolean', node.operator)
        const right = this.#expect(node.right, 'boolean', node.operator)
        return left && right && { kind: 'logic', type: 'boolean', operator: node.operator, left, right }
      }
      case 'compare': {
        const left = this.check(node.left)
        const right = left === undefined ? this.check(node.right) : this.#expect(node.right, left.type, node.operator)
        return left && right && { kind: 'compare', type: 'boolean', operator: node.operator, left, right }
      }
    }
  }

  #call(node: Extract<SyntaxNode, { kind: 'call' }>): TypedExpression<M> | undefined {
    const { takes, gives } = EXPRESSION_FUNCTIONS[node.function]
    let shared: ExpressionType | undefined
    const args = node.args.map((arg, index) => {
      const wanted = takes[Math.min(index, takes.length - 1)]!
      if (wanted !== 'same') return this.#expect(arg, wanted, node.function)
      if (shared !== undefined) return this.#expect(arg, shared, node.function)
      const first = this.check(arg)
      shared = first?.type
      return first
    })
    const typed = args.filter((arg) => arg !== undefined)
    if (typed.length < args.length) return undefined
    const [, digits] = node.args
    if (node.function === 'round' && digits !== undefined && !isDigits(digits)) {
      const most = MAX_ROUND_DIGITS
      return this.#fail(digits, `round wants whole digits from -${most} to ${most}, not ${printExpression(digits)}`)
    }
    return { kind: 'call', type: gives === 'same' ? shared! : gives, function: node.function, args: typed }
  }

  #expect(node: SyntaxNode, type: ExpressionType, by: string): TypedExpression<M> | undefined {
    const typed = this.check(node)
    if (typed === undefined || typed.type === type) return typed
    return this.#fail(node, `${by} wants ${NOUNS[type]} and ${printExpression(node)} is ${NOUNS[typed.type]}`)
  }

  #fail({ at }: SyntaxNode, message: string): undefined {
    this.problems.push({ at, message: `${message}, at character ${at}` })
    return undefined
  }
}

/** The members of an expression, each as often as it stands there. */
export function* membersOf<M>(expression: TypedExpression<M>): Generator<M> {
  switch (expression.kind) {
    case 'value':
      return
    case 'member':
      yield expression.member
      return
    case 'call':
      for (const arg of expression.args) yield* membersOf(arg)
      return
    case 'negate':
    case 'not':
      yield* membersOf(expression.argument)
      return
    default:
      yield* membersOf(expression.left)
      yield* membersOf(expression.right)
  }
}
