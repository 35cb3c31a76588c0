import { sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import { type Latencies, latencyBin, percentileOf } from './latency-bins.ts'
import { type LogFilter, selectRecords } from './log-filter.ts'
import { CACHE_ORIGINS, type CacheOrigin } from './query-record.ts'

/** Sizes of a bucket of the timeline, with their lengths in milliseconds where all are equally long. */
export const TIMELINE_BUCKETS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const
export type TimelineBucket = keyof typeof TIMELINE_BUCKETS

/** Figures of a span. */
export interface SpanFigures {
  readonly count: number
  readonly errors: number
  /** Answers by where they came from. */
  readonly cache: Readonly<Record<CacheOrigin, number>>
  /** Answers made from a rollup, also those kept since. */
  readonly fromRollup: number
  readonly rows: number
  readonly bytes: number
  readonly totalMs: number
  readonly databaseMs: number
  /** Of all answers, failed ones excepted, to within 5 %; `undefined` where there were none. */
  readonly p50Ms: number | undefined
  readonly p95Ms: number | undefined
}

/** A period as a whole and by buckets. Buckets in which nobody asked are absent. */
export interface Timeline {
  readonly totals: SpanFigures
  readonly buckets: readonly (SpanFigures & {
    /** Start, local to the zone, `2024-03-05T14:00:00.000`. */
    readonly at: string
  })[]
}

/**
 * An organization's figures over time, from one pass over the records. Percentiles come from a histogram of logarithmic bins:
 * sorting a month of records to find them exactly would take longer than everything else together.
 */
export async function readTimeline(
  db: Database,
  organizationId: string,
  filter: LogFilter,
  { bucket, timezone }: { readonly bucket: TimelineBucket; readonly timezone: string },
): Promise<Timeline> {
  const each = selectRecords(db, organizationId, filter)
    .select([
      sql`date_trunc(${bucket}, at at time zone ${timezone})`.as('start'),
      'cache',
      latencyBin(sql`total_ms / count`).as('bin'),
      sql<string>`sum(count)`.as('count'),
      sql<string>`coalesce(sum(count) filter (where error is not null), 0)`.as('errors'),
      sql<string>`coalesce(sum(count) filter (where rollup is not null and error is null), 0)`.as('from_rollup'),
      // Added up as doubles: PostgreSQL adds `bigint` as `numeric`, which takes several times as long.
      sql<number>`sum(rows::float8 * count)`.as('rows'),
      sql<number>`sum(bytes::float8)`.as('bytes'),
      sql<number>`sum(total_ms)`.as('total_ms'),
      sql<number>`sum(database_ms)`.as('database_ms'),
    ])
    .groupBy([sql`start`, 'cache', sql`bin`])
  const rows = await db
    .selectFrom(each.as('each'))
    .selectAll()
    // As text: a driver would read a time without a zone in that of this machine.
    .select(sql<string>`to_char(start, 'YYYY-MM-DD"T"HH24:MI:SS.MS')`.as('at'))
    .orderBy('start')
    .execute()
  const totals = new Sums()
  const buckets = new Map<string, Sums>()
  for (const row of rows) {
    let sums = buckets.get(row.at)
    if (sums === undefined) {
      sums = new Sums()
      buckets.set(row.at, sums)
    }
    for (const each of [totals, sums]) each.add(row)
  }
  return { totals: totals.figures, buckets: [...buckets].map(([at, sums]) => ({ at, ...sums.figures })) }
}

interface SummedRow {
  readonly cache: CacheOrigin | null
  readonly bin: number
  readonly count: string
  readonly errors: string
  readonly from_rollup: string
  readonly rows: number
  readonly bytes: number
  readonly total_ms: number
  readonly database_ms: number
}

class Sums {
  readonly #cache = Object.fromEntries(CACHE_ORIGINS.map((origin) => [origin, 0])) as Record<CacheOrigin, number>
  readonly #latencies: Latencies = new Map()
  #count = 0
  #errors = 0
  #fromRollup = 0
  #rows = 0
  #bytes = 0
  #totalMs = 0
  #databaseMs = 0

  add(row: SummedRow): void {
    const count = Number(row.count)
    const answered = count - Number(row.errors)
    this.#count += count
    this.#errors += Number(row.errors)
    this.#fromRollup += Number(row.from_rollup)
    this.#rows += row.rows
    this.#bytes += row.bytes
    this.#totalMs += row.total_ms
    this.#databaseMs += row.database_ms
    if (row.cache !== null) this.#cache[row.cache] += answered
    if (answered > 0) this.#latencies.set(row.bin, (this.#latencies.get(row.bin) ?? 0) + answered)
  }

  get figures(): SpanFigures {
    return {
      count: this.#count,
      errors: this.#errors,
      cache: this.#cache,
      fromRollup: this.#fromRollup,
      rows: this.#rows,
      bytes: this.#bytes,
      totalMs: this.#totalMs,
      databaseMs: this.#databaseMs,
      p50Ms: percentileOf(this.#latencies, 0.5),
      p95Ms: percentileOf(this.#latencies, 0.95),
    }
  }
}
