import { AnalyticsError } from '@datainsight/core'
import pg from 'pg'
import type { Statement, StatementLimits } from './data-source.ts'
import { DriverFault } from './driver-fault.ts'
import { cancelUntil, type PostgresOptions, SETTINGS, toClientConfig, toColumns, toQuery } from './postgres.ts'
import type { SourceWriter } from './source-place.ts'
import { startDeadline, stoppedError } from './statement-deadline.ts'

/** The statement's own timeout comes this much after ours, as a second wall, milliseconds. */
const GRACE_MS = 500

/** Connects to PostgreSQL with the right to write. Each statement is a transaction. */
export async function openPostgresWriter(
  options: Pick<PostgresOptions, 'name' | 'url' | 'dialect' | 'guard' | 'connectTimeoutMs'>,
): Promise<SourceWriter> {
  const { name, dialect = 'postgres', guard } = options
  const client = new pg.Client({
    ...toClientConfig(options.url),
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    keepAlive: true,
    application_name: 'datainsight-rollups',
    ...(guard && { stream: () => guard.socket() }),
  })
  // Without a listener a connection that breaks would end the process; the statement under way hears of it by its own promise.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    throw new AnalyticsError('query_failed', `the data source ${name} cannot be reached for its rollups`, {
      cause: new DriverFault(error),
    })
  }
  const inTransaction = async (statement: Statement, { signal, timeoutMs }: Omit<StatementLimits, 'maxRows'>) => {
    if (signal.aborted) throw stoppedError('abort', timeoutMs)
    const settled = new AbortController()
    const deadline = startDeadline(
      { signal, timeoutMs },
      () => void cancelUntil(settled.signal, client, guard?.connect),
    )
    try {
      await client.query(`begin read write; ${SETTINGS}; set local statement_timeout = ${timeoutMs + GRACE_MS}`)
      const result = await client.query<never[]>(toQuery(statement))
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      deadline.throwIfStopped()
      if (error instanceof pg.DatabaseError && error.code === '57014') throw stoppedError('timeout', timeoutMs)
      throw new AnalyticsError('query_failed', `the data source ${name} could not write a rollup`, {
        cause: new DriverFault(error),
      })
    } finally {
      deadline.release()
      settled.abort()
    }
  }
  return {
    dialect,
    run: async (statement, limits) => (await inTransaction(statement, limits)).rowCount ?? 0,
    read: async (statement, limits) => {
      const result = await inTransaction(statement, limits)
      if (result.rows.length > limits.maxRows) throw new Error(`more than ${limits.maxRows} rows`)
      return toColumns(result)
    },
    // `create table as` takes no parameters.
    async typesOf({ sql, parameters }, limits) {
      const { fields } = await inTransaction({ sql: `select * from (${sql}) as q limit 0`, parameters }, limits)
      const list = fields.map(({ dataTypeID, dataTypeModifier }) => `format_type(${dataTypeID}, ${dataTypeModifier})`)
      const { columns } = toColumns(await inTransaction({ sql: `select ${list.join(', ')}`, parameters: [] }, limits))
      return columns.map(([type]) => String(type))
    },
    close: () => client.end(),
  }
}
