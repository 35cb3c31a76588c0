import type { Cube, Measure, Member, Model } from '../model/model.ts'
import { addUnits, toLocalIso } from '../query/calendar.ts'
import type { Filter } from '../schema/filter.ts'
import type { Query } from '../schema/query.ts'
import type { Security } from '../security.ts'
import { type CompiledQuery, compileQuery } from './compile.ts'
import type { DialectName } from './dialects/dialect.ts'
import { averageParts, type RollupShape } from './rollup-shape.ts'

/** Most groups of one partition. */
const MAX_GROUPS = 1_000_000_000

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
  return compileQuery(builderModel(model, shape.cube), { ...query, timezone: shape.timezone } as Query, {
    security: BUILDER,
    now: options.now,
    dialect: () => options.dialect,
    limit: MAX_GROUPS,
  })
}

/** Sees every row of the one cube that its model leaves open. */
const BUILDER: Security = Object.freeze({
  organizationId: '',
  kind: 'user',
  roles: [],
  attributes: {},
  filters: [],
  deniedMembers: [],
  maskedMembers: [],
  maxRows: MAX_GROUPS,
})

const builders = new WeakMap<Model, Map<string, Model>>()

/** The model with one cube open, and with the parts of its averages as measures. Nothing else is changed, so SQL is the same. */
function builderModel(model: Model, name: string): Model {
  const known = builders.get(model) ?? new Map<string, Model>()
  builders.set(model, known)
  let made = known.get(name)
  if (made === undefined) {
    const cube = openCube(model.cubes.get(name)!)
    const nodes = new Map(model.nodes)
    nodes.set(name, { ...model.nodes.get(name)!, cube })
    made = Object.freeze({ ...model, cubes: new Map([...model.cubes, [name, cube]]), nodes, views: new Map() })
    known.set(name, made)
  }
  return made
}

function openCube(cube: Cube): Cube {
  const members = new Map<string, Member>()
  for (const member of cube.members.values()) {
    const open = { ...member, isPublic: true, ...(member.kind !== 'segment' && { isPii: false, mask: undefined }) }
    members.set(member.name, open as Member)
    if (open.kind !== 'measure' || open.type !== 'avg') continue
    const parts = averageParts(cube, open.name)
    const part = (name: string, type: 'sum' | 'count'): [string, Measure] => [name, { ...open, name, type } as Measure]
    members.set(...part(parts.sum, 'sum'))
    members.set(...part(parts.count, 'count'))
  }
  return Object.freeze({ ...cube, isPublic: true, tenantRequired: false, policies: Object.freeze([]), members })
}
