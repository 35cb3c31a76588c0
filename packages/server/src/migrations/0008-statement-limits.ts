import { type Kysely, sql } from 'kysely'

/** How many statements may run and wait: what organizations say, in all and for one of their data sources. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table organizations add column statement_limits jsonb not null default '{}'`.execute(db)
  await sql`alter table data_sources add column limits jsonb`.execute(db)
}
