import { type Migration, Migrator } from 'kysely/migration'
import type { Database } from './schema.ts'

/**
 * Brings the schema up to date in one transaction.
 * Kysely takes a PostgreSQL advisory lock first, so of several nodes that start together one migrates and the others wait.
 * @throws what the failing migration threw; nothing of it remains.
 */
export async function migrateToLatest(db: Database, migrations: Readonly<Record<string, Migration>>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}
