import type { Model } from '@datainsight/core/model'
import type { RefreshRule } from './refresh-keys.ts'

/** What a model says of when answers made from some of its cubes are old. */
export interface CubeFreshness {
  /** The cubes, and the `tags` of their `meta`. */
  readonly tags: readonly string[]
  readonly refreshRules: readonly RefreshRule[]
  /** Whether every cube has a rule, so that nothing else need limit the time of reuse. */
  readonly isRuled: boolean
}

/**
 * Reads the refresh keys and tags of cubes. A cron expression is no rule here: it says when rollups are built, and answers of
 * its cube are reused for the data source's own time.
 */
export function freshnessOfCubes(model: Model, names: readonly string[]): CubeFreshness {
  const cubes = names.flatMap((name) => model.cubes.get(name) ?? [])
  const tags = new Set(names)
  const refreshRules: RefreshRule[] = []
  let isRuled = cubes.length > 0 && cubes.length === names.length
  for (const { meta, refreshKey } of cubes) {
    const own = meta?.tags
    if (Array.isArray(own)) for (const tag of own) if (typeof tag === 'string') tags.add(tag)
    const sql = refreshKey?.sql?.pieces.every((piece) => typeof piece === 'string')
      ? refreshKey.sql.pieces.join('')
      : undefined
    const everyMs = refreshKey?.everyMs
    if (sql !== undefined || everyMs !== undefined) refreshRules.push({ sql, everyMs })
    else if (refreshKey?.isImmutable !== true) isRuled = false
  }
  return { tags: [...tags], refreshRules, isRuled }
}
