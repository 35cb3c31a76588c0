import type { RawBuilder } from 'kysely'
import type { Parameter } from '../query/filter-test.ts'
import type { ZoneOffset } from '../query/zone-offsets.ts'
import type { Granularity } from '../schema/query.ts'
import type { NullType } from './plan.ts'

/** Databases that statements can be written for. */
export const DIALECT_NAMES = ['postgres', 'duckdb'] as const
export type DialectName = (typeof DIALECT_NAMES)[number]

export type Sql = RawBuilder<unknown>

/** How one database says what differs: a set of functions from expressions to expressions. */
export interface Dialect {
  readonly name: DialectName
  /** A value beside the text, with the type that makes the comparison exact. */
  readonly parameter: (parameter: Parameter) => Sql
  /** A time of any type as UTC without an offset. Needs a session whose time zone is UTC. */
  readonly instant: (time: Sql) => Sql
  /** The local start of the bucket that holds a time. */
  readonly bucket: (
    granularity: Granularity,
    time: Sql,
    timezone: string,
    offsets: readonly ZoneOffset[] | undefined,
  ) => Sql
  /** The lower bound of the bin that holds a number; `digits` after the decimal point. */
  readonly bin: (number: Sql, width: number, digits: number) => Sql
  /** `value ilike pattern` where `!` escapes. */
  readonly like: (value: Sql, pattern: string) => Sql
  readonly text: (value: Sql) => Sql
  readonly null: (type: NullType) => Sql
  readonly double: (value: number) => Sql
  /** Goes at the end of a subquery that no condition may be moved into. */
  readonly fence: Sql
}
