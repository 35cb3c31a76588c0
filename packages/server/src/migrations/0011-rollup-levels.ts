import { type Kysely, sql } from 'kysely'

/** The coarser tables of a build of a rollup. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rollup_builds add column levels jsonb not null default '[]'`.execute(db)
}
