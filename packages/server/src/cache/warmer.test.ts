import type { Query } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import { Warmer } from './warmer.ts'

const query = (name: string) => (): Query => ({ measures: [name] })

/** A warmer over an engine that notes what it is told. */
function setUp(maxQueries: number) {
  const state = { nowMs: 1_000_000, waiting: 0, refreshed: [] as string[], untilMs: 0, ttlMs: 60_000 }
  const warmer = new Warmer<string, { key: string }>({
    maxQueries,
    now: () => state.nowMs,
    engine: {
      plan: (asked, caller) => {
        if (asked.measures?.[0] === 'broken') throw new Error('unknown measure: broken')
        return { key: `${caller} ${asked.measures?.[0]}` }
      },
      reuse: () => ({ untilMs: state.untilMs, ttlMs: state.ttlMs }),
      refresh: async ({ key }) => {
        state.refreshed.push(key)
      },
      waiting: () => state.waiting,
    },
  })
  return { state, warmer }
}

describe('warming', () => {
  it('refreshes what is used most, on behalf of who asked it', async () => {
    const { state, warmer } = setUp(2)
    warmer.noteView('ann', [query('often'), query('seldom')])
    warmer.noteView('ann', [query('often'), query('twice')])
    warmer.noteView('bob', [query('often')])
    warmer.noteView('ann', [query('often'), query('twice')])
    await warmer.look()
    expect(state.refreshed).toEqual(['ann often', 'ann twice'])
  })

  it('counts what was used long ago for less', async () => {
    const { state, warmer } = setUp(1)
    for (let views = 0; views < 5; views++) warmer.noteView('ann', [query('before')])
    state.nowMs += 400_000
    for (let views = 0; views < 4; views++) warmer.noteView('ann', [query('now')])
    await warmer.look()
    expect(state.refreshed).toEqual(['ann now'])
  })

  it('leaves alone what is good for a while, and what nobody looked at for ten minutes', async () => {
    const { state, warmer } = setUp(10)
    warmer.noteView('ann', [query('a')])
    state.untilMs = state.nowMs + 5_001
    await warmer.look()
    expect(state.refreshed).toEqual([])
    state.untilMs = state.nowMs + 5_000
    await warmer.look()
    expect(state.refreshed).toEqual(['ann a'])
    state.nowMs += 600_000
    await warmer.look()
    expect(state.refreshed).toEqual(['ann a'])
    expect(warmer.size).toBe(0)
  })

  it('does not ask all the time for what is good for a moment only', async () => {
    const { state, warmer } = setUp(10)
    warmer.noteView('ann', [query('a')])
    state.ttlMs = 2_000
    state.untilMs = state.nowMs + 1_000
    await warmer.look()
    expect(state.refreshed).toEqual([])
  })

  it('waits while somebody waits', async () => {
    const { state, warmer } = setUp(10)
    warmer.noteView('ann', [query('a')])
    state.waiting = 1
    await warmer.look()
    expect(state.refreshed).toEqual([])
  })

  it('stops for everybody when somebody is revoked', async () => {
    const { state, warmer } = setUp(10)
    warmer.noteView('ann', [query('a')])
    warmer.forgetCallers()
    await warmer.look()
    expect(state.refreshed).toEqual([])
  })

  it('is not stopped by a query that cannot be asked any more', async () => {
    const { state, warmer } = setUp(10)
    let asked = 'fine'
    warmer.noteView('ann', [() => ({ measures: [asked] }), query('broken'), query('a')])
    asked = 'broken'
    await warmer.look()
    expect(state.refreshed).toEqual(['ann a'])
  })
})
