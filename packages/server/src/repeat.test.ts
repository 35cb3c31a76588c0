import { once } from 'node:events'
import { expect, it } from 'vitest'
import { repeat } from './repeat.ts'

it('goes on after a failure, and ends when it is stopped', async () => {
  const turns = new EventTarget()
  const errors: unknown[] = []
  let count = 0
  const stop = repeat(
    async () => {
      count++
      if (count === 1) throw new Error('gone')
      if (count === 3) {
        stop()
        turns.dispatchEvent(new Event('third'))
      }
    },
    1,
    (error) => errors.push(error),
  )
  await once(turns, 'third')
  expect(errors).toEqual([new Error('gone')])
  // Longer than many pauses: a fourth turn would have come.
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(count).toBe(3)
})

it('does nothing when it is stopped at once', async () => {
  let count = 0
  repeat(
    async () => {
      count++
    },
    1,
    () => undefined,
  )()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(count).toBe(0)
})
