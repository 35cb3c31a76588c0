import { AnalyticsError } from '@datainsight/core'
import mysql, { type Connection, type ResultSetHeader } from 'mysql2'
import type { RawColumns, Statement, StatementLimits } from './data-source.ts'
import { DriverFault } from './driver-fault.ts'
import { ask, type MySqlOptions, SETTINGS, toColumns, toConfig, toValues } from './mysql.ts'
import type { SourceWriter } from './source-place.ts'
import { startDeadline, stoppedError } from './statement-deadline.ts'

/** Connects to MySQL or MariaDB with the right to write. Definitions of tables commit by themselves. */
export async function openMySqlWriter(options: MySqlOptions): Promise<SourceWriter> {
  const { name } = options
  const config = toConfig(options)
  const connection = mysql.createConnection(config)
  // Without a listener a connection that breaks would end the process; the statement under way hears of it by its own callback.
  connection.on('error', () => undefined)
  try {
    await ask(connection, SETTINGS)
    await ask(connection, 'set session transaction read write')
  } catch (error) {
    connection.destroy()
    throw new AnalyticsError('query_failed', `the data source ${name} cannot be reached for its rollups`, {
      cause: new DriverFault(error),
    })
  }
  /** The server's own limit is for selects alone, so that we stop what takes too long. */
  const kill = async () => {
    const killer = mysql.createConnection(config)
    killer.on('error', () => undefined)
    await ask(killer, `kill ${Number(connection.threadId)}`).catch(() => undefined)
    killer.destroy()
    connection.destroy()
  }
  const execute = async (
    statement: Statement,
    { signal, timeoutMs }: Omit<StatementLimits, 'maxRows'>,
  ): Promise<{ readonly written: number; readonly read: RawColumns }> => {
    if (signal.aborted) throw stoppedError('abort', timeoutMs)
    let give: (error: Error) => void = () => undefined
    const stopped = new Promise<never>((_, reject) => {
      give = reject
    })
    const deadline = startDeadline({ signal, timeoutMs }, (reason) => {
      void kill()
      give(stoppedError(reason, timeoutMs))
    })
    try {
      return await Promise.race([send(connection, statement), stopped])
    } catch (error) {
      if (error instanceof AnalyticsError) throw error
      throw new AnalyticsError('query_failed', `the data source ${name} could not write a rollup`, {
        cause: new DriverFault(error),
      })
    } finally {
      deadline.release()
    }
  }
  return {
    dialect: 'mysql',
    run: async (statement, limits) => (await execute(statement, limits)).written,
    read: async (statement, limits) => (await execute(statement, limits)).read,
    close: async () => connection.destroy(),
  }
}

function send(
  connection: Connection,
  { sql, parameters }: Statement,
): Promise<{ readonly written: number; readonly read: RawColumns }> {
  return new Promise((resolve, reject) => {
    connection.execute({ sql, rowsAsArray: true }, toValues(parameters), (error, rows, fields) => {
      if (error) reject(error)
      else if (Array.isArray(rows))
        resolve({ written: 0, read: toColumns(rows as unknown as unknown[][], fields?.length ?? 0) })
      else resolve({ written: (rows as ResultSetHeader).affectedRows, read: { columns: [], rowCount: 0 } })
    })
  })
}
