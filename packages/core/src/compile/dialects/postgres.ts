import { sql } from 'kysely'
import type { Parameter } from '../../query/filter-test.ts'
import { isUtc } from '../../query/time-zone.ts'
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

const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  // Without a cast the column's own type is taken, so that an index on a uuid or an enum still serves.
  text: (value) => sql`${value}`,
  // A bigint compares with every integer and decimal type without converting the column; a double would convert it.
  integer: (value) => sql`cast(${value} as bigint)`,
  decimal: (value) => sql`cast(${value} as numeric)`,
  boolean: (value) => sql`cast(${value} as boolean)`,
  timestamp: (value) => sql`cast(${value} as timestamptz)`,
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as text)`,
  number: sql`cast(null as double precision)`,
  boolean: sql`cast(null as boolean)`,
  time: sql`cast(null as timestamp)`,
}

const CASTS: Readonly<Record<CastType, (value: Sql) => Sql>> = {
  text: (value) => sql`cast(${value} as text)`,
  double: (value) => sql`cast(${value} as double precision)`,
  bigint: (value) => sql`cast(${value} as bigint)`,
  boolean: (value) => sql`cast(${value} as boolean)`,
  timestamp: (value) => sql`cast(${value} as timestamp)`,
  decimal: (value) => sql`cast(${value} as numeric)`,
}

const truncation: Truncation = {
  natural: DATE_TRUNC,
  monthBucket: (local, months, first) => {
    const month = sql`(extract(year from ${local}) - 1970) * 12 + extract(month from ${local}) - 1`
    const start = sql`floor((${month} - ${numberSql(first)}) / ${numberSql(months)}) * ${numberSql(months)} + ${numberSql(first)}`
    return sql`(timestamp '1970-01-01' + make_interval(months => cast(${start} as integer)))`
  },
  spanBucket: (local, ms, originMs) =>
    sql`date_bin(interval ${intervalText({ months: 0, ms })}, ${local}, ${localLiteral(originMs)})`,
  addMs: (local, ms) => sql`(${local} + interval ${intervalText({ months: 0, ms })})`,
}

function localLiteral(ms: number): Sql {
  return postgres.localLiteral(new Date(ms).toISOString().slice(0, -1))
}

const CALLS: Calls = {
  ...commonCalls({
    double: CASTS.double,
    least: (a, b) => sql`least(${a}, ${b})`,
    greatest: (a, b) => sql`greatest(${a}, ${b})`,
  }),
  // PostgreSQL's own pass over nulls.
  least: (args) => sql`(select v from unnest(array[${sql.join(args)}]) as u(v) order by v asc nulls first limit 1)`,
  greatest: (args) => sql`(select v from unnest(array[${sql.join(args)}]) as u(v) order by v desc nulls first limit 1)`,
  mod: ([a, b]) => sql`mod(cast(${a} as numeric), nullif(cast(${b} as numeric), 0))`,
  power: ([a, b]) => {
    const isSmall = sql`(x = 0 or y * ln(abs(nullif(x, 0))) < 690)`
    const isDefined = sql`(x > 0 or (x = 0 and y >= 0) or y = floor(y) and x < 0)`
    const tooSmall = sql`x <> 0 and y * ln(abs(nullif(x, 0))) < -690`
    const result = sql`case when ${tooSmall} then 0 when ${isDefined} and ${isSmall} then power(x, y) end`
    return sql`(select ${result} from (values (${CASTS.double(a!)}, ${CASTS.double(b!)})) as u(x, y))`
  },
  // Only decimals round to digits, and they round halves away from zero.
  round: ([x, digits]) => sql`round(cast(${x} as numeric), cast(${digits ?? numberSql(0)} as integer))`,
}

/** PostgreSQL 15 and later. Sessions must run with `timezone = 'UTC'`: times without a zone are then read as UTC. */
export const postgres: Dialect = {
  name: 'postgres',
  compiler: compilerWith({ open: '"', close: '"', parameter: (number) => `$${number}` }),
  table: lowerCaseTable,
  parameter: ({ type, value }) => PARAMETERS[type](value),
  null: (type) => NULLS[type],
  double: (value) => sql`cast(${value} as double precision)`,
  boolean: (value) => (value ? sql`true` : sql`false`),
  localLiteral: (iso) => sql`timestamp ${plainLiteral(iso)}`,
  valuesRows: valuesTable,
  flag: (condition) => condition,
  equals: plainEquals((parameter) => PARAMETERS[parameter.type](parameter.value)),
  like: (value, mode, text) => sql`cast(${value} as text) ilike ${likePattern(mode, text)} escape '!'`,
  sameOrBothNull: (a, b) => sql`${a} is not distinct from ${b}`,
  comparedTime: (time) => time,
  instant: (time) => sql`cast(${time} as timestamp)`,
  prefersOffsets: false,
  localTime: (time, timezone) =>
    isUtc(timezone)
      ? sql`cast(${time} as timestamp)`
      : sql`cast(${time} as timestamptz) at time zone cast(${timezone} as text)`,
  truncate: (granularity, local, calendar) => truncateWith(truncation, granularity, local, calendar),
  truncateCustom: (local, buckets) => truncateCustomWith(truncation, local, buckets),
  addInterval: (local, span) => sql`(${local} + interval ${intervalText(span)})`,
  aggregate: aggregateWith({
    name: 'postgres',
    hasFilterClause: true,
    percentile: (value, percentile) => sql`percentile_cont(${numberSql(percentile)}) within group (order by ${value})`,
  }),
  // Decimal arithmetic for fractional widths: as doubles, 0.3 / 0.1 is just below 3.
  bin: (number, width, digits) => {
    if (digits === 0)
      return sql`floor(cast(${number} as double precision) / ${postgres.double(width)}) * ${postgres.double(width)}`
    const exact = sql`cast(${String(width)} as numeric)`
    return sql`cast(floor(cast(${number} as numeric) / ${exact}) * ${exact} as double precision)`
  },
  divide: (a, b) => sql`(cast(${a} as double precision) / nullif(cast(${b} as double precision), 0))`,
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
