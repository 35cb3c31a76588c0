import type { DataSourceTarget } from '@datainsight/core'
import type { ConnectGuard } from '../connect-guard.ts'
import { byColumns, type Client, importClient, plainValue, toScalars } from './client-source.ts'

interface DatabricksOperation {
  fetchAll(options: Record<string, unknown>): Promise<Record<string, unknown>[]>
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
 * The client resolves names itself, so the address is checked before each statement but not held on to.
 */
export async function openDatabricks(
  target: Target,
  guard: ConnectGuard,
  load: () => Promise<unknown> = () => importClient('@databricks/sql', 'databricks'),
): Promise<Client> {
  const { host, path, catalog, schema } = target.connection
  const { DBSQLClient } = (await load()) as DatabricksModule
  let opened: Promise<DatabricksClient> | undefined
  return {
    async run({ sql, parameters }, { timeoutMs, maxRows, onStop }) {
      await guard.check(host, 443)
      opened ??= new DBSQLClient().connect({ host, path, token: target.credentials.token })
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
        const rows = await operation.fetchAll({ maxRows })
        const names =
          (await operation.getSchema())?.columns?.map((column) => column.columnName) ?? Object.keys(rows[0] ?? {})
        await operation.close()
        return byColumns(
          rows.map((row) => names.map((name) => row[name])),
          names.length,
          plainValue,
        )
      } finally {
        await session.close()
      }
    },
    close: async () => (await opened?.catch(() => undefined))?.close(),
  }
}
