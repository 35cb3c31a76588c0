import { type Kysely, sql } from 'kysely'

/** Stored aggregates: what was built when and where it lies, and who builds now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rollup_builds (
      id uuid primary key,
      organization_id uuid not null references organizations (id) on delete cascade,
      name text not null,
      hash text not null,
      state text not null check (state in ('building', 'ready', 'retired', 'failed')),
      fence bigint not null,
      parts jsonb not null,
      rows bigint not null,
      bytes bigint not null,
      refresh_value text,
      error text,
      started_at timestamptz not null default clock_timestamp(),
      ended_at timestamptz
    )`.execute(db)
  await sql`create index rollup_builds_by_name on rollup_builds (organization_id, name, started_at desc)`.execute(db)
  await sql`
    create table rollup_leases (
      organization_id uuid not null references organizations (id) on delete cascade,
      name text not null,
      token bigint not null default 1,
      leased_until timestamptz not null,
      failures integer not null default 0,
      retry_at timestamptz,
      primary key (organization_id, name)
    )`.execute(db)
}
