import type { PreAggregationSource } from '../schema/pre-aggregation.ts'
import { GRANULARITIES } from '../schema/query.ts'
import { type BuildContext, DIMENSIONS, MEASURES, SEGMENTS } from './build-context.ts'
import { buildRefreshKey, readSelect } from './build-refresh-key.ts'
import type { MemberRef, PreAggregation } from './model.ts'
import type { Keys } from './model-problems.ts'
import { didYouMean } from './nearest-name.ts'

/** Turns a well-formed pre-aggregation into its checked form. */
export function buildPreAggregation(source: PreAggregationSource, keys: Keys, context: BuildContext): PreAggregation {
  const kind = source.type ?? 'rollup'
  const report = (at: Keys, message: string) => context.report([...keys, ...at], message)
  const timeDimensions = readTimeDimensions(source, keys, context)
  if (source.partition_granularity !== undefined && timeDimensions.length === 0)
    report(['partition_granularity'], 'partition_granularity needs time_dimension and granularity')
  const measures = context.members(source.measures, [...keys, 'measures'], MEASURES)
  const listed = context.members(source.dimensions, [...keys, 'dimensions'], DIMENSIONS)
  // A switch without a column has no values to store: a query gets them from the model, and reads the rollup for each.
  const dimensions = listed.filter((ref) => {
    const dimension = context.dimension(ref)
    return dimension?.type !== 'switch' || dimension.sql !== undefined || dimension.case !== undefined
  })
  if (kind === 'rollup' && measures.length + dimensions.length + timeDimensions.length === 0)
    report([], 'a rollup needs measures or dimensions')
  if (kind === 'rollup_join' || kind === 'rollup_lambda') {
    if (source.rollups === undefined) report([], `a ${kind} needs rollups`)
  } else if (source.rollups !== undefined) report(['rollups'], `a ${kind} has no rollups`)
  if (kind !== 'rollup_lambda' && source.union_with_source_data !== undefined)
    report(['union_with_source_data'], 'only a rollup_lambda has union_with_source_data')
  return Object.freeze({
    name: source.name,
    kind,
    measures,
    dimensions: Object.freeze(dimensions),
    segments: context.members(source.segments, [...keys, 'segments'], SEGMENTS),
    timeDimensions,
    partitionGranularity: source.partition_granularity,
    refreshKey: buildRefreshKey(source.refresh_key, [...keys, 'refresh_key'], context, true),
    buildRangeStart:
      source.build_range_start === undefined
        ? undefined
        : readSelect(source.build_range_start.sql, [...keys, 'build_range_start', 'sql'], context),
    buildRangeEnd:
      source.build_range_end === undefined
        ? undefined
        : readSelect(source.build_range_end.sql, [...keys, 'build_range_end', 'sql'], context),
    indexes: Object.freeze(
      (source.indexes ?? []).map((index) =>
        Object.freeze({
          name: index.name,
          columns: Object.freeze([...index.columns]),
          isAggregate: index.type === 'aggregate',
        }),
      ),
    ),
    rollups: Object.freeze(
      (source.rollups ?? []).flatMap((name, at) => rollupName(name, [...keys, 'rollups', at], context) ?? []),
    ),
    isScheduled: source.scheduled_refresh ?? true,
    allowsLooseRanges: source.allow_non_strict_date_range_match ?? false,
  })
}

function readTimeDimensions(
  source: PreAggregationSource,
  keys: Keys,
  context: BuildContext,
): PreAggregation['timeDimensions'] {
  const { time_dimension: single, granularity, time_dimensions: several } = source
  if (single !== undefined && several !== undefined)
    context.report([...keys, 'time_dimensions'], 'give time_dimension or time_dimensions, not both')
  if (single !== undefined && granularity === undefined) context.report(keys, 'time_dimension needs a granularity')
  if (single === undefined && granularity !== undefined)
    context.report([...keys, 'granularity'], 'granularity needs a time_dimension')
  const written: readonly (readonly [string, string | undefined, Keys])[] = [
    ...(single === undefined ? [] : [[single, granularity, [...keys, 'time_dimension']] as const]),
    ...(several ?? []).map(
      (entry, at) => [entry.dimension, entry.granularity, [...keys, 'time_dimensions', at, 'dimension']] as const,
    ),
  ]
  return Object.freeze(
    written.flatMap(([name, bucket, at]) => {
      const dimension = context.member(name, at, DIMENSIONS)
      if (dimension === undefined) return []
      checkTime(dimension, bucket, at, context)
      return [Object.freeze({ dimension, granularity: bucket })]
    }),
  )
}

function checkTime(ref: MemberRef, granularity: string | undefined, at: Keys, context: BuildContext): void {
  const cube = ref.node === undefined ? context.source.name : context.index.cubeOfNode.get(ref.node)!
  const dimension = context.index.drafts.get(cube)?.source.dimensions?.find((one) => one.name === ref.member)
  if (dimension === undefined) return
  if (dimension.type !== 'time') context.report(at, `${ref.member} is a ${dimension.type}, not a time`)
  else if (granularity !== undefined) {
    const known = [...GRANULARITIES, ...(dimension.granularities ?? []).map((one) => one.name)]
    if (!known.includes(granularity))
      context.report(at, `unknown granularity: ${granularity}${didYouMean(granularity, known)}`)
  }
}

function rollupName(written: string, at: Keys, context: BuildContext): string | undefined {
  const parts = written.split('.')
  const name = parts.pop()!
  const head = parts.pop()
  const cube = head === undefined || head === 'CUBE' ? context.source.name : head
  const known = context.index.drafts.get(cube)?.source.pre_aggregations?.map((one) => one.name) ?? []
  if (known.includes(name)) return `${cube}.${name}`
  context.report(at, `unknown pre-aggregation: ${cube}.${name}${didYouMean(name, known)}`)
  return undefined
}
