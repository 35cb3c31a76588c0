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
import { wholeUnit } from './interval-text.ts'
import { likePattern } from './like-pattern.ts'
import { compilerWith } from './marked-compiler.ts'
import { plainEquals } from './plain-equals.ts'
import { spelledTable } from './table-sql.ts'
import { isoOf, type Truncation, truncateCustomWith, truncateWith, WEEK_MS } from './truncation.ts'
import { type ZoneWords, zoneCase } from './zone-cases.ts'

const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  text: (value) => sql`${value}`,
  integer: (value) => sql`cast(${String(value)} as bigint)`,
  decimal: (value) => {
    const scale = decimalScale(String(value))
    if (scale === undefined) return sql`cast(${String(value)} as float)`
    return sql`cast(${String(value)} as decimal(38, ${integerSql(scale)}))`
  },
  boolean: (value) => sqlserver.boolean(value === true),
  timestamp: (value) => sql`cast(${String(value).replace('Z', '')} as datetime2(3))`,
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as nvarchar(max))`,
  number: sql`cast(null as float)`,
  boolean: sql`cast(null as bit)`,
  time: sql`cast(null as datetime2(3))`,
}

const CASTS: Readonly<Record<CastType, (value: Sql) => Sql>> = {
  text: (value) => sql`cast(${value} as nvarchar(max))`,
  double: (value) => sql`cast(${value} as float)`,
  bigint: (value) => sql`cast(${value} as bigint)`,
  boolean: (value) => sql`cast(${value} as bit)`,
  timestamp: (value) => sql`cast(${value} as datetime2(3))`,
  decimal: (value) => sql`cast(${value} as decimal(38, 10))`,
}

const UNITS = {
  day: sql`day`,
  minute: sql`minute`,
  second: sql`second`,
  millisecond: sql`millisecond`,
} as const

const bytes = (value: Sql) => sql`cast(cast(${value} as nvarchar(max)) as varbinary(max))`

const plain = plainEquals((parameter) => PARAMETERS[parameter.type](parameter.value))

/** Most collations take `a` for `A`, and a row rule must not: an index finds the candidates, bytes decide. */
const equals: Dialect['equals'] = (argument, values, isNegated) => {
  if (values.some(({ type }) => type !== 'text')) return plain(argument, values, isNegated)
  const exact = sql.join(values.map(({ value }) => bytes(sql`${value}`)))
  const same = sql`${plain(argument, values, false)} and ${bytes(argument)} in (${exact})`
  return isNegated ? sql`(not (${same}) or ${argument} is null)` : sql`(${same})`
}

const WORDS: ZoneWords = {
  instant: (ms) => `'${isoOf(ms).slice(0, 19)}'`,
  offset: String,
}

const literal = (ms: number) => sqlserver.localLiteral(isoOf(ms))
/** The first letters of ISO 8601 text, completed to a time. */
const cut = (local: Sql, letters: number, rest: string) =>
  sql`cast(convert(char(${integerSql(letters)}), ${local}, 126) + ${plainLiteral(rest)} as datetime2(3))`

const truncation: Truncation = {
  natural: {
    second: (local) => sql`cast(convert(char(19), ${local}, 126) as datetime2(3))`,
    minute: (local) => cut(local, 16, ':00'),
    hour: (local) => cut(local, 13, ':00:00'),
    day: (local) => sql`cast(cast(${local} as date) as datetime2(3))`,
    week: (local) => truncation.spanBucket(local, WEEK_MS, Date.UTC(2000, 0, 3)),
    month: (local) => cut(local, 7, '-01'),
    quarter: (local) => truncation.monthBucket(local, 3, 0),
    year: (local) => cut(local, 4, '-01-01'),
  },
  monthBucket: (local, months, first) => {
    const [run, start] = [integerSql(months), integerSql(first)]
    const index = sql`datediff(month, ${literal(0)}, ${local}) - ${start}`
    const month = sql`floor((${index}) / ${CASTS.double(run)}) * ${run} + ${start}`
    return sql`dateadd(month, cast(${month} as int), ${literal(0)})`
  },
  // `dateadd` counts to 2^31 only: seconds reach 68 years from the origin, minutes four thousand.
  spanBucket: (local, ms, originMs) => {
    const { unit, size } = wholeUnit(ms, originMs)
    const [span, origin] = [integerSql(ms / size), literal(originMs)]
    const steps = sql`floor(datediff_big(${UNITS[unit]}, ${origin}, ${local}) / ${CASTS.double(span)})`
    return sql`dateadd(${UNITS[unit]}, cast(${steps} * ${span} as int), ${origin})`
  },
  addMs: (local, ms) => {
    const { unit, size } = wholeUnit(ms)
    if (unit !== 'millisecond') return sql`dateadd(${UNITS[unit]}, ${integerSql(ms / size)}, ${local})`
    const rest = ms % 1_000
    return sql`dateadd(millisecond, ${integerSql(rest)}, dateadd(second, ${integerSql((ms - rest) / 1_000)}, ${local}))`
  },
}

const CALLS: Calls = {
  ...commonCalls({
    double: CASTS.double,
    least: (a, b) => sql`least(${a}, ${b})`,
    greatest: (a, b) => sql`greatest(${a}, ${b})`,
  }),
  ceil: ([x]) => sql`ceiling(${x})`,
  ...contagiousExtremes(CASTS.double),
  ln: ([x]) => sql`log(nullif(greatest(${CASTS.double(x!)}, ${CASTS.double(sql`0`)}), 0))`,
  mod: ([a, b]) => sql`(${CASTS.decimal(a!)} % nullif(${CASTS.decimal(b!)}, 0))`,
  power: ([a, b]) => {
    const isDefined = sql`(x > 0 or (x = 0 and y >= 0) or (x < 0 and y = floor(y)))`
    const size = sql`y * log(abs(nullif(x, 0)))`
    const result = sql`case when ${size} < -690 then 0 when ${isDefined} and coalesce(${size}, 0) < 690 then power(x, y) end`
    return sql`(select ${result} from (values (${CASTS.double(a!)}, ${CASTS.double(b!)})) as u(x, y))`
  },
  round: ([x, digits]) => sql`round(${x}, cast(${digits ?? integerSql(0)} as int))`,
}

/**
 * SQL Server 2022 and later, Azure SQL. Sessions must run with `QUOTED_IDENTIFIER` on. Zones have other names here, so their clocks
 * come from our own tz data. `least` and `greatest` take numbers only. Groups and distinct counts follow the collation of their
 * column; conditions tell letters apart whatever the collation.
 */
export const sqlserver: Dialect = {
  name: 'sqlserver',
  compiler: compilerWith({ open: '[', close: ']', parameter: (number) => `@p${number}`, sharesParameters: true }),
  table: spelledTable,
  parameter: ({ type, value }) => PARAMETERS[type](value),
  null: (type) => NULLS[type],
  double: (value) => sql`cast(${numberSql(value)} as float)`,
  boolean: (value) => (value ? sql`cast(1 as bit)` : sql`cast(0 as bit)`),
  localLiteral: (iso) => sql`cast(${plainLiteral(iso)} as datetime2(3))`,
  valuesRows: valuesTable,
  flag: (condition) => sql`cast(case when ${condition} then 1 when not (${condition}) then 0 end as bit)`,
  equals,
  like: (value, mode, text) => {
    const letters = sql`lower(cast(${value} as nvarchar(max))) collate Latin1_General_100_BIN2`
    // A bracket starts a set of letters here.
    const pattern = likePattern(mode, text, /[!%_[]/g)
    return sql`${letters} like lower(cast(${pattern} as nvarchar(max))) collate Latin1_General_100_BIN2 escape '!'`
  },
  sameOrBothNull: (a, b) => sql`${a} is not distinct from ${b}`,
  comparedTime: (time) => time,
  instant: (time) => sql`cast(switchoffset(cast(${time} as datetimeoffset(3)), '+00:00') as datetime2(3))`,
  prefersOffsets: true,
  localTime: (time, timezone, offsets) => {
    const utc = sqlserver.instant(time)
    if (isUtc(timezone)) return utc
    return sql`dateadd(second, ${zoneCase(utc, timezone, offsets, WORDS, sqlserver)}, ${utc})`
  },
  truncate: (granularity, local, calendar) => truncateWith(truncation, granularity, local, calendar),
  truncateCustom: (local, buckets) => truncateCustomWith(truncation, local, buckets),
  addInterval: (local, { months, ms }) => {
    const later = months === 0 ? local : sql`dateadd(month, ${integerSql(months)}, ${local})`
    return ms === 0 ? later : truncation.addMs(later, ms)
  },
  aggregate: aggregateWith({
    name: 'sqlserver',
    hasFilterClause: false,
    count: sql`count_big`,
    // A sum of `int` would be an `int`, which ends at 2^31; a bigint of zero widens it and leaves decimals as they are.
    sum: (value) => sql`sum(cast(0 as bigint) + (${value}))`,
    avg: (value) => sql`avg(${CASTS.double(value)})`,
    countDistinctApprox: (value) => sql`approx_count_distinct(${value})`,
    // `percentile_cont` is for windows only.
    percentile: undefined,
  }),
  bin: binWith(CASTS.double),
  divide: (a, b) => sql`(${CASTS.double(a)} / nullif(${CASTS.double(b)}, 0))`,
  call: (name, args) => CALLS[name](args),
  text: CASTS.text,
  cast: (value, type) => CASTS[type](value),
  concat: (parts) => sql.join(parts, sql` + `),
  // Nulls are the lowest: last of a falling order.
  orderBy: (term, direction) =>
    direction === 'desc' ? sql`${term} desc` : sql`case when ${term} is null then 1 else 0 end, ${term} asc`,
  ordersByPosition: false,
  groupBy: 'expression',
  page: (limit, offset, isOrdered) => {
    const order = isOrdered ? sql`` : sql`order by (select null) `
    return sql`${order}offset ${integerSql(offset)} rows fetch next ${integerSql(limit)} rows only`
  },
  fence: sql` order by (select null) offset 0 rows`,
  supports: { fullJoin: true, groupingSets: true, percentile: false },
}
