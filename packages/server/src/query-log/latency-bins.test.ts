import { describe, expect, it } from 'vitest'
import { percentileOf } from './latency-bins.ts'

/** As the database does it. */
const binOf = (ms: number) => Math.floor(Math.log(Math.max(ms, 0.001)) / Math.log(1.1))

describe('percentileOf', () => {
  it.each([0.5, 0.95, 1])('is within 5 %% of the exact time at %s', (share) => {
    const times = Array.from({ length: 1_000 }, (_, index) => 0.01 * 1.013 ** index)
    const latencies = new Map<number, number>()
    for (const ms of times) latencies.set(binOf(ms), (latencies.get(binOf(ms)) ?? 0) + 1)
    const exact = times[Math.ceil(share * times.length) - 1] as number
    expect(Math.abs((percentileOf(latencies, share) as number) / exact - 1)).toBeLessThan(0.05)
  })

  it('weighs a bin by its answers, whatever their order', () => {
    const latencies = new Map([
      [binOf(1_000), 1],
      [binOf(2), 99],
    ])
    expect(percentileOf(latencies, 0.95)).toBeLessThan(2.2)
    expect(percentileOf(latencies, 1)).toBeGreaterThan(950)
  })

  it('is nothing of nothing', () => {
    expect(percentileOf(new Map(), 0.5)).toBeUndefined()
  })
})
