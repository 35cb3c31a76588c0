import { createHash } from 'node:crypto'
import { type DialectName, type RollupShape, rollupBuildQuery, shapeRollup } from '@datainsight/core/compile'
import type { Model } from '@datainsight/core/model'

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
  /** `cube.rollup`. */
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

/** The rollups of a model. `place`: that of a data source; `undefined` when there is none of the name. */
export function defineRollups(
  model: Model,
  timezone: string,
  place: (source: string) => RollupPlace | undefined,
): readonly RollupDefinition[] {
  return [...model.cubes.values()].flatMap((cube) =>
    cube.preAggregations.map((rollup): RollupDefinition => {
      const name = `${cube.name}.${rollup.name}`
      const at = place(cube.dataSource)
      const base = { name, cube: cube.name, model, source: cube.dataSource, place: at }
      const refuse = (problems: readonly string[]) => ({ ...base, shape: undefined, hash: '', problems })
      if (at === undefined) return refuse([`${name}: there is no data source ${cube.dataSource}`])
      const { dialect, target, schema = null } = at
      const shape = shapeRollup(model, cube, rollup, timezone)
      if (!('hash' in shape)) return refuse(shape.map(({ reason }) => reason))
      try {
        const part = shape.partition === undefined ? undefined : 0
        const { sql } = rollupBuildQuery(model, shape, part, { dialect, now: new Date(0) })
        const text = JSON.stringify([cube.dataSource, dialect, target, schema, shape.hash, sql])
        return {
          ...base,
          shape,
          hash: createHash('sha256').update(text).digest('base64url').slice(0, 22),
          problems: [],
        }
      } catch (error) {
        return refuse([`${name}: ${error instanceof Error ? error.message : String(error)}`])
      }
    }),
  )
}
