import { type Kysely, sql } from 'kysely'

/** Data sources of organizations, and a counter that tells every node when one of them changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const now = sql`now()`
  await db.schema
    .createTable('data_sources')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('organization_id', 'uuid', (column) =>
      column.notNull().references('organizations.id').onDelete('cascade'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('connection', 'jsonb', (column) => column.notNull())
    .addColumn('concurrency', 'integer')
    .addColumn('cache_ttl_seconds', 'integer')
    .addColumn('credentials', 'bytea', (column) => column.notNull())
    .addColumn('wrapped_key', 'bytea', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(now))
    .addColumn('updated_at', 'timestamptz', (column) => column.notNull().defaultTo(now))
    .addUniqueConstraint('data_sources_name', ['organization_id', 'name'])
    .execute()

  await db.schema
    .createTable('data_source_revision')
    .addColumn('id', 'boolean', (column) => column.primaryKey().defaultTo(true).check(sql`id`))
    .addColumn('revision', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`insert into data_source_revision default values`.execute(db)
  // By trigger, so that a source that goes with its organization counts too. The row's lock puts changes in order.
  await sql`create function bump_data_source_revision() returns trigger language plpgsql as $$
    begin
      update data_source_revision set revision = revision + 1;
      return null;
    end $$`.execute(db)
  await sql`create trigger data_sources_changed after insert or update or delete on data_sources
    for each statement execute function bump_data_source_revision()`.execute(db)
}
