import { AnalyticsError } from '../errors.ts'
import type { Model } from '../model/model.ts'
import { quoteValue } from '../model/quote-value.ts'
import { toLocalIso } from '../query/calendar.ts'
import { normalizeQuery } from '../query/normalize-query.ts'
import { resolveQuery } from '../query/resolve-query.ts'
import { isTimeZone } from '../query/time-zone.ts'
import type { Query } from '../schema/query.ts'
import type { Column } from '../schema/result.ts'
import type { Security } from '../security.ts'
import { buildPlan } from './build-plan.ts'
import { describeColumn } from './describe-column.ts'
import type { DialectName } from './dialects/dialect.ts'
import { dialectOf } from './dialects/index.ts'
import { sourcesOf } from './map-plan.ts'
import type { Plan } from './plan.ts'
import { rewritePlan } from './rewrite/rewrite-plan.ts'
import { type Statement, toStatement, toTotalStatement } from './to-kysely.ts'

/** What a compilation needs besides model and query. */
export interface CompileOptions {
  /** On whose behalf. */
  readonly security: Security
  /** The instant at which words such as `today` are read. */
  readonly now: Date
  /** The database behind a data source of the model. */
  readonly dialect: (dataSource: string) => DialectName
  /** Zone of the caller: used by queries that name none, and by dates in row rules. UTC when absent. */
  readonly timezone?: string | undefined
  /** Rows of a query that names no limit; `DEFAULT_LIMIT` when absent. `security.maxRows` holds in any case. */
  readonly limit?: number | undefined
}

/** A query as one statement for one caller, and what its answer means. */
export interface CompiledQuery {
  readonly dataSource: string
  readonly dialect: DialectName
  /** Asks for `limit + 1` rows, so that truncation shows. Columns are named c0, c1, … in the order of `columns`. */
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** Counts all rows as `total`, when the query asked for it. */
  readonly total?: Statement
  readonly columns: readonly Column[]
  readonly limit: number
  readonly timezone: string
  /** First and last moment of the first span the query keeps, local to `timezone`; the last is included. */
  readonly dateRange?: readonly [string, string]
  /** Tables read, as `schema.table`; `*` for a cube written as a select, whose tables are not known. */
  readonly tables: readonly string[]
  /** Cubes read, by their own names. */
  readonly cubes: readonly string[]
  /** Which policies shaped the statement: cube and role, no values. */
  readonly policies: readonly string[]
  /** The instant from which relative dates mean something else; `undefined`: never. */
  readonly validUntilMs?: number
}

/**
 * Compiles a query for one caller. Pure: the same arguments give the same statement.
 * @throws AnalyticsError for every fault of the query at once, or when the caller may not ask it.
 */
export function compileQuery(model: Model, query: Query, options: CompileOptions): CompiledQuery {
  const { security, now, timezone } = options
  if (timezone !== undefined && !isTimeZone(timezone)) {
    throw new AnalyticsError('invalid_time_zone', `unknown time zone: ${quoteValue(timezone)}`)
  }
  const normalized = normalizeQuery(query, { timezone, maxRows: security.maxRows, limit: options.limit })
  const resolved = resolveQuery(normalized, model, security, now)
  const built = buildPlan(resolved, model, security, { nowMs: now.getTime(), timezone: timezone ?? 'UTC' })
  const dataSource = onlyDataSource(built.nodes)
  const dialect = dialectOf(options.dialect(dataSource))
  const plan = rewritePlan(built.plan, dialect)
  const { sql, parameters } = toStatement(plan, dialect)
  const validUntilMs = earliest(resolved.validUntilMs, built.validUntilMs)
  return Object.freeze({
    dataSource,
    dialect: dialect.name,
    sql,
    parameters,
    ...(resolved.total && { total: toTotalStatement(plan, dialect) }),
    columns: resolved.columns.map(describeColumn),
    limit: resolved.limit,
    timezone: resolved.timezone,
    ...(resolved.span !== undefined && {
      dateRange: [toLocalIso(resolved.span.localStartMs), toLocalIso(resolved.span.localEndMs - 1)] as const,
    }),
    tables: [...new Set(built.nodes.map(({ cube }) => (cube.rows.kind === 'table' ? cube.rows.name : '*')))],
    cubes: [...new Set(built.nodes.map(({ cube }) => cube.name))],
    policies: policiesOf(plan),
    ...(validUntilMs !== undefined && { validUntilMs }),
  })
}

function policiesOf({ relation }: Plan): readonly string[] {
  return [...new Set([...sourcesOf(relation)].flatMap((from) => (from.kind === 'source' ? from.policies : [])))]
}

function onlyDataSource(
  nodes: readonly { readonly name: string; readonly cube: { readonly dataSource: string } }[],
): string {
  const [first, ...rest] = nodes
  const other = rest.find((node) => node.cube.dataSource !== first!.cube.dataSource)
  if (other === undefined) return first!.cube.dataSource
  throw new AnalyticsError(
    'no_join_path',
    `${first!.name} and ${other.name} live in different data sources: ${first!.cube.dataSource} and ${other.cube.dataSource}`,
  )
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b)
}
