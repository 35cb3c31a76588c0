import type { StatementLimits } from '@datainsight/core'
import { openAnswerCache } from '../cache/open-answer-cache.ts'
import { Warmer } from '../cache/warmer.ts'
import { openDuckDBFolder } from '../data-sources/duckdb.ts'
import { deriveKey } from '../derive-key.ts'
import { createMetrics } from '../metrics/create-metrics.ts'
import { createQueryEngine } from '../query/create-query-engine.ts'
import { groupLimits } from '../query/group-limits.ts'
import { describeSlowQuery } from '../query-log/describe-slow-query.ts'
import { QueryRecorder } from '../query-log/query-recorder.ts'
import { insertQueryRecords } from '../query-log/repository.ts'
import { ParquetStore, ROLLUP_SOURCE } from '../rollups/parquet-store.ts'
import { Rollups } from '../rollups/rollups.ts'
import type { Context } from './context.ts'
import type { Identities } from './open-identities.ts'
import type { Metadata } from './open-metadata.ts'
import type { Models } from './open-models.ts'
import type { Sources } from './open-sources.ts'

type Opened<Open extends (...args: never) => Promise<unknown>> = Awaited<ReturnType<Open>>
/** What answers questions, and what is known of it. */
export type QueryEngine = Opened<typeof openQueryEngine>

/** Opens the cache of answers, the rollups, the engine over both, and what watches them. */
export async function openQueryEngine(
  { config, logger, now, onClose }: Context,
  { db, redis }: Metadata,
  { directory }: Identities,
  { modelOf }: Models,
  { registry }: Sources,
) {
  const answers = await openAnswerCache({
    db,
    redis,
    secret: deriveKey(config.secret, 'answer-cache').toString('base64'),
    maxBytes: config.cacheMaxBytes,
    tableBytes: config.cacheTableBytes,
    ttlFactor: config.cacheTtlFactor,
    statementTimeoutMs: config.queryTimeoutMs,
    isShared: config.databaseUrl !== undefined,
    onFault: (error, what) => logger.warn({ err: error }, what),
  })
  onClose(() => answers.close())
  const rollupReader = await openDuckDBFolder({ name: ROLLUP_SOURCE, directory: config.rollups.directory })
  onClose(() => rollupReader.close())
  if (config.databaseUrl !== undefined) {
    logger.info(
      { directory: config.rollups.directory },
      'rollups are files in this folder: all nodes of the database must share it, or keep rollups in their data sources',
    )
  }
  const rollups = new Rollups({
    db,
    files: new ParquetStore(config.rollups.directory, rollupReader),
    model: modelOf,
    sourceOf: (organizationId, name) => registry.get(organizationId, name),
    placeOf: (organizationId, name) => registry.place(organizationId, name),
    places: () => registry.places(),
    timezones: config.rollups.timezones,
    timeoutMs: config.rollups.timeoutMs,
    intervalMs: config.rollups.intervalMs,
    now: () => new Date(now()),
    onError: (error, what) => logger.warn({ err: error }, what),
    onNotice: (what) => logger.warn(what),
  })
  await rollups.start()
  onClose(() => rollups.close())
  const { laneConcurrency, laneQueue, queue, waitMs } = config.gate
  const limitDefaults: StatementLimits = {
    ...(laneConcurrency !== undefined && { tenantConcurrency: laneConcurrency }),
    tenantQueue: laneQueue,
    queue: Math.ceil(queue / 2),
    queueWaitMs: waitMs,
  }
  const engine = createQueryEngine({
    model: modelOf,
    dataSources: {
      get: (organizationId, name) => (name === ROLLUP_SOURCE ? rollupReader : registry.get(organizationId, name)),
    },
    rollups: (organizationId, model) => rollups.view(organizationId, model),
    statementTimeoutMs: config.queryTimeoutMs,
    gate: config.gate,
    limitsOf: (organizationId, source) => groupLimits(directory.limitsOf(organizationId), source, limitDefaults),
    cache: answers.cache,
    freshness: answers.freshness,
  })
  const warmer =
    config.cacheWarming === 0
      ? undefined
      : new Warmer({
          engine,
          maxQueries: config.cacheWarming,
          onFault: (error) => logger.warn({ err: error }, 'an answer could not be kept warm'),
        })
  if (warmer !== undefined) {
    // Whoever was revoked is among them: all are forgotten, and those who may will view again.
    directory.onRevocation(() => warmer.forgetCallers())
    warmer.start()
    onClose(() => warmer.stop())
  }
  const metrics = createMetrics({
    gates: () => engine.load().gates,
    exportGates: () => engine.load().exportGates,
    pools: () => registry.pools,
    cache: () => engine.load().cache,
    memoryHits: () => recorder.memoryHits,
    droppedRecords: () => recorder.dropped,
  })
  const recorder = new QueryRecorder({
    insert: (records) => insertQueryRecords(db, records),
    hashKey: deriveKey(config.secret, 'query-log-callers'),
    flushMs: config.queryLog.flushMs,
    hitSample: config.queryLog.hitSample,
    onRecord: (record) => {
      metrics.observe(record)
      if (record.maxMs >= config.slowQueryMs) logger.warn(describeSlowQuery(record), 'slow query')
    },
    onError: (error) => logger.warn({ err: error }, 'records of queries could not be stored'),
  })
  onClose(() => recorder.close())
  return { engine, limitDefaults, answers, rollups, warmer, metrics, recorder }
}
