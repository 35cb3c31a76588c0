import { inspect } from 'node:util'
import { AnalyticsError } from '@datainsight/core'
import mysql, { type Connection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataSource, StatementLimits } from './data-source.ts'
import { type MySqlOptions, openMySql } from './mysql.ts'
import { toCells } from './to-cell.ts'

const server = process.env.TEST_MARIADB_URL
const database = `source_${process.pid}`
const never = (limits: Partial<StatementLimits> = {}): StatementLimits => ({
  signal: new AbortController().signal,
  timeoutMs: 60_000,
  maxRows: 1_000,
  ...limits,
})
const ask = (sql: string, ...parameters: unknown[]) => ({ sql, parameters })

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'answered',
    (error: unknown) => (error instanceof AnalyticsError ? error.code : String(error)),
  )
}

describe.runIf(server !== undefined)('MySQL source', () => {
  let source: DataSource
  let admin: Connection
  let options: MySqlOptions

  beforeAll(async () => {
    const { hostname: host, port } = new URL(server as string)
    admin = await mysql.createConnection(server as string)
    await admin.query(`create database ${database} character set utf8mb4`)
    await admin.query(`use ${database}`)
    await admin.query('create table source_rows (n int)')
    options = { name: 'crm', host, port: Number(port), database, user: 'root', password: '', tls: false }
    source = openMySql({ ...options, concurrency: 2 })
  })

  afterAll(async () => {
    await source.close()
    await admin.query(`drop database ${database}`)
    await admin.end()
  })

  async function running(marker: string): Promise<number> {
    const [rows] = await admin.query<mysql.RowDataPacket[]>(
      `select count(*) as n from information_schema.processlist where id <> connection_id() and info like ?`,
      [`%${marker}%`],
    )
    return Number(rows[0]?.n)
  }

  it('tells how many sessions it has', async () => {
    const fresh = openMySql({ ...options, name: 'fresh', concurrency: 1 })
    expect(fresh.pool).toEqual({ size: 0, idle: 0, waiting: 0 })
    const asked = [1, 2, 3].map(() => fresh.query(ask('select 1'), never()))
    await expect.poll(() => fresh.pool).toEqual({ size: 1, idle: 0, waiting: 2 })
    await Promise.all(asked)
    await expect.poll(() => fresh.pool).toEqual({ size: 1, idle: 1, waiting: 0 })
    await fresh.close()
  })

  it('hands over every kind of value without loss', async () => {
    await admin.query('create table all_types (t timestamp(6), d date, dt datetime(6), y year, b bit(4), j json)')
    await admin.query(
      `insert into all_types values ('2001-01-02 03:04:05.000006', '2001-01-02', '2001-01-02 03:04:05.5', 2001, b'101', '{"a": 1}')`,
    )
    const fresh = openMySql({ ...options, name: 'fresh' })
    const { columns } = await fresh.query(
      ask(
        `select 9223372036854775807, 18446744073709551615, cast('12345678901234567.89' as decimal(20, 2)), 0.1e0, true, null, "x",
        'a\\\\b', t, d, dt, y, b, j, 7, ?, ?, ?, x'00ff' from all_types`,
        'ä😀',
        7,
        1.5,
      ),
      never(),
    )
    await fresh.close()
    expect(columns.map(([value]) => value)).toEqual([
      '9223372036854775807',
      '18446744073709551615',
      '12345678901234567.89',
      0.1,
      1,
      null,
      'x',
      'a\\b',
      // Stored by a session in UTC; read in one.
      '2001-01-02 03:04:05.000006',
      '2001-01-02',
      '2001-01-02 03:04:05.500000',
      2001,
      '\\x05',
      '{"a": 1}',
      7,
      'ä😀',
      '7',
      1.5,
      '\\x00ff',
    ])
    expect(toCells(columns[8] ?? [], { type: 'time' })).toEqual(['2001-01-02T03:04:05.000006Z'])
    expect(toCells(columns[10] ?? [], { type: 'time' })).toEqual(['2001-01-02T03:04:05.500Z'])
  })

  it('gives columns, also for no rows', async () => {
    const sql = 'select seq, seq * 2 from seq_1_to_3 order by 1'
    expect(await source.query(ask(sql), never())).toEqual({
      columns: [
        ['1', '2', '3'],
        ['2', '4', '6'],
      ],
      rowCount: 3,
    })
    expect(await source.query(ask('select 1 from source_rows where false'), never())).toEqual({
      columns: [[]],
      rowCount: 0,
    })
    expect(await codeOf(source.query(ask(sql), never({ maxRows: 2 })))).toBe('query_failed')
  })

  it('takes a limit as a value', async () => {
    expect((await source.query(ask('select seq from seq_1_to_9 limit ? offset ?', 2, 3), never())).rowCount).toBe(2)
  })

  it.each([
    'insert into source_rows values (1)',
    'with x as (select 1) delete from source_rows',
    'create temporary table t (n int)',
    'select 1; select 2',
    'set session transaction read write',
    'set statement max_statement_time = 0 for select 1',
    'commit',
    'drop table source_rows',
    'call anything()',
    `load data local infile '/etc/passwd' into table source_rows`,
    'select n from source_rows for update',
  ])('refuses %s', async (sql) => {
    expect(await codeOf(source.query(ask(sql), never()))).toBe('query_failed')
    const [rows] = await admin.query<mysql.RowDataPacket[]>('select count(*) as n from source_rows')
    expect(rows[0]?.n).toBe(0)
  })

  it.each([[{ toSqlString: () => '1) or (1=1' }], [[1, 2]], [new Date(0)]])(
    'refuses a parameter that is no scalar',
    async (value) => {
      expect(await codeOf(source.query(ask('select ?', value), never()))).toBe('query_failed')
    },
  )

  it('SQL-22 lets nothing of a statement stay in its session', async () => {
    const one = openMySql({ ...options, name: 'one', concurrency: 1 })
    const { columns: first } = await one.query(
      ask(`select @tenant := 'other', get_lock('mine', 0), connection_id()`),
      never(),
    )
    const { columns } = await one.query(
      ask(
        `select @tenant, is_used_lock('mine'), connection_id(), @@session.time_zone, @@session.tx_read_only,
        @@session.max_statement_time, @@session.character_set_client, @@session.sql_mode`,
      ),
      never(),
    )
    expect(columns[2]).toEqual(first[2])
    expect(columns.map(([value]) => value)).toEqual([
      null,
      null,
      first[2]?.[0],
      '+00:00',
      '1',
      60.5,
      'utf8mb4',
      'NO_ENGINE_SUBSTITUTION',
    ])
    await one.close()
  })

  it('stops a statement at its time limit, in the database too', async () => {
    // Ended from outside long before another limit would: left alone, the statement takes ten minutes.
    expect(await codeOf(source.query(ask('select sleep(600) /* limit */'), never({ timeoutMs: 200 })))).toBe(
      'query_timeout',
    )
    await expect.poll(() => running('/* limit */')).toBe(0)
    expect(await codeOf(source.query(ask('select 1'), never()))).toBe('answered')
  })

  it('stops a statement in the database when its signal aborts', async () => {
    const controller = new AbortController()
    const stopped = codeOf(source.query(ask('select sleep(600) /* abort */'), never({ signal: controller.signal })))
    await expect.poll(() => running('/* abort */')).toBe(1)
    controller.abort()
    expect(await stopped).toBe('query_cancelled')
    await expect.poll(() => running('/* abort */')).toBe(0)
    expect(await codeOf(source.query(ask('select 1'), never({ signal: controller.signal })))).toBe('query_cancelled')
  })

  it('stops a statement whenever the signal aborts, also before it has begun', async () => {
    for (let delayMs = 0; delayMs < 12; delayMs++) {
      const controller = new AbortController()
      setTimeout(() => controller.abort(), delayMs)
      expect(
        await codeOf(source.query(ask('select sleep(600) /* early */'), never({ signal: controller.signal }))),
      ).toBe('query_cancelled')
    }
    await expect.poll(() => running('/* early */')).toBe(0)
  })

  it('never stops the statement of somebody else', async () => {
    for (let round = 0; round < 20; round++) {
      const controller = new AbortController()
      const first = codeOf(source.query(ask('select sleep(0.01)'), never({ signal: controller.signal })))
      setTimeout(() => controller.abort(), 9)
      await first
      const { columns } = await source.query(ask('select sleep(0.01)'), never())
      // 1 would mean that it was interrupted.
      expect(columns[0]).toEqual([0])
    }
  })

  it('goes on after the server ended its sessions', async () => {
    await source.query(ask('select 1'), never())
    const lost = codeOf(source.query(ask('select sleep(600) /* lost */'), never()))
    await expect.poll(() => running('/* lost */')).toBe(1)
    const [rows] = await admin.query<mysql.RowDataPacket[]>(
      `select id from information_schema.processlist where db = ? and id <> connection_id()`,
      [database],
    )
    for (const { id } of rows) await admin.query(`kill ${Number(id)}`)
    expect(await lost).toBe('query_failed')
    await expect.poll(() => codeOf(source.query(ask('select 1'), never()))).toBe('answered')
  })

  it('fails clearly when nobody answers at its address', async () => {
    const nobody = openMySql({ ...options, name: 'nobody', port: 1, password: 'hunter2' })
    const fault = await nobody.query(ask('select 1'), never()).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'query_failed', message: 'the data source nobody cannot be reached' })
    expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain('hunter2')
    await nobody.close()
  })

  it('keeps the text of a fault out of its message', async () => {
    const sql = `select json_extract('{}', concat('hunter2', n)), extractvalue('<a/>', concat('hunter2', '(')) from (select 1 as n) x`
    const fault = await source.query(ask(sql), never()).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'query_failed', message: 'the data source crm could not answer' })
    expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain('hunter2')
  })

  it('explains a statement without running it', async () => {
    const plan = await source.explain?.(ask('select * from source_rows where n = ?', 1), never())
    expect(JSON.parse(plan ?? '')).toHaveProperty('query_block')
  })
})
