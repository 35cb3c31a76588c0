import { createServer, type IncomingMessage, type Server } from 'node:http'
import { AnalyticsError } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createConnectGuard } from '../connect-guard.ts'
import type { StatementLimits } from '../data-source.ts'
import { openBigQuery } from './bigquery.ts'
import { openClickHouse } from './clickhouse.ts'
import { byColumns, type Client, importClient, openClientSource, plainValue } from './client-source.ts'
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
const run = { timeoutMs: 10_500, maxRows: 101, onStop: () => undefined }
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof AnalyticsError ? error.code : String(error)),
  )
const server = { host: '127.0.0.1', database: 'shop', user: 'reader', tls: 'off' as const }

describe('a source over an official client', () => {
  const endless: Client & { stopped: number } = {
    stopped: 0,
    run: (_, { onStop }) => {
      onStop(() => endless.stopped++)
      return new Promise(() => undefined)
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
    const rows: Client = { ...endless, run: async () => byColumns([[1], [2], [3]], 1, plainValue) }
    const small = openClientSource(settings, 'trino', rows)
    expect(await codeOf(small.query({ sql: 'select 1', parameters: [] }, limits({ maxRows: 2 })))).toBe('query_failed')
    expect((await small.query({ sql: 'select 1', parameters: [] }, limits())).columns).toEqual([[1, 2, 3]])
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
        response.end(
          '{"meta":[{"name":"a","type":"UInt64"},{"name":"b","type":"Array(Int8)"}],"data":[["18446744073709551615",[1]],[null,[]]],"rows":2}',
        )
      })
    })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const { port } = http.address() as { port: number }
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
    const result = await client.run({ sql, parameters: ["a'b", 7] }, run)
    expect(result).toEqual({
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
    const running = source.query({ sql: "select 'endless'", parameters: [] }, limits({ timeoutMs: 200 }))
    expect(await codeOf(running)).toBe('query_timeout')
    const id = requests.find(({ body }) => body.includes('endless'))?.url.searchParams.get('query_id')
    const killed = () => requests.find(({ body }) => body.includes('kill query'))?.url.searchParams.get('param_id')
    await expect.poll(killed, { timeout: 5_000 }).toBe(id)
    expect(id).toBeDefined()
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
      await expect(blocked.run({ sql: 'select 1', parameters: [] }, run)).rejects.toMatchObject({ code: 'EBLOCKED' })
      expect(requests).toHaveLength(before)
      await blocked.close()
    }
  })
})

// These clients are not installed here: what is checked is what we hand to the interface that they document.
describe('what other clients are asked', () => {
  it('Snowflake: binds, limits of the session, cancellation', async () => {
    const seen: Record<string, unknown>[] = []
    let cancelled = 0
    const statement = { cancel: () => cancelled++, getColumns: () => [1, 2] }
    const connection = {
      connectAsync: async () => undefined,
      execute: (options: { complete: (error: unknown, statement: unknown, rows: unknown) => void }) => {
        seen.push(options as never)
        queueMicrotask(() => options.complete(undefined, statement, [['12345678901234567890.5', new Date(0)]]))
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
    const result = await client.run(
      { sql: 'select ?', parameters: [7n, null] },
      { ...run, onStop: (how) => (stop = how) },
    )
    expect(result.columns).toEqual([['12345678901234567890.5'], ['1970-01-01T00:00:00.000']])
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
        const rows = [{ b: { value: '2001-01-02' }, a: { value: '9007199254740993' } }]
        return [
          {
            cancel: async () => cancelled++,
            getQueryResults: async () => [rows, null, { schema: { fields: [{ name: 'a' }, { name: 'b' }] } }],
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
    const result = await client.run(
      { sql: 'select ?, ?, ?, ?', parameters: [1, 1.5, null, true] },
      { ...run, onStop: (how) => (stop = how) },
    )
    expect(result.columns).toEqual([['9007199254740993'], ['2001-01-02']])
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
      request = () => ({
        arrayRowMode: false,
        input: (...args: unknown[]) => inputs.push(args),
        query: async () => ({ recordset: [[1, Buffer.from('a')]], columns: [[{}, {}]] }),
        cancel: () => cancelled++,
      })
    }
    const target = {
      type: 'sqlserver' as const,
      connection: { ...server, host: '10.0.0.1' },
      credentials: { password: 'x' },
    }
    const client = await openSqlServer(target, settings, guard, async () => ({ default: { ConnectionPool } }))
    let stop: () => unknown = () => undefined
    const result = await client.run(
      { sql: 'select @p1', parameters: ['a', null] },
      { ...run, onStop: (how) => (stop = how) },
    )
    expect(result.columns).toEqual([[1], ['\\x61']])
    expect(inputs).toEqual([
      ['p1', 'a'],
      ['p2', null],
    ])
    await expect(config?.options.connector()).rejects.toMatchObject({ code: 'EBLOCKED' })
    stop()
    expect(cancelled).toBe(1)
    await client.close()
  })

  it('Trino: values as literals after the statement, pages, cancellation by id', async () => {
    const queries: string[] = []
    const cancelled: string[] = []
    const create = () => ({
      cancel: async (id: string) => cancelled.push(id),
      query: async (text: string) => {
        queries.push(text)
        return (async function* () {
          yield { id: 'q1', columns: [{ name: 'a' }] }
          yield { id: 'q1', columns: [{ name: 'a' }], data: [[1], [2]] }
        })()
      },
    })
    class BasicAuth {}
    const target = {
      type: 'trino' as const,
      connection: { host: '127.0.0.1', catalog: 'c', schema: 's', user: 'u', tls: 'off' as const },
      credentials: {},
    }
    const client = await openTrino(target, guard, async () => ({ Trino: { create }, BasicAuth }))
    let stop: () => unknown = () => undefined
    const statement = { sql: "select ? || 'x'", parameters: ["a' or 1=1 --", 2, 1.5, null] }
    const result = await client.run(statement, { ...run, onStop: (how) => (stop = how) })
    expect(result).toEqual({ columns: [[1, 2]], rowCount: 2 })
    expect(queries).toEqual([`execute immediate 'select ? || ''x''' using 'a'' or 1=1 --', 2, double '1.5', null`])
    await stop()
    expect(cancelled).toEqual(['q1'])
    expect([literal(Number.NaN), literal(-1 / 0), literal(2n ** 63n), literal('\\')]).toEqual([
      'nan()',
      '-infinity()',
      '9223372036854775808',
      `'\\'`,
    ])
  })

  it('Databricks: a session for each statement, named parameters, cancellation', async () => {
    const seen: unknown[] = []
    let [cancelled, closed] = [0, 0]
    class DBSQLClient {
      connect = async (options: unknown) => {
        seen.push(options)
        return this
      }
      openSession = async (options: unknown) => {
        seen.push(options)
        return {
          close: async () => closed++,
          executeStatement: async (sql: string, given: unknown) => {
            seen.push(sql, given)
            return {
              fetchAll: async () => [{ b: 'x', a: 1 }],
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
    const result = await client.run({ sql: 'select :p1', parameters: ['v'] }, { ...run, onStop: (how) => (stop = how) })
    expect(result.columns).toEqual([[1], ['x']])
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
    await expect(blocked.run({ sql: 'select 1', parameters: [] }, run)).rejects.toMatchObject({ code: 'EBLOCKED' })
  })
})
