import { type Kysely, sql } from 'kysely'

/** Cached answers, the rights to make them, versions of data and values of refresh keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // None of it is needed after a crash, except the versions: an answer made before a change must not come back.
  await sql`create unlogged table cache_entries (
    key text primary key,
    organization_id uuid not null references organizations (id) on delete cascade,
    source text not null,
    tables text[] not null,
    tags text[] not null,
    envelope bytea not null,
    size integer not null,
    fresh_until timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz not null default clock_timestamp()
  )`.execute(db)
  await sql`create index cache_entries_organization_id on cache_entries (organization_id)`.execute(db)
  await sql`create index cache_entries_used_at on cache_entries (used_at)`.execute(db)
  await sql`create index cache_entries_expires_at on cache_entries (expires_at)`.execute(db)
  await sql`create unlogged table cache_leases (
    key text primary key,
    token uuid not null,
    expires_at timestamptz not null
  )`.execute(db)
  await sql`create table data_versions (
    organization_id uuid not null references organizations (id) on delete cascade,
    kind text not null check (kind in ('all', 'source', 'table', 'tag')),
    source text not null,
    name text not null,
    version bigint not null default 1,
    changed_at timestamptz not null default clock_timestamp(),
    primary key (organization_id, kind, source, name)
  )`.execute(db)
  await sql`create index data_versions_changed_at on data_versions (changed_at)`.execute(db)
  await sql`create unlogged table refresh_keys (
    key text primary key,
    organization_id uuid not null references organizations (id) on delete cascade,
    value text,
    checked_at timestamptz,
    claimed_until timestamptz not null
  )`.execute(db)
  await sql`create index refresh_keys_organization_id on refresh_keys (organization_id)`.execute(db)
}
