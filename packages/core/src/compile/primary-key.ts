import { AnalyticsError } from '../errors.ts'
import type { CubeNode, Dimension } from '../model/model.ts'

/** The dimensions that tell the rows of a node apart; none when its cube declares none. */
export function primaryKeyOf(node: CubeNode): readonly Dimension[] {
  const key: Dimension[] = []
  for (const member of node.cube.members.values()) {
    if (member.kind === 'dimension' && member.isPrimaryKey) key.push(member)
  }
  return key
}

/** @throws AnalyticsError `no_join_path`: rows of a fact stand more than once and nothing tells them apart. */
export function needsPrimaryKey(fact: CubeNode): AnalyticsError {
  return new AnalyticsError(
    'no_join_path',
    `rows of ${fact.name} would be counted more than once: it is joined to cubes of which each of its rows has many`,
    { hint: `Declare a dimension of ${fact.cube.name} with primary_key: true, so that its rows can be told apart.` },
  )
}
