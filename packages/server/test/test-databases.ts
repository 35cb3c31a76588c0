import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedDatabase } from '../src/database/embedded-database.ts'
import { uuidV7 } from '../src/uuid-v7.ts'

/** The metadata databases that suites run on: PGlite always, PostgreSQL where the set-up found one. */
export const DATABASES: readonly TestDatabaseKind[] =
  process.env.TEST_DATABASE_URL === undefined ? ['pglite'] : ['pglite', 'postgres']
export type TestDatabaseKind = 'pglite' | 'postgres'

/** An empty database of a test's own. */
export interface TestDatabase {
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  remove(): Promise<void>
}

/** Makes an empty database of the kind. */
export async function createTestDatabase(kind: TestDatabaseKind): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'datainsight-test-'))
  const removeDir = () => rmSync(dataDir, { recursive: true, force: true })
  if (kind === 'pglite') {
    cpSync(await pgliteTemplate(), join(dataDir, 'pglite'), { recursive: true })
    return { databaseUrl: undefined, dataDir, remove: async () => removeDir() }
  }
  const admin = process.env.TEST_DATABASE_URL
  if (admin === undefined) throw new Error('TEST_DATABASE_URL is not set')
  const name = `test_${uuidV7().replaceAll('-', '')}`
  await runSql(admin, `create database ${name}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  return {
    databaseUrl: url.href,
    dataDir,
    remove: async () => {
      removeDir()
      await runSql(admin, `drop database ${name} with (force)`)
    },
  }
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

/** A fresh PGlite folder to copy, made once per machine and version: making one takes seconds. */
async function pgliteTemplate(): Promise<string> {
  const manifest = createRequire(import.meta.url)
    .resolve('@electric-sql/pglite')
    .replace(/dist\/.*$/, 'package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const template = join(tmpdir(), `datainsight-pglite-${version}-${process.getuid?.() ?? 0}`)
  if (existsSync(template)) return template
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-template-'))
  await (await startEmbeddedDatabase(folder)).close()
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
