import { describe, expect, it } from 'vitest'
import { PendingLoads } from './pending-loads.ts'

const NEVER = new AbortController().signal

/** Work that ends when the test says so, and knows whether it was stopped. */
function work() {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const seen = { starts: 0, signal: undefined as AbortSignal | undefined }
  const start = (signal: AbortSignal) => {
    seen.starts += 1
    seen.signal = signal
    return promise
  }
  return { start, resolve, reject, seen }
}

const stopped = ({ seen }: ReturnType<typeof work>) =>
  new Promise<void>((resolve) => seen.signal?.addEventListener('abort', () => resolve()))

describe('PendingLoads', () => {
  it('answers at once what is done in time, and forgets it', async () => {
    const loads = new PendingLoads<string>({ waitMs: 60_000, graceMs: 60_000 })
    expect(await loads.wait('a', NEVER, async () => 'rows')).toEqual({ done: true, value: 'rows' })
    expect(loads.size).toBe(0)
  })

  it('lets the next request pick up what the first one waited for', async () => {
    const loads = new PendingLoads<string>({ waitMs: 5, graceMs: 60_000 })
    const slow = work()
    expect(await loads.wait('a', NEVER, slow.start)).toMatchObject({ done: false })
    expect(await loads.wait('a', NEVER, slow.start)).toMatchObject({ done: false })
    slow.resolve('rows')
    expect(await loads.wait('a', NEVER, slow.start)).toEqual({ done: true, value: 'rows' })
    expect(slow.seen.starts).toBe(1)
    expect(loads.size).toBe(0)
  })

  it('keeps a fault for whoever comes back', async () => {
    const loads = new PendingLoads<string>({ waitMs: 5, graceMs: 60_000 })
    const slow = work()
    await loads.wait('a', NEVER, slow.start)
    slow.reject(new Error('broken'))
    await expect(loads.wait('a', NEVER, slow.start)).rejects.toThrow('broken')
    expect(loads.size).toBe(0)
  })

  it('works apart for other keys', async () => {
    const loads = new PendingLoads<string>({ waitMs: 5, graceMs: 60_000 })
    const [one, other] = [work(), work()]
    await Promise.all([loads.wait('a', NEVER, one.start), loads.wait('b', NEVER, other.start)])
    expect([one.seen.starts, other.seen.starts]).toEqual([1, 1])
    loads.close()
  })

  it('stops when nobody comes back in time', async () => {
    const loads = new PendingLoads<string>({ waitMs: 5, graceMs: 20 })
    const slow = work()
    const waited = loads.wait('a', NEVER, slow.start)
    const stop = stopped(slow)
    expect(await waited).toMatchObject({ done: false })
    await stop
    expect(loads.size).toBe(0)
  })

  it('stops at once when the only request is broken off', async () => {
    const loads = new PendingLoads<string>({ waitMs: 60_000, graceMs: 60_000 })
    const slow = work()
    const client = new AbortController()
    const waited = loads.wait('a', client.signal, slow.start)
    client.abort()
    await expect(waited).rejects.toMatchObject({ code: 'query_cancelled' })
    expect(slow.seen.signal?.aborted).toBe(true)
    expect(loads.size).toBe(0)
  })

  it('goes on for the others when one of them breaks off', async () => {
    const loads = new PendingLoads<string>({ waitMs: 20, graceMs: 60_000 })
    const slow = work()
    expect(await loads.wait('a', NEVER, slow.start)).toMatchObject({ done: false })
    const client = new AbortController()
    const [polled, waited] = [loads.wait('a', NEVER, slow.start), loads.wait('a', client.signal, slow.start)]
    client.abort()
    await expect(waited).rejects.toMatchObject({ code: 'query_cancelled' })
    expect(await polled).toMatchObject({ done: false })
    slow.resolve('rows')
    expect(await loads.wait('a', NEVER, slow.start)).toEqual({ done: true, value: 'rows' })
  })

  it('starts nothing for a request that has gone', async () => {
    const loads = new PendingLoads<string>({ waitMs: 5, graceMs: 5 })
    const slow = work()
    await expect(loads.wait('a', AbortSignal.abort(), slow.start)).rejects.toMatchObject({ code: 'query_cancelled' })
    expect(slow.seen.starts).toBe(0)
  })

  it('stops everything when it is closed', async () => {
    const loads = new PendingLoads<string>({ waitMs: 5, graceMs: 60_000 })
    const slow = work()
    await loads.wait('a', NEVER, slow.start)
    loads.close()
    expect(slow.seen.signal?.aborted).toBe(true)
    expect(loads.size).toBe(0)
  })
})
