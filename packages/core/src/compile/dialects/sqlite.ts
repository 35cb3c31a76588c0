import { sql } from 'kysely'
import type { Parameter } from '../../query/filter-test.ts'
import { isUtc } from '../../query/time-zone.ts'
import type { NullType } from '../plan.ts'
import { integerSql, numberSql, plainLiteral } from '../raw-sql.ts'
import { aggregateWith } from './aggregates.ts'
import { binWith } from './bin-with.ts'
import { type Calls, commonCalls } from './common-calls.ts'
import type { CastType, Dialect, Sql } from './dialect.ts'
import { wholeNumber } from './interval-text.ts'
import { likePattern } from './like-pattern.ts'
import { limitOffset } from './limit-offset.ts'
import { compilerWith } from './marked-compiler.ts'
import { nullsLast } from './order-terms.ts'
import { plainEquals } from './plain-equals.ts'
import { lowerCaseTable } from './table-sql.ts'
import { type Truncation, truncateCustomWith, truncateWith } from './truncation.ts'
import { type ZoneWords, zoneCase } from './zone-cases.ts'

const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  text: (value) => sql`${value}`,
  integer: (value) => sql`cast(${String(value)} as integer)`,
  decimal: (value) =>
    isLongInteger(String(value)) ? sql`cast(${String(value)} as integer)` : sql`cast(${String(value)} as real)`,
  boolean: (value) => (value === true ? sql`1` : sql`0`),
  timestamp: (value) => sql`${String(value).replace('Z', '')}`,
}

/** Whether a text is an integer of 64 bits: SQLite compares those with doubles by their exact values, and rounds longer ones to its last. */
function isLongInteger(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as text)`,
  number: sql`cast(null as real)`,
  boolean: sql`cast(null as integer)`,
  time: sql`cast(null as text)`,
}

/** Times are texts; in this form they sort and compare as times do. A time with an offset becomes UTC. */
const isoText = (time: Sql) => sql`strftime('%Y-%m-%dT%H:%M:%f', ${time})`

const CASTS: Readonly<Record<CastType, (value: Sql) => Sql>> = {
  text: (value) => sql`cast(${value} as text)`,
  double: (value) => sql`cast(${value} as real)`,
  bigint: (value) => sql`cast(${value} as integer)`,
  boolean: (value) => sql`(${value} <> 0)`,
  timestamp: isoText,
  decimal: (value) => sql`cast(${value} as real)`,
}

const WORDS: ZoneWords = {
  instant: (ms) => String(ms / 1_000),
  offset: (seconds) => `'${seconds} seconds'`,
}

const truncation: Truncation = {
  natural: {
    second: (local) => sql`strftime('%Y-%m-%dT%H:%M:%S.000', ${local})`,
    minute: (local) => sql`strftime('%Y-%m-%dT%H:%M:00.000', ${local})`,
    hour: (local) => sql`strftime('%Y-%m-%dT%H:00:00.000', ${local})`,
    day: (local) => sql`strftime('%Y-%m-%dT00:00:00.000', ${local})`,
    week: (local) => sql`strftime('%Y-%m-%dT00:00:00.000', ${local}, '-6 days', 'weekday 1')`,
    month: (local) => sql`strftime('%Y-%m-01T00:00:00.000', ${local})`,
    quarter: (local) => truncation.monthBucket(local, 3, 0),
    year: (local) => sql`strftime('%Y-01-01T00:00:00.000', ${local})`,
  },
  monthBucket: (local, months, first) => {
    const [run, start] = [integerSql(months), integerSql(first)]
    const index = sql`(strftime('%Y', ${local}) - 1970) * 12 + strftime('%m', ${local}) - 1 - ${start}`
    const month = sql`cast(floor((${index}) / cast(${run} as real)) as integer) * ${run} + ${start}`
    return sql`strftime('%Y-%m-%dT00:00:00.000', '1970-01-01', (${month}) || ' months')`
  },
  spanBucket: (local, ms, originMs) => {
    const isWhole = ms % 1_000 === 0 && originMs % 1_000 === 0
    const [span, origin] = isWhole ? [ms / 1_000, originMs / 1_000] : [ms, originMs]
    const now = isWhole ? sql`unixepoch(${local})` : sql`cast(round(unixepoch(${local}, 'subsec') * 1000) as integer)`
    const step = sql`cast(floor((${now} - ${numberSql(origin)}) / cast(${integerSql(span)} as real)) as integer)`
    const start = sql`${step} * ${integerSql(span)} + ${numberSql(origin)}`
    return sql`strftime('%Y-%m-%dT%H:%M:%f', ${isWhole ? start : sql`(${start}) / 1000.0`}, 'unixepoch')`
  },
  addMs: (local, ms) =>
    sql`strftime('%Y-%m-%dT%H:%M:%f', ${local}, ${plainLiteral(`${wholeNumber(ms) / 1_000} seconds`)})`,
}

const INFINITY = sql`9e999`

const CALLS: Calls = {
  ...commonCalls({
    double: CASTS.double,
    least: (a, b) => sql`min(${a}, ${b})`,
    greatest: (a, b) => sql`max(${a}, ${b})`,
  }),
  least: (args) => sql`min(${sql.join(args)})`,
  greatest: (args) => sql`max(${sql.join(args)})`,
  // SQLite's own takes digits before the point for none.
  round: ([x, digits]) => {
    if (digits === undefined) return sql`round(${x})`
    // What is rounded stands there once: a chain of such calls would double with each.
    const unit = sql`power(10.0, max(-(${digits}), 0))`
    return sql`(round(${x} / ${unit}, max(${digits}, 0)) * ${unit})`
  },
  // What is no number is null already.
  power: ([a, b]) => sql`nullif(nullif(power(${CASTS.double(a!)}, ${CASTS.double(b!)}), ${INFINITY}), -${INFINITY})`,
}

/**
 * SQLite 3.46 and later with its functions of mathematics; percentiles need \`SQLITE_ENABLE_PERCENTILE\`. Node 24 has both.
 * Times are ISO 8601 texts, UTC unless they say otherwise; a column of Unix seconds takes \`datetime(…, 'unixepoch')\` in the model.
 * Decimals are doubles, and \`contains\` folds the case of ASCII letters only.
 */
export const sqlite: Dialect = {
  name: 'sqlite',
  compiler: compilerWith({ open: '"', close: '"', parameter: () => '?' }),
  table: lowerCaseTable,
  parameter: ({ type, value }) => PARAMETERS[type](value),
  null: (type) => NULLS[type],
  double: (value) => sql`cast(${numberSql(value)} as real)`,
  boolean: (value) => (value ? sql`1` : sql`0`),
  localLiteral: plainLiteral,
  valuesRows: (columns, rows) => {
    // Selects united would end at five hundred.
    const names = columns.map((name, index) => sql`${sql.ref(`column${index + 1}`)} as ${sql.id(name)}`)
    return sql`(select ${sql.join(names)} from (values ${sql.join(rows.map((row) => sql`(${sql.join(row)})`))}))`
  },
  flag: (condition) => condition,
  equals: plainEquals((parameter) => PARAMETERS[parameter.type](parameter.value)),
  like: (value, mode, text) => sql`cast(${value} as text) like ${likePattern(mode, text)} escape '!'`,
  sameOrBothNull: (a, b) => sql`${a} is ${b}`,
  comparedTime: isoText,
  instant: isoText,
  prefersOffsets: true,
  localTime: (time, timezone, offsets) => {
    if (isUtc(timezone)) return isoText(time)
    const offset = zoneCase(sql`unixepoch(${time})`, timezone, offsets, WORDS, sqlite)
    return sql`strftime('%Y-%m-%dT%H:%M:%f', ${time}, ${offset})`
  },
  truncate: (granularity, local, calendar) => truncateWith(truncation, granularity, local, calendar),
  truncateCustom: (local, buckets) => truncateCustomWith(truncation, local, buckets),
  addInterval: (local, { months, ms }) => {
    const steps = [
      ...(months === 0 ? [] : [plainLiteral(`${wholeNumber(months)} months`), sql`'floor'`]),
      ...(ms === 0 ? [] : [plainLiteral(`${wholeNumber(ms) / 1_000} seconds`)]),
    ]
    return steps.length === 0 ? local : sql`strftime('%Y-%m-%dT%H:%M:%f', ${local}, ${sql.join(steps)})`
  },
  aggregate: aggregateWith({
    name: 'sqlite',
    hasFilterClause: true,
    percentile: (value, percentile) => sql`percentile_cont(${value}, ${numberSql(percentile)})`,
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
  fence: sql` limit -1`,
  supports: { fullJoin: true, groupingSets: false, percentile: true },
}
