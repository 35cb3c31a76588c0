import { AnalyticsError } from '../errors.ts'
import { isMemberVisible } from '../model/access.ts'
import { findMember } from '../model/find-member.ts'
import type { Model } from '../model/model.ts'
import { quoteValue } from '../model/quote-value.ts'
import { toLocalIso } from '../query/calendar.ts'
import type { Span } from '../query/date-value.ts'
import { type NormalizedQuery, normalizeQuery } from '../query/normalize-query.ts'
import { resolveQuery } from '../query/resolve-query.ts'
import { isTimeZone } from '../query/time-zone.ts'
import type { Query } from '../schema/query.ts'
import type { Cell, Column } from '../schema/result.ts'
import type { Security } from '../security.ts'
import { buildPlan } from './build-plan.ts'
import { checkWork } from './check-work.ts'
import { describeColumns } from './describe-column.ts'
import { comparingTexts } from './dialects/comparing-texts.ts'
import type { DialectName } from './dialects/dialect.ts'
import { dialectOf } from './dialects/index.ts'
import { sourcesOf } from './map-plan.ts'
import type { Plan } from './plan.ts'
import { rewritePlan } from './rewrite/rewrite-plan.ts'
import type { FindRollup } from './rollup.ts'
import { type CursorShape, hashText, hasPlace, writeCursor } from './stages/cursor.ts'
import { type Statement, toStatement, toTotalStatement } from './to-kysely.ts'

/** Most parameters of a statement: SQLite takes no more, PostgreSQL and MySQL twice as many, and drivers may count no further. */
const MAX_PARAMETERS = 32_766

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
  /** Language of titles, BCP 47; the model's default when absent. */
  readonly locale?: string | undefined
  /** Rows of a query that names no limit; `DEFAULT_LIMIT` when absent. `security.maxRows` holds in any case. */
  readonly limit?: number | undefined
  /** Whether the query was checked against the schema `Query` before, as the body of a request is; false when absent. */
  readonly isChecked?: boolean | undefined
  /** Whether columns become texts where texts are looked for in them, see `comparingTexts`; false when absent. */
  readonly comparesTexts?: boolean | undefined
  /** Looks for stored aggregates that answer a fact of the query; without it every fact reads rows. */
  readonly rollups?: FindRollup | undefined
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
  /** For {@link nextCursor}. */
  readonly cursor?: CursorShape
  readonly limit: number
  readonly timezone: string
  /** First and last moment of the first span the query keeps, local to `timezone`; the last is included. */
  readonly dateRange?: readonly [string, string]
  /** The compared spans, each like `dateRange`, for `meta.periods`. */
  readonly periods?: readonly (readonly [string, string])[]
  /** Tables read, as `schema.table`; `*` for a cube written as a select, whose tables are not known. */
  readonly tables: readonly string[]
  /** Cubes read, by their own names. */
  readonly cubes: readonly string[]
  /** Which policies shaped the statement: cube and role, no values. */
  readonly policies: readonly string[]
  /** With `rollups`: those that are read, and why other facts read none. */
  readonly explain?: { readonly rollups: readonly string[]; readonly rollupReasons: readonly string[] }
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
  const normalized = normalizeQuery(query, {
    timezone,
    maxRows: security.maxRows,
    limit: options.limit,
    isChecked: options.isChecked,
  })
  const resolved = resolveQuery(normalized, model, security, now)
  checkWork(resolved, model)
  const columns = describeColumns(resolved, (name) => mayName(model, name, security), options.locale)
  const clock = { nowMs: now.getTime(), timezone: timezone ?? 'UTC' }
  const planOptions = { security, clock, columns, question: hashQuestion(normalized) }
  let built = buildPlan(resolved, model, { ...planOptions, rollups: options.rollups })
  // Rollups live where they like: when not all of the plan is in one place, everything reads rows.
  if (built.rollups.used.length > 0 && dataSourcesOf(built.plan).size > 1)
    built = buildPlan(resolved, model, { ...planOptions, rollups: elsewhere })
  const [dataSource = onlyDataSource(built.nodes)] =
    built.rollups.used.length > 0 ? dataSourcesOf(built.plan) : [onlyDataSource(built.nodes)]
  const plain = dialectOf(options.dialect(dataSource))
  const dialect = options.comparesTexts === true ? comparingTexts(plain) : plain
  const plan = rewritePlan(built.plan, dialect)
  const { sql, parameters } = toStatement(plan, dialect)
  if (parameters.length > MAX_PARAMETERS)
    throw new AnalyticsError(
      'invalid_request',
      `the statement would have ${parameters.length} parameters, more than ${MAX_PARAMETERS}`,
      { hint: 'List fewer filter values, or ask for fewer measures, subtotals or compared spans at once.' },
    )
  const validUntilMs = earliest(resolved.validUntilMs, built.validUntilMs)
  return Object.freeze({
    dataSource,
    dialect: dialect.name,
    sql,
    parameters,
    ...(resolved.total && {
      total: toTotalStatement(built.whole === built.plan ? plan : rewritePlan(built.whole, dialect), dialect),
    }),
    columns,
    ...(built.cursor !== undefined && { cursor: built.cursor }),
    ...(resolved.comparison !== undefined && { periods: resolved.comparison.spans.map(spanText) }),
    limit: resolved.limit,
    timezone: resolved.timezone,
    ...(resolved.span !== undefined && {
      dateRange: spanText(resolved.span),
    }),
    tables: [...new Set(built.nodes.map(({ cube }) => (cube.rows.kind === 'table' ? cube.rows.name : '*')))],
    cubes: [...new Set(built.nodes.map(({ cube }) => cube.name))],
    policies: built.policies,
    ...(options.rollups !== undefined && {
      explain: { rollups: built.rollups.used, rollupReasons: built.rollups.reasons },
    }),
    ...(validUntilMs !== undefined && { validUntilMs }),
  })
}

/** First and last moment of a span, local to the zone. */
function spanText({ localStartMs, localEndMs }: Span): readonly [string, string] {
  return [toLocalIso(localStartMs), toLocalIso(localEndMs - 1)]
}

/** Two queries with the same hash have the same rows in the same order; pages of them may differ in size. */
function hashQuestion({
  cursor: _cursor,
  limit: _limit,
  offset: _offset,
  total: _total,
  ...question
}: NormalizedQuery) {
  return hashText(JSON.stringify(question))
}

/** Rows of an answer, whose cells are as they went to the caller. */
export interface AnswerRows {
  readonly rowCount: number
  readonly rowAt: (row: number) => readonly Cell[]
  /** Whether the cell is another value than the database has, such as null for `infinity`. */
  readonly isLost: (row: number, column: number) => boolean
}

/**
 * The cursor that continues after a row of an answer, which holds the cells of the answer's columns as they went to the caller.
 * `undefined` when the query has none: ungrouped, or ordered by what it does not show.
 */
export function nextCursor(compiled: CompiledQuery, lastRow: readonly Cell[]): string | undefined {
  return cursorAfter(compiled, { rowCount: 1, rowAt: () => lastRow, isLost: () => false })
}

/** The same after all rows of an answer: where cells of the last ones do not say their place, it counts from one before them. */
export function cursorAfter(compiled: CompiledQuery, { rowCount, rowAt, isLost }: AnswerRows): string | undefined {
  const { cursor } = compiled
  if (cursor === undefined) return undefined
  const isKnown = (row: number) =>
    !cursor.terms.some(({ column }) => isLost(row, column)) && hasPlace(cursor, rowAt(row))
  let row = rowCount - 1
  while (row >= 0 && !isKnown(row)) row--
  return writeCursor(cursor, row < 0 ? undefined : rowAt(row), rowCount - 1 - row)
}

function mayName(model: Model, name: string, security: Security): boolean {
  const found = findMember(model, name)
  return found !== undefined && isMemberVisible(model, found.node, found.member, security, found)
}

function dataSourcesOf({ relation }: Plan): ReadonlySet<string> {
  const sources = new Set<string>()
  for (const from of sourcesOf(relation)) if (from.kind === 'source') sources.add(from.dataSource)
  return sources
}

const elsewhere: FindRollup = () => [{ reason: 'other facts of the query are answered in another data source' }]

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
