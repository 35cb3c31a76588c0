import { dimensionColumnType, measureColumnType } from '../model/column-type.ts'
import { titleIn } from '../model/member-title.ts'
import type { CubeNode } from '../model/model.ts'
import type { ResolvedCalculation, ResolvedColumn, ResolvedQuery } from '../query/resolved-query.ts'
import { GRANULARITIES } from '../schema/query.ts'
import type { Column } from '../schema/result.ts'

/**
 * What the columns of an answer are, in order: what groups, marks, measures, calculations. `mayName` says whether the caller may
 * know of a member; others are no drill members. Titles are in the language of `locale` where the model has them in it.
 */
export function describeColumns(
  query: ResolvedQuery,
  mayName: (member: string) => boolean,
  locale: string | undefined,
): readonly Column[] {
  const isGrouping = (column: ResolvedColumn) => column.kind !== 'measure'
  const describe = (column: ResolvedColumn) => describeColumn(column, mayName, locale)
  return [
    ...query.columns.filter(isGrouping).map(describe),
    ...markColumns(query),
    ...query.columns.filter((column) => !isGrouping(column)).map(describe),
    ...query.calculations.map(describeCalculation),
  ]
}

function markColumns({ subtotals, topN, comparison }: ResolvedQuery): readonly Column[] {
  return [
    ...(subtotals === undefined
      ? []
      : [{ name: '$grouping', kind: 'grouping', type: 'integer', title: 'Grouping' } as const]),
    ...(topN?.others === undefined ? [] : [{ name: '$other', kind: 'flag', type: 'boolean', title: 'Other' } as const]),
    ...(comparison === undefined
      ? []
      : [{ name: '$period', kind: 'period', type: 'integer', title: 'Period' } as const]),
  ]
}

const TYPES = { number: 'number', text: 'string', boolean: 'boolean', time: 'time' } as const

function describeCalculation({ name, title, expression, presentation, isMasked }: ResolvedCalculation): Column {
  return {
    name,
    kind: 'measure',
    type: TYPES[expression.type],
    title,
    ...presentation,
    ...(isMasked && { masked: true as const }),
  }
}

/** What a column of a member is, for those who show it. */
function describeColumn(
  column: ResolvedColumn,
  mayName: (member: string) => boolean,
  locale: string | undefined,
): Column {
  const { node, member, viewMember } = column
  const description = viewMember === undefined ? member.description : viewMember.description
  const drillMembers = member.kind === 'measure' ? member.drillMembers.filter(mayName) : []
  const { kind, type } = kindAndType(column)
  return {
    name: column.name,
    kind,
    type,
    title: viewMember === undefined ? columnTitle(node, titleIn(member, locale), locale) : titleIn(viewMember, locale),
    ...(description !== undefined && { description }),
    ...(viewMember ?? member).presentation,
    ...(isAdditive(column) && { additive: true as const }),
    ...(member.kind === 'measure' && member.better !== undefined && { better: member.better }),
    ...(column.kind === 'time' && granularityOf(column, locale)),
    ...(column.kind === 'bin' && { bin: { width: column.bin.width, ...bounds(column.bin) } }),
    ...(drillMembers.length > 0 && { drillMembers }),
    ...(column.isMasked && { masked: true as const }),
  }
}

function granularityOf(
  { granularity, buckets, custom, member }: Extract<ResolvedColumn, { kind: 'time' }>,
  locale: string | undefined,
) {
  const builtIn = typeof buckets === 'string' ? buckets : GRANULARITIES.find((one) => one === granularity)
  if (builtIn !== undefined) return { granularity: builtIn }
  const own = member.granularities.get(granularity)
  const granularityTitle = own === undefined ? (custom ?? granularity) : titleIn(own, locale)
  return { customGranularity: granularity, granularityTitle }
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
  if (isMasked || member.kind !== 'measure' || (member.type !== 'count' && member.type !== 'sum')) return false
  return member.rollingWindow === undefined && member.multiStage === undefined
}

/**
 * A cube in two roles would show two columns of one title, so a role's title comes first: `Destination airport name`. A title
 * that the role already ends with is not repeated.
 */
function columnTitle(node: CubeNode, title: string, locale: string | undefined): string {
  if (!node.isRole) return title
  const role = titleIn(node, locale)
  if (role.toLowerCase().endsWith(title.toLowerCase())) return role
  const isAcronym = /^\p{Lu}{2}/u.test(title)
  return `${role} ${isAcronym ? title : title.charAt(0).toLowerCase() + title.slice(1)}`
}
