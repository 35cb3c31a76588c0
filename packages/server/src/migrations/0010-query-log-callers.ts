import { type Kysely, sql } from 'kysely'

/** Whose tenant asked, and why no rollup answered; and a way to the records of one question. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table query_log add column tenant_hash text`.execute(db)
  await sql`alter table query_log add column rollup_reasons text[] not null default '{}'`.execute(db)
  await sql`create index query_log_by_shape on query_log (organization_id, shape, at desc, id desc)`.execute(db)
}
