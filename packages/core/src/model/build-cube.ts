import { type JoinSource, RELATIONSHIPS, type SegmentSource } from '../schema/cube.ts'
import { BuildContext, DIMENSIONS, type Report } from './build-context.ts'
import { buildDimension } from './build-dimension.ts'
import { buildHierarchy } from './build-hierarchy.ts'
import { buildLinkAddresses } from './build-link-addresses.ts'
import { buildMeasure } from './build-measure.ts'
import { buildCubePolicies } from './build-policies.ts'
import { buildPreAggregation } from './build-pre-aggregation.ts'
import { buildRefreshKey, isReadOnlySelect } from './build-refresh-key.ts'
import { checkTenantRequired } from './check-tenant-required.ts'
import { describeMember, isPublic, usedBy } from './describe-member.ts'
import { readTitle } from './member-title.ts'
import type { Cube, CubeRows, Join, Member, Segment } from './model.ts'
import type { CubeDraft, ModelIndex } from './model-index.ts'
import type { Keys, ModelProblems } from './model-problems.ts'
import { parseTableName, tableKey } from './table-name.ts'

/** Data source of a cube that names none. */
export const DEFAULT_DATA_SOURCE = 'default'

/** Turns one well-formed cube into its checked form. Adds every fault to `problems`; the result counts only without any. */
export function buildCube(draft: CubeDraft, index: ModelIndex, problems: ModelProblems): Cube {
  const { source } = draft
  const report: Report = (keys, message) => {
    const origin = draft.origin(keys)
    problems.add(origin.file, origin.keys, message)
  }
  const context = new BuildContext(source, index, report)
  const members = new Map<string, Member>()
  for (const [position, dimension] of (source.dimensions ?? []).entries())
    members.set(dimension.name, buildDimension(dimension, ['dimensions', position], context))
  for (const [position, dimension] of (source.dimensions ?? []).entries())
    for (const address of buildLinkAddresses(dimension, ['dimensions', position], context)) {
      if (members.has(address.name))
        report(['dimensions', position, 'links'], `duplicate member: ${source.name}.${address.name}`)
      else members.set(address.name, address)
    }
  for (const [position, measure] of (source.measures ?? []).entries())
    members.set(measure.name, buildMeasure(measure, ['measures', position], context))
  for (const [position, segment] of (source.segments ?? []).entries())
    members.set(segment.name, buildSegment(segment, ['segments', position], context))
  const joins = (source.joins ?? []).map((join, position) => buildJoin(join, ['joins', position], context))
  const policies = Object.freeze(buildCubePolicies(source, members, report))
  const tenantRequired = source.tenant_required ?? false
  if (tenantRequired) checkTenantRequired(policies, report)
  return Object.freeze({
    name: source.name,
    ...readTitle(source.title, source.name),
    description: source.description,
    isPublic: isPublic(source),
    ...(source.sql_alias !== undefined && { sqlAlias: source.sql_alias }),
    ...(source.meta !== undefined && { meta: source.meta }),
    dataSource: source.data_source ?? DEFAULT_DATA_SOURCE,
    rows: buildRows(draft, context),
    members,
    joins: Object.freeze(joins),
    hierarchies: listOf(source.hierarchies, 'hierarchies', context, buildHierarchy),
    preAggregations: listOf(source.pre_aggregations, 'pre_aggregations', context, buildPreAggregation),
    refreshKey: buildRefreshKey(source.refresh_key, ['refresh_key'], context),
    policies,
    tenantRequired,
    isCalendar: source.calendar ?? false,
  })
}

const NONE: readonly never[] = Object.freeze([])

function listOf<Source, Built>(
  sources: readonly Source[] | undefined,
  list: string,
  context: BuildContext,
  build: (source: Source, keys: Keys, context: BuildContext) => Built,
): readonly Built[] {
  if (sources === undefined || sources.length === 0) return NONE
  return Object.freeze(sources.map((source, position) => build(source, [list, position], context)))
}

function buildRows(draft: CubeDraft, context: BuildContext): CubeRows {
  const { source } = draft
  const { sql_table: table } = source
  const sql = draft.rowsSql ?? source.sql
  if (table !== undefined && sql === undefined) {
    const identifiers = parseTableName(table)
    if (identifiers !== undefined)
      return Object.freeze({ kind: 'table', identifiers: Object.freeze(identifiers), name: tableKey(identifiers) })
    context.report(
      ['sql_table'],
      `${JSON.stringify(table)} is not a table name; write table, schema.table or "Quoted Name"`,
    )
    return { kind: 'table', identifiers: [], name: '' }
  }
  if (sql !== undefined && table === undefined) {
    const template = context.template(sql, ['sql'], { mayUse: [], isSelect: true, isRows: true })
    if (!isReadOnlySelect(template)) context.report(['sql'], 'the sql of a cube is one select, which only reads')
    return Object.freeze({ kind: 'sql', sql: template })
  }
  context.report(
    table === undefined ? [] : ['sql'],
    table === undefined ? 'sql_table or sql is missing' : 'give sql_table or sql, not both',
  )
  return { kind: 'table', identifiers: [], name: '' }
}

function buildSegment(source: SegmentSource, keys: Keys, context: BuildContext): Segment {
  const sql = context.template(source.sql, [...keys, 'sql'], { mayUse: DIMENSIONS })
  return Object.freeze({ kind: 'segment', ...describeMember(source), ...usedBy([sql]), sql })
}

function buildJoin(source: JoinSource, keys: Keys, context: BuildContext): Join {
  const target = source.alias ?? source.name
  const names = source.name === context.source.name ? [target] : [target, source.name]
  const sql = context.template(source.sql, [...keys, 'sql'], {
    mayUse: DIMENSIONS,
    joinTarget: { names, node: target },
  })
  return Object.freeze({
    target,
    relationship: RELATIONSHIPS[source.relationship],
    type: source.type ?? 'left',
    sql,
  })
}
