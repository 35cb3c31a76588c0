import type { Redis } from 'ioredis'
import { migrateToLatest } from '../database/migrate.ts'
import { openDatabase } from '../database/open-database.ts'
import { type MetadataReads, openReadReplicas, readPrimary } from '../database/read-replicas.ts'
import type { Database } from '../database/schema.ts'
import { maintainPartitions } from '../database/time-partitions.ts'
import { MIGRATIONS } from '../migrations/index.ts'
import { openRedis } from '../plugins/open-redis.ts'
import type { Context } from './context.ts'

/** Where the server keeps what it knows. */
export interface Metadata {
  readonly db: Database
  readonly redis: Redis | undefined
  readonly reads: MetadataReads
  /** Where lists of an organization are read from: a replica that has seen its own writes, or the primary. */
  readonly readDb: (organizationId: string) => Database
  /** Makes the partitions of the time to come and drops those past their retention. */
  readonly keepPartitions: () => Promise<void>
}

/** Opens the metadata database at its newest schema, its replicas, and Redis where there is one. */
export async function openMetadata({ config, logger, now, onClose }: Context): Promise<Metadata> {
  const database = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    maxConnections: config.databaseConnections,
    onError: (error) => logger.error({ err: error }, 'metadata database failed'),
  })
  onClose(database.close)
  const { db } = database
  const redis =
    config.redisUrl === undefined
      ? undefined
      : openRedis(config.redisUrl, (error) => logger.warn({ err: error }, 'redis failed'))
  if (redis !== undefined) onClose(() => redis.disconnect())
  await migrateToLatest(db, MIGRATIONS)
  const keepPartitions = async () => {
    const at = new Date(now())
    await maintainPartitions(db, { table: 'audit_log', unit: 'month', retentionDays: config.auditRetentionDays }, at)
    await maintainPartitions(db, { table: 'query_log', unit: 'day', retentionDays: config.queryLog.retentionDays }, at)
  }
  await keepPartitions()
  const reads =
    config.databaseUrl === undefined || config.databaseReplicaUrls.length === 0
      ? readPrimary(db)
      : await openReadReplicas({
          primary: db,
          primaryUrl: config.databaseUrl,
          replicaUrls: config.databaseReplicaUrls,
          maxConnections: config.databaseConnections,
          onError: (error) => logger.warn({ err: error }, error.message),
        })
  onClose(() => reads.close())
  return { db, redis, reads, readDb: (organizationId) => reads.for(organizationId), keepPartitions }
}
