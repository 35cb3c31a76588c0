import fastify, { type FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../test/setup/launch-browser.ts'
import { buildFixture } from './build-fixture.ts'

/** A question that waits for its answer. */
interface Waiting {
  readonly measures: readonly string[]
  readonly answer: (value: number) => void
  readonly refuse: () => void
  /** Answered, or cancelled by the page. */
  isOver: boolean
}

const problem = (code: string, status: number) => ({
  type: 'about:blank',
  title: code,
  status,
  code,
  detail: 'it did not work',
  requestId: 'r-1',
})

/** An API that answers when the test says so. */
async function startApi(script: string) {
  const waiting: Waiting[] = []
  const app = fastify()
  app.get('/', (_request, reply) =>
    reply.type('text/html').send('<!doctype html><script type="module" src="/fixture.js"></script>'),
  )
  app.get('/fixture.js', (_request, reply) => reply.type('text/javascript').send(script))
  app.post<{ Body: { query: { measures: string[] } } }>('/api/v1/query', (request, reply) => {
    const question: Waiting = {
      measures: request.body.query.measures,
      answer: (value) => reply.send({ columns: [], data: [[value]], meta: {} }),
      refuse: () => reply.code(422).type('application/problem+json').send(problem('unknown_member', 422)),
      isOver: false,
    }
    reply.raw.on('close', () => {
      question.isOver = true
    })
    // No return value: the answer is sent later.
    waiting.push(question)
  })
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('application/problem+json').send(problem('not_found', 404)),
  )
  return { app, waiting, url: await app.listen({ port: 0, host: '127.0.0.1' }) }
}

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each([18, 19] as const)('with React %i', (major) => {
  let app: FastifyInstance
  let waiting: Waiting[]
  let url: string
  let page: Page

  beforeAll(async () => {
    ;({ app, waiting, url } = await startApi(await buildFixture(major)))
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    waiting.splice(0)
    page = await browser.newPage()
    await page.goto(url)
    return () => page.close()
  })

  const live = () => waiting.filter(({ isOver }) => !isOver)
  /** The one question that still waits, once all others are over. */
  const onlyQuestion = (measure: string) =>
    expect
      .poll(() => live().map(({ measures }) => measures.join()))
      .toEqual([measure])
      .then(() => live()[0]!)
  const shows = (text: string) => page.locator('#answer', { hasText: text }).waitFor()

  it('runs that version', async () => {
    expect(await page.evaluate(() => window.steering.reactVersion)).toMatch(new RegExp(`^${major}\\.`))
  })

  it('asks once under StrictMode, and shows the answer', async () => {
    ;(await onlyQuestion('flights.count')).answer(7)
    await shows('data 7')
    expect(await page.evaluate(() => window.steering.shown)).toEqual(['pending', 'data 7'])
  })

  it('does not ask again for an equal query', async () => {
    ;(await onlyQuestion('flights.count')).answer(7)
    await shows('data 7')
    const asked = waiting.length
    await page.evaluate(() => window.steering.setQuery({ measures: ['flights.count'] }))
    await page.evaluate(() => window.steering.setQuery(undefined))
    await shows('nothing')
    expect(waiting).toHaveLength(asked)
  })

  it('cancels the question when it changes, and never shows the answer to another one', async () => {
    await onlyQuestion('flights.count')
    await page.evaluate(() => window.steering.setQuery({ measures: ['flights.avg_delay'] }))
    ;(await onlyQuestion('flights.avg_delay')).answer(9)
    await shows('data 9')
    await page.evaluate(() => window.steering.setQuery({ measures: ['flights.total_distance'] }))
    await onlyQuestion('flights.total_distance')
    expect(await page.evaluate(() => window.steering.shown)).toEqual(['pending', 'data 9', 'pending'])
  })

  it('cancels the question at unmount', async () => {
    await onlyQuestion('flights.count')
    await page.evaluate(() => window.steering.unmount())
    await expect.poll(live).toEqual([])
  })

  it('shows a failure, and asks again when told to', async () => {
    ;(await onlyQuestion('flights.count')).refuse()
    await shows('error unknown_member')
    waiting.splice(0)
    await page.click('#answer')
    ;(await onlyQuestion('flights.count')).answer(3)
    await shows('data 3')
  })

  it('hands props, events and the ref to the element', async () => {
    await page.evaluate(() => window.steering.showDashboard())
    await page.locator('#fault', { hasText: 'not-found di-dashboard departures' }).waitFor()
  })
})
