import type { Model } from '@datainsight/core/model'

/** What the client needs to lay out the buckets of a granularity. */
export interface GranularityAnnotation {
  readonly name: string
  readonly title: string
  readonly interval: string
  readonly offset?: string
  readonly origin?: string
}

/** Describes a granularity of a time dimension. */
export function describeGranularity(_model: Model, _member: string, granularity: string): GranularityAnnotation {
  return {
    name: granularity,
    title: granularity.charAt(0).toUpperCase() + granularity.slice(1),
    interval: `1 ${granularity}`,
  }
}
