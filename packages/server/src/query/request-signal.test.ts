import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { requestSignal } from './request-signal.ts'

it('aborts when the client goes away, also for who asks later, and not when the answer was sent', async () => {
  const app = Fastify()
  const signals: AbortSignal[] = []
  let entered: () => void = () => undefined
  const inside = new Promise<void>((resolve) => {
    entered = resolve
  })
  let left: () => void = () => undefined
  const gone = new Promise<void>((resolve) => {
    left = resolve
  })
  app.get('/leave', async (request, reply) => {
    signals.push(requestSignal(reply))
    entered()
    await once(request.raw.socket, 'close')
    signals.push(requestSignal(reply))
    left()
  })
  app.get('/stay', async (_, reply) => {
    signals.push(requestSignal(reply))
    return 'answer'
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const controller = new AbortController()
  const leaving = fetch(`${address}/leave`, { signal: controller.signal }).catch((error: Error) => error.name)
  await inside
  controller.abort()
  expect(await leaving).toBe('AbortError')
  await gone
  expect(await (await fetch(`${address}/stay`)).text()).toBe('answer')
  await app.close()
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false])
})
