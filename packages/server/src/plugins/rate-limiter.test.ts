import { describe, expect, it } from 'vitest'
import { RateLimiter } from './rate-limiter.ts'

describe('rate limiter', () => {
  it('lets a limit through per window and says how long the window lasts', () => {
    let nowMs = 600_000
    const limiter = new RateLimiter({ now: () => nowMs })
    expect([1, 2, 3].map(() => limiter.take('a', 2))).toEqual([0, 0, 60])
    nowMs += 59_500
    expect(limiter.take('a', 2)).toBe(1)
    expect(limiter.take('b', 2)).toBe(0)
    nowMs += 500
    expect(limiter.take('a', 2)).toBe(0)
  })

  it('looks without counting', () => {
    const limiter = new RateLimiter({ now: () => 0 })
    for (let index = 0; index < 10; index++) expect(limiter.peek('a', 1)).toBe(0)
    limiter.take('a', 1)
    expect(limiter.peek('a', 1)).toBe(60)
  })

  it('goes on alone while its store fails, and tells the store later', async () => {
    let isDown = true
    const told: number[] = []
    const faults: unknown[] = []
    const limiter = new RateLimiter({
      now: () => 0,
      onStoreError: (error) => faults.push(error),
      store: {
        add: async (counts) => {
          if (isDown) throw new Error('away')
          told.push(...counts.map(({ by }) => by))
          return counts.map(({ by }) => by + 10)
        },
      },
    })
    expect([1, 2, 3].map(() => limiter.take('a', 2))).toEqual([0, 0, 60])
    await limiter.sync()
    expect(faults).toHaveLength(1)
    expect(limiter.take('a', 3)).toBe(0)
    isDown = false
    await limiter.sync()
    expect(told).toEqual([3])
    // Other nodes had counted 10.
    expect(limiter.peek('a', 13)).toBe(60)
    expect(limiter.peek('a', 14)).toBe(0)
    limiter.close()
  })

  it('tells a slow store nothing twice', async () => {
    const told: number[] = []
    const answers: (() => void)[] = []
    const limiter = new RateLimiter({
      now: () => 0,
      store: {
        add: async (counts) => {
          told.push(...counts.map(({ by }) => by))
          await new Promise<void>((resolve) => answers.push(resolve))
          return counts.map(() => told.reduce((sum, by) => sum + by, 0))
        },
      },
    })
    limiter.take('a', 10)
    const first = limiter.sync()
    limiter.take('a', 10)
    const second = limiter.sync()
    answers.shift()?.()
    await first
    await expect.poll(() => answers).toHaveLength(1)
    answers.shift()?.()
    await second
    expect(told).toEqual([1, 1])
    expect([limiter.peek('a', 2), limiter.peek('a', 3)]).toEqual([60, 0])
    limiter.close()
  })

  it('keeps a bounded number of counters', () => {
    const limiter = new RateLimiter({ now: () => 0 })
    for (let index = 0; index < 150_000; index++) limiter.take(`key ${index}`, 1)
    // The first was forgotten, which is the price of the bound; the last was not.
    expect(limiter.peek('key 0', 1)).toBe(0)
    expect(limiter.peek('key 149999', 1)).toBe(60)
  })
})
