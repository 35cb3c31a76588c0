import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { overload } from './overload.ts'

async function start(maxDelayMs: number) {
  const app = Fastify()
  await app.register(overload, { maxDelayMs, windowMs: 40 })
  app.get('/health', () => 'alive')
  app.get('/query', () => 'answer')
  return app
}

/** Keeps the event loop from doing anything else for a while, again and again. */
async function beBusy(times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    const untilMs = performance.now() + 30
    while (performance.now() < untilMs);
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

it('turns requests away while the event loop is behind, but never whoever asks if the process lives', async () => {
  const app = await start(5)
  const ask = async () => {
    await beBusy(2)
    return (await app.inject('/query')).json<{ code?: string }>().code
  }
  await expect.poll(ask, { interval: 1 }).toBe('overloaded')
  await beBusy(4)
  expect((await app.inject('/health')).statusCode).toBe(200)
  await app.close()
})

it('turns nobody away when the limit is 0', async () => {
  const app = await start(0)
  for (let time = 0; time < 20; time++) {
    await beBusy(2)
    expect((await app.inject('/query')).statusCode).toBe(200)
  }
  await app.close()
})
