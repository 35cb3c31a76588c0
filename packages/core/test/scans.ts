import { type TreeNode, walk } from './matchers.ts'

/** SELECTs that read a table directly, by the table's name. */
export function scansOf(select: TreeNode): { table: string; where: unknown; columns: unknown }[] {
  const scans: { table: string; where: unknown; columns: unknown }[] = []
  for (const node of walk(select)) {
    if (!Array.isArray(node.fromClause)) continue
    for (const item of node.fromClause as TreeNode[]) {
      for (const from of walk(onlyRanges(item))) {
        const range = from.RangeVar as { relname: string } | undefined
        if (range !== undefined) scans.push({ table: range.relname, where: node.whereClause, columns: node.targetList })
      }
    }
  }
  return scans
}

/** A FROM item without the subqueries in it, which are visited by themselves. */
function onlyRanges(item: TreeNode): unknown {
  if (item.JoinExpr !== undefined) {
    const { larg, rarg } = item.JoinExpr as { larg: TreeNode; rarg: TreeNode }
    return [onlyRanges(larg), onlyRanges(rarg)]
  }
  return item.RangeSubselect === undefined ? item : {}
}

/** Values that a condition compares a column with, when the condition is a part that must hold; of an "or", in every branch. */
export function comparedWith(where: unknown, column: string, parameters: readonly unknown[]): unknown[] | undefined {
  const node = where as TreeNode | undefined
  const and = node?.BoolExpr as { boolop: string; args: unknown[] } | undefined
  if (and?.boolop === 'AND_EXPR')
    return and.args.map((arg) => comparedWith(arg, column, parameters)).find((found) => found !== undefined)
  if (and?.boolop === 'OR_EXPR') {
    const branches = and.args.map((arg) => comparedWith(arg, column, parameters))
    return branches.every((branch) => branch?.join() === branches[0]?.join()) ? branches[0] : undefined
  }
  const expression = node?.A_Expr as
    | { kind: string; name: { String: { sval: string } }[]; lexpr: TreeNode; rexpr: unknown }
    | undefined
  if (expression === undefined || expression.name[0]?.String.sval !== '=') return undefined
  const fields = (expression.lexpr.ColumnRef as { fields: { String?: { sval: string } }[] } | undefined)?.fields
  if (fields?.at(-1)?.String?.sval !== column) return undefined
  return [...walk(expression.rexpr)].flatMap((part) => {
    const reference = part.ParamRef as { number: number } | undefined
    return reference === undefined ? [] : [parameters[reference.number - 1]]
  })
}
