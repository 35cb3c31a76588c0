import { randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import type { DataSourceTarget } from '@datainsight/core'
import type { ConnectGuard } from '../connect-guard.ts'
import type { RawValue } from '../data-source.ts'
import { byColumns, type Client, importClient, toScalars } from './client-source.ts'
import { guardedAgents } from './guarded-agents.ts'

/** The part of `@clickhouse/client` that we use. */
interface ClickHouseModule {
  createClient(config: Record<string, unknown>): {
    query(parameters: Record<string, unknown>): Promise<{
      /** Lines of the answer as they arrive, some at a time. */
      stream(): AsyncIterable<readonly { json(): unknown[] }[]>
    }>
    command(parameters: Record<string, unknown>): Promise<unknown>
    close(): Promise<void>
  }
}

type Target = Extract<DataSourceTarget, { type: 'clickhouse' }>

/** ClickHouse over HTTP(S). Parameters are `{p1:String}`, as the statements of the dialect name them. */
export async function openClickHouse(
  target: Target,
  guard: ConnectGuard,
  load: () => Promise<unknown> = () => importClient('@clickhouse/client', 'clickhouse'),
): Promise<Client> {
  const { host, database, user, tls, ca } = target.connection
  const isEncrypted = tls !== 'off'
  const port = target.connection.port ?? (isEncrypted ? 8_443 : 8_123)
  const { createClient } = (await load()) as ClickHouseModule
  const agents = guardedAgents(guard, { rejectUnauthorized: tls !== 'unverified', ...(ca && { ca }) })
  const client = createClient({
    url: `http${isEncrypted ? 's' : ''}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
    database,
    username: user,
    password: target.credentials.password,
    application: 'datainsight',
    // OFF: its own log writes statements, and hears of every one that was stopped.
    log: { level: 127 },
    http_agent: isEncrypted ? agents.https : agents.http,
    set_basic_auth_header: true,
  })
  return {
    explain: (sql) => `explain ${sql}`,
    async *rows({ sql, parameters }, { timeoutMs, maxRows, onStop }) {
      const queryId = randomUUID()
      const controller = new AbortController()
      onStop(async () => {
        controller.abort()
        await client.command({ query: 'kill query where query_id = {id:String} async', query_params: { id: queryId } })
      })
      const answer = await client.query({
        query: sql,
        query_id: queryId,
        query_params: Object.fromEntries(toScalars(parameters).map((value, index) => [`p${index + 1}`, value])),
        format: 'JSONCompactEachRowWithNames',
        abort_signal: controller.signal,
        clickhouse_settings: {
          // Reads only; 2 instead of 1, because settings such as these must still be taken.
          readonly: '2',
          max_execution_time: Math.ceil(timeoutMs / 1_000),
          max_result_rows: String(maxRows),
          result_overflow_mode: 'break',
          cancel_http_readonly_queries_on_client_close: 1,
          session_timezone: 'UTC',
          output_format_json_quote_64bit_integers: 1,
          output_format_json_quote_decimals: 1,
          output_format_json_quote_denormals: 1,
        },
      })
      let width: number | undefined
      for await (const lines of answer.stream()) {
        const rows = lines.map((line) => line.json())
        // The first line names the columns.
        width ??= rows.shift()?.length ?? 0
        yield byColumns(rows, width, toRaw)
      }
    },
    close: async () => {
      await client.close()
      agents.close()
    },
  }
}

function toRaw(value: unknown): RawValue {
  if (typeof value !== 'object' || value === null) return value as RawValue
  return JSON.stringify(value)
}
