import { EventEmitter } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type Agent, get } from 'node:https'
import { AnalyticsError } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createConnectGuard } from '../connect-guard.ts'
import type { RawColumns, Statement, StatementLimits } from '../data-source.ts'
import { openBigQuery } from './bigquery.ts'
import { openClickHouse } from './clickhouse.ts'
import { byColumns, type Client, type ClientRun, importClient, openClientSource, plainValue } from './client-source.ts'
import { openDatabricks } from './databricks.ts'
import { openSnowflake } from './snowflake.ts'
import { openSqlServer } from './sqlserver.ts'
import { literal, openTrino } from './trino.ts'

const guard = createConnectGuard({ allowPrivate: false, allowLoopback: true, allowed: [], ownStores: [] })
const settings = { name: 's', concurrency: 2, cacheTtlMs: 1_000 }
const limits = (more: Partial<StatementLimits> = {}): StatementLimits => ({
  signal: new AbortController().signal,
  timeoutMs: 10_000,
  maxRows: 100,
  ...more,
})
const run = { timeoutMs: 10_500, maxRows: 101, chunkRows: 2, onStop: () => undefined }
const answerOf = async (client: Client, statement: Statement, terms: ClientRun = run): Promise<RawColumns[]> => {
  const portions: RawColumns[] = []
  for await (const portion of client.rows(statement, terms)) portions.push(portion)
  return portions
}
const listen = async (http: Server): Promise<number> => {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return (http.address() as { port: number }).port
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof AnalyticsError ? error.code : String(error)),
  )
const server = { host: '127.0.0.1', database: 'shop', user: 'reader', tls: 'off' as const }

describe('a source over an official client', () => {
  const endless: Client & { stopped: number } = {
    stopped: 0,
    async *rows(_, { onStop }) {
      onStop(() => endless.stopped++)
      yield byColumns([[1], [2]], 1, plainValue)
      await new Promise(() => undefined)
    },
    close: async () => undefined,
  }
  const source = openClientSource(settings, 'trino', endless)

  it('stops the statement in the database at its time limit and when its signal aborts', async () => {
    const select = { sql: 'select 1', parameters: [] }
    expect(await codeOf(source.query(select, limits({ timeoutMs: 20 })))).toBe('query_timeout')
    expect(endless.stopped).toBe(1)
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 20)
    expect(await codeOf(source.query(select, limits({ signal: controller.signal })))).toBe('query_cancelled')
    expect(endless.stopped).toBe(2)
  })

  it('sends nothing but statements that select, and refuses more rows than expected', async () => {
    expect(await codeOf(source.query({ sql: 'drop table x', parameters: [] }, limits()))).toBe('query_failed')
    const small = openClientSource(settings, 'trino', {
      async *rows() {
        yield byColumns([[1], [2]], 1, plainValue)
        yield byColumns([], 1, plainValue)
        yield byColumns([[3]], 1, plainValue)
      },
      explain: (sql) => `plan of ${sql}`,
      close: async () => undefined,
    })
    expect(await codeOf(small.query({ sql: 'select 1', parameters: [] }, limits({ maxRows: 2 })))).toBe('query_failed')
    expect(await small.query({ sql: 'select 1', parameters: [] }, limits())).toEqual({
      columns: [[1, 2, 3]],
      rowCount: 3,
    })
    expect(await small.explain?.({ sql: 'select 1', parameters: [] }, limits())).toBe('1\n2\n3')
    expect(source.explain).toBeUndefined()
  })

  it('hands portions over as they come, none of them empty, and stops the statement when the reader leaves', async () => {
    const before = endless.stopped
    const chunks = source.stream?.({ sql: 'select 1', parameters: [] }, limits())
    for await (const chunk of chunks ?? []) {
      expect(chunk).toEqual({ columns: [[1, 2]], rowCount: 2 })
      break
    }
    expect(endless.stopped).toBe(before + 1)
    const late = async () => {
      for await (const _ of source.stream?.({ sql: 'select 1', parameters: [] }, limits({ timeoutMs: 20 })) ?? []);
    }
    expect(await codeOf(late())).toBe('query_timeout')
    expect(endless.stopped).toBe(before + 2)
  })

  it('says which package is missing', async () => {
    await expect(importClient('@datainsight/no-such-client', 'oracle')).rejects.toMatchObject({
      code: 'query_failed',
      message: 'sources of type oracle need the package @datainsight/no-such-client',
      hint: 'npm install @datainsight/no-such-client',
    })
  })
})

describe('ClickHouse, by its own client', () => {
  let http: Server
  let client: Client
  const requests: { url: URL; body: string; headers: IncomingMessage['headers'] }[] = []
  beforeAll(async () => {
    http = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        requests.push({ url: new URL(request.url ?? '', 'http://x'), body, headers: request.headers })
        if (body.includes('endless')) return
        response.setHeader('content-type', 'application/json')
        response.end('["a","b"]\n["18446744073709551615",[1]]\n[null,[]]\n')
      })
    })
    const port = await listen(http)
    client = await openClickHouse(
      { type: 'clickhouse', connection: { ...server, port }, credentials: { password: 'hunter2' } },
      guard,
    )
  })
  afterAll(async () => {
    await client.close()
    http.closeAllConnections()
    http.close()
  })

  it('sends parameters beside the text, reads only, and keeps every digit', async () => {
    const sql = 'select {p1:String}, {p2:String}'
    const source = openClientSource(settings, 'clickhouse', client)
    expect(await source.query({ sql, parameters: ["a'b", 7] }, limits())).toEqual({
      columns: [
        ['18446744073709551615', null],
        ['[1]', '[]'],
      ],
      rowCount: 2,
    })
    const { url, body } = requests.at(-1)!
    expect(body).toContain(sql)
    // As ClickHouse reads it back: quotes of a parameter are escaped.
    expect(url.searchParams.get('param_p1')).toBe(`a\\'b`)
    expect(url.searchParams.get('param_p2')).toBe('7')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      database: 'shop',
      readonly: '2',
      max_execution_time: '11',
      session_timezone: 'UTC',
      max_result_rows: '101',
    })
  })

  it('kills a statement by its id', async () => {
    const source = openClientSource(settings, 'clickhouse', client)
    const controller = new AbortController()
    const running = codeOf(
      source.query({ sql: "select 'endless'", parameters: [] }, limits({ signal: controller.signal })),
    )
    const idOf = () => requests.find(({ body }) => body.includes('endless'))?.url.searchParams.get('query_id')
    await expect.poll(idOf).toEqual(expect.any(String))
    controller.abort()
    expect(await running).toBe('query_cancelled')
    const killed = () => requests.find(({ body }) => body.includes('kill query'))?.url.searchParams.get('param_id')
    await expect.poll(killed).toBe(idOf())
  })

  it('goes nowhere the guard does not let it', async () => {
    const shut = createConnectGuard({ allowPrivate: false, allowLoopback: false, allowed: [], ownStores: [] })
    for (const host of ['127.0.0.1', 'localhost']) {
      const { port } = http.address() as { port: number }
      const target = {
        type: 'clickhouse' as const,
        connection: { ...server, host, port },
        credentials: { password: '' },
      }
      const before = requests.length
      const blocked = await openClickHouse(target, shut)
      await expect(answerOf(blocked, { sql: 'select 1', parameters: [] })).rejects.toMatchObject({ code: 'EBLOCKED' })
      expect(requests).toHaveLength(before)
      await blocked.close()
    }
  })
})

describe('Trino, by its own client', () => {
  let http: Server
  let port: number
  let pages: object[] = []
  const requests: { method: string; path: string; body: string; headers: IncomingMessage['headers'] }[] = []
  beforeAll(async () => {
    http = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        requests.push({ method: request.method ?? '', path: request.url ?? '', body, headers: request.headers })
        response.setHeader('content-type', 'application/json')
        response.end(request.method === 'DELETE' ? '{}' : JSON.stringify(pages.shift() ?? {}))
      })
    })
    port = await listen(http)
  })
  afterAll(() => {
    http.closeAllConnections()
    http.close()
  })
  const target = (host = '127.0.0.1') => ({
    type: 'trino' as const,
    connection: { host, port, catalog: 'c', schema: 's', user: 'u', tls: 'off' as const },
    credentials: {},
  })
  const page = (number: number) => `http://localhost:${port}/v1/statement/executing/q1/${number}`

  it('sends values as literals after the statement, and fetches the next page when the last was taken', async () => {
    const columns = [{ name: 'a' }]
    pages = [
      { id: 'q1', nextUri: page(1) },
      { id: 'q1', nextUri: page(2), columns, data: [[1], [2]] },
      { id: 'q1', columns, data: [[3]] },
    ]
    requests.length = 0
    const client = await openTrino(target(), guard)
    let stop: () => unknown = () => undefined
    const statement = { sql: "select ? || 'x'", parameters: ["a' or 1=1 --", 2, 1.5, null] }
    const answered = client.rows(statement, { ...run, onStop: (how) => (stop = how) })[Symbol.asyncIterator]()
    const portions = [(await answered.next()).value]
    expect(requests.at(-1)?.path).toBe('/v1/statement/executing/q1/1')
    for (let next = await answered.next(); next.done !== true; next = await answered.next()) portions.push(next.value)
    expect(portions).toEqual([
      { columns: [[1, 2]], rowCount: 2 },
      { columns: [[3]], rowCount: 1 },
    ])
    expect(requests[0]).toMatchObject({
      method: 'POST',
      body: `execute immediate 'select ? || ''x''' using 'a'' or 1=1 --', 2, double '1.5', null`,
      headers: { 'x-trino-time-zone': 'UTC', 'x-trino-session': 'query_max_run_time=11s' },
    })
    await stop()
    expect(requests.at(-1)).toMatchObject({ method: 'DELETE', path: '/v1/query/q1' })
    expect([literal(Number.NaN), literal(-1 / 0), literal(2n ** 63n), literal('\\')]).toEqual([
      'nan()',
      '-infinity()',
      '9223372036854775808',
      `'\\'`,
    ])
    await client.close()
  })

  it('fails when the first page is an error, which it never repeats', async () => {
    pages = [{ id: 'q1', error: { message: 'line 1:1: mismatched input', errorName: 'SYNTAX_ERROR' } }]
    const client = await openTrino(target(), guard)
    await expect(answerOf(client, { sql: 'select', parameters: [] })).rejects.toMatchObject({ code: 'SYNTAX_ERROR' })
    await client.close()
  })

  it('goes nowhere the guard does not let it, also when the server names the next page there', async () => {
    const secret = createServer((_, response) =>
      response.end('{"id":"q1","columns":[{"name":"a"}],"data":[["secret"]]}'),
    )
    const secretPort = await listen(secret)
    const careful = createConnectGuard({
      allowPrivate: false,
      allowLoopback: true,
      allowed: [],
      ownStores: [{ host: '127.0.0.1', port: secretPort }],
    })
    for (const host of ['127.0.0.1', 'localhost']) {
      pages = [{ id: 'q1', nextUri: `http://${host}:${secretPort}/` }]
      const client = await openTrino(target(), careful)
      await expect(answerOf(client, { sql: 'select 1', parameters: [] })).rejects.toMatchObject({ code: 'EBLOCKED' })
      await client.close()
    }
    secret.closeAllConnections()
    secret.close()
    const shut = createConnectGuard({ allowPrivate: false, allowLoopback: false, allowed: [], ownStores: [] })
    const before = requests.length
    for (const host of ['127.0.0.1', 'localhost']) {
      const client = await openTrino(target(host), shut)
      await expect(answerOf(client, { sql: 'select 1', parameters: [] })).rejects.toMatchObject({ code: 'EBLOCKED' })
      await client.close()
    }
    expect(requests).toHaveLength(before)
  })
})

// These clients are not installed here: what is checked is what we hand to the interface that they document.
describe('what other clients are asked', () => {
  it('Snowflake: binds, limits of the session, cancellation', async () => {
    const seen: Record<string, unknown>[] = []
    let cancelled = 0
    const statement = {
      cancel: () => cancelled++,
      getColumns: () => [1, 2],
      async *streamRows() {
        yield ['12345678901234567890.5', new Date(0)]
      },
    }
    const connection = {
      connectAsync: async () => undefined,
      execute: (options: { complete: (error: unknown, statement: unknown) => void }) => {
        seen.push(options as never)
        queueMicrotask(() => options.complete(undefined, statement))
        return statement
      },
      destroy: (done: () => void) => done(),
    }
    const load = async () => ({
      default: {
        createConnection: (options: object) => {
          seen.push(options as never)
          return connection
        },
      },
    })
    const client = await openSnowflake(
      {
        type: 'snowflake',
        connection: { account: 'ab12345.eu', user: 'u', warehouse: 'w', database: 'd' },
        credentials: { privateKey: 'pem' },
      },
      load,
    )
    let stop: () => unknown = () => undefined
    const [result] = await answerOf(
      client,
      { sql: 'select ?', parameters: [7n, null] },
      { ...run, onStop: (how) => (stop = how) },
    )
    expect(result?.columns).toEqual([['12345678901234567890.5'], ['1970-01-01T00:00:00.000']])
    expect(seen[0]).toMatchObject({ account: 'ab12345.eu', authenticator: 'SNOWFLAKE_JWT', privateKey: 'pem' })
    expect(seen[1]).toMatchObject({
      sqlText: 'select ?',
      binds: ['7', null],
      parameters: { STATEMENT_TIMEOUT_IN_SECONDS: 11, ROWS_PER_RESULTSET: 101, TIMEZONE: 'UTC' },
    })
    stop()
    expect(cancelled).toBe(1)
    await client.close()
  })

  it('BigQuery: parameters with types, names by the schema, cancellation', async () => {
    const jobs: unknown[] = []
    let cancelled = 0
    class BigQuery {
      async createQueryJob(options: unknown) {
        jobs.push(options)
        const schema = { fields: [{ name: 'a' }, { name: 'b' }] }
        return [
          {
            cancel: async () => cancelled++,
            getQueryResults: async ({ pageToken }: { pageToken?: string }) =>
              pageToken === undefined
                ? [
                    [{ b: { value: '2001-01-02' }, a: { value: '9007199254740993' } }],
                    { pageToken: 'next' },
                    { schema },
                  ]
                : [[{ b: null, a: { value: '1' } }], null, { schema }],
          },
        ]
      }
    }
    const target = {
      type: 'bigquery' as const,
      connection: { project: 'my-project', dataset: 'shop' },
      credentials: { clientEmail: 'a@b.c', privateKey: 'pem' },
    }
    const client = await openBigQuery(target, async () => ({ BigQuery }))
    let stop: () => unknown = () => undefined
    const [result, second] = await answerOf(
      client,
      { sql: 'select ?, ?, ?, ?', parameters: [1, 1.5, null, true] },
      { ...run, onStop: (how) => (stop = how) },
    )
    expect(result?.columns).toEqual([['9007199254740993'], ['2001-01-02']])
    expect(second?.columns).toEqual([['1'], [null]])
    expect(jobs[0]).toMatchObject({
      types: ['INT64', 'FLOAT64', 'STRING', 'BOOL'],
      params: [1, 1.5, null, true],
      useLegacySql: false,
      jobTimeoutMs: 10_500,
    })
    await stop()
    expect(cancelled).toBe(1)
  })

  it('SQL Server: named parameters, our own guarded socket, cancellation', async () => {
    const inputs: unknown[] = []
    let config: { options: { connector: () => Promise<unknown> } } | undefined
    let cancelled = 0
    class ConnectionPool {
      constructor(given: never) {
        config = given
      }
      connect = async () => this
      close = async () => undefined
      request = () => {
        const events = new EventEmitter()
        return Object.assign(events, {
          arrayRowMode: false,
          stream: false,
          input: (...args: unknown[]) => inputs.push(args),
          query: () => {
            events.emit('recordset', [{}, {}])
            for (const row of [1, 2, 3]) events.emit('row', [row, Buffer.from('a')])
            events.emit('done')
          },
          pause: () => undefined,
          resume: () => undefined,
          cancel: () => cancelled++,
        })
      }
    }
    const target = {
      type: 'sqlserver' as const,
      connection: { ...server, host: '10.0.0.1' },
      credentials: { password: 'x' },
    }
    const client = await openSqlServer(target, settings, guard, async () => ({ default: { ConnectionPool } }))
    let stop: () => unknown = () => undefined
    const [result, ...others] = await answerOf(
      client,
      { sql: 'select @p1', parameters: ['a', null] },
      { ...run, onStop: (how) => (stop = how) },
    )
    expect(result?.columns).toEqual([
      [1, 2],
      ['\\x61', '\\x61'],
    ])
    expect(others.map(({ rowCount }) => rowCount)).toEqual([1])
    expect(inputs).toEqual([
      ['p1', 'a'],
      ['p2', null],
    ])
    await expect(config?.options.connector()).rejects.toMatchObject({ code: 'EBLOCKED' })
    stop()
    expect(cancelled).toBe(1)
    await client.close()
  })

  it('Databricks: a session for each statement, named parameters, cancellation', async () => {
    const seen: unknown[] = []
    let [cancelled, closed] = [0, 0]
    const probe = createServer()
    const closedPort = await listen(probe)
    await new Promise((resolve) => probe.close(resolve))
    class DBSQLClient {
      createConnectionProvider = (options: object): { agent?: Agent } => ({ ...options })
      connect = async (options: object) => {
        seen.push(options)
        const { agent } = this.createConnectionProvider(options)
        // As the client does: by the agent of its connection.
        await new Promise((resolve, reject) => {
          get({ host: '127.0.0.1', port: closedPort, agent }, resolve).on('error', reject)
        }).catch((error) => {
          if (error.code !== 'ECONNREFUSED') throw error
        })
        return this
      }
      openSession = async (options: unknown) => {
        seen.push(options)
        return {
          close: async () => closed++,
          executeStatement: async (sql: string, given: unknown) => {
            seen.push(sql, given)
            return {
              fetchChunk: async () => [{ b: 'x', a: 1 }],
              hasMoreRows: async () => false,
              getSchema: async () => ({ columns: [{ columnName: 'a' }, { columnName: 'b' }] }),
              cancel: async () => cancelled++,
              close: async () => undefined,
            }
          },
        }
      }
      close = async () => undefined
    }
    const target = {
      type: 'databricks' as const,
      connection: { host: '127.0.0.1', path: '/sql/1.0/warehouses/x' },
      credentials: { token: 't' },
    }
    const client = await openDatabricks(target, guard, async () => ({ DBSQLClient }))
    let stop: () => unknown = () => undefined
    const [result] = await answerOf(
      client,
      { sql: 'select :p1', parameters: ['v'] },
      { ...run, onStop: (how) => (stop = how) },
    )
    expect(result?.columns).toEqual([[1], ['x']])
    expect(seen).toMatchObject([
      { host: '127.0.0.1', path: '/sql/1.0/warehouses/x', token: 't' },
      { configuration: { TIMEZONE: 'UTC', STATEMENT_TIMEOUT: '11' } },
      'select :p1',
      { namedParameters: { p1: 'v' }, maxRows: 101 },
    ])
    await stop()
    expect([cancelled, closed]).toEqual([1, 1])
    const shut = createConnectGuard({ allowPrivate: false, allowLoopback: false, allowed: [], ownStores: [] })
    const blocked = await openDatabricks(target, shut, async () => ({ DBSQLClient }))
    await expect(answerOf(blocked, { sql: 'select 1', parameters: [] })).rejects.toMatchObject({ code: 'EBLOCKED' })
  })
})
