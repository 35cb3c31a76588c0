import { nextCron, type RollupShape } from '@datainsight/core/compile'
import type { RollupBuild } from './rollup-build.ts'

/** How often a rollup whose refresh key says nothing is built anew, milliseconds. */
const EVERY_MS = 3_600_000
/** How often the SQL of a refresh key is asked when it does not say, milliseconds. */
const ASK_EVERY_MS = 60_000

/** Whether a rollup that was built is to be built anew. `ask` gives the answer of its refresh key now. */
export async function isRefreshDue(
  { refresh }: Pick<RollupShape, 'refresh'>,
  build: Pick<RollupBuild, 'startedAt' | 'endedAt' | 'refreshValue'>,
  nowMs: number,
  ask: () => Promise<string | undefined>,
): Promise<boolean> {
  if (refresh.isImmutable) return false
  const ageMs = nowMs - (build.endedAt?.getTime() ?? 0)
  if (refresh.terms.length === 0) return ageMs >= EVERY_MS
  let asks = false
  for (const { everyMs, sql, cron } of refresh.terms) {
    if (cron !== undefined) {
      // What changed since a build began is not in it.
      const nextMs = nextCron(cron.schedule, cron.timezone, build.startedAt.getTime())
      if (nextMs !== undefined && nextMs <= nowMs) return true
    } else if (ageMs >= (everyMs ?? (sql === undefined ? EVERY_MS : ASK_EVERY_MS))) {
      if (sql === undefined) return true
      asks = true
    }
  }
  return asks && (await ask()) !== build.refreshValue
}
