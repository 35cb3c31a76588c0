import type { StatementLimits } from '@datainsight/core'
import type { DataSource } from '../data-sources/data-source.ts'
import type { GroupLimits } from './statement-gate.ts'

/**
 * What an organization has at a data source: of each limit what the source says, else the organization. At a source that
 * serves all organizations theirs can only be narrower than the server's own, since its places and its queue are everybody's.
 */
export function groupLimits(
  organization: StatementLimits,
  source: Pick<DataSource, 'id' | 'limits' | 'concurrency'>,
  defaults: StatementLimits,
): GroupLimits {
  const isShared = source.id === undefined
  const pick = (name: keyof StatementLimits): number | undefined => {
    const own = source.limits?.[name] ?? organization[name]
    const ours = defaults[name] ?? (name === 'tenantConcurrency' ? Math.ceil(source.concurrency / 2) : undefined)
    return own !== undefined && ours !== undefined && isShared ? Math.min(own, ours) : own
  }
  const [laneConcurrency, laneQueue, groupQueue, waitMs] = [
    pick('tenantConcurrency'),
    pick('tenantQueue'),
    pick('queue'),
    pick('queueWaitMs'),
  ]
  return {
    ...(laneConcurrency !== undefined && { laneConcurrency }),
    ...(laneQueue !== undefined && { laneQueue }),
    ...(groupQueue !== undefined && { groupQueue }),
    ...(waitMs !== undefined && { waitMs }),
  }
}
