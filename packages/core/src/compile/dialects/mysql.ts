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
import { likePattern } from './like-pattern.ts'
import { limitOffset } from './limit-offset.ts'
import { compilerWith } from './marked-compiler.ts'
import { plainEquals } from './plain-equals.ts'
import { spelledTable } from './table-sql.ts'
import { earlyOrigin, isoOf, type Truncation, truncateCustomWith, truncateWith, WEEK_MS } from './truncation.ts'
import { type ZoneWords, zoneCase } from './zone-cases.ts'

const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  text: (value) => sql`${value}`,
  // As text: drivers send JavaScript numbers as doubles, and compared with one, a bigint loses digits.
  integer: (value) => sql`cast(${String(value)} as signed)`,
  decimal: (value) =>
    decimalScale(String(value)) === undefined
      ? sql`cast(${String(value)} as double)`
      : sql`cast(${String(value)} as decimal(65, 30))`,
  boolean: (value) => (value === true ? sql`true` : sql`false`),
  timestamp: (value) => sql`cast(${String(value).replace('T', ' ').replace('Z', '')} as datetime(6))`,
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as char)`,
  number: sql`cast(null as double)`,
  boolean: sql`cast(null as signed)`,
  time: sql`cast(null as datetime(6))`,
}

const CASTS: Readonly<Record<CastType, (value: Sql) => Sql>> = {
  text: (value) => sql`cast(${value} as char)`,
  double: (value) => sql`cast(${value} as double)`,
  bigint: (value) => sql`cast(${value} as signed)`,
  boolean: (value) => sql`(${value} <> 0)`,
  timestamp: (value) => sql`cast(${value} as datetime(6))`,
  decimal: (value) => sql`cast(${value} as decimal(65, 20))`,
}

/** A text in the one charset in which all texts compare, letter for letter. */
const bytes = (value: Sql) => sql`cast(convert(${value} using utf8mb4) as binary)`

const plain = plainEquals((parameter) => PARAMETERS[parameter.type](parameter.value))

/** Most collations take `a` for `A`, and a row rule must not: an index finds the candidates, bytes decide. */
const equals: Dialect['equals'] = (argument, values, isNegated) => {
  if (values.some(({ type }) => type !== 'text')) return plain(argument, values, isNegated)
  const exact = sql.join(values.map(({ value }) => sql`cast(${value} as binary)`))
  const same = sql`${plain(argument, values, false)} and ${bytes(argument)} in (${exact})`
  return isNegated ? sql`(not (${same}) or ${argument} is null)` : sql`(${same})`
}

const WORDS: ZoneWords = {
  instant: (ms) => `timestamp'${isoOf(ms).slice(0, 19).replace('T', ' ')}'`,
  offset: String,
}

const literal = (ms: number) => mysql.localLiteral(isoOf(ms))
const formatted = (local: Sql, format: Sql) => sql`cast(date_format(${local}, ${format}) as datetime)`

const truncation: Truncation = {
  natural: {
    second: (local) => formatted(local, sql`'%Y-%m-%d %H:%i:%s'`),
    minute: (local) => formatted(local, sql`'%Y-%m-%d %H:%i:00'`),
    hour: (local) => formatted(local, sql`'%Y-%m-%d %H:00:00'`),
    day: (local) => sql`cast(date(${local}) as datetime)`,
    week: (local) => truncation.spanBucket(local, WEEK_MS, Date.UTC(2000, 0, 3)),
    month: (local) => formatted(local, sql`'%Y-%m-01'`),
    quarter: (local) => truncation.monthBucket(local, 3, 0),
    year: (local) => formatted(local, sql`'%Y-01-01'`),
  },
  monthBucket: (local, months, first) => {
    const [run, start] = [integerSql(months), integerSql(first)]
    const index = sql`period_diff(date_format(${local}, '%Y%m'), 197001) - ${start}`
    return sql`date_add(${literal(0)}, interval floor((${index}) / ${run}) * ${run} + ${start} month)`
  },
  spanBucket: (local, ms, originMs) => {
    const origin = earlyOrigin(originMs, ms)
    // Whole microseconds from an early origin, so that \`div\`, which cuts, and not \`/\`, which rounds, finds the bucket.
    const span = integerSql(ms * 1_000)
    const distance = sql`timestampdiff(microsecond, ${literal(origin)}, ${local})`
    return sql`date_add(${literal(origin)}, interval ${distance} div ${span} * ${span} microsecond)`
  },
  addMs: (local, ms) => sql`date_add(${local}, interval ${integerSql(ms * 1_000)} microsecond)`,
}

const CALLS: Calls = {
  ...commonCalls({
    double: CASTS.double,
    least: (a, b) => sql`least(${a}, ${b})`,
    greatest: (a, b) => sql`greatest(${a}, ${b})`,
  }),
  least: (args) => sql`least(${sql.join(args)})`,
  greatest: (args) => sql`greatest(${sql.join(args)})`,
  // A result out of range is a fault, and a table of one row is the only way to name the arguments.
  power: ([a, b]) => {
    const isDefined = sql`(x > 0 or (x = 0 and y >= 0) or (x < 0 and y = floor(y)))`
    const size = sql`y * ln(abs(nullif(x, 0)))`
    const result = sql`case when ${size} < -690 then 0 when ${isDefined} and coalesce(${size}, 0) < 690 then power(x, y) end`
    const columns = sql`columns (x double path '$[0]', y double path '$[1]')`
    return sql`(select ${result} from json_table(json_array(json_array(${CASTS.double(a!)}, ${CASTS.double(b!)})), '$[*]' ${columns}) as u)`
  },
  // Doubles round halves to even on most systems, decimals away from zero.
  round: ([x, digits]) =>
    sql`round(${CASTS.decimal(x!)}, ${digits === undefined ? integerSql(0) : CASTS.bigint(digits)})`,
}

/**
 * MySQL 8.0.17 and later, MariaDB 10.6 and later. Sessions must run in \`time_zone = '+00:00'\`, with the charset utf8mb4 and without
 * \`ANSI_QUOTES\` and \`PIPES_AS_CONCAT\`. Zones need no tables of the server. Groups and distinct counts follow the collation
 * of their column; conditions tell letters apart whatever the collation.
 */
export const mysql: Dialect = {
  name: 'mysql',
  compiler: compilerWith({ open: '`', close: '`', parameter: () => '?' }),
  table: spelledTable,
  parameter: ({ type, value }) => PARAMETERS[type](value),
  null: (type) => NULLS[type],
  double: (value) => sql`cast(${numberSql(value)} as double)`,
  boolean: (value) => (value ? sql`true` : sql`false`),
  localLiteral: (iso) => sql`timestamp${plainLiteral(iso.replace('T', ' '))}`,
  valuesRows: unionOfSelects,
  flag: (condition) => condition,
  equals,
  like: (value, mode, text) => {
    const letters = sql`lower(convert(${value} using utf8mb4)) collate utf8mb4_bin`
    return sql`${letters} like lower(convert(${likePattern(mode, text)} using utf8mb4)) collate utf8mb4_bin escape '!'`
  },
  sameOrBothNull: (a, b) => sql`${a} <=> ${b}`,
  comparedTime: (time) => time,
  instant: (time) => sql`cast(${time} as datetime(6))`,
  prefersOffsets: true,
  localTime: (time, timezone, offsets) => {
    const utc = mysql.instant(time)
    if (isUtc(timezone)) return utc
    return sql`date_add(${utc}, interval ${zoneCase(utc, timezone, offsets, WORDS, mysql)} second)`
  },
  truncate: (granularity, local, calendar) => truncateWith(truncation, granularity, local, calendar),
  truncateCustom: (local, buckets) => truncateCustomWith(truncation, local, buckets),
  addInterval: (local, { months, ms }) => {
    const later = months === 0 ? local : sql`date_add(${local}, interval ${integerSql(months)} month)`
    return ms === 0 ? later : truncation.addMs(later, ms)
  },
  aggregate: aggregateWith({
    name: 'mysql',
    hasFilterClause: false,
    // Of whole numbers and decimals it would have four more digits and no others.
    avg: (value) => sql`avg(${CASTS.double(value)})`,
    percentile: undefined,
  }),
  bin: binWith(CASTS.double),
  divide: (a, b) => sql`(${CASTS.double(a)} / nullif(${CASTS.double(b)}, 0))`,
  call: (name, args) => CALLS[name](args),
  text: CASTS.text,
  cast: (value, type) => CASTS[type](value),
  concat: (parts) => sql`concat(${sql.join(parts)})`,
  // Nulls are the lowest: last of a falling order.
  orderBy: (term, direction) => (direction === 'desc' ? sql`${term} desc` : sql`${term} is null, ${term} asc`),
  ordersByPosition: false,
  groupBy: 'ordinal',
  page: limitOffset,
  fence: sql` limit 18446744073709551615`,
  supports: { fullJoin: false, groupingSets: false, percentile: false },
}
