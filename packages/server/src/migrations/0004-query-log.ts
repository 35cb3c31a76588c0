import { type Kysely, sql } from 'kysely'

/** Queries that were asked, by day. A row stands for `count` of them: repeated ones that memory answered are counted together. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table query_log (
      id uuid not null,
      at timestamptz not null,
      organization_id uuid not null,
      request_id text not null,
      kind text not null,
      caller_kind text not null,
      caller_hash text not null,
      dashboard_id text,
      shape text not null,
      members text[] not null,
      source text,
      cache text,
      rollup text,
      count integer not null,
      rows bigint not null,
      bytes bigint not null,
      plan_ms real not null,
      wait_ms real not null,
      database_ms real not null,
      convert_ms real not null,
      send_ms real not null,
      total_ms double precision not null,
      max_ms real not null,
      error text,
      primary key (id, at)
    ) partition by range (at)`.execute(db)
  await sql`create index query_log_by_organization on query_log (organization_id, at desc, id desc)`.execute(db)
}
