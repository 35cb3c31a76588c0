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
import { contagiousExtremes } from './extremes.ts'
import { unionOfSelects } from './inline-rows.ts'
import { wholeUnit } from './interval-text.ts'
import { likePattern } from './like-pattern.ts'
import { limitOffset } from './limit-offset.ts'
import { compilerWith } from './marked-compiler.ts'
import { nullsLast } from './order-terms.ts'
import { plainEquals } from './plain-equals.ts'
import { lowerCaseTable } from './table-sql.ts'
import { isoOf, type Truncation, truncateCustomWith, truncateWith } from './truncation.ts'

const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  text: (value) => sql`${value}`,
  integer: (value) => sql`cast(${value} as bigint)`,
  decimal: (value) => {
    const scale = decimalScale(String(value))
    if (scale === undefined) return sql`cast(${String(value)} as double precision)`
    return sql`cast(${String(value)} as decimal(38, ${integerSql(scale)}))`
  },
  boolean: (value) => sql`cast(${value} as boolean)`,
  timestamp: (value) => sql`cast(${String(value).replace('T', ' ').replace('Z', '')} as timestamp)`,
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as varchar(max))`,
  number: sql`cast(null as double precision)`,
  boolean: sql`cast(null as boolean)`,
  time: sql`cast(null as timestamp)`,
}

const CASTS: Readonly<Record<CastType, (value: Sql) => Sql>> = {
  text: (value) => sql`cast(${value} as varchar(max))`,
  double: (value) => sql`cast(${value} as double precision)`,
  bigint: (value) => sql`cast(${value} as bigint)`,
  boolean: (value) => sql`cast(${value} as boolean)`,
  timestamp: (value) => sql`cast(${value} as timestamp)`,
  decimal: (value) => sql`cast(${value} as decimal(38, 10))`,
}

const UNITS = {
  day: sql`day`,
  minute: sql`minute`,
  second: sql`second`,
  millisecond: sql`millisecond`,
} as const

const literal = (ms: number) => redshift.localLiteral(isoOf(ms))

const truncation: Truncation = {
  natural: DATE_TRUNC,
  monthBucket: (local, months, first) => {
    const [run, start] = [integerSql(months), integerSql(first)]
    const index = sql`datediff(month, ${literal(0)}, ${local}) - ${start}`
    const month = sql`floor((${index}) / cast(${run} as double precision)) * ${run} + ${start}`
    return sql`dateadd(month, cast(${month} as integer), ${literal(0)})`
  },
  spanBucket: (local, ms, originMs) => {
    const { unit, size } = wholeUnit(ms, originMs)
    const [span, origin] = [integerSql(ms / size), literal(originMs)]
    const distance = sql`datediff(${UNITS[unit]}, ${origin}, ${local})`
    const steps = sql`cast(floor(${distance} / cast(${span} as double precision)) as bigint)`
    return sql`dateadd(${UNITS[unit]}, ${steps} * ${span}, ${origin})`
  },
  addMs: (local, ms) => {
    const { unit, size } = wholeUnit(ms)
    return sql`dateadd(${UNITS[unit]}, ${integerSql(ms / size)}, ${local})`
  },
}

const CALLS: Calls = {
  ...commonCalls({
    double: CASTS.double,
    least: (a, b) => sql`least(${a}, ${b})`,
    greatest: (a, b) => sql`greatest(${a}, ${b})`,
  }),
  ...contagiousExtremes(CASTS.double),
  mod: ([a, b]) => sql`mod(${CASTS.decimal(a!)}, nullif(${CASTS.decimal(b!)}, 0))`,
  power: ([a, b]) => sql`power(${CASTS.double(a!)}, ${CASTS.double(b!)})`,
  round: ([x, digits]) => sql`round(${CASTS.decimal(x!)}, cast(${digits ?? integerSql(0)} as integer))`,
}

/**
 * Amazon Redshift. Sessions must run with `timezone = 'UTC'`. `least` and `greatest` take numbers only; `power` is a fault, and
 * not null, where it has no answer.
 */
export const redshift: Dialect = {
  name: 'redshift',
  compiler: compilerWith({ open: '"', close: '"', parameter: (number) => `$${number}` }),
  table: lowerCaseTable,
  parameter: ({ type, value }) => PARAMETERS[type](value),
  null: (type) => NULLS[type],
  double: (value) => sql`cast(${numberSql(value)} as double precision)`,
  boolean: (value) => (value ? sql`true` : sql`false`),
  localLiteral: (iso) => sql`timestamp ${plainLiteral(iso.replace('T', ' '))}`,
  valuesRows: unionOfSelects,
  flag: (condition) => condition,
  equals: plainEquals((parameter) => PARAMETERS[parameter.type](parameter.value)),
  like: (value, mode, text) => sql`${CASTS.text(value)} ilike ${likePattern(mode, text)} escape '!'`,
  sameOrBothNull: (a, b) => sql`(${a} = ${b} or (${a} is null and ${b} is null))`,
  comparedTime: (time) => time,
  instant: (time) => sql`cast(${time} as timestamp)`,
  prefersOffsets: false,
  localTime: (time, timezone) => {
    const utc = redshift.instant(time)
    return isUtc(timezone) ? utc : sql`convert_timezone('UTC', ${plainLiteral(timezone)}, ${utc})`
  },
  truncate: (granularity, local, calendar) => truncateWith(truncation, granularity, local, calendar),
  truncateCustom: (local, buckets) => truncateCustomWith(truncation, local, buckets),
  addInterval: (local, { months, ms }) => {
    const later = months === 0 ? local : sql`dateadd(month, ${integerSql(months)}, ${local})`
    return ms === 0 ? later : truncation.addMs(later, ms)
  },
  aggregate: aggregateWith({
    name: 'redshift',
    hasFilterClause: false,
    // Of whole numbers it would be a whole number.
    avg: (value) => sql`avg(${CASTS.double(value)})`,
    countDistinctApprox: (value) => sql`approximate count(distinct ${value})`,
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
  fence: sql` offset 0`,
  supports: { fullJoin: true, groupingSets: true, percentile: true },
}
