import type { ColumnType } from '../schema/result.ts'
import { dimensionColumnType, measureColumnType } from './column-type.ts'
import type { Dimension, Measure, Member, Model } from './model.ts'

/** What a cell of a column holds, in TypeScript. Numbers beyond 2^53 arrive as texts. */
const CELLS: Readonly<Record<ColumnType, string>> = {
  string: 'string',
  integer: 'number | string',
  number: 'number | string',
  decimal: 'string',
  boolean: 'boolean',
  time: 'string',
  geo: 'string',
}

/**
 * TypeScript source that names the public members of a model with the types of their values, so that a misspelt member is a type
 * error in the editor. Same model, same text.
 */
export function memberTypes(model: Model): string {
  const members = [...publicMembers(model)].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const measures = members.flatMap(({ member, ...rest }) => (member.kind === 'measure' ? [{ ...rest, member }] : []))
  const dimensions = members.flatMap(({ member, ...rest }) =>
    member.kind === 'dimension' ? [{ ...rest, member }] : [],
  )
  const times = dimensions.filter(({ member }) => member.type === 'time')
  const segments = members.filter(({ member }) => member.kind === 'segment')
  return `${[
    '// Made by `datainsight types` from the semantic model. Do not edit.',
    '',
    '/** A built-in bucket size of time dimensions. */',
    "export type BuiltInGranularity = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year'",
    '',
    ...declare(
      'Measures',
      'Values of measures.',
      measures.map((one) => [one, measureCell(one.member)] as const),
    ),
    ...declare(
      'Dimensions',
      'Values of dimensions.',
      dimensions.map((one) => [one, dimensionCell(one.member)] as const),
    ),
    ...declare(
      'TimeDimensions',
      'Bucket sizes of time dimensions.',
      times.map((one) => [one, granularities(one.member)] as const),
    ),
    '/** Names of segments. */',
    `export type SegmentName = ${segments.length === 0 ? 'never' : segments.map(({ name }) => quote(name)).join(' | ')}`,
    'export type MeasureName = keyof Measures',
    'export type DimensionName = keyof Dimensions',
    'export type TimeDimensionName = keyof TimeDimensions',
    'export type MemberName = MeasureName | DimensionName | SegmentName',
  ].join('\n')}\n`
}

interface Named<M extends Member = Member> {
  readonly name: string
  readonly title: string
  readonly member: M
}

function* publicMembers(model: Model): Iterable<Named> {
  for (const node of model.nodes.values()) {
    if (node.isOfView === true) continue
    if (!node.cube.isPublic) continue
    for (const member of node.cube.members.values())
      if (member.isPublic) yield { name: `${node.name}.${member.name}`, title: member.title, member }
  }
  for (const view of model.views.values()) {
    if (!view.isPublic) continue
    for (const one of view.members.values())
      if (one.isPublic) yield { name: `${view.name}.${one.name}`, title: one.title, member: one.member }
  }
}

function declare(name: string, comment: string, entries: readonly (readonly [Named, string])[]): string[] {
  return [
    `/** ${comment} */`,
    `export interface ${name} {`,
    ...entries.flatMap(([{ name: member, title }, type]) => [
      `  /** ${title.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */`,
      `  ${quote(member)}: ${type}`,
    ]),
    '}',
    '',
  ]
}

function measureCell(measure: Measure): string {
  return `${CELLS[measureColumnType(measure)]} | null`
}

function dimensionCell({ type, values }: Dimension): string {
  const cell = values === undefined ? CELLS[dimensionColumnType(type)] : values.map(quote).join(' | ')
  return `${cell} | null`
}

function granularities({ granularities: customs, calendar }: Dimension): string {
  const own = [...customs.keys(), ...(calendar?.granularities.keys() ?? [])]
  return ['BuiltInGranularity', ...own.map(quote)].join(' | ')
}

function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
