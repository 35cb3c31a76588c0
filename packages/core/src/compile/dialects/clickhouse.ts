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
import { unionOfSelects } from './inline-rows.ts'
import { limitOffset } from './limit-offset.ts'
import { compilerWith } from './marked-compiler.ts'
import { nullsLast } from './order-terms.ts'
import { plainEquals } from './plain-equals.ts'
import { spelledTable } from './table-sql.ts'
import { isoOf, type Truncation, truncateCustomWith, truncateWith } from './truncation.ts'

/** Every parameter travels as text, since its mark says its type and a mark cannot see its value. */
const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  text: (value) => sql`${String(value)}`,
  integer: (value) => sql`toInt64(${String(value)})`,
  decimal: (value) => {
    const scale = decimalScale(String(value))
    return scale === undefined
      ? sql`toFloat64(${String(value)})`
      : sql`toDecimal128(${String(value)}, ${integerSql(scale)})`
  },
  boolean: (value) => (value === true ? sql`true` : sql`false`),
  timestamp: (value) => sql`toDateTime64(${String(value).replace('T', ' ').replace('Z', '')}, 3, 'UTC')`,
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as Nullable(String))`,
  number: sql`cast(null as Nullable(Float64))`,
  boolean: sql`cast(null as Nullable(Bool))`,
  time: sql`cast(null as Nullable(DateTime64(3, 'UTC')))`,
}

const CASTS: Readonly<Record<CastType, (value: Sql) => Sql>> = {
  text: (value) => sql`toString(${value})`,
  double: (value) => sql`toFloat64(${value})`,
  bigint: (value) => sql`toInt64(${value})`,
  boolean: (value) => sql`toBool(${value})`,
  timestamp: (value) => sql`toDateTime64(${value}, 3, 'UTC')`,
  decimal: (value) => sql`toDecimal128(${value}, 10)`,
}

const literal = (ms: number) => clickhouse.localLiteral(isoOf(ms))

const truncation: Truncation = {
  natural: {
    second: (local) => sql`toDateTime64(dateTrunc('second', ${local}), 3, 'UTC')`,
    minute: (local) => sql`toDateTime64(dateTrunc('minute', ${local}), 3, 'UTC')`,
    hour: (local) => sql`toDateTime64(dateTrunc('hour', ${local}), 3, 'UTC')`,
    day: (local) => sql`toDateTime64(dateTrunc('day', ${local}), 3, 'UTC')`,
    week: (local) => sql`toDateTime64(dateTrunc('week', ${local}), 3, 'UTC')`,
    month: (local) => sql`toDateTime64(dateTrunc('month', ${local}), 3, 'UTC')`,
    quarter: (local) => sql`toDateTime64(dateTrunc('quarter', ${local}), 3, 'UTC')`,
    year: (local) => sql`toDateTime64(dateTrunc('year', ${local}), 3, 'UTC')`,
  },
  monthBucket: (local, months, first) => {
    const [run, start] = [integerSql(months), integerSql(first)]
    const index = sql`dateDiff('month', ${literal(0)}, ${local}, 'UTC') - ${start}`
    return sql`addMonths(${literal(0)}, toInt32(floor((${index}) / ${run}) * ${run} + ${start}))`
  },
  spanBucket: (local, ms, originMs) => {
    const [span, origin] = [integerSql(ms), literal(originMs)]
    const distance = sql`dateDiff('millisecond', ${origin}, ${local}, 'UTC')`
    return sql`addMilliseconds(${origin}, toInt64(floor(${distance} / ${span})) * ${span})`
  },
  addMs: (local, ms) => sql`addMilliseconds(${local}, ${integerSql(ms)})`,
}

const CALLS: Calls = {
  ...commonCalls({
    double: CASTS.double,
    least: (a, b) => sql`least(${a}, ${b})`,
    greatest: (a, b) => sql`greatest(${a}, ${b})`,
  }),
  ...contagiousExtremes(CASTS.double),
  mod: ([a, b]) => sql`(${a} % nullif(${b}, 0))`,
  // A number that is none does not equal itself here, and a lambda is the way to name a result.
  power: ([a, b]) => sql`arrayMap(p -> if(isFinite(p), p, null), [power(${CASTS.double(a!)}, ${CASTS.double(b!)})])[1]`,
  // Doubles round halves to even, decimals away from zero.
  round: ([x, digits]) => sql`round(toDecimal128(${x}, 12), toInt32(${digits ?? integerSql(0)}))`,
}

/**
 * ClickHouse 24 and later. Sessions must run with `session_timezone = 'UTC'`, `join_use_nulls = 1` and
 * `aggregate_functions_null_for_empty = 1`, without which joins and sums give zeros for nulls. Parameters are texts named p1, p2, …
 * Buckets of time reach back to 1970. `least` and `greatest` take numbers only.
 */
export const clickhouse: Dialect = {
  name: 'clickhouse',
  compiler: compilerWith({
    open: '`',
    close: '`',
    escapeName: (name) => name.replaceAll(/[\\`]/g, '\\$&'),
    parameter: (number) => `{p${number}:String}`,
  }),
  table: spelledTable,
  parameter: ({ type, value }) => PARAMETERS[type](value),
  null: (type) => NULLS[type],
  double: (value) => sql`toFloat64(${numberSql(value)})`,
  boolean: (value) => (value ? sql`true` : sql`false`),
  localLiteral: (iso) => sql`toDateTime64(${plainLiteral(iso.replace('T', ' '))}, 3, 'UTC')`,
  valuesRows: unionOfSelects,
  flag: (condition) => sql`toBool(${condition})`,
  equals: plainEquals((parameter) => PARAMETERS[parameter.type](parameter.value)),
  like: (value, mode, text) => {
    const [held, sought] = [sql`lowerUTF8(toString(${value}))`, sql`lowerUTF8(${text})`]
    if (mode === 'contains') return sql`position(${held}, ${sought}) > 0`
    return mode === 'startsWith' ? sql`startsWith(${held}, ${sought})` : sql`endsWith(${held}, ${sought})`
  },
  sameOrBothNull: (a, b) => sql`${a} <=> ${b}`,
  comparedTime: (time) => time,
  instant: CASTS.timestamp,
  prefersOffsets: false,
  // Local clocks are kept as times of UTC, so that no later function moves them.
  localTime: (time, timezone) => {
    const utc = CASTS.timestamp(time)
    if (isUtc(timezone)) return utc
    return sql`addSeconds(${utc}, timeZoneOffset(toTimeZone(toDateTime(${time}), ${plainLiteral(timezone)})))`
  },
  truncate: (granularity, local, calendar) => truncateWith(truncation, granularity, local, calendar),
  truncateCustom: (local, buckets) => truncateCustomWith(truncation, local, buckets),
  addInterval: (local, { months, ms }) => {
    const later = months === 0 ? local : sql`addMonths(${local}, ${integerSql(months)})`
    return ms === 0 ? later : truncation.addMs(later, ms)
  },
  aggregate: aggregateWith({
    name: 'clickhouse',
    hasFilterClause: true,
    countDistinctApprox: (value) => sql`uniq(${value})`,
    percentile: (value, percentile) => sql`quantileExactInclusive(${numberSql(percentile)})(${value})`,
  }),
  bin: binWith(CASTS.double),
  divide: (a, b) => sql`(${CASTS.double(a)} / nullif(${CASTS.double(b)}, 0))`,
  call: (name, args) => CALLS[name](args),
  text: CASTS.text,
  cast: (value, type) => CASTS[type](value),
  concat: (parts) => sql`concat(${sql.join(parts)})`,
  orderBy: nullsLast,
  ordersByPosition: true,
  groupBy: 'ordinal',
  page: limitOffset,
  fence: sql` limit 9223372036854775807`,
  supports: { fullJoin: true, groupingSets: true, percentile: true },
}
