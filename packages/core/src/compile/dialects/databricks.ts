import { sql } from 'kysely'
import type { Parameter } from '../../query/filter-test.ts'
import { isUtc } from '../../query/time-zone.ts'
import type { NullType } from '../plan.ts'
import { integerSql, numberSql, plainLiteral } from '../raw-sql.ts'
import { aggregateWith } from './aggregates.ts'
import { binWith } from './bin-with.ts'
import { type Calls, commonCalls } from './common-calls.ts'
import { decimalScale } from './decimal-scale.ts'
import type { CastType, Dialect, Sql } from './dialect.ts'
import { contagiousExtremes } from './extremes.ts'
import { valuesTable } from './inline-rows.ts'
import { likePattern } from './like-pattern.ts'
import { limitOffset } from './limit-offset.ts'
import { compilerWith } from './marked-compiler.ts'
import { nullsLast } from './order-terms.ts'
import { plainEquals } from './plain-equals.ts'
import { lowerCaseTable } from './table-sql.ts'
import { earlyMonth, isoOf, type Truncation, truncateCustomWith, truncateWith } from './truncation.ts'

const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  text: (value) => sql`${value}`,
  integer: (value) => sql`cast(${String(value)} as bigint)`,
  decimal: (value) => {
    const scale = decimalScale(String(value))
    if (scale === undefined) return sql`cast(${String(value)} as double)`
    return sql`cast(${String(value)} as decimal(38, ${integerSql(scale)}))`
  },
  boolean: (value) => (value === true ? sql`true` : sql`false`),
  timestamp: (value) => sql`cast(${String(value)} as timestamp)`,
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as string)`,
  number: sql`cast(null as double)`,
  boolean: sql`cast(null as boolean)`,
  time: sql`cast(null as timestamp)`,
}

const CASTS: Readonly<Record<CastType, (value: Sql) => Sql>> = {
  text: (value) => sql`cast(${value} as string)`,
  double: (value) => sql`cast(${value} as double)`,
  bigint: (value) => sql`cast(${value} as bigint)`,
  boolean: (value) => sql`cast(${value} as boolean)`,
  timestamp: (value) => sql`cast(${value} as timestamp)`,
  decimal: (value) => sql`cast(${value} as decimal(38, 10))`,
}

const literal = (ms: number) => databricks.localLiteral(isoOf(ms))

const truncation: Truncation = {
  natural: {
    second: (local) => sql`date_trunc('SECOND', ${local})`,
    minute: (local) => sql`date_trunc('MINUTE', ${local})`,
    hour: (local) => sql`date_trunc('HOUR', ${local})`,
    day: (local) => sql`date_trunc('DAY', ${local})`,
    week: (local) => sql`date_trunc('WEEK', ${local})`,
    month: (local) => sql`date_trunc('MONTH', ${local})`,
    quarter: (local) => sql`date_trunc('QUARTER', ${local})`,
    year: (local) => sql`date_trunc('YEAR', ${local})`,
  },
  monthBucket: (local, months, first) => {
    const [run, origin] = [integerSql(months), literal(earlyMonth(months, first))]
    // Whole months only are counted, so both ends are the first of one.
    const distance = sql`timestampdiff(MONTH, ${origin}, date_trunc('MONTH', ${local}))`
    return sql`timestampadd(MONTH, cast(${distance} div ${run} * ${run} as int), ${origin})`
  },
  spanBucket: (local, ms, originMs) => {
    const [span, origin] = [integerSql(ms), numberSql(originMs)]
    const steps = sql`cast(floor((unix_millis(${local}) - ${origin}) / ${span}) as bigint)`
    return sql`timestamp_millis(${steps} * ${span} + ${origin})`
  },
  addMs: (local, ms) => sql`timestamp_millis(unix_millis(${local}) + ${numberSql(ms)})`,
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
  ...contagiousExtremes(CASTS.double),
  round: ([x, digits]) => sql`round(${x}, cast(${digits ?? integerSql(0)} as int))`,
  power: ([a, b]) => finite(sql`power(${CASTS.double(a!)}, ${CASTS.double(b!)})`),
}

/**
 * Databricks SQL, runtime 13 and later. Sessions must run in UTC: local clocks are kept as times of UTC. Parameters are named p1,
 * p2, … `least` and `greatest` take numbers only, and digits of `round` are a number and not a column.
 */
export const databricks: Dialect = {
  name: 'databricks',
  compiler: compilerWith({ open: '`', close: '`', parameter: (number) => `:p${number}` }),
  table: lowerCaseTable,
  parameter: ({ type, value }) => PARAMETERS[type](value),
  null: (type) => NULLS[type],
  double: (value) => sql`cast(${numberSql(value)} as double)`,
  boolean: (value) => (value ? sql`true` : sql`false`),
  localLiteral: (iso) => sql`timestamp ${plainLiteral(iso.replace('T', ' '))}`,
  valuesRows: valuesTable,
  flag: (condition) => condition,
  equals: plainEquals((parameter) => PARAMETERS[parameter.type](parameter.value)),
  like: (value, mode, text) => sql`cast(${value} as string) ilike ${likePattern(mode, text)} escape '!'`,
  sameOrBothNull: (a, b) => sql`${a} <=> ${b}`,
  comparedTime: (time) => time,
  instant: CASTS.timestamp,
  prefersOffsets: false,
  localTime: (time, timezone) =>
    isUtc(timezone)
      ? CASTS.timestamp(time)
      : sql`from_utc_timestamp(${CASTS.timestamp(time)}, ${plainLiteral(timezone)})`,
  truncate: (granularity, local, calendar) => truncateWith(truncation, granularity, local, calendar),
  truncateCustom: (local, buckets) => truncateCustomWith(truncation, local, buckets),
  addInterval: (local, { months, ms }) => {
    const later = months === 0 ? local : sql`timestampadd(MONTH, ${integerSql(months)}, ${local})`
    return ms === 0 ? later : truncation.addMs(later, ms)
  },
  aggregate: aggregateWith({
    name: 'databricks',
    hasFilterClause: true,
    avg: (value) => sql`avg(${CASTS.double(value)})`,
    countDistinctApprox: (value) => sql`approx_count_distinct(${value})`,
    percentile: (value, percentile) => sql`percentile(${value}, ${numberSql(percentile)})`,
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
  // A limit would put all rows on one machine; a condition that may change from row to row is not passed either.
  fence: sql` and rand() >= 0`,
  supports: { fullJoin: true, groupingSets: true, percentile: true },
}
