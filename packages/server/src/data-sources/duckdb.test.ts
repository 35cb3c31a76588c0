import { copyFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AnalyticsError } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataSource, StatementLimits } from './data-source.ts'
import { openDuckDB } from './duckdb.ts'
import { toCells } from './to-cell.ts'

const DATA = fileURLToPath(new URL('../../../../node_modules/vega-datasets/data/', import.meta.url))
const never = (limits: Partial<StatementLimits> = {}): StatementLimits => ({
  signal: new AbortController().signal,
  timeoutMs: 60_000,
  maxRows: 1_000,
  ...limits,
})
/** Takes hours if nothing stops it. */
const ENDLESS = 'select count(*) from range(10000000) a, range(10000000) b where hash(a.range, b.range) = 7'

let folder: string
let source: DataSource

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'datainsight-duckdb-'))
  writeFileSync(join(folder, 'secret.csv'), 'word\nhunter2\n')
  source = await openDuckDB({
    name: 'flights',
    tables: {
      flights: { file: join(DATA, 'flights-3m.parquet') },
      airports: { file: join(DATA, 'airports.csv') },
    },
  })
})

afterAll(async () => {
  await source.close()
  rmSync(folder, { recursive: true })
})

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'answered',
    (error: unknown) => (error instanceof AnalyticsError ? error.code : String(error)),
  )
}

describe('DuckDB source', () => {
  it('answers parts that are united each by itself, also where they join alike', async () => {
    writeFileSync(join(folder, 'a.csv'), 'id,n\n1,1\n2,2\n')
    writeFileSync(join(folder, 'b.csv'), 'id,t\n1,x\n2,\n')
    writeFileSync(join(folder, 'c.csv'), 'id,n,k1,k2\n1,1,2,2\n2,1,2,1\n')
    const file = (name: string) => ({ file: join(folder, `${name}.csv`) })
    const small = await openDuckDB({ name: 'small', tables: { a: file('a'), b: file('b'), c: file('c') } })
    const keys = (key: string) => `
      select ${key} as k from a left join c on a.id = c.k1 left join b on c.k2 = b.id
      left join (select a.id as k, sum(c.n) as value from a left join c on a.id = c.k1 group by 1) s on a.id = s.k
      where s.value is null and (b.t <> 'y' or b.t is null) group by 1`
    const { columns } = await small.query(
      {
        sql: `select max(x), max(y) from (
          select count(*) as x, null as y from (${keys('b.id')}) keys left join b on keys.k = b.id
          union all select null, sum(a.n) from (${keys('a.id')}) keys join a on keys.k = a.id) q`,
        parameters: [],
      },
      never(),
    )
    await small.close()
    expect(columns.map(([value]) => Number(value))).toEqual([1, 1])
  })

  it('answers from Parquet with parameters, by columns', async () => {
    const { columns, rowCount } = await source.query(
      {
        sql: 'select origin, count(*), round(avg(delay), 4) from flights where origin in ($1, $2) group by 1 order by 1',
        parameters: ['SEA', 'DEN'],
      },
      never(),
    )
    expect({ columns, rowCount }).toEqual({
      columns: [
        ['DEN', 'SEA'],
        [66_923n, 50_231n],
        [11.0717, 9.6595],
      ],
      rowCount: 2,
    })
  })

  it('answers from CSV and joins files', async () => {
    const sql = 'select city from airports join flights on iata = origin where iata = $1 limit 1'
    expect((await source.query({ sql, parameters: ['SEA'] }, never())).columns).toEqual([['Seattle']])
  })

  it('hands over every kind of value without loss', async () => {
    const sql = `select 9223372036854775807::bigint, 170141183460469231731687303715884105727::hugeint,
      12345678901234567.89::decimal(20, 2), -0.05::decimal(4, 2), 1.5::double, true, null, 'x', date '2001-01-02',
      timestamp '2001-01-02 03:04:05.000006', timestamptz '2001-01-02 03:04:05+02', timestamp_s '2001-01-02 03:04:05',
      '00000000-0000-0000-0000-00000000000a'::uuid, timestamp 'infinity', timestamp '1969-12-31 23:59:59.999999'`
    const { columns } = await source.query({ sql, parameters: [] }, never())
    expect(columns.map(([value]) => value)).toEqual([
      9_223_372_036_854_775_807n,
      170_141_183_460_469_231_731_687_303_715_884_105_727n,
      '12345678901234567.89',
      '-0.05',
      1.5,
      true,
      null,
      'x',
      '2001-01-02T00:00:00.000',
      '2001-01-02T03:04:05.000006',
      '2001-01-02T01:04:05.000',
      '2001-01-02T03:04:05.000',
      '00000000-0000-0000-0000-00000000000a',
      'infinity',
      '1969-12-31T23:59:59.999999',
    ])
    expect(toCells(columns[9] ?? [], { type: 'time' })).toEqual(['2001-01-02T03:04:05.000006Z'])
  })

  it('stops a statement at its time limit and stays usable', async () => {
    // Ended from outside long before another limit would: left alone, the statement takes hours.
    expect(await codeOf(source.query({ sql: ENDLESS, parameters: [] }, never({ timeoutMs: 200 })))).toBe(
      'query_timeout',
    )
    expect(await codeOf(source.query({ sql: 'select 1', parameters: [] }, never()))).toBe('answered')
  })

  it('stops a statement when its signal aborts, and starts none that was aborted before', async () => {
    const controller = new AbortController()
    const running = codeOf(source.query({ sql: ENDLESS, parameters: [] }, never({ signal: controller.signal })))
    setTimeout(() => controller.abort(), 100)
    expect(await running).toBe('query_cancelled')
    expect(await codeOf(source.query({ sql: 'select 1', parameters: [] }, never({ signal: controller.signal })))).toBe(
      'query_cancelled',
    )
  })

  it('stops a statement whenever the signal aborts, also before it has begun', async () => {
    const stopped = Array.from({ length: 12 }, async (_, delayMs) => {
      const controller = new AbortController()
      setTimeout(() => controller.abort(), delayMs)
      return codeOf(source.query({ sql: ENDLESS, parameters: [] }, never({ signal: controller.signal })))
    })
    expect(new Set(await Promise.all(stopped))).toEqual(new Set(['query_cancelled']))
  })

  it('refuses more rows than it was told to expect', async () => {
    const three = { sql: 'select * from range(3)', parameters: [] }
    expect(await codeOf(source.query(three, never({ maxRows: 3 })))).toBe('answered')
    expect(await codeOf(source.query(three, never({ maxRows: 2 })))).toBe('query_failed')
  })

  it('keeps the text of a fault out of its message', async () => {
    const fault = await source
      .query({ sql: 'select secret_column from flights', parameters: [] }, never())
      .catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'query_failed', message: 'the data source flights could not answer' })
    expect(String((fault as AnalyticsError).cause)).toContain('Binder Error')
  })

  it.each([
    "select * from read_csv('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from read_text('/etc/passwd')",
    "select * from glob('/etc/*')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from query('select * from read_text(''/etc/passwd'')')",
    "attach '/tmp/stolen.db' as stolen",
    "copy (select 1) to '/tmp/stolen.csv'",
    "export database '/tmp/stolen'",
    'install httpfs',
    'load httpfs',
    "set memory_limit = '100GB'",
    'set threads = 64',
    'set lock_configuration = false',
    'set enable_external_access = true',
    "set allowed_paths = ['/etc/passwd']",
    'reset memory_limit',
    'pragma threads = 64',
    "create secret s (type s3, key_id 'a', secret 'b')",
    'create table t as select 1',
    'drop view flights',
    'delete from airports',
    'select 1; drop view flights',
  ])('refuses %s', async (sql) => {
    expect(await codeOf(source.query({ sql, parameters: [] }, never()))).toBe('query_failed')
  })

  it.each([
    ["select * from read_csv('/etc/passwd')", 'read_csv'],
    ["select * from read_text('/etc/passwd')", 'read_text'],
    ["select * from READ_BLOB('/etc/passwd')", 'read_blob'],
    ["select (select content from read_text('/etc/passwd'))", 'read_text'],
    ["select * from glob('/etc/*')", 'glob'],
    ["with x as (select * from sniff_csv('/etc/passwd')) select * from x", 'sniff_csv'],
    ["select * from query('select 1')", 'query'],
    ["select * from airports where iata in (select * from query('select iata from airports'))", 'query'],
    ["select * from query_table('airports')", 'query_table'],
    ['select * from duckdb_settings()', 'duckdb_settings'],
    ['select * from duckdb_secrets()', 'duckdb_secrets'],
    ['select * from airports join lateral (select * from duckdb_secrets()) s on true', 'duckdb_secrets'],
    ['select name from duckdb_functions() as f(name)', 'duckdb_functions'],
    ["select * from pragma_table_info('airports')", 'pragma_table_info'],
    ["select * from json_execute_serialized_sql('{}')", 'json_execute_serialized_sql'],
    ["select * from seq_scan('airports')", 'seq_scan'],
    ["select count(*) filter (where getenv('HOME') > '') from airports", 'getenv'],
    ['select "GETENV"(\'HOME\')', 'getenv'],
    ["select list_transform([1], lambda x: getenv('HOME'))", 'getenv'],
    ["select current_setting('threads')", 'current_setting'],
    ["select system.main.current_setting('threads')", 'current_setting'],
    ["select getvariable('x')", 'getvariable'],
    ['select current_database()', 'current_database'],
    ["select write_log('x')", 'write_log'],
    ['select sum(sleep_ms(1)) over () from airports', 'sleep_ms'],
    ['select * from information_schema.tables', 'tables'],
    ['select * from duckdb_tables', 'duckdb_tables'],
    ['select * from pg_catalog.pg_class', 'pg_class'],
    ['select * from system.main.duckdb_views', 'duckdb_views'],
    ['select * from sqlite_master', 'sqlite_master'],
    ['select * from (show tables)', 'show'],
    ['summarize airports', 'show'],
    ['select 1; select 2', 'a statement that is not one query'],
    [
      "attach '/tmp/stolen.db' as stolen",
      'a statement that is not one query (Only SELECT statements can be serialized to json!)',
    ],
    ['select 1 as at from', 'a statement that is not one query (syntax error at end of input)'],
  ])('SQL-21: refuses %s by its parser, and tells only the log', async (sql, name) => {
    const fault = await source.query({ sql, parameters: [] }, never()).catch((error: unknown) => error)
    expect(fault).toMatchObject({
      code: 'query_failed',
      message: 'the data source flights refuses what the SQL of the model calls',
      cause: { message: `the SQL of a model must not use ${name}` },
    })
    expect(await codeOf(source.explain?.({ sql, parameters: [] }, never()) as Promise<unknown>)).toBe('query_failed')
    const rows = source.stream?.({ sql, parameters: [] }, never())[Symbol.asyncIterator]()
    await expect(rows?.next()).rejects.toMatchObject({ code: 'query_failed' })
  })

  it.each([
    'select unnest([1, 2]), current_date, now(), pg_typeof(1)',
    'select * from range(3) t(n), generate_series(1, 2) g(m), unnest([1]) u(k)',
    "select 'read_csv(query(getenv))' as \"duckdb_settings()\" -- glob('*')",
    "select list_has_all([1], [1]), date_trunc('day', timestamp '2001-01-01'), median(n) from range(3) t(n)",
    'select value from json_each(\'{"a": 1}\')',
  ])('SQL-21: lets %s pass', async (sql) => {
    expect(await codeOf(source.query({ sql, parameters: [] }, never()))).toBe('answered')
  })

  it('reads no neighbour of the files it was given', async () => {
    const sql = `select * from read_csv('${join(folder, 'secret.csv')}')`
    expect(await codeOf(source.query({ sql, parameters: [] }, never()))).toBe('query_failed')
  })

  it('answers statements at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        source.query(
          { sql: 'select count(*) + $1 from flights where origin = $2', parameters: [index, 'SEA'] },
          never(),
        ),
      ),
    )
    expect(answers.map(({ columns }) => columns[0]?.[0])).toEqual(answers.map((_, index) => 50_231n + BigInt(index)))
  })

  it('has a new data version once a Parquet file was written again', async () => {
    const file = join(folder, 'small.parquet')
    copyFileSync(join(DATA, 'flights-3m.parquet'), file)
    const small = await openDuckDB({ name: 'small', tables: { small: { file } } })
    const first = small.dataVersion([])
    expect(small.dataVersion([])).toBe(first)
    utimesSync(file, new Date(0), new Date(0))
    await expect.poll(() => small.dataVersion([])).not.toBe(first)
    await small.close()
  })

  it('says which table cannot be read', async () => {
    await expect(openDuckDB({ name: 'x', tables: { gone: { file: '/nowhere/gone.parquet' } } })).rejects.toThrow(
      'the table gone cannot be read from /nowhere/gone.parquet',
    )
  })

  it('finishes running statements before it closes and answers none afterwards', async () => {
    const other = await openDuckDB({ name: 'other', tables: {} })
    const running = codeOf(
      other.query({ sql: 'select count(*) from range(20000000) where hash(range) = 1', parameters: [] }, never()),
    )
    await Promise.all([other.close(), other.close()])
    expect(await running).toBe('answered')
    expect(await codeOf(other.query({ sql: 'select 1', parameters: [] }, never()))).toBe('query_failed')
  })
})
