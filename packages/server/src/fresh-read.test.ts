import { expect, it } from 'vitest'
import { FreshRead } from './fresh-read.ts'

it('reads once more for who asks during a read, and never twice at a time', async () => {
  let stored = 'old'
  let known = ''
  let reading = 0
  const most: number[] = []
  const read = new FreshRead(async () => {
    most.push(++reading)
    const seen = stored
    await Promise.resolve()
    known = seen
    reading--
  })
  const first = read.run()
  stored = 'new'
  await Promise.all([read.run(), read.run()])
  expect(known).toBe('new')
  await first
  expect(most).toEqual([1, 1, 1])
})

it('tells who asked of a failure, and nobody else', async () => {
  let isBroken = true
  const read = new FreshRead(async () => {
    if (isBroken) throw new Error('gone')
  })
  const failed = read.run()
  const next = read.run()
  const settled = read.settled()
  isBroken = false
  await expect(failed).rejects.toThrow('gone')
  await Promise.all([next, settled])
})
