import type { SyntaxNode } from './parse-expression.ts'

/** Longest text that {@link printExpression} gives. */
const MAX_PRINTED = 60

/** How tightly an operator binds, from loose to tight. */
const LEVELS = { or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6, sign: 7, item: 8 } as const

/** An expression as a message shows it: one form whatever spaces and brackets it was written with, shortened. */
export function printExpression(node: SyntaxNode): string {
  const text = print(node).text
  return text.length > MAX_PRINTED ? `${text.slice(0, MAX_PRINTED - 1)}…` : text
}

interface Printed {
  readonly text: string
  readonly level: number
}

function print(node: SyntaxNode): Printed {
  switch (node.kind) {
    case 'number':
      return { text: node.text, level: LEVELS.item }
    case 'text':
      return { text: `'${node.text.replaceAll("'", "''")}'`, level: LEVELS.item }
    case 'member':
      return { text: node.name, level: LEVELS.item }
    case 'call':
      return { text: `${node.function}(${node.args.map((arg) => print(arg).text).join(', ')})`, level: LEVELS.item }
    case 'negate':
      return { text: `-${within(node.argument, LEVELS.sign + 1)}`, level: LEVELS.sign }
    case 'not':
      return { text: `not ${within(node.argument, LEVELS.not)}`, level: LEVELS.not }
    case 'arithmetic':
      return binary(node, node.operator === '+' || node.operator === '-' ? LEVELS.sum : LEVELS.product)
    case 'compare':
      return {
        ...binary(node, LEVELS.compare),
        text: `${within(node.left, LEVELS.sum)} ${node.operator} ${within(node.right, LEVELS.sum)}`,
      }
    case 'logic':
      return binary(node, node.operator === 'or' ? LEVELS.or : LEVELS.and)
  }
}

/** The right operand needs brackets already at the same level: `a - (b - c)`. */
function binary(
  { left, right, operator }: { readonly left: SyntaxNode; readonly right: SyntaxNode; readonly operator: string },
  level: number,
): Printed {
  return { text: `${within(left, level)} ${operator} ${within(right, level + 1)}`, level }
}

function within(node: SyntaxNode, level: number): string {
  const printed = print(node)
  return printed.level < level ? `(${printed.text})` : printed.text
}
