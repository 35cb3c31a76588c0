import type { DataSourceTarget } from '@datainsight/core'
import { ChunkQueue } from '../chunk-queue.ts'
import type { ConnectGuard } from '../connect-guard.ts'
import { byColumns, type Client, importClient, plainValue, toScalars } from './client-source.ts'

interface SqlServerRequest {
  arrayRowMode: boolean
  stream: boolean
  input(name: string, value: unknown): unknown
  query(sql: string): unknown
  on(event: 'recordset' | 'row', listen: (values: unknown[]) => void): unknown
  on(event: 'error', listen: (error: unknown) => void): unknown
  on(event: 'done', listen: () => void): unknown
  pause(): unknown
  resume(): unknown
  cancel(): void
}
interface SqlServerPool {
  connect(): Promise<SqlServerPool>
  request(): SqlServerRequest
  close(): Promise<void>
}
/** The part of `mssql` that we use. */
interface SqlServerModule {
  default: { ConnectionPool: new (config: Record<string, unknown>) => SqlServerPool }
}

type Target = Extract<DataSourceTarget, { type: 'sqlserver' }>

/** SQL Server. Parameters are `@p1`, `@p2`, …; a session is reset (`sp_reset_connection`) before its next use by the client. */
export async function openSqlServer(
  target: Target,
  settings: { readonly concurrency: number },
  guard: ConnectGuard,
  load: () => Promise<unknown> = () => importClient('mssql', 'sqlserver'),
): Promise<Client> {
  const { host, port = 1_433, database, user, tls, ca } = target.connection
  const { default: mssql } = (await load()) as SqlServerModule
  let opened: Promise<SqlServerPool> | undefined
  const connect = () =>
    new mssql.ConnectionPool({
      server: host,
      port,
      database,
      user,
      password: target.credentials.password,
      // Ours is the clock that counts; the client's would close the session without a word to the server.
      requestTimeout: 0,
      pool: { max: settings.concurrency, min: 0 },
      arrayRowMode: true,
      options: {
        appName: 'datainsight',
        readOnlyIntent: true,
        useUTC: true,
        encrypt: tls !== 'off',
        trustServerCertificate: tls === 'unverified',
        serverName: host,
        ...(ca !== undefined && { cryptoCredentialsDetails: { ca } }),
        connector: async () => {
          const socket = guard.connect(host, port)
          await new Promise<void>((resolve, reject) => {
            socket.once('connect', resolve)
            socket.once('error', reject)
          })
          return socket
        },
      },
    }).connect()
  return {
    async *rows({ sql, parameters }, { maxRows, chunkRows, onStop }) {
      opened ??= connect()
      const pool = await opened.catch((error) => {
        opened = undefined
        throw error
      })
      const request = pool.request()
      request.arrayRowMode = true
      for (const [index, value] of toScalars(parameters).entries()) request.input(`p${index + 1}`, value)
      onStop(() => request.cancel())
      request.stream = true
      const queue = new ChunkQueue({
        chunkRows,
        maxRows,
        pause: () => request.pause(),
        resume: () => request.resume(),
      })
      let width = 0
      let isEnded = false
      request.on('recordset', (columns) => {
        width = columns.length
      })
      request.on('row', (row) => queue.push(row.map(plainValue)))
      request.on('error', (error) => queue.fail(error))
      request.on('done', () => {
        isEnded = true
        queue.finish()
      })
      request.query(sql)
      try {
        let isEmpty = true
        for await (const chunk of queue.chunks()) {
          isEmpty = false
          yield chunk
        }
        if (isEmpty) yield byColumns([], width, plainValue)
      } finally {
        queue.stop()
        if (!isEnded) request.cancel()
        request.resume()
      }
    },
    close: async () => (await opened?.catch(() => undefined))?.close(),
  }
}
