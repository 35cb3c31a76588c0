import { askClient, type Client } from './clients/client-source.ts'
import type { Dialect } from './data-source.ts'
import type { SourceWriter } from './source-place.ts'

/** Rows that a statement which writes may answer: some databases say how many were written. */
const MAX_SUMMARY_ROWS = 1_000

/** A writer over the official client of a database, which a source sends nothing but selects through. */
export function toWriter(name: string, dialect: Dialect, client: Client): SourceWriter {
  return {
    dialect,
    run: async (statement, limits) => {
      await askClient(name, client, statement, { ...limits, maxRows: MAX_SUMMARY_ROWS })
      return 0
    },
    read: (statement, limits) => askClient(name, client, statement, limits),
    close: () => client.close(),
  }
}
