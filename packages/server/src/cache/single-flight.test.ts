import { describe, expect, it } from 'vitest'
import { SingleFlight } from './single-flight.ts'

const never = new AbortController().signal

function controlled() {
  const calls: { signal: AbortSignal; resolve: (value: string) => void; reject: (error: Error) => void }[] = []
  const work = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      calls.push({ signal, resolve, reject })
    })
  return { calls, work }
}

describe('SingleFlight', () => {
  it('does the work of one key once and of two keys twice', async () => {
    const flights = new SingleFlight<string>()
    const { calls, work } = controlled()
    const waiting = [flights.run('a', never, work), flights.run('a', never, work), flights.run('b', never, work)]
    expect(calls).toHaveLength(2)
    calls[0]?.resolve('A')
    calls[1]?.resolve('B')
    expect(await Promise.all(waiting)).toEqual(['A', 'A', 'B'])
    expect(flights.size).toBe(0)
  })

  it('keeps no fault for the next', async () => {
    const flights = new SingleFlight<string>()
    const { calls, work } = controlled()
    const first = flights.run('a', never, work)
    calls[0]?.reject(new Error('broken'))
    await expect(first).rejects.toThrow('broken')
    const second = flights.run('a', never, work)
    calls[1]?.resolve('well')
    expect(await second).toBe('well')
  })

  it('goes on for the others when one goes away, and stops when all have', async () => {
    const flights = new SingleFlight<string>()
    const { calls, work } = controlled()
    const [one, two] = [new AbortController(), new AbortController()]
    const first = flights.run('a', one.signal, work)
    const second = flights.run('a', two.signal, work)
    one.abort()
    await expect(first).rejects.toMatchObject({ code: 'query_cancelled' })
    expect(calls[0]?.signal.aborted).toBe(false)
    two.abort()
    await expect(second).rejects.toMatchObject({ code: 'query_cancelled' })
    expect(calls[0]?.signal.aborted).toBe(true)
  })

  it('lets nobody join work that is being stopped', async () => {
    const flights = new SingleFlight<string>()
    const { calls, work } = controlled()
    const gone = new AbortController()
    const first = flights.run('a', gone.signal, work)
    gone.abort()
    await expect(first).rejects.toMatchObject({ code: 'query_cancelled' })
    const second = flights.run('a', never, work)
    expect(calls).toHaveLength(2)
    // The end of the stopped work must not forget the new one.
    calls[0]?.reject(new Error('stopped'))
    const third = flights.run('a', never, work)
    calls[1]?.resolve('well')
    expect(await Promise.all([second, third])).toEqual(['well', 'well'])
    expect(calls).toHaveLength(2)
  })

  it('starts nothing for somebody who is gone already', async () => {
    const flights = new SingleFlight<string>()
    const { calls, work } = controlled()
    await expect(flights.run('a', AbortSignal.abort(), work)).rejects.toMatchObject({ code: 'query_cancelled' })
    expect(calls).toHaveLength(0)
  })
})
