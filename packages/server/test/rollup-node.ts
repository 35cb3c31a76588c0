import { parseModel } from '@datainsight/core/model'
import { openDuckDBFolder } from '../src/data-sources/duckdb.ts'
import { openPostgres } from '../src/data-sources/postgres.ts'
import { openPostgresWriter } from '../src/data-sources/postgres-writer.ts'
import { openDatabase } from '../src/database/open-database.ts'
import { ParquetStore } from '../src/rollups/parquet-store.ts'
import { Rollups } from '../src/rollups/rollups.ts'

/** A node of its own process, for tests that stop one: it builds on `go`, or looks after what others leave. */
const given = JSON.parse(process.argv[2] as string) as Record<
  'metadata' | 'data' | 'model' | 'mode' | 'directory',
  string
>
const { directory, data } = given
const say = (text: string) => process.send?.(text)
const { db } = await openDatabase({
  databaseUrl: given.metadata,
  dataDir: directory,
  maxConnections: 4,
  onError: () => undefined,
})
const model = parseModel([{ path: 'sales.yml', text: given.model }])
const source = openPostgres({ name: 'default', url: data })
const place = {
  target: 'here',
  rollups: { schema: 'rollups', openWriter: () => openPostgresWriter({ name: 'default', url: data }) },
}
const rollups = new Rollups({
  db,
  files: new ParquetStore(directory, await openDuckDBFolder({ name: '$rollups', directory })),
  model: () => model,
  sourceOf: () => source,
  placeOf: () => place,
  places: () => [place],
  timezones: ['UTC'],
  timeoutMs: 30_000,
  // The loop itself never comes round: what is built here was left by another.
  intervalMs: given.mode === 'builds' ? 0 : 3_600_000,
  leaseMs: 1_500,
  onError: (error) => say(String(error)),
})
await rollups.start()
process.on('message', async () => {
  const { id } = await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()
  const { done } = await rollups.startBuild(id, 'sales.by_day')
  say('begun')
  say(await done)
})
say('ready')
