import type { Condition, Expression, JoinNode } from './plan.ts'
import type { Lookup } from './question.ts'

/** Joins the rows of a lookup to those whose value, `own`, they are about. */
export function joinLookup({ alias, relation, key, isText = false }: Lookup, own: Expression): JoinNode {
  const right: Expression = { kind: 'column', alias, name: key }
  return {
    type: 'left',
    from: { kind: 'derived', alias, relation },
    on: isText ? sameText(own, right) : [{ kind: 'relate', operator: 'same', left: own, right }],
  }
}

/**
 * Equal texts, or both null, as two equations: PostgreSQL hashes those, but compares every row with every other where nulls count
 * as equal. Other types may write one value in two ways, so it serves texts only.
 */
function sameText(left: Expression, right: Expression): Condition[] {
  const none: Expression = { kind: 'parameter', parameter: { type: 'text', value: '' } }
  const written = (value: Expression): Expression => ({
    kind: 'call',
    function: 'coalesce',
    args: [{ kind: 'cast', to: 'text', argument: value }, none],
  })
  const isNull = (argument: Expression): Expression => ({
    kind: 'case',
    whens: [{ condition: { kind: 'present', isNegated: true, argument }, value: { kind: 'integer', value: 1 } }],
    otherwise: { kind: 'integer', value: 0 },
  })
  return [
    { kind: 'relate', operator: '=', left: written(left), right: written(right) },
    { kind: 'relate', operator: '=', left: isNull(left), right: isNull(right) },
  ]
}
