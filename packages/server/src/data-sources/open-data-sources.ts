import { createConnectGuard } from './connect-guard.ts'
import type { DataSource } from './data-source.ts'
import { openDuckDB } from './duckdb.ts'
import { openSource } from './open-source.ts'
import { openPostgres } from './postgres.ts'
import type { DataSourceOptions } from './read-data-sources.ts'

/** The open data sources of a server, by name. */
export interface DataSources extends ReadonlyMap<string, DataSource> {
  /** Closes all of them after their running statements. */
  close(): Promise<void>
}

/** Whoever writes the configuration knows the network: only addresses that come through the API are checked. */
const unguarded = createConnectGuard({ allowPrivate: true, allowLoopback: true, allowed: [], ownStores: [] })

/**
 * Opens every source. If one fails, those already open are closed and the fault is thrown.
 * `onIdleError` hears of connections that broke while nobody used them.
 */
export async function openDataSources(
  sources: readonly DataSourceOptions[],
  onIdleError?: (source: string, error: Error) => void,
): Promise<DataSources> {
  const opened = await Promise.allSettled(
    sources.map(async (source): Promise<DataSource> => {
      if (source.type === 'duckdb') return openDuckDB(source)
      if (source.type === 'target') {
        const { target, directory: filesDir, type: _, ...settings } = source
        return openSource(target, settings, {
          guard: unguarded,
          filesDir,
          ...(onIdleError !== undefined && { onIdleError }),
        })
      }
      return openPostgres({ ...source, onIdleError: (error) => onIdleError?.(source.name, error) })
    }),
  )
  const open = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const close = async () => {
    await Promise.all(open.map((source) => source.close()))
  }
  const failed = opened.find((result) => result.status === 'rejected')
  if (failed !== undefined) {
    await close()
    throw failed.reason
  }
  return Object.assign(new Map(open.map((source) => [source.name, source])), { close })
}
