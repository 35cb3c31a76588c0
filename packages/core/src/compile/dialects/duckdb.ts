import { sql } from 'kysely'
import type { Parameter } from '../../query/filter-test.ts'
import { isUtc } from '../../query/time-zone.ts'
import type { ZoneOffset } from '../../query/zone-offsets.ts'
import type { NullType } from '../plan.ts'
import { numberSql, plainLiteral } from '../raw-sql.ts'
import { aggregateWith } from './aggregates.ts'
import { type Calls, commonCalls } from './common-calls.ts'
import { DATE_TRUNC } from './date-trunc.ts'
import type { CastType, Dialect, Sql } from './dialect.ts'
import { valuesTable } from './inline-rows.ts'
import { intervalText } from './interval-text.ts'
import { likePattern } from './like-pattern.ts'
import { compilerWith } from './marked-compiler.ts'
import { nullsLast } from './order-terms.ts'
import { plainEquals } from './plain-equals.ts'
import { lowerCaseTable } from './table-sql.ts'
import { type Truncation, truncateCustomWith, truncateWith } from './truncation.ts'

/** Integers of 64 bits that are no `bigint` by their digits alone; as doubles, hundreds of neighbours would be equal to them. */
const LONG_WHOLE = /^-?\d{19,20}$/

const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  text: (value) => sql`${value}`,
  // Drivers bind a JavaScript number as a double; compared with one, a column of whole numbers would be converted row by row.
  integer: (value) => sql`cast(${value} as bigint)`,
  decimal: (value) => (LONG_WHOLE.test(String(value)) ? sql`cast(${value} as hugeint)` : sql`cast(${value} as double)`),
  boolean: (value) => sql`cast(${value} as boolean)`,
  timestamp: (value) => sql`cast(${value} as timestamp)`,
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as varchar)`,
  number: sql`cast(null as double)`,
  boolean: sql`cast(null as boolean)`,
  time: sql`cast(null as timestamp)`,
}

const CASTS: Readonly<Record<CastType, (value: Sql) => Sql>> = {
  text: (value) => sql`cast(${value} as varchar)`,
  double: (value) => sql`cast(${value} as double)`,
  bigint: (value) => sql`cast(${value} as bigint)`,
  boolean: (value) => sql`cast(${value} as boolean)`,
  timestamp: (value) => sql`cast(${value} as timestamp)`,
  decimal: (value) => sql`cast(${value} as decimal(38, 10))`,
}

const truncation: Truncation = {
  natural: DATE_TRUNC,
  monthBucket: (local, months, first) => {
    const origin = localLiteral(Date.UTC(1970, first, 1))
    return sql`time_bucket(interval ${intervalText({ months, ms: 0 })}, ${local}, ${origin})`
  },
  spanBucket: (local, ms, originMs) =>
    sql`time_bucket(interval ${intervalText({ months: 0, ms })}, ${local}, ${localLiteral(originMs)})`,
  addMs: (local, ms) => sql`(${local} + interval ${intervalText({ months: 0, ms })})`,
}

function localLiteral(ms: number): Sql {
  return duckdb.localLiteral(new Date(ms).toISOString().slice(0, -1))
}

/** A double, or null where it is no number or without end. DuckDB holds that `nan` equals itself. */
const finite = (value: Sql) =>
  ['nan', 'inf', '-inf'].reduce((inner, word) => sql`nullif(${inner}, cast(${plainLiteral(word)} as double))`, value)

const CALLS: Calls = {
  ...commonCalls({
    double: CASTS.double,
    least: (a, b) => sql`least(${a}, ${b})`,
    greatest: (a, b) => sql`greatest(${a}, ${b})`,
  }),
  // DuckDB's own pass over nulls.
  least: (args) => sql`list_sort([${sql.join(args)}], 'asc', 'nulls first')[1]`,
  greatest: (args) => sql`list_sort([${sql.join(args)}], 'desc', 'nulls first')[1]`,
  power: ([a, b]) => finite(sql`power(${CASTS.double(a!)}, ${CASTS.double(b!)})`),
  round: ([x, digits]) => sql`round(${x}, cast(${digits ?? numberSql(0)} as integer))`,
}

/** DuckDB 1.4 and later, with ICU. Sessions must run with `TimeZone = 'UTC'`. */
export const duckdb: Dialect = {
  name: 'duckdb',
  // DuckDB reads PostgreSQL's quotes and parameter marks.
  compiler: compilerWith({ open: '"', close: '"', parameter: (number) => `$${number}` }),
  table: lowerCaseTable,
  parameter: ({ type, value }) => PARAMETERS[type](value),
  null: (type) => NULLS[type],
  double: (value) => sql`cast(${value} as double)`,
  boolean: (value) => (value ? sql`true` : sql`false`),
  localLiteral: (iso) => sql`timestamp ${plainLiteral(iso)}`,
  valuesRows: valuesTable,
  flag: (condition) => condition,
  equals: plainEquals((parameter) => PARAMETERS[parameter.type](parameter.value)),
  like: (value, mode, text) => sql`cast(${value} as varchar) ilike ${likePattern(mode, text)} escape '!'`,
  sameOrBothNull: (a, b) => sql`${a} is not distinct from ${b}`,
  comparedTime: (time) => time,
  instant: (time) => sql`cast(${time} as timestamp)`,
  prefersOffsets: true,
  localTime: (time, timezone, offsets) => localTime(sql`cast(${time} as timestamp)`, timezone, offsets),
  truncate: (granularity, local, calendar) => truncateWith(truncation, granularity, local, calendar),
  truncateCustom: (local, buckets) => truncateCustomWith(truncation, local, buckets),
  addInterval: (local, span) => sql`(${local} + interval ${intervalText(span)})`,
  aggregate: aggregateWith({
    name: 'duckdb',
    hasFilterClause: true,
    countDistinctApprox: (value) => sql`approx_count_distinct(${value})`,
    // Of decimals it would be a decimal with as many digits, which cuts the interpolated part.
    percentile: (value, percentile) => sql`quantile_cont(cast(${value} as double), ${numberSql(percentile)})`,
  }),
  bin: (number, width, digits) => {
    const ratio = sql`cast(${number} as double) / ${duckdb.double(width)}`
    if (digits === 0) return sql`floor(${ratio}) * ${duckdb.double(width)}`
    // As doubles, 0.3 / 0.1 is just below 3: rounding to nine digits first puts it where it belongs.
    return sql`round(floor(round(${ratio}, 9)) * ${duckdb.double(width)}, cast(${digits} as integer))`
  },
  divide: (a, b) => sql`(cast(${a} as double) / nullif(cast(${b} as double), 0))`,
  call: (name, args) => CALLS[name](args),
  text: CASTS.text,
  cast: (value, type) => CASTS[type](value),
  concat: (parts) => sql.join(parts, sql` || `),
  orderBy: nullsLast,
  ordersByPosition: true,
  groupBy: 'ordinal',
  page: (limit, offset) => (offset === 0 ? sql`limit ${limit}` : sql`limit ${limit} offset ${offset}`),
  fence: sql` offset 0`,
  supports: { fullJoin: true, groupingSets: true, percentile: true },
}

/** Zones go through ICU row by row, which is slow: with known offsets an addition does. */
function localTime(utc: Sql, timezone: string, offsets: readonly ZoneOffset[] | undefined): Sql {
  if (isUtc(timezone)) return utc
  if (offsets === undefined) return sql`${utc} at time zone 'UTC' at time zone ${timezone}`
  const seconds = offsets.map((offset) => sql`cast(${offset.seconds} as bigint)`)
  if (offsets.length === 1) return sql`${utc} + to_seconds(${seconds[0]})`
  const cases = offsets
    .slice(0, -1)
    .map((offset, index) => sql`when ${utc} < cast(${offset.until} as timestamp) then ${seconds[index]}`)
  return sql`${utc} + to_seconds(case ${sql.join(cases, sql` `)} else ${seconds.at(-1)} end)`
}
