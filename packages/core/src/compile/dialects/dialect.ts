import type { QueryCompiler, RawBuilder } from 'kysely'
import type { TableIdentifier } from '../../model/table-name.ts'
import type { CalendarRules } from '../../query/calendar.ts'
import type { ExpressionFunction } from '../../query/expression/functions.ts'
import type { Parameter } from '../../query/filter-test.ts'
import type { CustomBuckets } from '../../query/time-buckets.ts'
import type { ZoneOffset } from '../../query/zone-offsets.ts'
import type { Granularity, OrderDirection } from '../../schema/query.ts'
import type { AggregateFunction, NullType } from '../plan.ts'

/** Databases that statements can be written for. */
export const DIALECT_NAMES = [
  'postgres',
  'duckdb',
  'mysql',
  'sqlite',
  'redshift',
  'clickhouse',
  'snowflake',
  'bigquery',
  'sqlserver',
  'trino',
  'databricks',
] as const
export type DialectName = (typeof DIALECT_NAMES)[number]

export type Sql = RawBuilder<unknown>

export type CastType = 'text' | 'double' | 'bigint' | 'boolean' | 'timestamp' | 'decimal'

export type LikeMode = 'contains' | 'startsWith' | 'endsWith'

/** A length of time: months, whose length the calendar says, and milliseconds. Both may be negative. */
export interface TimeSpan {
  readonly months: number
  readonly ms: number
}

/**
 * How one database says what differs: a set of functions from expressions to expressions.
 *
 * Arguments are expressions that can stand anywhere, in brackets where they need them; so are the results, unless said otherwise.
 * "Local" times are wall-clock times without a zone. Sessions must run in UTC.
 */
export interface Dialect {
  readonly name: DialectName
  /** Quotes identifiers and marks parameters. A compiler holds state: one per statement at a time. */
  readonly compiler: () => QueryCompiler
  /** A table of the model. Letters that its author did not quote become what the database makes of them. */
  readonly table: (identifiers: readonly TableIdentifier[]) => Sql

  /** A value beside the text, with the type that makes the comparison exact. */
  readonly parameter: (parameter: Parameter) => Sql
  readonly null: (type: NullType) => Sql
  readonly double: (value: number) => Sql
  readonly boolean: (value: boolean) => Sql
  /** A local time; `iso` is `YYYY-MM-DDTHH:MM:SS.sss`. */
  readonly localLiteral: (iso: string) => Sql
  /** Rows of values as a subquery in brackets, to be named by the caller. At least one row. */
  readonly valuesRows: (columns: readonly string[], rows: readonly (readonly Sql[])[]) => Sql
  /** A condition as a value that can be selected: true, false or null. Not in brackets. */
  readonly flag: (condition: Sql) => Sql

  /** Equal to any of the values, letter for letter; negated: to none of them, or null. A condition. */
  readonly equals: (argument: Sql, values: readonly Parameter[], isNegated: boolean) => Sql
  /** Contains, starts or ends with the text, whatever its letters' case. No character of `text` is special. A condition. */
  readonly like: (value: Sql, mode: LikeMode, text: string) => Sql
  /** Equal, or both null. A condition. */
  readonly sameOrBothNull: (a: Sql, b: Sql) => Sql
  /** A time as it compares with parameters of type `timestamp`. */
  readonly comparedTime: (time: Sql) => Sql

  /** A time of any type as UTC without an offset. */
  readonly instant: (time: Sql) => Sql
  /** Whether conversion by known offsets beats the database's own. */
  readonly prefersOffsets: boolean
  /** The wall clock of a zone at a time of any type. `offsets`, when known, hold for every row that counts. */
  readonly localTime: (time: Sql, timezone: string, offsets: readonly ZoneOffset[] | undefined) => Sql
  /** The start of the bucket that holds a local time. */
  readonly truncate: (granularity: Granularity, local: Sql, calendar: CalendarRules) => Sql
  readonly truncateCustom: (local: Sql, buckets: CustomBuckets) => Sql
  /** A local time, later. Months come first and keep the day, or take the month's last. */
  readonly addInterval: (local: Sql, span: TimeSpan) => Sql

  /**
   * `undefined` counts rows. `filter` is a condition. `percentile` is between 0 and 1.
   * @throws AnalyticsError `unsupported` where the database cannot answer exactly.
   */
  readonly aggregate: (
    aggregate: AggregateFunction,
    argument: Sql | undefined,
    filter: Sql | undefined,
    percentile?: number,
  ) => Sql
  /** The lower bound of the bin that holds a number; `digits` after the decimal point. Not in brackets. */
  readonly bin: (number: Sql, width: number, digits: number) => Sql
  /** Real division; null when `b` is zero. */
  readonly divide: (a: Sql, b: Sql) => Sql
  /**
   * A function of calculations, with the meaning that `query/expression/functions.ts` gives it. No argument is repeated in the text,
   * so that nesting does not double it. Arguments of `if` start with a condition.
   */
  readonly call: (name: ExpressionFunction, args: readonly Sql[]) => Sql
  readonly text: (value: Sql) => Sql
  readonly cast: (value: Sql, type: CastType) => Sql
  /** Null when a part is null. Parts are texts. Not in brackets. */
  readonly concat: (parts: readonly Sql[]) => Sql

  /** Nulls last, whatever the direction. Goes between the commas of `order by`. */
  readonly orderBy: (term: Sql, direction: OrderDirection) => Sql
  /** Whether the term of `orderBy` may be a place in the select list; else it is an expression over what is selected from. */
  readonly ordersByPosition: boolean
  /** Whether `group by` takes places in the select list or wants the expressions again. */
  readonly groupBy: 'ordinal' | 'expression'
  /** The tail that keeps `limit` rows after the first `offset`. */
  readonly page: (limit: number, offset: number, isOrdered: boolean) => Sql
  /** Goes after the condition of a subquery that no other condition may be moved into. */
  readonly fence: Sql
  readonly supports: { readonly fullJoin: boolean; readonly groupingSets: boolean; readonly percentile: boolean }
}
