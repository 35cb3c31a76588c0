import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { asCompleted } from './as-completed.ts'

function controlled() {
  const ends = new Map<string, () => void>()
  const started: string[] = []
  const work = (name: string) =>
    new Promise<string>((resolve) => {
      started.push(name)
      ends.set(name, () => resolve(name))
    })
  return { ends, started, work }
}

it('yields in order of completion and starts in order of the list', async () => {
  const { ends, started, work } = controlled()
  const results = asCompleted(['a', 'b', 'c'], 2, work)
  const first = results.next()
  await turn()
  expect(started).toEqual(['a', 'b'])
  ends.get('b')?.()
  expect((await first).value).toBe('b')
  // Nobody asked for more yet, so nothing more is started.
  await turn()
  expect(started).toEqual(['a', 'b'])
  const second = results.next()
  await turn()
  expect(started).toEqual(['a', 'b', 'c'])
  ends.get('c')?.()
  expect((await second).value).toBe('c')
  ends.get('a')?.()
  expect((await results.next()).value).toBe('a')
  expect((await results.next()).done).toBe(true)
})
