import type { DataSourceTarget } from '@datainsight/core'
import type { ConnectGuard } from '../connect-guard.ts'
import { byColumns, type Client, importClient, plainValue, toScalars } from './client-source.ts'

interface TrinoResult {
  readonly id: string
  readonly columns?: readonly { readonly name: string }[]
  readonly data?: unknown[][]
  readonly error?: { readonly message: string; readonly errorName?: string }
}
interface TrinoClient {
  query(query: string): Promise<AsyncIterable<TrinoResult>>
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
 * The client resolves names itself, so the address is checked before each statement but not held on to.
 */
export async function openTrino(
  target: Target,
  guard: ConnectGuard,
  load: () => Promise<unknown> = () => importClient('trino-client', 'trino'),
): Promise<Client> {
  const { host, catalog, schema, user, tls, ca } = target.connection
  const port = target.connection.port ?? (tls === 'off' ? 8_080 : 8_443)
  const { Trino, BasicAuth } = (await load()) as TrinoModule
  return {
    async run({ sql, parameters }, { timeoutMs, maxRows, onStop }) {
      await guard.check(host, port)
      const client = Trino.create({
        server: `http${tls === 'off' ? '' : 's'}://${host}:${port}`,
        catalog,
        schema,
        source: 'datainsight',
        auth: new BasicAuth(user, target.credentials.password),
        session: { query_max_run_time: `${Math.ceil(timeoutMs / 1_000)}s` },
        extraHeaders: { 'X-Trino-Time-Zone': 'UTC' },
        ...(tls !== 'off' && { ssl: { rejectUnauthorized: tls !== 'unverified', ...(ca !== undefined && { ca }) } }),
      })
      const values = toScalars(parameters)
      const text =
        values.length === 0 ? sql : `execute immediate ${literal(sql)} using ${values.map(literal).join(', ')}`
      const rows: unknown[][] = []
      let width = 0
      let isFirst = true
      for await (const { id, columns, data, error } of await client.query(text)) {
        if (isFirst) onStop(() => client.cancel(id))
        isFirst = false
        if (error !== undefined) throw Object.assign(new Error(error.message), { code: error.errorName ?? 'TRINO' })
        width = columns?.length ?? width
        for (const row of data ?? []) rows.push(row)
        if (rows.length >= maxRows) {
          await client.cancel(id)
          break
        }
      }
      return byColumns(rows, width, plainValue)
    },
    close: async () => undefined,
  }
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
