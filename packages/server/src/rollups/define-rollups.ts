import { createHash } from 'node:crypto'
import { type DialectName, type RollupShape, rollupBuildQuery, shapeRollup } from '@datainsight/core/compile'
import type { Cube, Model } from '@datainsight/core/model'

/** What of a data source decides what its rollups hold and where they are. */
export interface RollupPlace {
  readonly dialect: DialectName
  /** Changes with the database that the source stands for, see `SourcePlace.target`. */
  readonly target: string
  /** Schema of the source that its rollups are kept in; `undefined`: they are kept elsewhere. */
  readonly schema: string | undefined
}

/** A rollup of a model, and either what it stores or why it cannot be built. */
export interface RollupDefinition {
  /** `cube.rollup`, or `cube.rollup@zone`. */
  readonly name: string
  readonly cube: string
  readonly model: Model
  /** Data source of its cube. */
  readonly source: string
  /** `undefined` when there is no data source of the name. */
  readonly place: RollupPlace | undefined
  readonly shape: RollupShape | undefined
  /**
   * Changes with what it stores, with the statement that fills it, with the database that answers and with where it is kept: a build
   * of another hash is never read. Empty without a shape.
   */
  readonly hash: string
  readonly problems: readonly string[]
}

const WHOLE = { startMs: undefined, endMs: undefined }

/**
 * The rollups of a model, for each zone whose wall clock their buckets follow: one where they serve every zone. Further ones have the
 * zone in their name: `cube.rollup@Europe/Brussels`. `place`: that of a data source; `undefined` when there is none of the name.
 */
export function defineRollups(
  model: Model,
  timezones: readonly string[],
  place: (source: string) => RollupPlace | undefined,
): readonly RollupDefinition[] {
  return [...model.cubes.values()].flatMap((cube) =>
    cube.preAggregations.flatMap((rollup) => {
      const found = new Map<string, RollupDefinition>()
      for (const timezone of timezones) {
        const shape = shapeRollup(model, cube, rollup, timezone)
        const zone = 'hash' in shape ? shape.timezone : ''
        if (found.has(zone)) continue
        const name = `${cube.name}.${rollup.name}${found.size === 0 ? '' : `@${zone}`}`
        found.set(zone, define(name, cube, model, shape, place(cube.dataSource)))
      }
      return [...found.values()]
    }),
  )
}

function define(
  name: string,
  cube: Cube,
  model: Model,
  shape: ReturnType<typeof shapeRollup>,
  at: RollupPlace | undefined,
): RollupDefinition {
  const base = { name, cube: cube.name, model, source: cube.dataSource, place: at }
  const refuse = (problems: readonly string[]) => ({ ...base, shape: undefined, hash: '', problems })
  if (at === undefined) return refuse([`${name}: there is no data source ${cube.dataSource}`])
  const { dialect, target, schema = null } = at
  if (!('hash' in shape)) return refuse(shape.map(({ reason }) => reason))
  try {
    const part = shape.partition === undefined ? undefined : 0
    const { sql } = rollupBuildQuery(model, shape, part, { dialect, now: new Date(0), span: WHOLE })
    const text = JSON.stringify([cube.dataSource, dialect, target, schema, shape.hash, sql])
    const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    return { ...base, shape, hash, problems: [] }
  } catch (error) {
    return refuse([`${name}: ${error instanceof Error ? error.message : String(error)}`])
  }
}
