import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextTtl } from './next-ttl.ts'

const bounds = { baseMs: 60_000, factor: 4 }

describe('time of reuse', () => {
  it('starts at the source’s own, doubles while nothing changes, halves when something did', () => {
    expect(nextTtl(undefined, bounds)).toBe(60_000)
    expect(nextTtl({ ttlMs: 60_000, unchanged: true }, bounds)).toBe(120_000)
    expect(nextTtl({ ttlMs: 120_000, unchanged: false }, bounds)).toBe(60_000)
  })

  it('never leaves its bounds, and stays where it is with a factor of 1', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), fc.integer({ min: 1, max: 100 }), (history, factor) => {
        let ttlMs = 60_000
        for (const unchanged of history) ttlMs = nextTtl({ ttlMs, unchanged }, { baseMs: 60_000, factor })
        expect(ttlMs).toBeLessThanOrEqual(60_000 * factor)
        expect(ttlMs).toBeGreaterThanOrEqual(60_000 / factor)
        if (factor === 1) expect(ttlMs).toBe(60_000)
      }),
    )
  })
})
