import { createConnectGuard } from './connect-guard.ts'
import type { DataSource } from './data-source.ts'
import { openDuckDB } from './duckdb.ts'
import { openSource } from './open-source.ts'
import { openWriter } from './open-writer.ts'
import { openPostgres } from './postgres.ts'
import { openPostgresWriter } from './postgres-writer.ts'
import type { DataSourceOptions } from './read-data-sources.ts'
import { hashTarget, type SourcePlace, type SourceWriter } from './source-place.ts'

/** The open data sources of a server, by name. */
export interface DataSources extends ReadonlyMap<string, DataSource> {
  readonly places: ReadonlyMap<string, SourcePlace>
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
  const places = new Map(sources.map((source) => [source.name, placeOf(source)]))
  return Object.assign(new Map(open.map((source) => [source.name, source])), { places, close })
}

function placeOf(source: DataSourceOptions): SourcePlace {
  const target = (): string => {
    if (source.type === 'target') return hashTarget(source.target.type, source.target.connection)
    if (source.type === 'duckdb') return hashTarget('duckdb', { tables: source.tables, database: source.database })
    const { url } = source
    if (typeof url !== 'string') return hashTarget('postgres', { ...url })
    const { host, pathname, username, searchParams } = new URL(url)
    return hashTarget('postgres', { host, socket: searchParams.get('host'), pathname, username })
  }
  if (source.type === 'duckdb' || source.rollups === undefined) return { target: target(), rollups: undefined }
  const { rollups } = source
  const openIt = (): Promise<SourceWriter> =>
    source.type === 'target'
      ? openWriter(source.name, source.target, rollups, { guard: unguarded })
      : openPostgresWriter({ name: source.name, url: rollups.url ?? source.url })
  return { target: target(), rollups: { schema: rollups.schema, openWriter: openIt } }
}
