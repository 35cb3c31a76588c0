import { describe, expect, it } from 'vitest'
import { groupLimits } from './group-limits.ts'

const DEFAULTS = { tenantQueue: 100, queue: 500, queueWaitMs: 30_000 }

describe('groupLimits', () => {
  it('takes each limit from the data source, else from the organization, else leaves it to the server', () => {
    const source = { id: 'own', concurrency: 10, limits: { tenantConcurrency: 7 } }
    expect(groupLimits({ tenantConcurrency: 2, tenantQueue: 900 }, source, DEFAULTS)).toEqual({
      laneConcurrency: 7,
      laneQueue: 900,
    })
    expect(groupLimits({}, { id: 'own', concurrency: 10 }, DEFAULTS)).toEqual({})
  })

  it('gives nobody more of a source that serves all organizations than the server does', () => {
    const wide = { tenantConcurrency: 50, tenantQueue: 900, queue: 900, queueWaitMs: 90_000 }
    expect(groupLimits(wide, { concurrency: 7 }, DEFAULTS)).toEqual({
      laneConcurrency: 4,
      laneQueue: 100,
      groupQueue: 500,
      waitMs: 30_000,
    })
    const narrow = { tenantConcurrency: 1, tenantQueue: 2, queue: 3, queueWaitMs: 4 }
    expect(groupLimits(narrow, { concurrency: 7 }, { ...DEFAULTS, tenantConcurrency: 3 })).toEqual({
      laneConcurrency: 1,
      laneQueue: 2,
      groupQueue: 3,
      waitMs: 4,
    })
  })
})
