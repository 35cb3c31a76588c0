import type { Security } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import { laneOf } from './lane-of.ts'

const base: Security = {
  organizationId: 'o',
  kind: 'embed',
  roles: [],
  attributes: { airport: ['SEA'], plan: 'gold' },
  filters: [],
  deniedMembers: [],
  maskedMembers: [],
  maxRows: 10,
}

describe('laneOf', () => {
  it('is the same for all tokens of a tenant', () => {
    const same: Partial<Security>[] = [
      { maxRows: 5 },
      { deniedMembers: ['a.b'] },
      { attributes: { plan: 'gold', airport: ['SEA'] } },
      { filters: [{ member: 'a.b', operator: 'set' }] },
    ]
    for (const change of same) expect(laneOf({ ...base, ...change })).toEqual(laneOf(base))
  })

  it('differs between tenants, organizations and kinds', () => {
    const others: Partial<Security>[] = [
      { attributes: { airport: ['DEN'], plan: 'gold' } },
      { organizationId: 'p' },
      { kind: 'user' },
      { kind: 'api-key' },
    ]
    const lanes = [base, ...others.map((change) => ({ ...base, ...change }))].map((security) => laneOf(security))
    expect(new Set(lanes.map((lane) => JSON.stringify(lane))).size).toBe(5)
  })
})
