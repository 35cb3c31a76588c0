import type { DataSourceTarget } from '@datainsight/core'
import { byColumns, type Client, importClient, inPortions, plainValue, toScalars } from './client-source.ts'

interface SnowflakeStatement {
  cancel(done: (error: unknown) => void): void
  getColumns(): unknown[]
  streamRows(): AsyncIterable<unknown[]>
}
interface SnowflakeConnection {
  connectAsync(): Promise<unknown>
  execute(options: Record<string, unknown>): SnowflakeStatement
  destroy(done: (error: unknown) => void): void
}
/** The part of `snowflake-sdk` that we use. */
interface SnowflakeModule {
  default: { createConnection(options: Record<string, unknown>): SnowflakeConnection }
}

type Target = Extract<DataSourceTarget, { type: 'snowflake' }>

/** Snowflake, always at `<account>.snowflakecomputing.com`. One session; statements of it run side by side. */
export async function openSnowflake(
  target: Target,
  load: () => Promise<unknown> = () => importClient('snowflake-sdk', 'snowflake'),
): Promise<Client> {
  const { account, user, warehouse, database, schema, role } = target.connection
  const { default: snowflake } = (await load()) as SnowflakeModule
  let opened: Promise<SnowflakeConnection> | undefined
  const connect = async () => {
    const connection = snowflake.createConnection({
      account,
      username: user,
      warehouse,
      database,
      ...(schema !== undefined && { schema }),
      ...(role !== undefined && { role }),
      ...('password' in target.credentials
        ? { password: target.credentials.password }
        : {
            authenticator: 'SNOWFLAKE_JWT',
            privateKey: target.credentials.privateKey,
            ...(target.credentials.passphrase !== undefined && { privateKeyPass: target.credentials.passphrase }),
          }),
      application: 'datainsight',
      clientSessionKeepAlive: true,
    })
    await connection.connectAsync()
    return connection
  }
  return {
    explain: (sql) => `explain using text ${sql}`,
    async *rows({ sql, parameters }, { timeoutMs, maxRows, chunkRows, onStop }) {
      opened ??= connect()
      const connection = await opened.catch((error) => {
        opened = undefined
        throw error
      })
      const statement = await new Promise<SnowflakeStatement>((resolve, reject) => {
        const running = connection.execute({
          sqlText: sql,
          binds: toScalars(parameters).map((value) => (typeof value === 'bigint' ? value.toString() : value)),
          rowMode: 'array',
          streamResult: true,
          // Text keeps every digit of numbers and of times.
          fetchAsString: ['Number', 'Date', 'JSON', 'Buffer'],
          parameters: {
            STATEMENT_TIMEOUT_IN_SECONDS: Math.ceil(timeoutMs / 1_000),
            ROWS_PER_RESULTSET: maxRows,
            TIMEZONE: 'UTC',
            TIMESTAMP_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF6',
            TIMESTAMP_NTZ_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF6',
            DATE_OUTPUT_FORMAT: 'YYYY-MM-DD',
          },
          complete: (error: unknown, completed: SnowflakeStatement) => (error ? reject(error) : resolve(completed)),
        })
        onStop(() => running.cancel(() => undefined))
      })
      const width = statement.getColumns().length
      for await (const rows of inPortions(statement.streamRows(), chunkRows)) yield byColumns(rows, width, plainValue)
    },
    close: async () => {
      const connection = await opened?.catch(() => undefined)
      if (connection !== undefined) await new Promise<void>((resolve) => connection.destroy(() => resolve()))
    },
  }
}
