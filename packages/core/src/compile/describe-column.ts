import { dimensionColumnType, measureColumnType } from '../model/column-type.ts'
import type { CubeNode } from '../model/model.ts'
import type { ResolvedColumn } from '../query/resolve-query.ts'
import type { Column } from '../schema/result.ts'

/** What a column of the answer is, for those who show it. */
export function describeColumn(column: ResolvedColumn): Column {
  const { node, member } = column
  const { kind, type } = kindAndType(column)
  return {
    name: `${node.name}.${member.name}`,
    kind,
    type,
    title: columnTitle(node, member.title),
    ...(member.description !== undefined && { description: member.description }),
    ...member.presentation,
    ...(isAdditive(column) && { additive: true as const }),
    ...(member.kind === 'measure' && member.better !== undefined && { better: member.better }),
    ...(column.kind === 'time' && { granularity: column.granularity }),
    ...(column.kind === 'bin' && { bin: { width: column.bin.width, ...bounds(column.bin) } }),
    ...(column.isMasked && { masked: true as const }),
  }
}

function kindAndType(column: ResolvedColumn): Pick<Column, 'kind' | 'type'> {
  if (column.kind === 'measure') return { kind: 'measure', type: measureColumnType(column.member) }
  if (column.kind === 'time') return { kind: 'time', type: 'time' }
  return { kind: 'dimension', type: column.kind === 'bin' ? 'number' : dimensionColumnType(column.member.type) }
}

function bounds({ min, max }: { readonly min?: number; readonly max?: number }) {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
}

/** Whether the values of groups add up to the value of all: true of counts and sums, not of averages or distinct counts. */
function isAdditive({ member, isMasked }: ResolvedColumn): boolean {
  return !isMasked && member.kind === 'measure' && (member.type === 'count' || member.type === 'sum')
}

/**
 * A cube in two roles would show two columns of one title, so a role's title comes first: `Destination airport name`. A title
 * that the role already ends with is not repeated.
 */
function columnTitle(node: CubeNode, title: string): string {
  if (!node.isRole) return title
  if (node.title.toLowerCase().endsWith(title.toLowerCase())) return node.title
  const isAcronym = /^\p{Lu}{2}/u.test(title)
  return `${node.title} ${isAcronym ? title : title.charAt(0).toLowerCase() + title.slice(1)}`
}
