import { inspect } from 'node:util'
import { AnalyticsError, type ColumnType } from '@datainsight/core'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Statement, StatementLimits } from './data-source.ts'
import { type RawColumn, unpackAll } from './packed-column.ts'
import { openPostgres, type PostgresSource } from './postgres.ts'
import { toCells } from './to-cell.ts'

/** Both ways to ask for all rows. */
const METHODS = ['query', 'queryPacked'] as const
const server = process.env.TEST_DATABASE_URL as string
// A database of our own: these tests change its settings and end its sessions.
const database = `source_${process.pid}`
const url = Object.assign(new URL(server), { pathname: database }).href
const never = (limits: Partial<StatementLimits> = {}): StatementLimits => ({
  signal: new AbortController().signal,
  timeoutMs: 60_000,
  maxRows: 1_000,
  ...limits,
})
const ask = (sql: string, ...parameters: unknown[]) => ({ sql, parameters })

let source: PostgresSource
let admin: pg.Client

beforeAll(async () => {
  await onServer(`create database ${database}`)
  admin = new pg.Client(url)
  await admin.connect()
  await admin.query('create table public.source_rows (n int)')
  source = openPostgres({ name: 'crm', url, concurrency: 2 })
})

afterAll(async () => {
  await source.close()
  await admin.end()
  await onServer(`drop database ${database} with (force)`)
})

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  await client.query(sql)
  await client.end()
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'answered',
    (error: unknown) => (error instanceof AnalyticsError ? error.code : String(error)),
  )
}

async function running(marker: string): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `select count(*)::int from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like $1`,
    [`%${marker}%`],
  )
  return rows[0]?.count ?? -1
}

describe('PostgreSQL source', () => {
  it('hands over every kind of value without loss, whatever the server’s settings', async () => {
    await admin.query(`alter database ${database} set timezone = 'Asia/Tokyo'`)
    await admin.query(`alter database ${database} set datestyle = 'German'`)
    const fresh = openPostgres({ name: 'fresh', url })
    const { columns } = await fresh.query(
      ask(
        `select 9223372036854775807::int8, 12345678901234567.89::numeric, 0.1::float8, 'NaN'::float8, true, null, 'x',
        date '2001-01-02', timestamp '2001-01-02 03:04:05.000006', timestamptz '2001-01-02 03:04:05+02', 7::int4, $1::text`,
        'ä',
      ),
      never(),
    )
    await fresh.close()
    await admin.query(`alter database ${database} reset all`)
    expect(columns.map(([value]) => value)).toEqual([
      '9223372036854775807',
      '12345678901234567.89',
      0.1,
      Number.NaN,
      true,
      null,
      'x',
      '2001-01-02',
      '2001-01-02 03:04:05.000006',
      '2001-01-02 01:04:05+00',
      7,
      'ä',
    ])
    expect(toCells(columns[9] ?? [], { type: 'time' })).toEqual(['2001-01-02T01:04:05.000Z'])
  })

  it('answers and streams the same cells, as bytes or not, for every kind of value', async () => {
    // Each list is a column: what stands in it, and a null.
    const lists = [
      "'{true,false,null}'::bool[]",
      "'{0,-32768,32767,null}'::int2[]",
      "'{0,-2147483648,2147483647,12,null}'::int4[]",
      "'{0,9223372036854775807,-9223372036854775808,9007199254740993,-12,5,1,null}'::int8[]",
      "'{0.1,-0,1e20,1e-9,NaN,Infinity,-Infinity,null}'::float4[]",
      "'{0.1,-0,0.5,1e20,1e-9,123456789.125,9007199254740993,NaN,Infinity,-Infinity,null}'::float8[]",
      "'{0.10,-0.0,12,-1.50,123456789012345678901234567890.5,0.33333333333333333333,1e-20,NaN,Infinity,null}'::numeric[]",
      "array['', 'a', 'ä😀', '=1', '\u{fffd}', repeat('x', 3000), 'infinity', '0x1F', ' 1', '1e5', 't', null]",
      "'{2001-01-02,0044-03-15 BC,infinity,-infinity,12001-01-01,2024-02-29,null}'::date[]",
      "'{2001-01-02 03:04:05,2001-01-02 03:04:05.1,2001-01-02 03:04:05.000006,0044-03-15 BC,infinity,294276-12-31 23:59:59.999999,null}'::timestamp[]",
      "'{2001-01-02 03:04:05+02,0001-01-01 00:00:00+00,infinity,1600-02-29 23:59:59.5+00,null}'::timestamptz[]",
      "'{1 month 2 days 03:04:05,null}'::interval[]",
      "'{03:04:05.5,null}'::time[]",
      `'{"{\\"a\\": [1, null]}",null}'::jsonb[]`,
      "'{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,null}'::uuid[]",
      "'{\\\\x00ff,null}'::bytea[]",
    ]
    const types: ColumnType[] = ['string', 'integer', 'number', 'decimal', 'boolean', 'time', 'geo']
    /** The cell, and what was said of it; the code of its fault. */
    const cellOf = (raw: RawColumn, type: ColumnType, exact: boolean): unknown => {
      const losses: string[] = []
      try {
        const cells = toCells(raw, { type }, { exact, onLoss: (code) => losses.push(code) })
        return { cells, losses }
      } catch (error) {
        return (error as AnalyticsError).code
      }
    }
    for (const dialect of ['postgres', 'redshift'] as const) {
      const asked = openPostgres({ name: 'asked', url, dialect })
      for (const list of lists) {
        const statement = ask(`select v from unnest(${list}) with ordinality as t (v, n) order by n`)
        const { columns } = await asked.query(statement, never())
        const values = columns[0] ?? []
        const whole = await asked.queryPacked(statement, never())
        for (const type of types) {
          expect(cellOf(whole.columns[0] ?? [], type, true), `${list} as ${type}`).toEqual(cellOf(values, type, true))
        }
        // One row in each chunk, so that no value decides how its neighbours are read.
        for (const chunkRows of [1, 100]) {
          const packed: RawColumn[] = []
          for await (const chunk of asked.streamPacked(statement, { ...never(), chunkRows })) {
            packed.push(...chunk.columns)
          }
          expect(packed).toHaveLength(Math.ceil(values.length / chunkRows))
          packed.forEach((column, index) => {
            const part = values.slice(index * chunkRows, (index + 1) * chunkRows)
            for (const type of types) {
              for (const exact of [false, true]) {
                expect(cellOf(column, type, exact), `${list} as ${type}`).toEqual(cellOf(part, type, exact))
              }
            }
          })
        }
      }
      await asked.close()
    }
  })

  it('begins another chunk when rows are large', async () => {
    const sizes: number[] = []
    for await (const { rowCount } of source.stream?.(
      ask("select repeat('x', 700000) from generate_series(1, 5)"),
      never(),
    ) ?? []) {
      sizes.push(rowCount)
    }
    expect(sizes).toEqual([2, 2, 1])
  })

  it('gives columns, also for no rows', async () => {
    expect(unpackAll(await source.queryPacked(ask('select 1, $1::text where false', 'x'), never()))).toEqual({
      columns: [[], []],
      rowCount: 0,
    })
    expect(await source.query(ask('select n, n * 2 from generate_series(1, 3) n'), never())).toEqual({
      columns: [
        [1, 2, 3],
        [2, 4, 6],
      ],
      rowCount: 3,
    })
    expect(await source.query(ask('select 1 where false'), never())).toEqual({ columns: [[]], rowCount: 0 })
  })

  it('fails at one row too many', async () => {
    const rows = (count: number) => ask(`select n from generate_series(1, ${count}) n`)
    for (const method of METHODS) {
      expect(await codeOf(source[method](rows(1_001), never()))).toBe('query_failed')
      expect((await source[method](rows(1_000), never())).rowCount).toBe(1_000)
    }
  })
})

describe.each(METHODS)('%s of a PostgreSQL source', (method) => {
  const query = (statement: Statement, limits: StatementLimits, of = source) => of[method](statement, limits)

  it.each([
    'insert into public.source_rows values (1)',
    'create temporary table t (n int)',
    'select 1; select 2',
    'select nextval(pg_get_serial_sequence($$public.source_rows$$, $$n$$)); drop table public.source_rows',
    'with gone as (delete from public.source_rows returning n) select * from gone',
    'select n from public.source_rows for update',
  ])('refuses %s', async (sql) => {
    expect(await codeOf(query(ask(sql), never()))).toBe('query_failed')
  })

  it('SQL-22 lets nothing of a statement stay in its session', async () => {
    const one = openPostgres({ name: 'one', url, concurrency: 1 })
    const lift = `select set_config('statement_timeout', '0', false), set_config('app.tenant', 'other', false),
      set_config('transaction_read_only', 'off', false), set_config('timezone', 'Asia/Tokyo', false)`
    expect(await codeOf(one.query(ask(lift), never()))).toBe('query_failed')
    const tenant = `select set_config('app.tenant', 'other', false), set_config('statement_timeout', '0', false)`
    expect(await codeOf(one.query(ask(tenant), never()))).toBe('answered')
    const { columns } = await one.query(
      ask(`select coalesce(current_setting('app.tenant', true), ''), current_setting('statement_timeout'),
        current_setting('transaction_read_only'), current_setting('timezone')`),
      never(),
    )
    expect(columns.map(([value]) => value)).toEqual(['', '60500ms', 'on', 'UTC'])
    await one.close()
  })

  it('SQL-22 stops a statement at its time limit, in the database too', async () => {
    // Ended from outside long before another limit would: left alone, the statement takes ten minutes.
    const stopped = query(ask(`select pg_sleep(600) /* limit */`), never({ timeoutMs: 200 }))
    expect(await codeOf(stopped)).toBe('query_timeout')
    await expect.poll(() => running('/* limit */')).toBe(0)
    expect(await codeOf(query(ask('select 1'), never()))).toBe('answered')
  })

  it('SQL-22 stops a statement that lifts its own timeout', async () => {
    const sql = `select set_config('statement_timeout', '0', true), pg_sleep(600) /* lifted */`
    expect(await codeOf(query(ask(sql), never({ timeoutMs: 200 })))).toBe('query_timeout')
    await expect.poll(() => running('/* lifted */')).toBe(0)
  })

  it('stops a statement in the database when its signal aborts', async () => {
    const controller = new AbortController()
    const stopped = codeOf(query(ask('select pg_sleep(600) /* abort */'), never({ signal: controller.signal })))
    await expect.poll(() => running('/* abort */')).toBe(1)
    controller.abort()
    expect(await stopped).toBe('query_cancelled')
    await expect.poll(() => running('/* abort */')).toBe(0)
    expect(await codeOf(query(ask('select 1'), never({ signal: controller.signal })))).toBe('query_cancelled')
  })

  it('stops a statement whenever the signal aborts, also before it has begun', async () => {
    for (let delayMs = 0; delayMs < 12; delayMs++) {
      const controller = new AbortController()
      setTimeout(() => controller.abort(), delayMs)
      expect(await codeOf(query(ask('select pg_sleep(600) /* early */'), never({ signal: controller.signal })))).toBe(
        'query_cancelled',
      )
    }
    await expect.poll(() => running('/* early */')).toBe(0)
  })

  it('never stops the statement of somebody else', async () => {
    for (let round = 0; round < 20; round++) {
      const controller = new AbortController()
      const first = codeOf(query(ask('select pg_sleep(0.01)'), never({ signal: controller.signal })))
      setTimeout(() => controller.abort(), 9)
      await first
      expect(await codeOf(query(ask('select pg_sleep(0.01)'), never()))).toBe('answered')
    }
  })

  it('goes on after the server ended its sessions', async () => {
    await query(ask('select 1'), never())
    const lost = codeOf(query(ask('select pg_sleep(600) /* lost */'), never()))
    await expect.poll(() => running('/* lost */')).toBe(1)
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}' and pid <> pg_backend_pid()`,
    )
    expect(await lost).toBe('query_failed')
    await expect.poll(() => codeOf(query(ask('select 1'), never()))).toBe('answered')
  })

  it('fails clearly when nobody answers at its address', async () => {
    const nobody = openPostgres({
      name: 'nobody',
      url: 'postgres://reader:hunter2@127.0.0.1:1/x',
      connectTimeoutMs: 500,
    })
    const fault = await query(ask('select 1'), never(), nobody).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'query_failed', message: 'the data source nobody cannot be reached' })
    await nobody.close()
  })

  it('keeps the text of a fault out of its message', async () => {
    const fault = await query(ask(`select 'hunter2'::int`), never()).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'query_failed', message: 'the data source crm could not answer' })
    expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain('hunter2')
    expect((fault as AnalyticsError).cause).toMatchObject({ message: 'error 22P02', code: '22P02' })
  })

  it('needs one round trip for a statement', async () => {
    const { sent, send, close } = await openCounting(method)
    await send('select 1')
    const before = sent()
    await send('select 2')
    expect(sent() - before).toBe(1)
    await close()
  })
})

/** A source whose connection passes a proxy that counts how often the client waited for the server before it wrote again. */
async function openCounting(method: (typeof METHODS)[number]) {
  const { createServer, connect } = await import('node:net')
  const { port, hostname } = new URL(url)
  let turns = 0
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    let clientSpeaks = false
    client.on('data', (chunk) => {
      if (!clientSpeaks) turns++
      clientSpeaks = true
      upstream.write(chunk)
    })
    upstream.on('data', (chunk) => {
      clientSpeaks = false
      client.write(chunk)
    })
    for (const socket of [client, upstream]) socket.on('error', () => undefined)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const counted = openPostgres({ name: 'counted', url: Object.assign(new URL(url), { port: address.port }).href })
  return {
    sent: () => turns,
    send: (sql: string) => counted[method](ask(sql), never()),
    close: async () => {
      await counted.close()
      server.close()
    },
  }
}
