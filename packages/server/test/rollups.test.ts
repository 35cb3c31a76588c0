import { fork } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseModel } from '@datainsight/core/model'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DataSource, RawColumns } from '../src/data-sources/data-source.ts'
import { openDuckDBFolder } from '../src/data-sources/duckdb.ts'
import { openPostgres } from '../src/data-sources/postgres.ts'
import { openPostgresWriter } from '../src/data-sources/postgres-writer.ts'
import { hashTarget, type SourcePlace } from '../src/data-sources/source-place.ts'
import { migrateToLatest } from '../src/database/migrate.ts'
import { openDatabase } from '../src/database/open-database.ts'
import type { Database } from '../src/database/schema.ts'
import { MIGRATIONS } from '../src/migrations/index.ts'
import { buildRollup } from '../src/rollups/build-rollup.ts'
import { ParquetStore } from '../src/rollups/parquet-store.ts'
import { readBuilds } from '../src/rollups/repository.ts'
import { Rollups } from '../src/rollups/rollups.ts'
import { TableStore } from '../src/rollups/table-store.ts'
import { uuidV7 } from '../src/uuid-v7.ts'
import { createDatabase } from './query-server.ts'

const MODEL = (measures = 'count, total, average') => `cubes:
  - name: sales
    sql_table: sales
    dimensions:
      - { name: region, type: string, sql: "{CUBE}.region" }
      - { name: at, type: time, sql: "{CUBE}.at" }
    measures:
      - { name: count, type: count }
      - { name: total, type: sum, sql: "{CUBE}.amount" }
      - { name: average, type: avg, sql: "{CUBE}.amount" }
    pre_aggregations:
      - name: by_day
        measures: [${measures}]
        dimensions: [region]
        time_dimension: at
        granularity: day
        partition_granularity: month
        refresh_key: { every: 1 hour, incremental: true, update_window: 7 days }
`

let metadata: { url: string; drop: () => Promise<void> }
let data: { url: string; drop: () => Promise<void> }
let client: pg.Client
let db: Database
let closeDb: () => Promise<void>
let source: DataSource
const folders: string[] = []

beforeAll(async () => {
  metadata = await createDatabase()
  data = await createDatabase()
  client = new pg.Client(data.url)
  await client.connect()
  await client.query(`create table sales as
    select case when n % 3 = 0 then 'north' when n % 3 = 1 then 'south' end as region, timestamptz '2001-01-15 00:00Z' + n * interval '1 day' as at,
      (n * 1.25)::numeric(12, 2) as amount from generate_series(0, 69) n
    union all select 'north', null, 7.5`)
  const database = await openDatabase({
    databaseUrl: metadata.url,
    dataDir: folder(),
    maxConnections: 6,
    onError: (error) => {
      throw error
    },
  })
  db = database.db
  closeDb = database.close
  await migrateToLatest(db, MIGRATIONS)
  source = await openPostgres({ name: 'default', url: data.url })
})
afterAll(async () => {
  await source?.close()
  await closeDb?.()
  await client?.end()
  await metadata?.drop()
  await data?.drop()
  for (const path of folders) rmSync(path, { recursive: true, force: true })
})

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'datainsight-rollups-'))
  folders.push(path)
  return path
}

/** What a fact of the cube asks for, as far as offering rollups goes. */
const SALES = { node: 'sales', cube: 'sales' } as never

async function setUp(asked: { source?: DataSource; graceMs?: number; organizationId?: string } = {}) {
  const organizationId = asked.organizationId ?? uuidV7()
  if (asked.organizationId === undefined)
    await db
      .insertInto('organizations')
      .values({ id: organizationId, name: 'an organization' } as never)
      .execute()
  const directory = folder()
  const reader = await openDuckDBFolder({ name: '$rollups', directory })
  let place: SourcePlace = { target: 'here', rollups: undefined }
  let model = parseModel([{ path: 'sales.yml', text: MODEL() }])
  // Builds start by the clock of the database: long before any, so that what is due depends on the test alone.
  let nowMs = Date.parse('2001-03-25T12:00:00Z')
  const errors: unknown[] = []
  const notices: string[] = []
  const store = new ParquetStore(directory, reader)
  const rollups = new Rollups({
    db,
    files: store,
    model: () => model,
    sourceOf: (_, name) => (name === 'default' ? (asked.source ?? source) : undefined),
    placeOf: () => place,
    places: () => [place],
    timezones: ['UTC'],
    timeoutMs: 30_000,
    intervalMs: 0,
    graceMs: asked.graceMs ?? 600_000,
    now: () => new Date(nowMs),
    onError: (error) => errors.push(error),
    onNotice: (what) => notices.push(what),
  })
  await rollups.start()
  return {
    organizationId,
    directory,
    reader,
    rollups,
    store,
    errors,
    notices,
    async build() {
      return (await rollups.startBuild(organizationId, 'sales.by_day')).done
    },
    usePlace: (other: SourcePlace) => {
      place = other
    },
    useModel: (text: string) => {
      model = parseModel([{ path: 'sales.yml', text }])
    },
    setNow: (iso: string) => {
      nowMs = Date.parse(iso)
    },
    definition: () => rollups.define(organizationId, model)[0]!,
    builds: () => readBuilds(db, ['building', 'ready', 'retired', 'failed'], organizationId),
    view: () => rollups.view(organizationId, model)!,
    async total(of: 'whole' | 'coarser' = 'whole'): Promise<RawColumns['columns']> {
      const [offer] = [rollups.view(organizationId, model)!.find(SALES)].flat()
      if (offer === undefined || 'reason' in offer) throw new Error(JSON.stringify(offer))
      const limits = { signal: new AbortController().signal, timeoutMs: 10_000, maxRows: 100 }
      const { identifiers } = of === 'whole' ? offer : offer.coarser![0]!
      const sql = `select sum(m0), sum(m1) from "${identifiers[0]}"`
      return (await reader.query({ sql, parameters: [] }, limits)).columns
    },
    async close() {
      await rollups.close()
      await reader.close()
    },
  }
}
/** A whole build, or `busy`. */
async function runBuild(...given: Parameters<typeof buildRollup>): Promise<string> {
  return (await (await buildRollup(...given))?.done) ?? 'busy'
}

type Setting = Awaited<ReturnType<typeof setUp>>

let setting: Setting
const use = async (asked?: Parameters<typeof setUp>[0]) => {
  setting = await setUp(asked)
  return setting
}
beforeEach(() => async () => {
  await setting.close()
  await db.deleteFrom('organizations').execute()
})

describe('a rollup', () => {
  it('is built by partitions, rows without a time among them, and read at once', async () => {
    const { build, total, view, builds } = await use()
    const before = view()
    expect(before.find(SALES)).toEqual([{ reason: 'sales.by_day: it is not built yet' }])
    expect(await build()).toBe('built')
    expect(view().epoch).not.toBe(before.epoch)
    const [newest] = await builds()
    expect(newest).toMatchObject({ state: 'ready', rows: 71, error: undefined })
    expect(newest?.parts.map(({ start, rows }) => [start, rows])).toEqual([
      [Date.UTC(2001, 0, 1), 17],
      [Date.UTC(2001, 1, 1), 28],
      [Date.UTC(2001, 2, 1), 25],
      [null, 1],
    ])
    expect(await total()).toEqual([[71n], ['3026.25']])
  })

  it('with a range is built of whole partitions around it, and answers within them', async () => {
    const { useModel, build, total, view, builds } = await use()
    useModel(
      MODEL().replace(
        'refresh_key:',
        `build_range_start: { sql: select timestamptz '2001-01-20 12:00Z' - interval '25 days' }
        build_range_end: { sql: select timestamptz '2001-02-10' }
        refresh_key:`,
      ),
    )
    expect(await build()).toBe('built')
    const [newest] = await builds()
    expect(newest?.parts.map(({ start, rows }) => [start, rows])).toEqual([
      [Date.UTC(2001, 0, 1), 17],
      [Date.UTC(2001, 1, 1), 28],
      [Date.UTC(2000, 11, 1), 0],
    ])
    expect(await total()).toEqual([[45n], ['1237.50']])
    expect(view().find(SALES)).toMatchObject([
      { covers: { member: 'sales.at', startMs: Date.UTC(2000, 11, 1), endMs: Date.UTC(2001, 2, 1) } },
    ])
  })

  it('is refreshed by what may have changed, and keeps its other partitions', async () => {
    const { rollups, organizationId, build, builds, total } = await use()
    await build()
    await db
      .updateTable('rollup_builds')
      .set({ started_at: new Date('2001-03-25T12:00:00Z') })
      .where('organization_id', '=', organizationId)
      .execute()
    await rollups.refresh()
    await client.query(`insert into sales values ('north', '2001-01-20Z', 100), ('north', '2001-03-20Z', 1000)`)
    try {
      await build()
      const [first, second] = (await builds()).toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime())
      expect(first?.state).toBe('retired')
      // January and February ended more than a week before the first build; March had not, and no time has no end.
      expect(second?.parts.map(({ file }) => first?.parts.some((part) => part.file === file))).toEqual([
        true,
        true,
        false,
        false,
      ])
      expect(await total()).toEqual([[72n], ['4026.25']])
    } finally {
      await client.query(`delete from sales where amount in (100, 1000) and region = 'north'`)
    }
  })

  it('starts anew when its definition changes, and is not read until then', async () => {
    const { rollups, build, useModel, view, builds } = await use()
    await build()
    useModel(MODEL('count'))
    expect(view().find(SALES)).toEqual([{ reason: 'sales.by_day: it is not built yet' }])
    await rollups.buildDue()
    const [second, first] = await builds()
    expect(second?.hash).not.toBe(first?.hash)
    expect(second?.parts.every(({ file }) => !first?.parts.some((part) => part.file === file))).toBe(true)
  })

  it('is built when it is due, and not before', async () => {
    const { rollups, builds, setNow } = await use()
    await rollups.buildDue()
    await rollups.buildDue()
    expect(await builds()).toHaveLength(1)
    setNow(new Date(Date.now() + 3_700_000).toISOString())
    await rollups.buildDue()
    expect(await builds()).toHaveLength(2)
  })

  it('leaves no file behind once nobody can read it', async () => {
    const { rollups, build, directory, useModel, total, builds } = await use({ graceMs: -60_000 })
    await build()
    useModel(MODEL('count, total').replace('granularity: day', 'granularity: month'))
    await build()
    expect((await builds())[0]?.levels).toMatchObject([{ columns: [], rows: 4 }])
    writeFileSync(join(directory, 'stray.parquet'), 'x')
    await rollups.buildDue()
    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.parquet'),
    )
    // Parts and a level.
    expect(files).toHaveLength(5)
    await rollups.refresh()
    expect(await total()).toEqual([[71n], ['3026.25']])
    expect(await total('coarser')).toEqual([[71n], ['3026.25']])
  })
})

describe('a rollup of a data source that now is another database', () => {
  it('is built anew, and nothing of the old one is read', async () => {
    const { rollups, build, usePlace, view, builds } = await use()
    await build()
    const before = view()
    usePlace({ target: 'there', rollups: undefined })
    expect(view().epoch).not.toBe(before.epoch)
    expect(view().find(SALES)).toEqual([{ reason: 'sales.by_day: it is not built yet' }])
    // A way back is a way back: the build is still there.
    usePlace({ target: 'here', rollups: undefined })
    expect(view().epoch).toBe(before.epoch)
    usePlace({ target: 'there', rollups: undefined })
    await rollups.buildDue()
    const [second, first] = await builds()
    expect(second?.parts.some(({ file }) => first?.parts.some((part) => part.file === file))).toBe(false)
    expect(view().find(SALES)).toEqual([expect.objectContaining({ name: 'sales.by_day' })])
  })

  it('is told by its host, database, account and files, and not by passwords and certificates', () => {
    const at = { host: 'db', port: 5432, database: 'shop', user: 'reader', tls: 'verify' }
    const target = hashTarget('postgres', at)
    expect(hashTarget('postgres', { ...at, tls: 'unverified', ca: 'PEM' })).toBe(target)
    for (const change of [{ host: 'db2' }, { port: 5433 }, { database: 'shop2' }, { user: 'other' }])
      expect(hashTarget('postgres', { ...at, ...change })).not.toBe(target)
    expect(hashTarget('duckdb', { tables: { a: { file: '/1' } } })).not.toBe(
      hashTarget('duckdb', { tables: { a: { file: '/2' } } }),
    )
  })
})

describe('a node', () => {
  it('reads rows while the files are on the disk of another, says so, and leaves them there', async () => {
    const { build, builds, organizationId } = await use()
    await build()
    const other = await setUp({ organizationId })
    try {
      expect(other.view().find(SALES)).toEqual([
        { reason: 'sales.by_day: its files are in the rollup folder of another node' },
      ])
      expect(other.notices).toEqual([expect.stringMatching(/^rollups that another node built are not in /)])
      const [status] = await other.rollups.status(organizationId)
      expect(status).toMatchObject({ isRead: false, problem: 'its files are in the rollup folder of another node' })
      await other.rollups.buildDue()
      await other.rollups.refresh()
      expect(await builds()).toHaveLength(1)
      expect(other.notices).toHaveLength(1)
    } finally {
      await other.close()
    }
  })

  it('reads rows when files are gone, and builds them again', async () => {
    const { rollups, build, builds, directory, organizationId, view, total } = await use()
    await build()
    rmSync(join(directory, organizationId), { recursive: true })
    await rollups.refresh()
    expect(view().find(SALES)).toEqual([{ reason: 'sales.by_day: its files are gone' }])
    await rollups.buildDue()
    expect(await builds()).toHaveLength(2)
    expect(await total()).toEqual([[71n], ['3026.25']])
  })

  it('is refused a second build beside its own', async () => {
    const { rollups, organizationId } = await use()
    // Statements of the first one wait for this lock, so that it cannot be over too soon.
    await client.query('begin; lock table sales in access exclusive mode')
    try {
      const { done } = await rollups.startBuild(organizationId, 'sales.by_day')
      await expect(rollups.startBuild(organizationId, 'sales.by_day')).rejects.toMatchObject({
        code: 'conflict',
        message: 'sales.by_day is being built now',
      })
      await client.query('rollback')
      expect(await done).toBe('built')
    } finally {
      await client.query('rollback')
    }
  })
})

describe('rollups in the source', () => {
  const tables = async () => {
    const { rows } = await client.query<{ n: string }>(
      `select relname as n from pg_class where relnamespace = 'rollups'::regnamespace and relkind in ('r', 'v') order by 1`,
    )
    return rows.map(({ n }) => n)
  }
  const place = (): SourcePlace => ({
    target: 'here',
    rollups: { schema: 'rollups', openWriter: () => openPostgresWriter({ name: 'default', url: data.url }) },
  })
  beforeAll(() => client.query('create schema rollups'))
  afterAll(() => client.query('drop schema rollups cascade'))

  it('keep tables of settled partitions, and drop what nobody reads', async () => {
    const own = await use({ graceMs: -60_000 })
    const { rollups, organizationId, build, builds, usePlace } = own
    usePlace(place())
    expect(await build()).toBe('built')
    const [first] = await builds()
    expect(await tables()).toHaveLength(5)
    await db
      .updateTable('rollup_builds')
      .set({ started_at: new Date('2001-03-25T12:00:00Z') })
      .where('organization_id', '=', organizationId)
      .execute()
    await rollups.refresh()
    expect(await build()).toBe('built')
    const [second] = await readBuilds(db, ['ready'], organizationId)
    expect(second?.parts.map(({ file }) => first?.parts.some((part) => part.file === file))).toEqual([
      true,
      true,
      false,
      false,
    ])
    // What a builder that died left, and what somebody else put there.
    const orphan = `r_${uuidV7().replaceAll('-', '')}`
    await client.query(`create table rollups.${orphan}_0 (t0 int); create table rollups.theirs (t0 int)`)
    await client.query(`create view rollups.${orphan} as select * from rollups.${orphan}_0`)
    await rollups.buildDue()
    const view = `r_${second?.id.replaceAll('-', '')}`
    const kept = [...(second?.parts ?? []), ...(second?.levels ?? [])].map(({ file }) => file)
    expect(await tables()).toEqual([view, ...kept, 'theirs'].sort())
    await client.query('drop table rollups.theirs')
    // Somebody emptied the schema: rows answer, and the rollup is built again.
    await client.query(`drop view rollups.${view}`)
    await rollups.buildDue()
    expect(own.view().find(SALES)).toEqual([{ reason: 'sales.by_day: it is not built yet' }])
    await rollups.buildDue()
    expect(own.view().find(SALES)).toEqual([
      expect.objectContaining({ dataSource: 'default', identifiers: ['rollups', expect.stringMatching(/^r_/)] }),
    ])
    expect(own.errors).toEqual([])
  })

  it('sum up parts that are kept no more than once', async () => {
    const { useModel, usePlace, rollups, organizationId, build, builds } = await use()
    usePlace(place())
    useModel(MODEL().replace('granularity: day', 'granularity: month'))
    expect(await build()).toBe('built')
    const [first] = await builds()
    expect(first?.levels).toMatchObject([{ columns: [], rows: 4 }])
    expect(first?.rows).toBe(10)
    await db
      .updateTable('rollup_builds')
      .set({ started_at: new Date('2001-03-25T12:00:00Z') })
      .where('organization_id', '=', organizationId)
      .execute()
    await rollups.refresh()
    // Not what was summed up: it shows where the sums of the next build are from.
    await client.query(`update rollups.${first?.levels[0]?.file} set m0 = m0 + 1000`)
    await client.query('update sales set amount = amount + 1')
    expect(await build()).toBe('built')
    await client.query('update sales set amount = amount - 1')
    const [second] = await builds()
    const read = async (list: string, relation: string | undefined) =>
      (await client.query({ text: `select ${list} from rollups.${relation} order by t0`, rowMode: 'array' })).rows
    const level = await read('m0, m1, pg_typeof(m0)::text, pg_typeof(m1)::text', second?.levels[0]?.file)
    expect(level).toEqual([
      ['1017', '170.00', 'bigint', 'numeric'],
      ['1028', '1067.50', 'bigint', 'numeric'],
      ['25', '1806.25', 'bigint', 'numeric'],
      ['1', '8.5', 'bigint', 'numeric'],
    ])
  })

  it('are not read when the reading account may not, and say why', async () => {
    const own = await use()
    own.usePlace(place())
    await client.query(`create role nobody_reads login password 'x'; grant select on sales to nobody_reads`)
    const url = Object.assign(new URL(data.url), { username: 'nobody_reads', password: 'x' }).href
    const reader = await openPostgres({ name: 'default', url })
    try {
      const task = {
        organizationId: own.organizationId,
        definition: own.definition(),
        source: reader,
        store: new TableStore('here', place().rollups!),
        previous: undefined,
        signal: new AbortController().signal,
      }
      expect(await runBuild({ db, timeoutMs: 30_000, now: () => new Date() }, task)).toBe('failed')
      expect((await own.builds())[0]?.error).toContain('needs the right to select from all tables there')
    } finally {
      await reader.close()
      await client.query('drop owned by nobody_reads; drop role nobody_reads')
    }
  })

  it('are taken over from a node that stands still, which cannot publish any more', async () => {
    const own = await use()
    own.usePlace(place())
    const node = (mode: string) => {
      const options = { metadata: metadata.url, data: data.url, model: MODEL(), mode, directory: folder() }
      const child = fork(new URL('./rollup-node.ts', import.meta.url), [JSON.stringify(options)], {
        execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
      })
      const said: string[] = []
      child.on('message', (text: string) => said.push(text))
      return { child, said, says: (text: string) => expect.poll(() => said, { timeout: 30_000 }).toContain(text) }
    }
    const first = node('builds')
    const second = node('looks after others')
    try {
      await Promise.all([first.says('ready'), second.says('ready')])
      // Its statement waits for this lock, so that the node is stopped in the middle of the build.
      await client.query('begin; lock table sales in access exclusive mode')
      first.child.send('go')
      await first.says('begun')
      first.child.kill('SIGSTOP')
      await client.query('rollback')
      const stopped = Date.now()
      await expect
        .poll(() => readBuilds(db, ['ready'], own.organizationId), { timeout: 30_000, interval: 50 })
        .toHaveLength(1)
      const [taken] = await readBuilds(db, ['ready'], own.organizationId)
      expect(taken!.startedAt.getTime()).toBeGreaterThan(stopped)
      first.child.kill('SIGCONT')
      await first.says('lost')
      expect((await readBuilds(db, ['ready'], own.organizationId)).map(({ id }) => id)).toEqual([taken?.id])
      expect(second.said).not.toContain('lost')
    } finally {
      first.child.kill('SIGKILL')
      second.child.kill('SIGKILL')
      await client.query('rollback')
    }
  }, 60_000)
})

describe('the reader of rollups', () => {
  it('opens no file beside them, and lets nobody open more', async () => {
    const { reader, directory } = await use()
    const outside = join(folder(), 'secret.csv')
    writeFileSync(outside, 'a\n1\n')
    const limits = { signal: new AbortController().signal, timeoutMs: 10_000, maxRows: 10 }
    const inside = join(directory, 'known.csv')
    writeFileSync(inside, 'a\n1\n')
    // As if it were ours: what holds is the engine's own lock.
    const read = (file: string) =>
      reader.query({ sql: `select * from read_csv('${file}')`, parameters: [], readsCatalog: true }, limits)
    expect((await read(inside)).rowCount).toBe(1)
    await expect(read(outside)).rejects.toThrow('could not answer')
    await expect(read(`${directory}/../${outside.split('/').slice(-2).join('/')}`)).rejects.toThrow('could not answer')
    for (const sql of [
      `set enable_external_access = true`,
      `copy (select 1) to '${outside}'`,
      `copy (select 1) to '${inside}'`,
      `attach '${outside}'`,
    ])
      await expect(reader.query({ sql, parameters: [], readsCatalog: true }, limits)).rejects.toThrow(
        /only answers select|could not answer/,
      )
    await expect(reader.defineTable('t', [outside])).rejects.toThrow('cannot read a table')
  })
})

describe('a builder', () => {
  const task = (own: Setting, signal = new AbortController().signal) => ({
    organizationId: own.organizationId,
    definition: own.definition(),
    source,
    store: own.store,
    previous: undefined,
    signal,
  })
  const options = (_: Setting) => ({ db, timeoutMs: 30_000, now: () => new Date() })

  it('that fails at any step leaves the last build readable, and the next one succeeds', async () => {
    const own = await use()
    expect(await own.build()).toBe('built')
    const steps: string[] = []
    await runBuild({ ...options(own), beforeStep: (step) => void steps.push(step) }, task(own))
    expect(steps).toEqual([
      'refresh key',
      'list parts',
      'write part 0',
      'write part 1',
      'write part 2',
      'write part 3',
      'publish',
    ])
    await own.rollups.refresh()
    for (const [index] of steps.entries()) {
      let at = 0
      const beforeStep = () => {
        if (at++ === index) throw new Error('the machine went down')
      }
      expect(await runBuild({ ...options(own), beforeStep }, task(own))).toBe('failed')
      await own.rollups.refresh()
      expect(await own.total()).toEqual([[71n], ['3026.25']])
      expect((await own.builds())[0]).toMatchObject({ state: 'failed', error: 'the rollup could not be written' })
    }
    expect(await runBuild(options(own), task(own))).toBe('built')
    await own.rollups.refresh()
    expect(await own.total()).toEqual([[71n], ['3026.25']])
  })

  it('that stalled past its lease cannot publish any more', async () => {
    const own = await use()
    let wake: () => void = () => undefined
    const asleep = new Promise<void>((resolve) => {
      wake = resolve
    })
    let stalled: () => void = () => undefined
    const hasStalled = new Promise<void>((resolve) => {
      stalled = resolve
    })
    const zombie = runBuild(
      {
        ...options(own),
        beforeStep: async (step) => {
          if (step !== 'publish') return
          stalled()
          await asleep
        },
      },
      task(own),
    )
    await hasStalled
    expect(await runBuild(options(own), task(own))).toBe('busy')
    // Its process was stopped for longer than its lease: nothing of it renewed the lease.
    await db
      .updateTable('rollup_leases')
      .set({ leased_until: new Date(0) })
      .where('organization_id', '=', own.organizationId)
      .execute()
    expect(await runBuild(options(own), task(own))).toBe('built')
    const [newer] = await readBuilds(db, ['ready'], own.organizationId)
    wake()
    expect(await zombie).toBe('lost')
    expect((await readBuilds(db, ['ready'], own.organizationId)).map(({ id }) => id)).toEqual([newer?.id])
  })

  it('whose source fails waits before it tries again, longer each time', async () => {
    const broken: DataSource = {
      ...source,
      dialect: 'postgres',
      query: () => Promise.reject(new Error('down')),
      stream: () => {
        throw new Error('down')
      },
    }
    const own = await use({ source: broken })
    await own.rollups.buildDue()
    await own.rollups.buildDue()
    expect(await own.builds()).toHaveLength(1)
    const waits: number[] = []
    for (let round = 0; round < 3; round++) {
      const row = await db
        .selectFrom('rollup_leases')
        .selectAll()
        .where('organization_id', '=', own.organizationId)
        .executeTakeFirstOrThrow()
      waits.push(Math.round(((row.retry_at as Date).getTime() - row.leased_until.getTime()) / 1_000))
      await db
        .updateTable('rollup_leases')
        .set({ retry_at: new Date(0) })
        .where('organization_id', '=', own.organizationId)
        .execute()
      await own.rollups.buildDue()
    }
    expect(waits).toEqual([10, 20, 40])
    expect(own.errors).toEqual([])
  })
})
