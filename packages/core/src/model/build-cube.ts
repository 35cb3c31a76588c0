import type { CubeSource, DimensionSource, JoinSource, MeasureSource, SegmentSource } from '../schema/model.ts'
import { buildPolicies } from './build-policies.ts'
import { titleOfName } from './member-title.ts'
import type { Cube, CubeRows, Dimension, Join, Measure, Member, Presentation, Segment, SqlTemplate } from './model.ts'
import type { CubeDraft, MemberKind, ModelIndex } from './model-index.ts'
import type { Keys, ModelProblems } from './model-problems.ts'
import { resolveTemplate, type TemplateScope } from './resolve-template.ts'
import { parseTableName } from './table-name.ts'

/** Data source of a cube that names none. */
export const DEFAULT_DATA_SOURCE = 'default'

/** Turns one well-formed cube into its checked form. Adds every fault to `problems`; the result counts only without any. */
export function buildCube(draft: CubeDraft, index: ModelIndex, problems: ModelProblems): Cube {
  const { source } = draft
  const report = (keys: Keys, message: string) => problems.add(draft.file, [...draft.keys, ...keys], message)
  const builder = new CubeBuilder(source, index, report)
  const members = new Map<string, Member>()
  for (const [position, dimension] of (source.dimensions ?? []).entries()) {
    members.set(dimension.name, builder.dimension(dimension, ['dimensions', position]))
  }
  for (const [position, measure] of (source.measures ?? []).entries()) {
    members.set(measure.name, builder.measure(measure, ['measures', position]))
  }
  for (const [position, segment] of (source.segments ?? []).entries()) {
    members.set(segment.name, builder.segment(segment, ['segments', position]))
  }
  const joins = (source.joins ?? []).map((join, position) => builder.join(join, ['joins', position]))
  return Object.freeze({
    name: source.name,
    title: source.title ?? titleOfName(source.name),
    description: source.description,
    isPublic: source.public ?? true,
    dataSource: source.data_source ?? DEFAULT_DATA_SOURCE,
    rows: builder.rows(),
    members,
    joins: Object.freeze(joins),
    policies: Object.freeze(buildPolicies(source, members, report)),
  })
}

type Report = (keys: Keys, message: string) => void

const DIMENSIONS: readonly MemberKind[] = ['dimension']
const DIMENSIONS_AND_MEASURES: readonly MemberKind[] = ['dimension', 'measure']

class CubeBuilder {
  readonly #source: CubeSource
  readonly #index: ModelIndex
  readonly #report: Report

  constructor(source: CubeSource, index: ModelIndex, report: Report) {
    this.#source = source
    this.#index = index
    this.#report = report
  }

  rows(): CubeRows {
    const { sql, sql_table: table } = this.#source
    if (table !== undefined && sql === undefined) {
      const identifiers = parseTableName(table)
      if (identifiers !== undefined)
        return Object.freeze({ kind: 'table', identifiers: Object.freeze(identifiers), name: identifiers.join('.') })
      this.#report(
        ['sql_table'],
        `${JSON.stringify(table)} is not a table name; write table, schema.table or "Quoted Name"`,
      )
      return { kind: 'table', identifiers: [], name: '' }
    }
    if (sql !== undefined && table === undefined) {
      const template = this.#template(sql, ['sql'], { mayUse: [], isSelect: true })
      const head = template.pieces[0]
      if (typeof head === 'string' && !/^\(*\s*(?:select|with|values|from)\b/i.test(head))
        this.#report(['sql'], 'the sql of a cube is one select')
      if (
        template.pieces.some(
          (piece) => typeof piece === 'string' && /(?:^|\(|\bas\s*\()\s*(?:insert|update|delete|merge)\b/i.test(piece),
        )
      ) {
        this.#report(['sql'], 'the sql of a cube may only read')
      }
      return Object.freeze({ kind: 'sql', sql: template })
    }
    this.#report(
      table === undefined ? [] : ['sql'],
      table === undefined ? 'sql_table or sql is missing' : 'give sql_table or sql, not both',
    )
    return { kind: 'table', identifiers: [], name: '' }
  }

  dimension(source: DimensionSource, keys: Keys): Dimension {
    const isGeo = source.type === 'geo'
    let sql: SqlTemplate = NOTHING
    let longitude: SqlTemplate | undefined
    if (isGeo) {
      if (source.sql !== undefined)
        this.#report([...keys, 'sql'], 'a geo dimension has latitude and longitude instead of sql')
      for (const key of ['latitude', 'longitude'] as const) {
        if (source[key] === undefined) this.#report(keys, `a geo dimension needs ${key}`)
      }
      if (source.latitude !== undefined)
        sql = this.#template(source.latitude.sql, [...keys, 'latitude', 'sql'], { mayUse: DIMENSIONS })
      if (source.longitude !== undefined)
        longitude = this.#template(source.longitude.sql, [...keys, 'longitude', 'sql'], { mayUse: DIMENSIONS })
    } else {
      for (const key of ['latitude', 'longitude'] as const) {
        if (source[key] !== undefined) this.#report([...keys, key], `only a geo dimension has ${key}`)
      }
      if (source.sql === undefined) this.#report(keys, 'sql is missing')
      else sql = this.#template(source.sql, [...keys, 'sql'], { mayUse: DIMENSIONS })
    }
    return Object.freeze({
      kind: 'dimension',
      ...describe(source),
      ...usedBy([sql, ...(longitude === undefined ? [] : [longitude])]),
      type: source.type,
      sql,
      longitude,
      isPrimaryKey: source.primary_key ?? false,
      presentation: this.#presentation(source, keys),
    })
  }

  measure(source: MeasureSource, keys: Keys): Measure {
    const mayUse = source.type === 'number' ? DIMENSIONS_AND_MEASURES : DIMENSIONS
    if (source.sql === undefined && source.type !== 'count')
      this.#report(keys, `a measure of type ${source.type} needs sql`)
    if (source.type === 'number' && source.filters !== undefined) {
      this.#report(
        [...keys, 'filters'],
        'a measure of type number has no filters; give them to the measures it is made of',
      )
    }
    const sql = source.sql === undefined ? undefined : this.#template(source.sql, [...keys, 'sql'], { mayUse })
    const filters = (source.filters ?? []).map((filter, position) =>
      this.#template(filter.sql, [...keys, 'filters', position, 'sql'], { mayUse: DIMENSIONS }),
    )
    return Object.freeze({
      kind: 'measure',
      ...describe(source),
      ...usedBy(sql === undefined ? filters : [sql, ...filters]),
      type: source.type,
      sql,
      filters: Object.freeze(filters),
      better: source.better,
      presentation: this.#presentation(source, keys),
    })
  }

  segment(source: SegmentSource, keys: Keys): Segment {
    const sql = this.#template(source.sql, [...keys, 'sql'], { mayUse: DIMENSIONS })
    return Object.freeze({ kind: 'segment', ...describe(source), ...usedBy([sql]), sql })
  }

  join(source: JoinSource, keys: Keys): Join {
    const target = source.alias ?? source.name
    const names = source.name === this.#source.name ? [target] : [target, source.name]
    const sql = this.#template(source.sql, [...keys, 'sql'], {
      mayUse: DIMENSIONS,
      joinTarget: { names, node: target },
    })
    return Object.freeze({ target, sql })
  }

  #template(sql: string, keys: Keys, scope: Pick<TemplateScope, 'mayUse' | 'joinTarget' | 'isSelect'>): SqlTemplate {
    return resolveTemplate(sql, { index: this.#index, cube: this.#source.name, ...scope }, (message) =>
      this.#report(keys, message),
    )
  }

  #presentation(source: DimensionSource | MeasureSource, keys: Keys): Presentation {
    if (source.currency !== undefined && source.format !== 'currency') {
      this.#report([...keys, 'currency'], 'currency needs format: currency')
    }
    return Object.freeze({
      ...(source.format !== undefined && { format: source.format }),
      ...(source.currency !== undefined && { currency: source.currency }),
      ...(source.unit !== undefined && { unit: source.unit }),
      ...(source.fraction_digits !== undefined && { fractionDigits: source.fraction_digits }),
    })
  }
}

const NOTHING: SqlTemplate = Object.freeze({ pieces: Object.freeze([]), isColumn: false })

function describe(source: DimensionSource | MeasureSource | SegmentSource) {
  return {
    name: source.name,
    title: source.title ?? titleOfName(source.name),
    description: source.description,
    isPublic: source.public ?? true,
  }
}

function usedBy(templates: readonly SqlTemplate[]): Pick<Member, 'uses' | 'touches'> {
  const uses: { node: string | undefined; member: string }[] = []
  const touches = new Set<string>()
  for (const { pieces } of templates) {
    for (const piece of pieces) {
      if (typeof piece === 'string') continue
      if (piece.kind === 'member') uses.push({ node: piece.node, member: piece.member })
      if (piece.node !== undefined) touches.add(piece.node)
    }
  }
  return { uses: Object.freeze(uses), touches: Object.freeze([...touches]) }
}
