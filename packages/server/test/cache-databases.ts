import { openDatabase } from '../src/database/open-database.ts'
import type { Database } from '../src/database/schema.ts'
import { createTestDatabase, type TestDatabaseKind } from './test-databases.ts'

/** Two organizations that every database of {@link openCacheDatabase} has. */
export const ORGANIZATION_A = '018f0000-0000-7000-8000-00000000000a'
export const ORGANIZATION_B = '018f0000-0000-7000-8000-00000000000b'

/** A migrated metadata database of a test's own, and a second connection to it where there can be one. */
export interface CacheDatabase {
  readonly db: Database
  /** Another node's connection; the same one for PGlite. */
  readonly other: Database
  close(): Promise<void>
}

/** Opens a database with two organizations. */
export async function openCacheDatabase(kind: TestDatabaseKind): Promise<CacheDatabase> {
  const database = await createTestDatabase(kind, 'migrated')
  const open = () =>
    openDatabase({
      databaseUrl: database.databaseUrl,
      dataDir: database.dataDir,
      maxConnections: 5,
      onError: () => undefined,
    })
  const one = await open()
  const two = kind === 'postgres' ? await open() : one
  for (const id of [ORGANIZATION_A, ORGANIZATION_B]) {
    await one.db.insertInto('organizations').values({ id, name: id, allowed_origins: [] }).execute()
  }
  return {
    db: one.db,
    other: two.db,
    async close() {
      if (two !== one) await two.close()
      await one.close()
      await database.remove()
    },
  }
}
