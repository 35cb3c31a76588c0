import { describe, expect, it } from 'vitest'
import { createTokenSource } from './token-source.ts'

function jwt(name: string, lifeSeconds: number): string {
  return `x.${btoa(JSON.stringify({ iat: 5_000_000_000, exp: 5_000_000_000 + lifeSeconds, name }))}.y`
}

describe('createTokenSource', () => {
  it('keeps a token for four fifths of its life, renews it behind the next request, and never hands out a dead one', async () => {
    let clock = 0
    let count = 0
    const reasons: string[] = []
    const source = createTokenSource({
      now: () => clock,
      getToken: async ({ reason }) => {
        reasons.push(reason)
        return jwt(`t${count++}`, 100)
      },
    })
    const first = await source.get()
    clock = 79_000
    expect(await source.get()).toBe(first)
    expect(reasons).toEqual(['initial'])
    clock = 81_000
    expect(await source.get()).toBe(first)
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(reasons).toEqual(['initial', 'expiring'])
    const second = await source.get()
    expect(second).not.toBe(first)
    clock = 182_000
    expect(await source.get()).not.toBe(second)
  })

  it('waits longer after each failure instead of storming the application', async () => {
    let clock = 0
    let calls = 0
    const source = createTokenSource({
      now: () => clock,
      getToken: async () => {
        calls += 1
        throw new Error('signed out')
      },
    })
    for (const [at, expected] of [
      [0, 1],
      [500, 1],
      [1_000, 2],
      [2_500, 2],
      [3_000, 3],
    ] as const) {
      clock = at
      await expect(source.get()).rejects.toMatchObject({ code: 'token_unavailable', retryable: true })
      expect(calls).toBe(expected)
    }
  })

  it('refuses what is no token', async () => {
    const source = createTokenSource({ getToken: () => Promise.resolve('') })
    await expect(source.get()).rejects.toMatchObject({ code: 'token_unavailable' })
  })

  it('tells the application when it is closed', async () => {
    let signal: AbortSignal | undefined
    const source = createTokenSource({
      getToken: (request) => {
        signal = request.signal
        return Promise.resolve('t')
      },
    })
    await source.get()
    source.close()
    expect(signal?.aborted).toBe(true)
  })
})
