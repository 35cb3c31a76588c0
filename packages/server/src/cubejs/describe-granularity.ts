import type { CustomGranularity, Dimension, Interval } from '@datainsight/core/model'

/** What the client needs to lay out the buckets of a granularity. */
export interface GranularityAnnotation {
  readonly name: string
  readonly title: string
  /** Such as `1 month` or `2 day 6 hour`. */
  readonly interval: string
  /** Start of one bucket, local and without an offset. */
  readonly origin?: string
}

/**
 * Describes a granularity of a time dimension. `bucket`, the start of any bucket of the answer, becomes its origin: the client counts
 * from there, one step at a time, and its own guess, the start of this year, is not where our buckets start.
 */
export function annotateGranularity(
  dimension: Dimension,
  granularity: string,
  bucket: string | undefined,
): GranularityAnnotation {
  const custom = dimension.granularities.get(granularity)
  if (custom === undefined) {
    const title = granularity.charAt(0).toUpperCase() + granularity.slice(1)
    return { name: granularity, title, interval: `1 ${granularity}` }
  }
  const origin = bucket ?? originOf(custom)
  return {
    name: granularity,
    title: custom.title,
    interval: toIntervalText(custom.interval),
    ...(origin !== undefined && { origin }),
  }
}

/** A granularity of the model as `meta` lists it. */
export function describeGranularity(custom: CustomGranularity) {
  const origin = originOf(custom)
  return {
    name: custom.name,
    title: custom.title,
    interval: toIntervalText(custom.interval),
    ...(custom.offset !== undefined && { offset: toIntervalText(custom.offset) }),
    ...(origin !== undefined && { origin }),
  }
}

function originOf({ originMs }: CustomGranularity): string | undefined {
  return originMs === undefined ? undefined : new Date(originMs).toISOString().slice(0, -1)
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** An interval as the client reads it: pairs of a whole number and a unit. */
export function toIntervalText({ months, ms }: Interval): string {
  const parts = months === 0 ? [] : [`${months} month`]
  let rest = ms
  for (const [unit, size] of UNITS) {
    const count = Math.trunc(rest / size)
    rest -= count * size
    if (count !== 0) parts.push(`${count} ${unit}`)
  }
  return parts.join(' ') || '0 second'
}
