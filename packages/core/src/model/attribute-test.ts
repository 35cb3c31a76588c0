import type { Scalar } from '../schema/common.ts'
import type { Security } from '../security.ts'
import { attributeValues } from './attribute-values.ts'
import type { AttributeTest } from './model.ts'

/**
 * Whether a condition holds for a caller. An attribute that is missing, or that cannot be compared with the value, makes the
 * answer unknown, and what is unknown does not hold, negated or not: a policy never opens for lack of an attribute.
 */
export function attributeTestHolds(test: AttributeTest, security: Security): boolean {
  return evaluate(test, security) === true
}

function evaluate(test: AttributeTest, security: Security): boolean | undefined {
  if (test.kind === 'constant') return test.value
  if (test.kind === 'not') {
    const inner = evaluate(test.test, security)
    return inner === undefined ? undefined : !inner
  }
  if ('tests' in test) {
    const decisive = test.kind === 'or'
    const answers = test.tests.map((part) => evaluate(part, security))
    if (answers.includes(decisive)) return decisive
    return answers.includes(undefined) ? undefined : !decisive
  }
  const values = attributeValues(security, test.of)
  if (values === undefined) return undefined
  if (test.kind === 'set') return values.some(isTrue)
  const answers = values.map((value) => compare(value, test.operator, test.value))
  if (answers.includes(undefined)) return undefined
  // Of a list, one value is enough; `!=` asks that none is equal.
  return test.operator === '!=' ? answers.every((answer) => answer) : answers.includes(true)
}

/** A flag written as a text says what it says. */
function isTrue(value: Scalar): boolean {
  return typeof value === 'string' ? value.toLowerCase() !== 'false' : Boolean(value)
}

function compare(
  left: Scalar,
  operator: Extract<AttributeTest, { kind: 'compare' }>['operator'],
  right: Scalar,
): boolean | undefined {
  if (typeof left !== typeof right) return undefined
  if (operator === '==') return left === right
  if (operator === '!=') return left !== right
  if (typeof left === 'boolean') return undefined
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  if (operator === '>') return left > right
  return left >= right
}
