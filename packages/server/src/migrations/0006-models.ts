import { type Kysely, sql } from 'kysely'

/** Models that organizations edit through the API: drafts, and the versions that were published. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table model_drafts (
      id uuid primary key,
      organization_id uuid not null references organizations (id) on delete cascade,
      title text not null,
      base_number integer not null,
      files jsonb not null,
      version integer not null,
      created_by text not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db)
  await sql`create index model_drafts_by_organization on model_drafts (organization_id, updated_at desc, id)`.execute(
    db,
  )
  await sql`
    create table model_versions (
      organization_id uuid not null references organizations (id) on delete cascade,
      number integer not null,
      files jsonb,
      message text not null,
      restored_from integer,
      published_by text not null,
      published_at timestamptz not null,
      primary key (organization_id, number)
    )`.execute(db)
}
