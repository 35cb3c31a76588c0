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
import { valuesTable } from './inline-rows.ts'
import { likePattern } from './like-pattern.ts'
import { compilerWith } from './marked-compiler.ts'
import { nullsLast } from './order-terms.ts'
import { plainEquals } from './plain-equals.ts'
import { lowerCaseTable } from './table-sql.ts'
import { earlyMonth, earlyOrigin, isoOf, type Truncation, truncateCustomWith, truncateWith } from './truncation.ts'

const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  text: (value) => sql`${value}`,
  integer: (value) => sql`cast(${String(value)} as bigint)`,
  decimal: (value) => {
    const scale = decimalScale(String(value))
    if (scale === undefined) return sql`cast(${String(value)} as double)`
    return sql`cast(${String(value)} as decimal(38, ${integerSql(scale)}))`
  },
  boolean: (value) => (value === true ? sql`true` : sql`false`),
  timestamp: (value) => sql`cast(${String(value).replace('T', ' ').replace('Z', '')} as timestamp(3))`,
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as varchar)`,
  number: sql`cast(null as double)`,
  boolean: sql`cast(null as boolean)`,
  time: sql`cast(null as timestamp(3))`,
}

const CASTS: Readonly<Record<CastType, (value: Sql) => Sql>> = {
  text: (value) => sql`cast(${value} as varchar)`,
  double: (value) => sql`cast(${value} as double)`,
  bigint: (value) => sql`cast(${value} as bigint)`,
  boolean: (value) => sql`cast(${value} as boolean)`,
  timestamp: (value) => sql`cast(${value} as timestamp(3))`,
  decimal: (value) => sql`cast(${value} as decimal(38, 10))`,
}

const literal = (ms: number) => trino.localLiteral(isoOf(ms))

const truncation: Truncation = {
  natural: DATE_TRUNC,
  monthBucket: (local, months, first) => {
    const [run, origin] = [integerSql(months), literal(earlyMonth(months, first))]
    // Whole months only are counted, so both ends are the first of one.
    const distance = sql`date_diff('month', ${origin}, date_trunc('month', ${local}))`
    return sql`date_add('month', ${distance} / ${run} * ${run}, ${origin})`
  },
  spanBucket: (local, ms, originMs) => {
    const [span, origin] = [integerSql(ms), literal(earlyOrigin(originMs, ms))]
    return sql`date_add('millisecond', date_diff('millisecond', ${origin}, ${local}) / ${span} * ${span}, ${origin})`
  },
  addMs: (local, ms) => sql`date_add('millisecond', ${integerSql(ms)}, ${local})`,
}

/** Linear interpolation in a sorted array, which a lambda names. Trino's own percentiles are approximate. */
function percentileOf(value: Sql, percentile: number): Sql {
  const place = sql`${numberSql(percentile)} * (cardinality(a) - 1)`
  const low = sql`element_at(a, cast(floor(${place}) as integer) + 1)`
  const high = sql`element_at(a, cast(ceil(${place}) as integer) + 1)`
  const between = sql`${low} + (${place} - floor(${place})) * (${high} - ${low})`
  const sorted = sql`array_sort(array_agg(cast(${value} as double)))`
  // Nulls are sorted last; of an empty array, and of no array, it is null.
  const known = sql`filter(${sorted}, v -> v is not null)`
  return sql`element_at(transform(array[${known}], a -> if(cardinality(a) > 0, ${between})), 1)`
}

const CALLS: Calls = {
  ...commonCalls({
    double: CASTS.double,
    least: (a, b) => sql`least(${a}, ${b})`,
    greatest: (a, b) => sql`greatest(${a}, ${b})`,
  }),
  least: (args) => sql`least(${sql.join(args)})`,
  greatest: (args) => sql`greatest(${sql.join(args)})`,
  power: ([a, b]) =>
    sql`element_at(transform(array[power(${CASTS.double(a!)}, ${CASTS.double(b!)})], p -> if(is_finite(p), p)), 1)`,
  round: ([x, digits]) => sql`round(${x}, cast(${digits ?? integerSql(0)} as integer))`,
}

/** Trino 400 and later, Starburst, Athena 3. Sessions must run in UTC. Parameters have no names and come in order. */
export const trino: Dialect = {
  name: 'trino',
  compiler: compilerWith({ open: '"', close: '"', parameter: () => '?' }),
  table: lowerCaseTable,
  parameter: ({ type, value }) => PARAMETERS[type](value),
  null: (type) => NULLS[type],
  double: (value) => sql`cast(${numberSql(value)} as double)`,
  boolean: (value) => (value ? sql`true` : sql`false`),
  localLiteral: (iso) => sql`timestamp ${plainLiteral(iso.replace('T', ' '))}`,
  valuesRows: valuesTable,
  flag: (condition) => condition,
  equals: plainEquals((parameter) => PARAMETERS[parameter.type](parameter.value)),
  like: (value, mode, text) => sql`lower(cast(${value} as varchar)) like lower(${likePattern(mode, text)}) escape '!'`,
  sameOrBothNull: (a, b) => sql`${a} is not distinct from ${b}`,
  comparedTime: (time) => time,
  instant: (time) => sql`cast(at_timezone(cast(${time} as timestamp(3) with time zone), 'UTC') as timestamp(3))`,
  prefersOffsets: false,
  localTime: (time, timezone) => {
    const zone = plainLiteral(isUtc(timezone) ? 'UTC' : timezone)
    return sql`cast(at_timezone(cast(${time} as timestamp(3) with time zone), ${zone}) as timestamp(3))`
  },
  truncate: (granularity, local, calendar) => truncateWith(truncation, granularity, local, calendar),
  truncateCustom: (local, buckets) => truncateCustomWith(truncation, local, buckets),
  addInterval: (local, { months, ms }) => {
    const later = months === 0 ? local : sql`date_add('month', ${integerSql(months)}, ${local})`
    return ms === 0 ? later : truncation.addMs(later, ms)
  },
  aggregate: aggregateWith({
    name: 'trino',
    // After the function that wraps an array of the group there would be no place for it.
    hasFilterClause: false,
    avg: (value) => sql`avg(${CASTS.double(value)})`,
    countDistinctApprox: (value) => sql`approx_distinct(${value})`,
    percentile: percentileOf,
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
  page: (limit, offset) =>
    offset === 0 ? sql`limit ${integerSql(limit)}` : sql`offset ${integerSql(offset)} limit ${integerSql(limit)}`,
  fence: sql` limit 9223372036854775807`,
  supports: { fullJoin: true, groupingSets: true, percentile: true },
}
