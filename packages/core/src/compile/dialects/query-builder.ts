import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector } from 'kysely'
import type { Dialect, DialectName } from './dialect.ts'

/** Any table with any columns: plans were checked against the model. */
export type QueryBuilder = Kysely<Record<string, Record<string, unknown>>>

const builders = new Map<DialectName, QueryBuilder>()

/** Kysely in a dialect's words. Only the text is wanted: it has no connection. */
export function queryBuilderOf(dialect: Dialect): QueryBuilder {
  let builder = builders.get(dialect.name)
  if (builder === undefined) {
    builder = new Kysely({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => dialect.compiler(),
      },
    })
    builders.set(dialect.name, builder)
  }
  return builder
}
