import type { Granularity } from '../schema/query.ts'
import type { CalendarRules } from './calendar.ts'
import type { Span } from './date-value.ts'
import { type CustomBuckets, type TimeBucket, timeBuckets } from './time-buckets.ts'

/** What a bucket of each of several sizes has in common: local times, as those of {@link TimeBucket}. */
export interface BucketCell extends TimeBucket {
  /** The buckets it lies in, by their starts, in the order of the sizes. */
  readonly starts: readonly number[]
}

/**
 * Every combination of buckets, one of each size, that share a moment of `span`, in order: the last week of January and its month,
 * and the same week with February. Of one size, its buckets.
 * @returns a problem, one lower-case sentence, when a size has too many buckets.
 */
export function bucketCells(
  span: Pick<Span, 'startMs' | 'endMs' | 'localStartMs' | 'localEndMs'>,
  sizes: readonly (Granularity | CustomBuckets)[],
  timezone: string,
  rules: CalendarRules,
): readonly BucketCell[] | { readonly problem: string } {
  const lists: (readonly TimeBucket[])[] = []
  for (const size of sizes) {
    const buckets = timeBuckets(span, size, timezone, rules)
    if ('problem' in buckets) return buckets
    lists.push(buckets)
  }
  const cells: BucketCell[] = []
  const at = lists.map(() => 0)
  for (;;) {
    const held = lists.flatMap((list, index) => list[at[index]!] ?? [])
    if (held.length < lists.length || held.length === 0) return cells
    const localStart = Math.max(...held.map((bucket) => bucket.localStart))
    const localEnd = Math.min(...held.map((bucket) => bucket.localEnd))
    // Between buckets that clocks skip there is nothing in common.
    if (localStart < localEnd) cells.push({ localStart, localEnd, starts: held.map((bucket) => bucket.localStart) })
    for (const [index, bucket] of held.entries()) if (bucket.localEnd === localEnd) at[index]! += 1
  }
}
