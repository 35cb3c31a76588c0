import type { Model } from '../model/model.ts'
import { addUnits } from '../query/calendar.ts'
import { toInstant, toLocal } from '../query/time-zone.ts'
import type { Filter } from '../schema/filter.ts'
import type { Query } from '../schema/query.ts'
import { bucketAround } from './bucket-grid.ts'
import { type CompiledQuery, compileQuery } from './compile.ts'
import type { DialectName } from './dialects/dialect.ts'
import type { RollupTable } from './rollup.ts'
import { BUILDER, builderModel, MAX_GROUPS } from './rollup-builder.ts'
import type { RollupShape } from './rollup-shape.ts'

/** A part of a rollup: buckets that start there, local milliseconds; `null`: rows without a time; `undefined`: all rows. */
export type RollupPart = number | null | undefined

/** What the builder's statements are compiled for. */
export interface RollupBuildOptions {
  readonly dialect: DialectName
  readonly now: Date
  /** Of a rollup with a range: what it covers. */
  readonly span?: LocalSpan
}

/**
 * The statement whose answer fills a part of a rollup, its columns in the order of `shape.columns`. It reads every row, whoever may
 * see it: for builders only, never for an answer.
 */
export function rollupBuildQuery(
  model: Model,
  shape: RollupShape,
  part: RollupPart,
  options: RollupBuildOptions,
): CompiledQuery {
  const { times, dimensions, measures } = shape.asked
  return compile(model, shape, options, {
    measures: [...measures],
    dimensions: [...dimensions],
    timeDimensions: times.map(({ member, granularity }) => ({ dimension: member, granularity })),
    filters: [...partFilters(shape, part), ...(part === undefined ? rangeFilters(shape, options) : [])],
  })
}

/** The statement that lists the parts that have rows: one column of local starts, null for rows without a time. */
export function rollupPartsQuery(model: Model, shape: RollupShape, options: RollupBuildOptions): CompiledQuery {
  const { partition } = shape
  if (partition === undefined) throw new Error(`${shape.name} has no partitions`)
  return compile(model, shape, options, {
    timeDimensions: [{ dimension: partition.member, granularity: partition.granularity }],
    filters: rangeFilters(shape, options),
  })
}

/** The local end of a part, milliseconds. */
export function partEnd({ partition }: RollupShape, startMs: number): number {
  return addUnits(partition!.granularity, startMs, 1)
}

/** A span of local time, milliseconds, the end not included; without an end, or a start, any. */
export interface LocalSpan {
  readonly startMs: number | undefined
  readonly endMs: number | undefined
}

/** What a rollup covers when its range is asked for the instants given: whole partitions, or buckets, the last one too. */
export function coveredSpan({ range, timezone }: RollupShape, startMs?: number, endMs?: number): LocalSpan {
  const around = (instantMs: number) => bucketAround(range!.grid, toLocal(timezone, instantMs))
  return {
    startMs: startMs === undefined ? undefined : around(startMs)[0],
    endMs: endMs === undefined ? undefined : around(endMs)[1],
  }
}

/** The parts at both ends of a span: those in between without rows are told by the ones around them. */
export function outerParts({ partition }: RollupShape, { startMs, endMs }: LocalSpan): readonly number[] {
  const last = endMs === undefined ? [] : [addUnits(partition!.granularity, endMs, -1)]
  return [...(startMs === undefined ? [] : [startMs]), ...last]
}

/** The rows that a local span means, as `RollupTable.covers` says it. */
export function coversOf({ range, timezone }: RollupShape, { startMs, endMs }: LocalSpan): RollupTable['covers'] {
  const instant = (localMs: number | undefined) =>
    localMs === undefined ? undefined : toInstant(timezone, localMs).instantMs
  return { member: range!.member, startMs: instant(startMs), endMs: instant(endMs) }
}

function rangeFilters({ range, timezone }: RollupShape, { span }: RollupBuildOptions): Filter[] {
  if (range === undefined) return []
  if (span === undefined) throw new Error('a rollup with a range needs its span')
  // Both ends may be open, but rows without a time are in no span.
  return [{ member: range.member, operator: 'set' }, ...spanFilters(range.member, span, timezone)]
}

function partFilters(shape: RollupShape, part: RollupPart): Filter[] {
  if (part === undefined) return []
  const { member } = shape.partition!
  if (part === null) return [{ member, operator: 'notSet' }]
  return spanFilters(member, { startMs: part, endMs: partEnd(shape, part) }, shape.timezone)
}

/** Instants: clocks may skip the local time at which a day starts. */
function spanFilters(member: string, { startMs, endMs }: LocalSpan, timezone: string): Filter[] {
  const at = (localMs: number) => [new Date(toInstant(timezone, localMs).instantMs).toISOString()]
  return [
    ...(startMs === undefined ? [] : [{ member, operator: 'afterOrOnDate' as const, values: at(startMs) }]),
    ...(endMs === undefined ? [] : [{ member, operator: 'beforeDate' as const, values: at(endMs) }]),
  ]
}

function compile(model: Model, shape: RollupShape, options: RollupBuildOptions, query: Partial<Query>): CompiledQuery {
  return compileQuery(builderModel(model, shape.cubes), { ...query, timezone: shape.timezone } as Query, {
    security: BUILDER,
    now: options.now,
    dialect: () => options.dialect,
    limit: MAX_GROUPS,
  })
}
