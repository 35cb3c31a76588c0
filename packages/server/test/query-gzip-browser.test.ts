import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { launchBrowser } from '../../../test/setup/launch-browser.ts'
import { answerTail, plainBytes, toAnswer } from '../src/cache/answer.ts'
import { FrameWriter } from '../src/query/frame-writer.ts'
import { gzipWithTail } from '../src/query/gzip-stream.ts'

const large = toAnswer(
  Buffer.from(
    `{"columns":[],"data":[${JSON.stringify(Array.from({ length: 20_000 }, (_, n) => `é${n}`))}],"meta":{"rowCount":20000`,
  ),
  '',
)
const small = toAnswer(Buffer.from('{"columns":[],"data":[],"meta":{"rowCount":0'), '')

it('is read by Chromium, each frame as soon as it is sent', async () => {
  const tail = answerTail('r', 'hit', 1)
  let sendRest: () => void = () => undefined
  const server = createServer((request, response) => {
    if (request.url === '/') return response.setHeader('content-type', 'text/html').end('<!doctype html>')
    if (request.url === '/rest') {
      sendRest()
      return response.end()
    }
    response.setHeader('content-encoding', 'gzip')
    if (request.url === '/answer' && large.deflated !== undefined)
      return response.end(gzipWithTail(large.deflated, tail))
    const writer = new FrameWriter({ requestId: 'r', elapsedMs: () => 1, gzip: true })
    response.write(writer.write({ id: 'a', result: { answer: large, state: 'hit' } }))
    sendRest = () => {
      response.write(
        writer.write({ id: 'b', result: { answer: small, state: 'miss' }, trend: { answer: large, state: 'hit' } }),
      )
      response.end(writer.end())
    }
    return undefined
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    expect(await page.evaluate('fetch("/answer").then((response) => response.text())')).toBe(
      plainBytes(large, tail).toString(),
    )
    const frames = await page.evaluate(`(async () => {
      const reader = (await fetch('/frames')).body.pipeThrough(new TextDecoderStream()).getReader()
      let text = ''
      // The second frame is sent only after the first was read whole.
      while (!text.includes('\\n')) text += (await reader.read()).value
      await fetch('/rest')
      for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value
      return text
    })()`)
    const plain = new FrameWriter({ requestId: 'r', elapsedMs: () => 1, gzip: false })
    expect(frames).toBe(
      Buffer.concat([
        plain.write({ id: 'a', result: { answer: large, state: 'hit' } }),
        plain.write({ id: 'b', result: { answer: small, state: 'miss' }, trend: { answer: large, state: 'hit' } }),
      ]).toString(),
    )
  } finally {
    await browser.close()
    server.close()
  }
})
