import { type CustomGranularity, type Dimension, formatInterval } from '@datainsight/core/model'

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
    interval: formatInterval(custom.interval),
    ...(origin !== undefined && { origin }),
  }
}

function originOf({ originMs }: CustomGranularity): string | undefined {
  return originMs === undefined ? undefined : new Date(originMs).toISOString().slice(0, -1)
}
