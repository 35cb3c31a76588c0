import type { Kysely } from 'kysely'

/** Which store a build of a rollup is in, and the schema of a data source that rollups are kept in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('rollup_builds').addColumn('store', 'text').execute()
  await db.schema.alterTable('data_sources').addColumn('rollups', 'jsonb').execute()
}
