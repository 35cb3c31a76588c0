import { type Kysely, sql } from 'kysely'

/** Changes that people and keys made, by month. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_log (
      id uuid not null,
      at timestamptz not null,
      organization_id uuid not null,
      actor_kind text not null,
      actor_id text not null,
      action text not null,
      target jsonb not null,
      request_id text not null,
      primary key (id, at)
    ) partition by range (at)`.execute(db)
  await sql`create index audit_log_by_organization on audit_log (organization_id, at desc, id desc)`.execute(db)
}
