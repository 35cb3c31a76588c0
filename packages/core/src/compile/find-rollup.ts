import type { FindRollup, RollupReason, RollupTable } from './rollup.ts'

/** A rollup that was built, and its size. */
export interface ReadyRollup {
  readonly cube: string
  readonly table: RollupTable
  readonly rows: number
}

/** A rollup that cannot be read, and why: one lower-case sentence that names it. */
export interface UnreadyRollup {
  readonly cube: string
  readonly reason: string
}

/** Offers the rollups of a fact's cube, those with the fewest rows first. */
export function findRollupAmong(rollups: readonly (ReadyRollup | UnreadyRollup)[]): FindRollup {
  const offers = new Map<string, (RollupTable | RollupReason)[]>()
  const bySize = [...rollups].sort((a, b) => rowsOf(a) - rowsOf(b))
  for (const rollup of bySize) {
    const of = offers.get(rollup.cube) ?? []
    of.push('table' in rollup ? rollup.table : { reason: rollup.reason })
    offers.set(rollup.cube, of)
  }
  return ({ node, cube }) => {
    // Members of a cube in another role go by that role's name, which no rollup has.
    if (node !== cube) return [{ reason: `${node} is a role of ${cube}, and rollups are kept of ${cube} itself` }]
    return offers.get(cube) ?? [{ reason: `${cube} has no rollups` }]
  }
}

function rowsOf(rollup: ReadyRollup | UnreadyRollup): number {
  return 'rows' in rollup ? rollup.rows : Number.POSITIVE_INFINITY
}
