import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { Answers } from './answers.ts'

describe('waiting for answers', () => {
  it('ends with the last one asked, whether it came before or comes after', async () => {
    const answers = new Answers()
    answers.add(1)
    const missing = answers.missing([1, 2], 600_000)
    answers.add(2)
    expect(await missing).toEqual([])
    expect(await answers.missing([1, 2], 600_000)).toEqual([])
  })

  it('is not ended by one who was not asked, nor by one who answers twice', async () => {
    const answers = new Answers()
    answers.add(1)
    const missing = answers.missing([1, 2, 3], 1)
    answers.add(1)
    answers.add(4)
    answers.add(2)
    answers.add(2)
    expect(await missing).toEqual([3])
  })

  it('reads what has arrived before it gives up', async () => {
    const { port1, port2 } = new MessageChannel()
    const answers = new Answers()
    port2.on('message', (session: number) => answers.add(session))
    const missing = answers.missing([7], 1)
    port1.postMessage(7)
    const end = performance.now() + 50
    while (performance.now() < end);
    expect(await missing).toEqual([])
    port1.close()
  })
})
