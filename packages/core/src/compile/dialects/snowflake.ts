import { sql } from 'kysely'
import type { Parameter } from '../../query/filter-test.ts'
import { isUtc } from '../../query/time-zone.ts'
import type { NullType } from '../plan.ts'
import { integerSql, numberSql, plainLiteral } from '../raw-sql.ts'
import { aggregateWith } from './aggregates.ts'
import { binWith } from './bin-with.ts'
import { type Calls, commonCalls } from './common-calls.ts'
import { DATE_TRUNC } from './date-trunc.ts'
import { decimalScale } from './decimal-scale.ts'
import type { CastType, Dialect, Sql } from './dialect.ts'
import { unionOfSelects } from './inline-rows.ts'
import { wholeUnit } from './interval-text.ts'
import { likePattern } from './like-pattern.ts'
import { limitOffset } from './limit-offset.ts'
import { compilerWith } from './marked-compiler.ts'
import { nullsLast } from './order-terms.ts'
import { plainEquals } from './plain-equals.ts'
import { upperCaseTable } from './table-sql.ts'
import { isoOf, type Truncation, truncateCustomWith, truncateWith, WEEK_MS } from './truncation.ts'

const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  text: (value) => sql`${value}`,
  integer: (value) => sql`cast(${String(value)} as bigint)`,
  decimal: (value) => {
    const scale = decimalScale(String(value))
    if (scale === undefined) return sql`cast(${String(value)} as double)`
    return sql`cast(${String(value)} as number(38, ${integerSql(scale)}))`
  },
  boolean: (value) => (value === true ? sql`true` : sql`false`),
  timestamp: (value) => sql`cast(${String(value)} as timestamp_tz)`,
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as varchar)`,
  number: sql`cast(null as double)`,
  boolean: sql`cast(null as boolean)`,
  time: sql`cast(null as timestamp_ntz)`,
}

const CASTS: Readonly<Record<CastType, (value: Sql) => Sql>> = {
  text: (value) => sql`cast(${value} as varchar)`,
  double: (value) => sql`cast(${value} as double)`,
  bigint: (value) => sql`cast(${value} as bigint)`,
  boolean: (value) => sql`cast(${value} as boolean)`,
  timestamp: (value) => sql`cast(${value} as timestamp_ntz)`,
  decimal: (value) => sql`cast(${value} as number(38, 10))`,
}

const UNITS = {
  day: sql`day`,
  minute: sql`minute`,
  second: sql`second`,
  millisecond: sql`millisecond`,
} as const

const literal = (ms: number) => snowflake.localLiteral(isoOf(ms))

const truncation: Truncation = {
  natural: {
    ...DATE_TRUNC,
    // A parameter of the session would say where a week starts.
    week: (local) => truncation.spanBucket(local, WEEK_MS, Date.UTC(2000, 0, 3)),
  },
  monthBucket: (local, months, first) => {
    const [run, start] = [integerSql(months), integerSql(first)]
    const index = sql`datediff(month, ${literal(0)}, ${local}) - ${start}`
    return sql`dateadd(month, floor((${index}) / ${CASTS.double(run)}) * ${run} + ${start}, ${literal(0)})`
  },
  spanBucket: (local, ms, originMs) => {
    const { unit, size } = wholeUnit(ms, originMs)
    const [span, origin] = [integerSql(ms / size), literal(originMs)]
    const steps = sql`floor(datediff(${UNITS[unit]}, ${origin}, ${local}) / ${CASTS.double(span)})`
    return sql`dateadd(${UNITS[unit]}, ${steps} * ${span}, ${origin})`
  },
  addMs: (local, ms) => {
    const { unit, size } = wholeUnit(ms)
    return sql`dateadd(${UNITS[unit]}, ${integerSql(ms / size)}, ${local})`
  },
}

/** A double, or null where it is no number or without end. Here a number that is none equals itself. */
const finite = (value: Sql) =>
  ['nan', 'inf', '-inf'].reduce((inner, word) => sql`nullif(${inner}, ${CASTS.double(plainLiteral(word))})`, value)

const CALLS: Calls = {
  ...commonCalls({
    double: CASTS.double,
    least: (a, b) => sql`least(${a}, ${b})`,
    greatest: (a, b) => sql`greatest(${a}, ${b})`,
  }),
  least: (args) => sql`least(${sql.join(args)})`,
  greatest: (args) => sql`greatest(${sql.join(args)})`,
  round: ([x, digits]) => sql`round(${x}, cast(${digits ?? integerSql(0)} as integer))`,
  power: ([a, b]) => finite(sql`power(${CASTS.double(a!)}, ${CASTS.double(b!)})`),
}

/**
 * Snowflake. Sessions must run with `timezone = 'UTC'`. Names of tables that the model does not quote are in upper case, as Snowflake
 * keeps them.
 */
export const snowflake: Dialect = {
  name: 'snowflake',
  compiler: compilerWith({ open: '"', close: '"', parameter: () => '?' }),
  table: upperCaseTable,
  parameter: ({ type, value }) => PARAMETERS[type](value),
  null: (type) => NULLS[type],
  double: (value) => sql`cast(${numberSql(value)} as double)`,
  boolean: (value) => (value ? sql`true` : sql`false`),
  localLiteral: (iso) => sql`cast(${plainLiteral(iso.replace('T', ' '))} as timestamp_ntz)`,
  valuesRows: unionOfSelects,
  flag: (condition) => condition,
  equals: plainEquals((parameter) => PARAMETERS[parameter.type](parameter.value)),
  like: (value, mode, text) => sql`cast(${value} as varchar) ilike ${likePattern(mode, text)} escape '!'`,
  sameOrBothNull: (a, b) => sql`${a} is not distinct from ${b}`,
  comparedTime: (time) => time,
  instant: (time) => sql`cast(convert_timezone('UTC', cast(${time} as timestamp_tz)) as timestamp_ntz)`,
  prefersOffsets: false,
  localTime: (time, timezone) =>
    isUtc(timezone)
      ? snowflake.instant(time)
      : sql`cast(convert_timezone(${plainLiteral(timezone)}, cast(${time} as timestamp_tz)) as timestamp_ntz)`,
  truncate: (granularity, local, calendar) => truncateWith(truncation, granularity, local, calendar),
  truncateCustom: (local, buckets) => truncateCustomWith(truncation, local, buckets),
  addInterval: (local, { months, ms }) => {
    const later = months === 0 ? local : sql`dateadd(month, ${integerSql(months)}, ${local})`
    return ms === 0 ? later : truncation.addMs(later, ms)
  },
  aggregate: aggregateWith({
    name: 'snowflake',
    hasFilterClause: false,
    avg: (value) => sql`avg(${CASTS.double(value)})`,
    countDistinctApprox: (value) => sql`approx_count_distinct(${value})`,
    percentile: (value, percentile) => sql`percentile_cont(${numberSql(percentile)}) within group (order by ${value})`,
  }),
  bin: binWith(CASTS.double),
  divide: (a, b) => sql`(${CASTS.double(a)} / nullif(${CASTS.double(b)}, 0))`,
  call: (name, args) => CALLS[name](args),
  text: CASTS.text,
  cast: (value, type) => CASTS[type](value),
  concat: (parts) => sql.join(parts, sql` || `),
  orderBy: nullsLast,
  ordersByPosition: true,
  groupBy: 'ordinal',
  page: limitOffset,
  fence: sql` limit 9223372036854775807`,
  supports: { fullJoin: true, groupingSets: true, percentile: true },
}
