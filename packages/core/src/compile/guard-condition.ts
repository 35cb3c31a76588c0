import { isPlainColumn } from './fact.ts'
import { testedBy } from './map-plan.ts'
import type { Condition, Expression } from './plan.ts'

/**
 * A condition that computes something, tested only on joined rows that the rules of a view let through: an error it raised on
 * others would tell of them. A `case` is tested in its order, which conditions beside one another are not.
 */
export function guardCondition(condition: Condition, rules: readonly Condition[]): Condition {
  if (testedBy(condition).every(isPlainColumn)) return condition
  const one: Expression = { kind: 'integer', value: 1 }
  const inner: Expression = { kind: 'case', whens: [{ condition, value: one }], otherwise: undefined }
  const outer: Expression = {
    kind: 'case',
    whens: [{ condition: { kind: 'and', conditions: rules }, value: inner }],
    otherwise: undefined,
  }
  return { kind: 'relate', operator: '=', left: outer, right: one }
}
