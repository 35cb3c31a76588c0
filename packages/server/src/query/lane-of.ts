import { hash } from 'node:crypto'
import type { Security } from '@datainsight/core'
import type { LaneName } from './statement-gate.ts'

const lanes = new WeakMap<Security, LaneName>()

/**
 * Whose turn a caller's statements take: the organization, and in it one lane for each embed tenant, one for people and one
 * for keys. A tenant is what its tokens say in `attributes`; filters, roles or time zones do not make another one, so that a
 * tenant cannot have more turns by asking in another way.
 */
export function laneOf(security: Security): LaneName {
  let lane = lanes.get(security)
  if (lane === undefined) {
    const { organizationId, kind, attributes } = security
    const sorted = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))
    lane = {
      group: organizationId,
      lane: kind === 'embed' ? `embed:${hash('sha256', JSON.stringify(sorted), 'base64url')}` : kind,
    }
    lanes.set(security, lane)
  }
  return lane
}
