import type { Agent as HttpsAgent } from 'node:https'
import type { DataSourceTarget } from '@datainsight/core'
import type { ConnectGuard } from '../connect-guard.ts'
import { byColumns, type Client, importClient, plainValue, toScalars } from './client-source.ts'
import { guardedAgents } from './guarded-agents.ts'

interface DatabricksOperation {
  fetchChunk(options: Record<string, unknown>): Promise<Record<string, unknown>[]>
  hasMoreRows(): Promise<boolean>
  getSchema(): Promise<{ columns?: { columnName: string }[] } | null>
  cancel(): Promise<unknown>
  close(): Promise<unknown>
}
interface DatabricksSession {
  executeStatement(sql: string, options: Record<string, unknown>): Promise<DatabricksOperation>
  close(): Promise<unknown>
}
interface DatabricksClient {
  connect(options: Record<string, unknown>): Promise<DatabricksClient>
  openSession(options: Record<string, unknown>): Promise<DatabricksSession>
  close(): Promise<void>
}
/** The part of `@databricks/sql` that we use. */
interface DatabricksModule {
  DBSQLClient: new () => DatabricksClient
}

type Target = Extract<DataSourceTarget, { type: 'databricks' }>

/**
 * A SQL warehouse of Databricks. Each statement has a session of its own, so nothing of it is there for the next.
 * Large answers are fetched from where the server says: the client is given an agent that holds each connection to the guard.
 */
export async function openDatabricks(
  target: Target,
  guard: ConnectGuard,
  load: () => Promise<unknown> = () => importClient('@databricks/sql', 'databricks'),
): Promise<Client> {
  const { host, path, catalog, schema } = target.connection
  const { DBSQLClient } = (await load()) as DatabricksModule
  const agents = guardedAgents(guard, { minVersion: 'TLSv1.2' })
  let opened: Promise<DatabricksClient> | undefined
  return {
    explain: (sql) => `explain ${sql}`,
    async *rows({ sql, parameters }, { timeoutMs, maxRows, chunkRows, onStop }) {
      opened ??= useAgent(new DBSQLClient(), agents.https).connect({
        host,
        path,
        token: target.credentials.token,
        telemetryEnabled: false,
      })
      const client = await opened.catch((error) => {
        opened = undefined
        throw error
      })
      const session = await client.openSession({
        ...(catalog !== undefined && { initialCatalog: catalog }),
        ...(schema !== undefined && { initialSchema: schema }),
        configuration: { TIMEZONE: 'UTC', STATEMENT_TIMEOUT: String(Math.ceil(timeoutMs / 1_000)) },
      })
      try {
        const operation = await session.executeStatement(sql, {
          runAsync: true,
          maxRows,
          queryTimeout: Math.ceil(timeoutMs / 1_000),
          namedParameters: Object.fromEntries(toScalars(parameters).map((value, index) => [`p${index + 1}`, value])),
        })
        onStop(() => operation.cancel())
        const schema = await operation.getSchema()
        let names = schema?.columns?.map((column) => column.columnName)
        let fetched = 0
        do {
          const rows = await operation.fetchChunk({ maxRows: Math.min(chunkRows, maxRows) })
          names ??= Object.keys(rows[0] ?? {})
          const columns = names
          yield byColumns(
            rows.map((row) => columns.map((name) => row[name])),
            columns.length,
            plainValue,
          )
          fetched += rows.length
        } while (fetched < maxRows && (await operation.hasMoreRows()))
        await operation.close()
      } finally {
        await session.close()
      }
    },
    close: async () => {
      await (await opened?.catch(() => undefined))?.close()
      agents.close()
    },
  }
}

/**
 * Makes a client connect through our agent. It has no option for one, so it is put into each connection the client makes.
 * @throws Error when it makes them elsewhere: a version that we do not know connects to nothing.
 */
function useAgent(client: DatabricksClient, agent: HttpsAgent): DatabricksClient {
  const inner = client as { createConnectionProvider?: (options: unknown) => { agent?: unknown } }
  const create = inner.createConnectionProvider?.bind(client)
  if (create === undefined) throw new Error('this version of @databricks/sql is not supported')
  inner.createConnectionProvider = (options) => Object.assign(create(options), { agent })
  return client
}
