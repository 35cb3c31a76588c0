import type { Query } from '../schema/query.ts'
import type { Suggestions, SuggestRequest } from '../schema/suggest.ts'
import type { ExportFormat } from '../schema/wire.ts'
import type { CallOptions } from './connect.ts'
import type { Client, SqlExplanation } from './create-client.ts'

// Functions rather than methods: dashboards do not need them, and their scripts are counted in bytes.

/** Values of a dimension that the caller may see, those that start with `search` first. Rejects with `ClientError`. */
export async function suggestValues(
  client: Pick<Client, 'send'>,
  request: SuggestRequest,
  call?: CallOptions,
): Promise<Suggestions> {
  const response = await client.send({ method: 'POST', path: '/query/suggest', body: request, signal: call?.signal })
  return (await response.json()) as Suggestions
}

/**
 * All rows of a query as a file, sent while they are read. Read the body to its end: a fault on the way breaks it off, or in
 * NDJSON comes as a last line `{ error }`. Rejects with `ClientError`.
 */
export function exportQuery(
  client: Pick<Client, 'send'>,
  query: Query,
  { signal, ...options }: { format: ExportFormat; fileName?: string; bom?: boolean } & CallOptions,
): Promise<Response> {
  return client.send({ method: 'POST', path: '/query/export', body: { query, ...options }, signal })
}

/** The statement a query becomes and the data source's own plan of it; `analyze` runs it and measures. Needs `query:sql`. */
export async function explainQuery(
  client: Pick<Client, 'send'>,
  query: Query,
  { signal, analyze = false }: { analyze?: boolean } & CallOptions = {},
): Promise<SqlExplanation> {
  const body = { query, explain: true, analyze }
  return (await (await client.send({ method: 'POST', path: '/query/sql', body, signal })).json()) as SqlExplanation
}
