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
import { unionOfSelects } from './inline-rows.ts'
import { wholeUnit } from './interval-text.ts'
import { limitOffset } from './limit-offset.ts'
import { compilerWith } from './marked-compiler.ts'
import { nullsLast } from './order-terms.ts'
import { plainEquals } from './plain-equals.ts'
import { spelledTable } from './table-sql.ts'
import { earlyMonth, earlyOrigin, isoOf, type Truncation, truncateCustomWith, truncateWith } from './truncation.ts'

/** Every parameter travels as text and says its type here: a client would guess it from the JavaScript value. */
const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  text: (value) => sql`${String(value)}`,
  integer: (value) => sql`cast(${String(value)} as int64)`,
  decimal: (value) =>
    decimalScale(String(value)) === undefined
      ? sql`cast(${String(value)} as float64)`
      : sql`cast(${String(value)} as bignumeric)`,
  boolean: (value) => (value === true ? sql`true` : sql`false`),
  timestamp: (value) => sql`cast(${String(value)} as timestamp)`,
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as string)`,
  number: sql`cast(null as float64)`,
  boolean: sql`cast(null as bool)`,
  time: sql`cast(null as datetime)`,
}

const CASTS: Readonly<Record<CastType, (value: Sql) => Sql>> = {
  text: (value) => sql`cast(${value} as string)`,
  double: (value) => sql`cast(${value} as float64)`,
  bigint: (value) => sql`cast(${value} as int64)`,
  boolean: (value) => sql`cast(${value} as bool)`,
  timestamp: (value) => sql`cast(${value} as datetime)`,
  decimal: (value) => sql`cast(${value} as bignumeric)`,
}

const UNITS = {
  day: sql`day`,
  minute: sql`minute`,
  second: sql`second`,
  millisecond: sql`millisecond`,
} as const

const literal = (ms: number) => bigquery.localLiteral(isoOf(ms))

const truncation: Truncation = {
  natural: {
    second: (local) => sql`datetime_trunc(${local}, second)`,
    minute: (local) => sql`datetime_trunc(${local}, minute)`,
    hour: (local) => sql`datetime_trunc(${local}, hour)`,
    day: (local) => sql`datetime_trunc(${local}, day)`,
    week: (local) => sql`datetime_trunc(${local}, isoweek)`,
    month: (local) => sql`datetime_trunc(${local}, month)`,
    quarter: (local) => sql`datetime_trunc(${local}, quarter)`,
    year: (local) => sql`datetime_trunc(${local}, year)`,
  },
  monthBucket: (local, months, first) => {
    const [run, origin] = [integerSql(months), literal(earlyMonth(months, first))]
    const steps = sql`div(datetime_diff(${local}, ${origin}, month), ${run})`
    return sql`datetime_add(${origin}, interval ${steps} * ${run} month)`
  },
  spanBucket: (local, ms, originMs) => {
    const { unit, size } = wholeUnit(ms, originMs)
    const [span, origin] = [integerSql(ms / size), literal(earlyOrigin(originMs, ms))]
    const steps = sql`div(datetime_diff(${local}, ${origin}, ${UNITS[unit]}), ${span})`
    return sql`datetime_add(${origin}, interval ${steps} * ${span} ${UNITS[unit]})`
  },
  addMs: (local, ms) => sql`datetime_add(${local}, interval ${integerSql(ms)} millisecond)`,
}

const CALLS: Calls = {
  ...commonCalls({
    double: CASTS.double,
    least: (a, b) => sql`least(${a}, ${b})`,
    greatest: (a, b) => sql`greatest(${a}, ${b})`,
  }),
  exp: ([x]) => sql`safe.exp(${CASTS.double(x!)})`,
  least: (args) => sql`least(${sql.join(args)})`,
  greatest: (args) => sql`greatest(${sql.join(args)})`,
  ln: ([x]) => sql`safe.ln(${CASTS.double(x!)})`,
  mod: ([a, b]) => sql`mod(${CASTS.decimal(a!)}, nullif(${CASTS.decimal(b!)}, 0))`,
  power: ([a, b]) => sql`safe.pow(${CASTS.double(a!)}, ${CASTS.double(b!)})`,
  round: ([x, digits]) => sql`round(${x}, cast(${digits ?? integerSql(0)} as int64))`,
  sqrt: ([x]) => sql`safe.sqrt(${CASTS.double(x!)})`,
}

/** BigQuery. Time columns may be TIMESTAMP, DATETIME (read as UTC) or DATE. Parameters are texts without names, in order. */
export const bigquery: Dialect = {
  name: 'bigquery',
  compiler: compilerWith({
    open: '`',
    close: '`',
    escapeName: (name) => name.replaceAll(/[\\`]/g, '\\$&').replaceAll('\n', '\\n'),
    parameter: () => '?',
  }),
  table: spelledTable,
  parameter: ({ type, value }) => PARAMETERS[type](value),
  null: (type) => NULLS[type],
  double: (value) => sql`cast(${numberSql(value)} as float64)`,
  boolean: (value) => (value ? sql`true` : sql`false`),
  localLiteral: (iso) => sql`datetime ${plainLiteral(iso.replace('T', ' '))}`,
  valuesRows: unionOfSelects,
  flag: (condition) => condition,
  equals: plainEquals((parameter) => PARAMETERS[parameter.type](parameter.value)),
  like: (value, mode, text) => {
    const [held, sought] = [sql`lower(cast(${value} as string))`, sql`lower(${text})`]
    if (mode === 'contains') return sql`strpos(${held}, ${sought}) > 0`
    return mode === 'startsWith' ? sql`starts_with(${held}, ${sought})` : sql`ends_with(${held}, ${sought})`
  },
  sameOrBothNull: (a, b) => sql`${a} is not distinct from ${b}`,
  comparedTime: (time) => sql`cast(${time} as timestamp)`,
  instant: (time) => sql`datetime(cast(${time} as timestamp))`,
  prefersOffsets: false,
  localTime: (time, timezone) =>
    isUtc(timezone) ? bigquery.instant(time) : sql`datetime(cast(${time} as timestamp), ${plainLiteral(timezone)})`,
  truncate: (granularity, local, calendar) => truncateWith(truncation, granularity, local, calendar),
  truncateCustom: (local, buckets) => truncateCustomWith(truncation, local, buckets),
  addInterval: (local, { months, ms }) => {
    const later = months === 0 ? local : sql`datetime_add(${local}, interval ${integerSql(months)} month)`
    return ms === 0 ? later : truncation.addMs(later, ms)
  },
  aggregate: aggregateWith({
    name: 'bigquery',
    hasFilterClause: false,
    avg: (value) => sql`avg(${CASTS.double(value)})`,
    countDistinctApprox: (value) => sql`approx_count_distinct(${value})`,
    // `percentile_cont` is for windows only, and `approx_quantiles` is not exact.
    percentile: undefined,
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
  supports: { fullJoin: true, groupingSets: true, percentile: false },
}
