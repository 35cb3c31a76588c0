import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AnalyticsError } from '@datainsight/core'
import type { Config } from '../config.ts'
import { createConnectGuard } from '../data-sources/connect-guard.ts'
import { KeyRing } from '../data-sources/key-ring.ts'
import { type DataSources, openDataSources } from '../data-sources/open-data-sources.ts'
import type { SourceEnvironment } from '../data-sources/open-source.ts'
import { type DataSourceOptions, readDataSources } from '../data-sources/read-data-sources.ts'
import { SourceRegistry } from '../data-sources/source-registry.ts'
import type { Database } from '../database/schema.ts'
import { deriveKey } from '../derive-key.ts'
import type { Context } from './context.ts'

/** Where rows come from. */
export interface Sources {
  /** Those of the configuration, open to every organization. */
  readonly shared: DataSources
  readonly registry: SourceRegistry
  /** What encrypts the credentials of stored sources. */
  readonly keys: KeyRing
  readonly environment: SourceEnvironment
}

/** Opens the configured data sources, `more` besides them, and those that organizations have stored. */
export async function openSources(
  { config, logger, onClose }: Context,
  db: Database,
  more: readonly DataSourceOptions[],
): Promise<Sources> {
  const shared = await openDataSources([...readSourcesFile(config.dataSourcesFile), ...more], (source, error) =>
    logger.error({ err: error, source }, 'data source connection failed'),
  )
  onClose(() => shared.close())
  const environment: SourceEnvironment = {
    guard: createConnectGuard({
      allowPrivate: config.allowPrivateSources,
      allowLoopback: !config.production,
      allowed: config.allowedSourceHosts,
      ownStores: ownStores(config),
    }),
    filesDir: config.sourceFilesDir,
    onIdleError: (source, error) => logger.warn({ err: error, source }, 'data source connection failed'),
  }
  const keys = new KeyRing([
    ...config.encryptionKeys,
    // Last: what was stored before there were keys of its own still opens.
    { id: 'secret', key: deriveKey(config.secret, 'data-source-keys') },
  ])
  const registry = new SourceRegistry({
    db,
    keys,
    shared,
    environment,
    onError: (error) => logger.error({ err: error }, 'data sources could not be read'),
  })
  await registry.start()
  onClose(() => registry.close())
  return { shared, registry, keys, environment }
}

/** Where our own stores listen. */
function ownStores({ databaseUrl, databaseReplicaUrls, redisUrl }: Config): { host: string; port: number }[] {
  return [databaseUrl, ...databaseReplicaUrls, redisUrl].flatMap((text) => {
    if (text === undefined) return []
    const { hostname, port, protocol } = new URL(text)
    return [{ host: hostname, port: port === '' ? (protocol.startsWith('redis') ? 6_379 : 5_432) : Number(port) }]
  })
}

function readSourcesFile(file: string | undefined): DataSourceOptions[] {
  if (file === undefined) return []
  try {
    return readDataSources(readFileSync(file, 'utf8'), { directory: dirname(file), env: process.env })
  } catch (error) {
    if (error instanceof AnalyticsError) throw error
    throw new AnalyticsError('invalid_request', `the data sources cannot be read: ${file}`, { cause: error })
  }
}
