import type { ChartSpec, Column, ResultSet } from '@datainsight/core'

/** A column and where it stands in the result. */
export interface RoleColumn {
  readonly column: Column
  readonly index: number
}

/** Which column plays which part. Parts a type has no use for are absent. */
export interface ChartRoles {
  readonly x: RoleColumn | undefined
  readonly series: RoleColumn | undefined
  readonly y: readonly RoleColumn[]
  readonly color: RoleColumn | undefined
}

/**
 * Gives columns their parts: those the spec names (names that the result lacks are passed over), the others in the
 * result's order. Scatter charts take their axes from two measures; heatmaps their rows from `y` or the second dimension.
 */
export function chartRoles(spec: ChartSpec, result: ResultSet): ChartRoles {
  const all = result.columns.map((column, index) => ({ column, index }))
  const find = (name: string | undefined) => all.find(({ column }) => column.name === name)
  const measures = all.filter(({ column }) => column.kind === 'measure')
  const dimensions = all.filter(isCategory)
  const named = (spec.y ?? []).map(find).filter((role) => role !== undefined)

  if (spec.type === 'scatter') {
    const x = find(spec.x) ?? measures[0] ?? dimensions[0]
    const y = named.length > 0 ? named : measures.filter((role) => role !== x).slice(0, 1)
    return { x, y, series: find(spec.series), color: find(spec.color) }
  }
  if (spec.type === 'heatmap') {
    const x = find(spec.x) ?? dimensions[0]
    const rows = find(spec.series) ?? named.find(isCategory)
    const series = rows ?? dimensions.find((role) => role !== x)
    const color = find(spec.color) ?? named.find(({ column }) => column.kind === 'measure') ?? measures[0]
    return { x, series, y: color ? [color] : [], color }
  }
  const x = find(spec.x) ?? dimensions.find((role) => role.column.name !== spec.series)
  const split =
    spec.type === 'pie' || spec.type === 'donut' || spec.type === 'histogram' ? undefined : find(spec.series)
  const mapped = spec.x !== undefined || spec.series !== undefined
  const series = split ?? (mapped || isRound(spec) ? undefined : dimensions.find((role) => role !== x))
  const y = named.length > 0 ? named : measures.filter((role) => role !== x)
  return { x, series, y: isRound(spec) || spec.type === 'histogram' ? y.slice(0, 1) : y.slice(0, 12), color: undefined }
}

/** Whether a column's values can stand along an axis; columns such as `$grouping` only tell rows apart. */
export function isCategory({ column }: Pick<RoleColumn, 'column'>): boolean {
  return column.kind === 'dimension' || column.kind === 'time'
}

function isRound(spec: ChartSpec): boolean {
  return spec.type === 'pie' || spec.type === 'donut' || spec.type === 'histogram'
}

/** The number in a cell; NaN for null, text and booleans, which draw nothing. */
export function toNumber(cell: string | number | boolean | null | undefined): number {
  if (typeof cell === 'number') return cell
  return typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : Number.NaN
}
