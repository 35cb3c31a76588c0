import type { Expression, NamedExpression, Relation } from './plan.ts'

/** The alias under which {@link Groups} name their relation. */
export const GROUPS = 'q'

/** The answer to a question: a relation with one row for each group. */
export interface Groups {
  readonly relation: Relation
  /** Columns that hold the question's groupings, in order. */
  readonly groupings: readonly string[]
  /** The question's measures, in order: expressions over columns of the relation under the alias {@link GROUPS}. */
  readonly values: readonly Expression[]
}

/** Groups whose measures are columns, m0, m1, … after the groupings g0, g1, …: what unions and joins need. */
export function settleGroups(groups: Groups): Groups & { readonly measures: readonly string[] } {
  const groupings = groups.groupings.map((_, index) => `g${index}`)
  const measures = groups.values.map((_, index) => `m${index}`)
  const columns: NamedExpression[] = [
    ...groups.groupings.map((name, index) => ({ name: groupings[index]!, expression: groupsColumn(name) })),
    ...groups.values.map((expression, index) => ({ name: measures[index]!, expression })),
  ]
  return {
    relation: {
      kind: 'select',
      from: { kind: 'derived', alias: GROUPS, relation: groups.relation },
      joins: [],
      columns,
      where: [],
      groupBy: undefined,
      having: [],
    },
    groupings,
    measures,
    values: measures.map(groupsColumn),
  }
}

/** A column of groups. */
export function groupsColumn(name: string): Expression {
  return { kind: 'column', alias: GROUPS, name }
}
