import type { Granularity } from '@datainsight/core'

const FIXED_MS: Partial<Record<Granularity, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
}
const MONTHS: Partial<Record<Granularity, number>> = { month: 1, quarter: 3, year: 12 }

/** More buckets than this are not filled in: the gaps would be finer than a pixel. */
export const MAX_SPINE = 100_000

/** A bucket's local start as milliseconds; laid on UTC so that the machine's own zone cannot shift it. NaN when unreadable. */
export function parseLocalTime(cell: string): number {
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(cell) || cell.length === 10 ? cell : `${cell}Z`)
}

/** Writes milliseconds back as a local bucket start, `2001-01-01T00:00:00.000`. */
export function formatLocalTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, -1)
}

/** How many whole buckets lie from `from` to `to`, negative when `to` is earlier. */
export function bucketDistance(from: number, to: number, granularity: Granularity): number {
  const months = MONTHS[granularity]
  if (months !== undefined) {
    const [start, end] = [new Date(from), new Date(to)]
    const distance = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth()
    return Math.floor(distance / months)
  }
  return Math.floor((to - from) / FIXED_MS[granularity]!)
}

/** The start `count` buckets after `start`. */
export function addBuckets(start: number, count: number, granularity: Granularity): number {
  const months = MONTHS[granularity]
  if (months === undefined) return start + count * FIXED_MS[granularity]!
  const date = new Date(start)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count * months, date.getUTCDate())
}

/**
 * All bucket starts from the first to the last of `starts` (any order), so that periods without rows become gaps.
 * Buckets that are not on the spine (a clock change makes local hours irregular) are kept in between.
 */
export function timeSpine(starts: Iterable<number>, granularity: Granularity): Float64Array {
  const known = new Set<number>()
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const start of starts) {
    if (Number.isNaN(start)) continue
    known.add(start)
    first = Math.min(first, start)
    last = Math.max(last, start)
  }
  if (known.size === 0) return new Float64Array()
  const count = bucketDistance(first, last, granularity) + 1
  if (count <= MAX_SPINE) for (let index = 1; index < count; index++) known.add(addBuckets(first, index, granularity))
  return Float64Array.from(known).sort()
}
