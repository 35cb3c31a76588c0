import { setImmediate as turn } from 'node:timers/promises'
import { AnalyticsError } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import { type LaneName, StatementGate } from './statement-gate.ts'

const never = new AbortController().signal

/** Work that ends when told to, and says who runs. */
function stage(gate: StatementGate) {
  const running: string[] = []
  const order: string[] = []
  const ends = new Map<string, () => void>()
  const codes = new Map<string, string>()
  const start = (lane: LaneName, name: string, signal = never) => {
    gate
      .run(lane, signal, () => {
        running.push(name)
        order.push(name)
        return new Promise<void>((resolve) => {
          ends.set(name, () => {
            running.splice(running.indexOf(name), 1)
            resolve()
          })
        })
      })
      .catch((error: unknown) => {
        codes.set(name, error instanceof AnalyticsError ? error.code : String(error))
      })
  }
  const end = async (name: string) => {
    ends.get(name)?.()
    await turn()
  }
  return { start, end, running, order, codes }
}

describe('StatementGate', () => {
  it('runs no more than it may, in all and for one lane', async () => {
    const { start, end, running } = stage(new StatementGate({ concurrency: 3, laneConcurrency: 2 }))
    for (const name of ['a1', 'a2', 'a3', 'a4']) start('a', name)
    for (const name of ['b1', 'b2']) start('b', name)
    expect(running).toEqual(['a1', 'a2', 'b1'])
    await end('b1')
    expect(running).toEqual(['a1', 'a2', 'b2'])
    await end('a1')
    expect(running).toEqual(['a2', 'b2', 'a3'])
  })

  it('gives lanes their turns, so a storm of one holds up nobody', async () => {
    const { start, end, order } = stage(new StatementGate({ concurrency: 1, laneConcurrency: 1 }))
    for (const name of ['a1', 'a2', 'a3', 'a4']) start('a', name)
    start('b', 'b1')
    start('c', 'c1')
    for (const name of ['a1', 'b1', 'c1', 'a2', 'a3', 'a4']) await end(name)
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'a3', 'a4'])
  })

  it('DOS-06: lets another organization in at once, whatever the tenants of one have queued', async () => {
    const { start, end, order, codes } = stage(new StatementGate({ concurrency: 2, laneConcurrency: 2, queue: 40 }))
    for (let n = 0; n < 1_000; n++) start({ group: 'A', lane: `tenant ${n % 50}` }, `a${n}`)
    await turn()
    // Two run, twenty wait; the others are told to come again.
    expect(codes.size).toBe(978)
    expect(new Set(codes.values())).toEqual(new Set(['rate_limited']))
    start({ group: 'B', lane: 'tenant' }, 'b0')
    start({ group: 'B', lane: 'tenant' }, 'b1')
    await end('a0')
    expect(order).toEqual(['a0', 'a1', 'b0'])
    await end('a1')
    expect(order).toEqual(['a0', 'a1', 'b0', 'b1'])
    // And A has its turn when B leaves.
    start({ group: 'B', lane: 'tenant' }, 'b2')
    await end('b0')
    expect(order).toEqual(['a0', 'a1', 'b0', 'b1', 'a2'])
  })

  it('DOS-06: gives a tenant its turn among those of its organization', async () => {
    const { start, end, order } = stage(new StatementGate({ concurrency: 1, laneConcurrency: 1 }))
    for (const name of ['a1', 'a2', 'a3']) start({ group: 'A', lane: 'flood' }, name)
    start({ group: 'A', lane: 'calm' }, 'c1')
    for (const name of ['a1', 'c1', 'a2', 'a3']) await end(name)
    expect(order).toEqual(['a1', 'c1', 'a2', 'a3'])
  })

  it('refuses what does not fit its queues and says when to come back', async () => {
    const gate = new StatementGate({ concurrency: 1, laneQueue: 1, queue: 2 })
    const { start, codes } = stage(gate)
    for (const name of ['a1', 'a2', 'a3']) start('a', name)
    for (const [lane, name] of [
      ['b', 'b1'],
      ['c', 'c1'],
    ] as const)
      start(lane, name)
    await turn()
    expect([...codes]).toEqual([
      ['a3', 'rate_limited'],
      ['c1', 'overloaded'],
    ])
    expect(gate.load).toEqual({ running: 1, waiting: 2 })
    await expect(gate.run('a', never, async () => 0)).rejects.toMatchObject({ retryAfterSeconds: 1 })
  })

  it('DOS-06: heeds what a group has of its own, from the next turn on', async () => {
    const own = new Map([['A', { laneConcurrency: 1, laneQueue: 1, groupQueue: 2 }]])
    const gate = new StatementGate({ concurrency: 4, laneConcurrency: 2, laneQueue: 1 }, (group) => own.get(group))
    const { start, end, running, codes } = stage(gate)
    for (const name of ['a1', 'a2', 'a3']) start({ group: 'A', lane: 'one' }, name)
    for (const name of ['b1', 'b2', 'b3', 'b4']) start({ group: 'B', lane: 'one' }, name)
    await turn()
    expect(running).toEqual(['a1', 'b1', 'b2'])
    expect([...codes]).toEqual([
      ['a3', 'rate_limited'],
      ['b4', 'rate_limited'],
    ])
    own.set('A', { laneConcurrency: 2, laneQueue: 5, groupQueue: 9 })
    await end('b1')
    expect(running).toEqual(['a1', 'b2', 'a2', 'b3'])
    for (let n = 0; n < 6; n++) start({ group: 'A', lane: 'one' }, `later ${n}`)
    await turn()
    expect([...codes.keys()]).toEqual(['a3', 'b4', 'later 5'])
  })

  it('lets nobody wait longer than the limit', async () => {
    const gate = new StatementGate({ concurrency: 1, waitMs: 20 })
    const { start } = stage(gate)
    start('a', 'a1')
    await expect(gate.run('b', never, async () => 0)).rejects.toMatchObject({ code: 'overloaded' })
    expect(gate.load).toEqual({ running: 1, waiting: 0 })
  })

  it('forgets who went away while waiting', async () => {
    const gate = new StatementGate({ concurrency: 1 })
    const { start, end, codes, order } = stage(gate)
    const controller = new AbortController()
    start('a', 'a1')
    start('a', 'a2', controller.signal)
    start('b', 'b1')
    controller.abort()
    await end('a1')
    expect([...codes]).toEqual([['a2', 'query_cancelled']])
    expect(order).toEqual(['a1', 'b1'])
    await end('b1')
    expect(gate.load).toEqual({ running: 0, waiting: 0 })
  })

  it('frees the place of work that fails', async () => {
    const gate = new StatementGate({ concurrency: 1 })
    await expect(gate.run('a', never, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await gate.run('a', never, async () => 'well')).toBe('well')
  })
})
