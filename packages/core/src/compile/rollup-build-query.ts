import type { Model } from '../model/model.ts'
import { addUnits, toLocalIso } from '../query/calendar.ts'
import type { Filter } from '../schema/filter.ts'
import type { Query } from '../schema/query.ts'
import { type CompiledQuery, compileQuery } from './compile.ts'
import type { DialectName } from './dialects/dialect.ts'
import { BUILDER, builderModel, MAX_GROUPS } from './rollup-builder.ts'
import type { RollupShape } from './rollup-shape.ts'

/** A part of a rollup: buckets that start there, local milliseconds; `null`: rows without a time; `undefined`: all rows. */
export type RollupPart = number | null | undefined

/** What the builder's statements are compiled for. */
export interface RollupBuildOptions {
  readonly dialect: DialectName
  readonly now: Date
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
    filters: partFilters(shape, part),
  })
}

/** The statement that lists the parts that have rows: one column of local starts, null for rows without a time. */
export function rollupPartsQuery(model: Model, shape: RollupShape, options: RollupBuildOptions): CompiledQuery {
  const { partition } = shape
  if (partition === undefined) throw new Error(`${shape.name} has no partitions`)
  return compile(model, shape, options, {
    timeDimensions: [{ dimension: partition.member, granularity: partition.granularity }],
  })
}

/** The local end of a part, milliseconds. */
export function partEnd({ partition }: RollupShape, startMs: number): number {
  return addUnits(partition!.granularity, startMs, 1)
}

function partFilters(shape: RollupShape, part: RollupPart): Filter[] {
  if (part === undefined) return []
  const { member } = shape.partition!
  if (part === null) return [{ member, operator: 'notSet' }]
  return [
    { member, operator: 'afterOrOnDate', values: [toLocalIso(part)] },
    { member, operator: 'beforeDate', values: [toLocalIso(partEnd(shape, part))] },
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
