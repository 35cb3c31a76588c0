import { sql } from 'kysely'
import type { Parameter } from '../query/filter-test.ts'
import { isUtc } from '../query/time-zone.ts'
import type { ZoneOffset } from '../query/zone-offsets.ts'
import type { Dialect, Sql } from './dialect.ts'
import type { NullType } from './plan.ts'
import { DATE_TRUNC } from './postgres.ts'

const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  text: (value) => sql`${value}`,
  // Drivers bind a JavaScript number as a double; compared with one, a column of whole numbers would be converted row by row.
  integer: (value) => sql`cast(${value} as bigint)`,
  decimal: (value) => sql`cast(${value} as double)`,
  boolean: (value) => sql`cast(${value} as boolean)`,
  timestamp: (value) => sql`cast(${value} as timestamp)`,
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as varchar)`,
  number: sql`cast(null as double)`,
  boolean: sql`cast(null as boolean)`,
  time: sql`cast(null as timestamp)`,
}

/** DuckDB 1.4 and later, with ICU. Sessions must run with `TimeZone = 'UTC'`. */
export const duckdb: Dialect = {
  name: 'duckdb',
  parameter: ({ type, value }) => PARAMETERS[type](value),
  instant: (time) => sql`cast(${time} as timestamp)`,
  bucket: (granularity, time, timezone, offsets) =>
    DATE_TRUNC[granularity](localTime(sql`cast(${time} as timestamp)`, timezone, offsets)),
  bin: (number, width, digits) => {
    const ratio = sql`cast(${number} as double) / ${duckdb.double(width)}`
    if (digits === 0) return sql`floor(${ratio}) * ${duckdb.double(width)}`
    // As doubles, 0.3 / 0.1 is just below 3: rounding to nine digits first puts it where it belongs.
    return sql`round(floor(round(${ratio}, 9)) * ${duckdb.double(width)}, cast(${digits} as integer))`
  },
  like: (value, pattern) => sql`cast(${value} as varchar) ilike ${pattern} escape '!'`,
  text: (value) => sql`cast(${value} as varchar)`,
  null: (type) => NULLS[type],
  double: (value) => sql`cast(${value} as double)`,
  fence: sql` offset 0`,
}

/** Zones go through ICU row by row, which is slow: with known offsets an addition does. */
function localTime(utc: Sql, timezone: string, offsets: readonly ZoneOffset[] | undefined): Sql {
  if (isUtc(timezone)) return utc
  if (offsets === undefined) return sql`${utc} at time zone 'UTC' at time zone ${timezone}`
  const seconds = offsets.map((offset) => sql`cast(${offset.seconds} as bigint)`)
  if (offsets.length === 1) return sql`${utc} + to_seconds(${seconds[0]})`
  const cases = offsets
    .slice(0, -1)
    .map((offset, index) => sql`when ${utc} < cast(${offset.until} as timestamp) then ${seconds[index]}`)
  return sql`${utc} + to_seconds(case ${sql.join(cases, sql` `)} else ${seconds.at(-1)} end)`
}
