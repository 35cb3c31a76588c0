import { createHash } from 'node:crypto'
import { type DialectName, type RollupShape, rollupBuildQuery, shapeRollup } from '@datainsight/core/compile'
import type { Model } from '@datainsight/core/model'

/** A rollup of a model, and either what it stores or why it cannot be built. */
export interface RollupDefinition {
  /** `cube.rollup`. */
  readonly name: string
  readonly cube: string
  readonly model: Model
  /** Data source of its cube. */
  readonly source: string
  /** Of the data source; `undefined` when there is none of the name. */
  readonly dialect: DialectName | undefined
  readonly shape: RollupShape | undefined
  /** Changes with what it stores and with the statement that fills it. Empty without a shape. */
  readonly hash: string
  readonly problems: readonly string[]
}

/** The rollups of a model. `dialect`: that of a data source; `undefined` when there is none of the name. */
export function defineRollups(
  model: Model,
  timezone: string,
  dialect: (source: string) => DialectName | undefined,
): readonly RollupDefinition[] {
  return [...model.cubes.values()].flatMap((cube) =>
    cube.preAggregations.map((rollup): RollupDefinition => {
      const name = `${cube.name}.${rollup.name}`
      const of = dialect(cube.dataSource)
      const base = { name, cube: cube.name, model, source: cube.dataSource, dialect: of }
      const refuse = (problems: readonly string[]) => ({ ...base, shape: undefined, hash: '', problems })
      if (of === undefined) return refuse([`${name}: there is no data source ${cube.dataSource}`])
      const shape = shapeRollup(model, cube, rollup, timezone)
      if (!('hash' in shape)) return refuse(shape.map(({ reason }) => reason))
      try {
        const part = shape.partition === undefined ? undefined : 0
        const { sql } = rollupBuildQuery(model, shape, part, { dialect: of, now: new Date(0) })
        const text = JSON.stringify([cube.dataSource, of, shape.hash, sql])
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
