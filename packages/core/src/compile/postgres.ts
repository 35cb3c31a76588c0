import { sql } from 'kysely'
import type { Parameter } from '../query/filter-test.ts'
import { isUtc } from '../query/time-zone.ts'
import type { Granularity } from '../schema/query.ts'
import type { Dialect, Sql } from './dialect.ts'
import type { NullType } from './plan.ts'

/** `date_trunc` for each bucket size. PostgreSQL's week starts on Monday. */
export const DATE_TRUNC: Readonly<Record<Granularity, (time: Sql) => Sql>> = {
  second: (time) => sql`date_trunc('second', ${time})`,
  minute: (time) => sql`date_trunc('minute', ${time})`,
  hour: (time) => sql`date_trunc('hour', ${time})`,
  day: (time) => sql`date_trunc('day', ${time})`,
  week: (time) => sql`date_trunc('week', ${time})`,
  month: (time) => sql`date_trunc('month', ${time})`,
  quarter: (time) => sql`date_trunc('quarter', ${time})`,
  year: (time) => sql`date_trunc('year', ${time})`,
}

const PARAMETERS: Readonly<Record<Parameter['type'], (value: Parameter['value']) => Sql>> = {
  // Without a cast the column's own type is taken, so that an index on a uuid or an enum still serves.
  text: (value) => sql`${value}`,
  // A bigint compares with every integer and decimal type without converting the column; a double would convert it.
  integer: (value) => sql`cast(${value} as bigint)`,
  decimal: (value) => sql`cast(${value} as numeric)`,
  boolean: (value) => sql`cast(${value} as boolean)`,
  timestamp: (value) => sql`cast(${value} as timestamptz)`,
}

const NULLS: Readonly<Record<NullType, Sql>> = {
  string: sql`cast(null as text)`,
  number: sql`cast(null as double precision)`,
  boolean: sql`cast(null as boolean)`,
  time: sql`cast(null as timestamp)`,
}

/** PostgreSQL 15 and later. Sessions must run with `timezone = 'UTC'`: times without a zone are then read as UTC. */
export const postgres: Dialect = {
  name: 'postgres',
  parameter: ({ type, value }) => PARAMETERS[type](value),
  instant: (time) => sql`cast(${time} as timestamp)`,
  bucket: (granularity, time, timezone) =>
    DATE_TRUNC[granularity](
      isUtc(timezone)
        ? sql`cast(${time} as timestamp)`
        : sql`cast(${time} as timestamptz) at time zone cast(${timezone} as text)`,
    ),
  // Decimal arithmetic for fractional widths: as doubles, 0.3 / 0.1 is just below 3.
  bin: (number, width, digits) => {
    if (digits === 0)
      return sql`floor(cast(${number} as double precision) / ${postgres.double(width)}) * ${postgres.double(width)}`
    const exact = sql`cast(${String(width)} as numeric)`
    return sql`cast(floor(cast(${number} as numeric) / ${exact}) * ${exact} as double precision)`
  },
  like: (value, pattern) => sql`cast(${value} as text) ilike ${pattern} escape '!'`,
  text: (value) => sql`cast(${value} as text)`,
  null: (type) => NULLS[type],
  double: (value) => sql`cast(${value} as double precision)`,
  fence: sql` offset 0`,
}
