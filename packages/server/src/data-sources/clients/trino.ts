import type { DataSourceTarget } from '@datainsight/core'
import type { ConnectGuard } from '../connect-guard.ts'
import { byColumns, type Client, importClient, plainValue, toScalars } from './client-source.ts'
import { guardedAgents } from './guarded-agents.ts'

interface TrinoResult {
  readonly id: string
  readonly columns?: readonly { readonly name: string }[]
  readonly data?: unknown[][]
  readonly error?: { readonly message: string; readonly errorName?: string }
}
interface TrinoClient {
  query(query: string): Promise<AsyncIterator<TrinoResult, TrinoResult | undefined>>
  cancel(queryId: string): Promise<unknown>
}
/** The part of `trino-client` that we use. */
interface TrinoModule {
  Trino: { create(options: Record<string, unknown>): TrinoClient }
  BasicAuth: new (user: string, password?: string) => unknown
}

type Target = Extract<DataSourceTarget, { type: 'trino' }>

/**
 * Trino. Its protocol has no place for values: they follow the statement as literals (`execute immediate … using …`),
 * and so does the statement itself, each written by {@link literal}.
 * A server names the page to fetch next: the client is given agents that hold each connection to the guard.
 */
export async function openTrino(
  target: Target,
  guard: ConnectGuard,
  load: () => Promise<unknown> = () => importClient('trino-client', 'trino'),
): Promise<Client> {
  const { host, catalog, schema, user, tls, ca } = target.connection
  const port = target.connection.port ?? (tls === 'off' ? 8_080 : 8_443)
  const { Trino, BasicAuth } = (await load()) as TrinoModule
  const agents = guardedAgents(guard, { rejectUnauthorized: tls !== 'unverified', ...(ca !== undefined && { ca }) })
  return {
    explain: (sql) => `explain ${sql}`,
    async *rows({ sql, parameters }, { timeoutMs, maxRows, onStop }) {
      const client = Trino.create({
        server: `http${tls === 'off' ? '' : 's'}://${host}:${port}`,
        catalog,
        schema,
        source: 'datainsight',
        auth: new BasicAuth(user, target.credentials?.password),
        session: { query_max_run_time: `${Math.ceil(timeoutMs / 1_000)}s` },
        extraHeaders: { 'X-Trino-Time-Zone': 'UTC' },
      })
      const values = toScalars(parameters)
      const text =
        values.length === 0 ? sql : `execute immediate ${literal(sql)} using ${values.map(literal).join(', ')}`
      useAgents(client, agents)
      const pages = await client.query(text)
      let fetched = 0
      let isFirst = true
      for (;;) {
        const { done, value: page } = await pages.next()
        // The last page is handed out once more at the end, unless it was the first one too.
        if (page === undefined || (done === true && !isFirst)) return
        const { id, columns, data = [], error } = page
        if (isFirst) onStop(() => client.cancel(id))
        isFirst = false
        if (error !== undefined) throw Object.assign(new Error(error.message), { code: error.errorName ?? 'TRINO' })
        if (columns !== undefined) yield byColumns(data, columns.length, plainValue)
        fetched += data.length
        if (done === true) return
        if (fetched >= maxRows) {
          await client.cancel(id)
          return
        }
      }
    },
    close: async () => agents.close(),
  }
}

/**
 * Makes a client connect through our agents. It has no option for them, so they are put where it keeps its own.
 * @throws Error when it keeps them elsewhere: a version that we do not know connects to nothing.
 */
function useAgents(client: TrinoClient, { http, https }: ReturnType<typeof guardedAgents>): void {
  const { clientConfig } = (client as { client?: { clientConfig?: Record<string, unknown> } }).client ?? {}
  if (clientConfig?.httpsAgent === undefined) throw new Error('this version of trino-client is not supported')
  Object.assign(clientConfig, { httpAgent: http, httpsAgent: https, proxy: false })
}

/** A value as Trino reads it back. Text has one special character, the quote, which is doubled. */
export function literal(value: string | number | bigint | boolean | null): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (typeof value !== 'number') return String(value)
  if (Number.isSafeInteger(value)) return String(value)
  return Number.isFinite(value)
    ? `double '${value}'`
    : Number.isNaN(value)
      ? 'nan()'
      : `${value < 0 ? '-' : ''}infinity()`
}
