import { describe, expect, it } from 'vitest'
import { PullQueue } from './pull-queue.ts'

function open(limits: { maxItems: number; maxBytes?: number }) {
  const told: string[] = []
  const queue = new PullQueue<number>({
    ...limits,
    pause: () => told.push('pause'),
    resume: () => told.push('resume'),
  })
  return { queue, told, items: queue.items() }
}

describe('PullQueue', () => {
  it('tells the sender to pause when as many items wait as may, and to go on once one was taken', async () => {
    const { queue, told, items } = open({ maxItems: 2 })
    queue.push(1)
    expect(told).toEqual([])
    queue.push(2)
    queue.push(3)
    expect(told).toEqual(['pause'])
    expect((await items.next()).value).toBe(1)
    expect(told).toEqual(['pause'])
    expect((await items.next()).value).toBe(2)
    expect(told).toEqual(['pause', 'resume'])
  })

  it('counts the bytes that wait', async () => {
    const { queue, told, items } = open({ maxItems: 9, maxBytes: 100 })
    queue.push(1, 60)
    queue.push(2, 60)
    expect(told).toEqual(['pause'])
    await items.next()
    expect(told).toEqual(['pause', 'resume'])
    queue.push(3, 30)
    queue.push(4, 30)
    expect(told).toEqual(['pause', 'resume', 'pause'])
  })

  it('hands out what is ready before it tells a fault, and takes nothing more', async () => {
    const { queue, items } = open({ maxItems: 9 })
    queue.push(1)
    queue.fail(new Error('gone'))
    queue.push(2)
    expect((await items.next()).value).toBe(1)
    await expect(items.next()).rejects.toThrow('gone')
  })

  it('ends a reader that waits', async () => {
    const { queue, items } = open({ maxItems: 9 })
    const next = items.next()
    queue.finish()
    expect(await next).toEqual({ done: true, value: undefined })
  })
})
