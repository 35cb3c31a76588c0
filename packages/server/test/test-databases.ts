import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedDatabase } from '../src/database/embedded-database.ts'
import { migrateToLatest } from '../src/database/migrate.ts'
import { openDatabase } from '../src/database/open-database.ts'
import { MIGRATIONS } from '../src/migrations/index.ts'
import { uuidV7 } from '../src/uuid-v7.ts'

/** The metadata databases that suites run on: PGlite always, PostgreSQL where the set-up found one. */
export const DATABASES: readonly TestDatabaseKind[] =
  process.env.TEST_DATABASE_URL === undefined ? ['pglite'] : ['pglite', 'postgres']
export type TestDatabaseKind = 'pglite' | 'postgres'

/** A database of a test's own. */
export interface TestDatabase {
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  remove(): Promise<void>
}

/**
 * Makes a database of the kind.
 *
 * @param state `empty`, as the first start of a server finds it, when absent; `migrated`: with the tables of the newest version,
 *   copied from a template, because to make them takes longer than most tests do
 */
export async function createTestDatabase(
  kind: TestDatabaseKind,
  state: 'empty' | 'migrated' = 'empty',
): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'datainsight-test-'))
  const removeDir = () => rmSync(dataDir, { recursive: true, force: true })
  if (kind === 'pglite') {
    cpSync(await pgliteTemplate(state), join(dataDir, 'pglite'), { recursive: true })
    return { databaseUrl: undefined, dataDir, remove: async () => removeDir() }
  }
  const admin = process.env.TEST_DATABASE_URL
  if (admin === undefined) throw new Error('TEST_DATABASE_URL is not set')
  const name = `test_${uuidV7().replaceAll('-', '')}`
  const template = state === 'migrated' ? await postgresTemplate(admin) : 'template1'
  await runSql(admin, `create database ${name} template ${template}`)
  const databaseUrl = urlOf(admin, name)
  return {
    databaseUrl,
    dataDir,
    remove: async () => {
      removeDir()
      await runSql(admin, `drop database ${name} with (force)`)
    },
  }
}

function urlOf(admin: string, name: string): string {
  return Object.assign(new URL(admin), { pathname: `/${name}` }).href
}

async function runSql(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

let postgresTemplateMade: Promise<string> | undefined

/** A migrated database to copy, made once per run by the file that is first. */
function postgresTemplate(admin: string): Promise<string> {
  postgresTemplateMade ??= makePostgresTemplate(admin)
  return postgresTemplateMade
}

async function makePostgresTemplate(admin: string): Promise<string> {
  const name = 'migrated_template'
  const client = new pg.Client({ connectionString: admin })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount !== 0) return name
    // Renamed when it is complete: one whose migration failed must not be taken for it.
    const unfinished = `unfinished_${uuidV7().replaceAll('-', '')}`
    await client.query(`create database ${unfinished}`)
    await migrate({ databaseUrl: urlOf(admin, unfinished), dataDir: '' })
    await client.query(`alter database ${unfinished} rename to ${name}`)
    return name
  } finally {
    await client.end()
  }
}

async function migrate(where: Pick<TestDatabase, 'databaseUrl' | 'dataDir'>): Promise<void> {
  const { db, close } = await openDatabase({ ...where, maxConnections: 1, onError: () => undefined })
  try {
    await migrateToLatest(db, MIGRATIONS)
  } finally {
    await close()
  }
}

/** A PGlite folder to copy, made once per machine, version and, where it is migrated, text of the migrations. */
async function pgliteTemplate(state: 'empty' | 'migrated'): Promise<string> {
  const manifest = createRequire(import.meta.url)
    .resolve('@electric-sql/pglite')
    .replace(/dist\/.*$/, 'package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const contents = state === 'migrated' ? `-${migrationsHash()}` : ''
  const template = join(tmpdir(), `datainsight-pglite-${version}${contents}-${process.getuid?.() ?? 0}`)
  if (existsSync(template)) return template
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-template-'))
  if (state === 'migrated') {
    cpSync(await pgliteTemplate('empty'), join(folder, 'pglite'), { recursive: true })
    await migrate({ databaseUrl: undefined, dataDir: folder })
  } else await (await startEmbeddedDatabase(folder)).close()
  try {
    renameSync(join(folder, 'pglite'), template)
  } catch (error) {
    // Another test file was faster; its template is as good.
    if (!existsSync(template)) throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return template
}

function migrationsHash(): string {
  const folder = join(import.meta.dirname, '../src/migrations')
  const hash = createHash('sha256')
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)))
  return hash.digest('hex').slice(0, 12)
}
