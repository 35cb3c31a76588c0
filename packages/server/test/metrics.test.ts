import { afterEach, describe, expect, it } from 'vitest'
import { buildTestServer, type TestServer, type TestServerOptions } from './build-test-server.ts'

const TOKEN = 'a-token-for-metrics'

describe('GET /metrics', () => {
  const servers: TestServer[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close()
  })
  const start = async (config: NonNullable<TestServerOptions['config']>) => {
    const server = await buildTestServer({ config })
    servers.push(server)
    const metrics = (authorization?: string) =>
      server.app.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } })
    return { server, metrics }
  }

  it('tells where queries were answered and how long each stage took', async () => {
    const { server, metrics } = await start({})
    const query = { measures: ['orders.count'] }
    for (let n = 0; n < 4; n++) await server.asKey({ method: 'POST', url: '/api/v1/query', payload: { query } })
    const wrong = { measures: ['orders.nothing'] }
    await server.asKey({ method: 'POST', url: '/api/v1/query', payload: { query: wrong } })
    // Answers from memory are counted together with their records.
    await server.asKey({ method: 'GET', url: '/api/v1/query/log' })
    const response = await metrics()
    expect(response.headers['content-type']).toContain('text/plain')
    const lines = response.body.split('\n')
    expect(lines).toContain('datainsight_queries_total{kind="query",cache="miss",outcome="ok"} 1')
    expect(lines).toContain('datainsight_queries_total{kind="query",cache="L1",outcome="ok"} 3')
    expect(lines).toContain('datainsight_queries_total{kind="query",cache="none",outcome="unknown_member"} 1')
    expect(lines).toContain('datainsight_cache_memory_hits_total 3')
    expect(lines).toContain('datainsight_query_log_dropped_total 0')
    expect(lines).toContain('datainsight_statements{source="default",state="running"} 0')
    expect(response.body).toMatch(/datainsight_query_stage_seconds_count\{stage="database"\} 1\n/)
    expect(response.body).toMatch(/nodejs_eventloop_lag_seconds \d/)
    expect(response.body).toMatch(/process_resident_memory_bytes \d/)
    // A second look says the same, not twice as much.
    expect((await metrics()).body.split('\n')).toContain('datainsight_cache_memory_hits_total 3')
  })

  it('ISO-24: names no organization, caller, member or value', async () => {
    const { server, metrics } = await start({})
    const filters = [{ member: 'orders.region', operator: 'equals', values: ['secret-value'] }]
    const query = { measures: ['orders.count'], filters }
    await server.asKey({ method: 'POST', url: '/api/v1/query', payload: { query } })
    const { body } = await metrics()
    for (const name of [server.organizationId, 'secret-value', 'orders.count', 'orders.region', server.apiKey]) {
      expect(body).not.toContain(name)
    }
  })

  it('asks for its token', async () => {
    const { metrics } = await start({ metricsToken: TOKEN })
    for (const wrong of [undefined, '', TOKEN, `Bearer ${TOKEN}x`, 'Bearer '])
      expect((await metrics(wrong)).statusCode, wrong).toBe(401)
    expect((await metrics(`Bearer ${TOKEN}`)).statusCode).toBe(200)
  })

  it('is off in production without one', async () => {
    const { metrics } = await start({ production: true })
    expect((await metrics()).statusCode).toBe(404)
  })
})
