import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AnalyticsError, MAX_EMBED_TTL_SECONDS, type StatementLimits } from '@datainsight/core'
import { parseModel } from '@datainsight/core/model'
import fastifyCookie from '@fastify/cookie'
import fastifyJwt from '@fastify/jwt'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastifyUnderPressure from '@fastify/under-pressure'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { sql } from 'kysely'
import type { DestinationStream } from 'pino'
import { insertAuditEntry } from './audit/repository.ts'
import { auditRoutes } from './audit/routes.ts'
import { createLoginThrottle, deletePastAttempts } from './auth/login-throttle.ts'
import { authRoutes } from './auth/routes.ts'
import { bootstrap, type FirstRun } from './bootstrap.ts'
import { openAnswerCache } from './cache/open-answer-cache.ts'
import { cacheRoutes } from './cache/routes.ts'
import { Warmer } from './cache/warmer.ts'
import type { Config } from './config.ts'
import { probeRoutes } from './cubejs/probe-routes.ts'
import { cubejsRoutes } from './cubejs/routes.ts'
import { findDashboard, readAllDashboards } from './dashboards/repository.ts'
import { createGetDashboard, dashboardRoutes } from './dashboards/routes.ts'
import { createConnectGuard } from './data-sources/connect-guard.ts'
import { openDuckDBFolder } from './data-sources/duckdb.ts'
import { KeyRing } from './data-sources/key-ring.ts'
import { openDataSources } from './data-sources/open-data-sources.ts'
import type { SourceEnvironment } from './data-sources/open-source.ts'
import { type DataSourceOptions, readDataSources } from './data-sources/read-data-sources.ts'
import { dataSourceRoutes } from './data-sources/routes.ts'
import { SourceRegistry } from './data-sources/source-registry.ts'
import { migrateToLatest } from './database/migrate.ts'
import { openDatabase } from './database/open-database.ts'
import { openReadReplicas, readPrimary } from './database/read-replicas.ts'
import type { Database } from './database/schema.ts'
import { maintainPartitions } from './database/time-partitions.ts'
import { deriveKey } from './derive-key.ts'
import { createIssueEmbedToken } from './embed-tokens/issue-embed-token.ts'
import { embedTokenRoutes } from './embed-tokens/routes.ts'
import { healthRoutes } from './health/routes.ts'
import { ACCESS_TTL_SECONDS, accessTokenOptions, signAccessToken } from './identity/access-token.ts'
import { IdentityDirectory } from './identity/identity-directory.ts'
import { insertRevocation } from './identity/repository.ts'
import { decryptSecret, encryptSecret } from './identity/stored-secret.ts'
import { type CredentialVerifier, createCredentialVerifier } from './identity/verify-credential.ts'
import { createLogger } from './logger.ts'
import { createMetrics } from './metrics/create-metrics.ts'
import { metricsRoutes } from './metrics/routes.ts'
import { MIGRATIONS } from './migrations/index.ts'
import { modelManageRoutes } from './models/manage-routes.ts'
import { openModelFolder } from './models/model-folder.ts'
import { OrganizationModels } from './models/organization-models.ts'
import { modelRoutes } from './models/routes.ts'
import { organizationRoutes } from './organizations/routes.ts'
import { afterWrite } from './plugins/after-write.ts'
import { cors } from './plugins/cors.ts'
import { answerClientError, answerFault, answerFrameworkError, errorHandler } from './plugins/error-handler.ts'
import { guard } from './plugins/guard.ts'
import { jsonBody } from './plugins/json-body.ts'
import { nulInPath } from './plugins/nul-in-path.ts'
import { openRedis } from './plugins/open-redis.ts'
import { openapi, openapiRoutes } from './plugins/openapi.ts'
import { RateLimiter } from './plugins/rate-limiter.ts'
import { createRedisCounterStore } from './plugins/redis-counter-store.ts'
import { securityHeaders } from './plugins/security-headers.ts'
import { compileValidator } from './plugins/validator.ts'
import { createQueryEngine } from './query/create-query-engine.ts'
import { dashboardQueryRoutes } from './query/dashboard-routes.ts'
import { exportRoute } from './query/export-route.ts'
import { lookUp } from './query/find-answer.ts'
import { findBrokenDashboards } from './query/find-broken-dashboards.ts'
import { findDashboardProblems } from './query/find-dashboard-problems.ts'
import { groupLimits } from './query/group-limits.ts'
import { requestSignal } from './query/request-signal.ts'
import { queryRoutes } from './query/routes.ts'
import { suggestRoute } from './query/suggest-route.ts'
import { readAnswer } from './query/wire/send-form.ts'
import { describeSlowQuery } from './query-log/describe-slow-query.ts'
import { QueryRecorder } from './query-log/query-recorder.ts'
import { insertQueryRecords, readUnstoredShapes } from './query-log/repository.ts'
import { queryLogRoutes } from './query-log/routes.ts'
import { createRequestIds } from './request-ids.ts'
import { ParquetStore } from './rollups/parquet-store.ts'
import { ROLLUP_SOURCE, Rollups } from './rollups/rollups.ts'
import { rollupRoutes } from './rollups/routes.ts'
import { consoleFiles } from './static/console-files.ts'
import { embedFiles } from './static/embed-files.ts'
import { uuidV7 } from './uuid-v7.ts'

/** Longest request line and headers together, bytes. */
const MAX_HEADER_BYTES = 16_384
/** Longest path parameter, characters. */
const MAX_PARAM_LENGTH = 256
/** Time for a request's headers and body to arrive, milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000
/** Longer than the idle time of common balancers, so that they and not we close idle connections, milliseconds. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000
/** Mean event-loop delay beyond which new requests are turned away, milliseconds. */
const MAX_EVENT_LOOP_DELAY_MS = 1_000
const EVENT_LOOP_SAMPLE_MS = 5_000
const CLEAN_INTERVAL_MS = 600_000

/** What differs between production and a test. Everything else comes from the configuration. */
export interface BuildOptions {
  /** Hears of the credentials made at first start; they are not written anywhere else. */
  readonly onFirstRun?: (firstRun: FirstRun) => void
  /** Where log lines go; standard output when absent. */
  readonly logStream?: DestinationStream
  /** Data sources besides those of the configured file. */
  readonly dataSources?: readonly DataSourceOptions[]
  /** Milliseconds since 1970, for what tokens say and for windows of rate limits; the system's clock when absent. */
  readonly now?: () => number
}

declare module 'fastify' {
  interface FastifyInstance {
    /** The metadata database. */
    readonly db: Database
    /** Reads keys, origins and revocations now instead of within seconds. */
    readonly refreshIdentities: () => Promise<void>
    /** What tells who a request comes from. */
    readonly credentials: CredentialVerifier
    /** Makes `/ready` false, so that balancers send no more; requests are still answered. */
    readonly startDraining: () => void
  }
}

/** Builds the server that production and tests run; it does not listen yet. Closing it closes everything it opened. */
export async function buildServer(config: Config, options: BuildOptions = {}): Promise<FastifyInstance> {
  const { now = Date.now } = options
  const logger = createLogger(config.logLevel, options.logStream)
  const closers: (() => unknown)[] = []
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }

  try {
    const app = Fastify({
      loggerInstance: logger,
      logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
      // One logger for all requests: a child each would cost a tenth of a cached answer. Lines name their request themselves.
      childLoggerFactory: (parent) => parent,
      genReqId: createRequestIds(),
      requestIdHeader: false,
      trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
      bodyLimit: config.bodyLimitBytes,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      forceCloseConnections: 'idle',
      return503OnClosing: false,
      http: { maxHeaderSize: MAX_HEADER_BYTES },
      routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
      frameworkErrors: answerFrameworkError,
      clientErrorHandler: answerClientError,
    }).withTypeProvider<TypeBoxTypeProvider>()
    app.addHook('onClose', closeAll)
    app.setValidatorCompiler(compileValidator)
    // fast-json-stringify fails on lists of unions of tuples, such as a dashboard's `order`, and would convert what does not fit.
    app.setSerializerCompiler(() => JSON.stringify)

    // Stores
    const database = await openDatabase({
      databaseUrl: config.databaseUrl,
      dataDir: config.dataDir,
      maxConnections: config.databaseConnections,
      onError: (error) => logger.error({ err: error }, 'metadata database failed'),
    })
    closers.push(database.close)
    const { db } = database
    const redis =
      config.redisUrl === undefined
        ? undefined
        : openRedis(config.redisUrl, (error) => logger.warn({ err: error }, 'redis failed'))
    if (redis !== undefined) closers.push(() => redis.disconnect())
    await migrateToLatest(db, MIGRATIONS)
    const keepPartitions = async () => {
      const at = new Date(now())
      await maintainPartitions(db, { table: 'audit_log', unit: 'month', retentionDays: config.auditRetentionDays }, at)
      await maintainPartitions(
        db,
        { table: 'query_log', unit: 'day', retentionDays: config.queryLog.retentionDays },
        at,
      )
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
    closers.push(() => reads.close())
    const readDb = (organizationId: string) => reads.for(organizationId)

    // Keys and identities
    const storedSecretKey = deriveKey(config.secret, 'stored-secrets')
    const encrypt = (secret: Uint8Array) => encryptSecret(storedSecretKey, secret)
    const decrypt = (encrypted: Buffer) => decryptSecret(storedSecretKey, encrypted)
    const firstRun = await bootstrap({
      db,
      config,
      encrypt,
      canDecrypt: (encrypted) => succeeds(() => decrypt(encrypted)),
    })
    if (firstRun !== undefined) options.onFirstRun?.(firstRun)
    const directory = new IdentityDirectory({
      db,
      decrypt,
      onError: (error) => logger.error({ err: error }, 'identity directory could not be read'),
    })
    await directory.start()
    closers.push(() => directory.stop())

    // Model and data
    let onModelLoaded: () => void = () => undefined
    const folder =
      config.modelDir === undefined
        ? undefined
        : await openModelFolder({
            directory: config.modelDir,
            watch: !config.production,
            log: {
              loaded: (model) => {
                onModelLoaded()
                logger.info({ model: model.id }, 'model loaded')
              },
              rejected: (error) => logger.error({ problems: error.problems }, error.message),
            },
          })
    if (folder !== undefined) closers.push(() => folder.close())
    // Whoever configures the server is its first organization: what the configuration names is that organization's own.
    const { id: ownOrganizationId } = await db
      .selectFrom('organizations')
      .select('id')
      .orderBy('created_at')
      .orderBy('id')
      .executeTakeFirstOrThrow()
    const noModel = parseModel([])
    const models = new OrganizationModels({
      db,
      ownModel: folder === undefined ? () => noModel : folder.model,
      onChange: () => onModelLoaded(),
      onError: (error, organizationId) =>
        logger.error({ err: error, organizationId }, 'a published model cannot be used'),
    })
    await models.start()
    closers.push(() => models.stop())
    const modelOf = (organizationId: string) => models.model(organizationId)
    const hasMember = (organizationId: string, name: string) => models.hasMember(organizationId, name)
    const dataSources = await openDataSources(
      [...readSourcesFile(config.dataSourcesFile), ...(options.dataSources ?? [])],
      (source, error) => logger.error({ err: error, source }, 'data source connection failed'),
    )
    closers.push(() => dataSources.close())
    const sourceEnvironment: SourceEnvironment = {
      guard: createConnectGuard({
        allowPrivate: config.allowPrivateSources,
        allowLoopback: !config.production,
        allowed: config.allowedSourceHosts,
        ownStores: ownStores(config),
      }),
      filesDir: config.sourceFilesDir,
      onIdleError: (source, error) => logger.warn({ err: error, source }, 'data source connection failed'),
    }
    const sourceKeys = new KeyRing([
      ...config.encryptionKeys,
      // Last: what was stored before there were keys of its own still opens.
      { id: 'secret', key: deriveKey(config.secret, 'data-source-keys') },
    ])
    const registry = new SourceRegistry({
      db,
      keys: sourceKeys,
      shared: dataSources,
      environment: sourceEnvironment,
      onError: (error) => logger.error({ err: error }, 'data sources could not be read'),
    })
    await registry.start()
    closers.push(() => registry.close())

    // What every request passes
    await app.register(fastifyJwt, accessTokenOptions(deriveKey(config.secret, 'access-tokens')))
    const verifier = createCredentialVerifier({ jwt: app.jwt, db, directory, maxRows: config.maxRows, hasMember, now })
    onModelLoaded = verifier.clear
    const limiter = new RateLimiter({
      now,
      ...(redis !== undefined && { store: createRedisCounterStore(redis) }),
      onStoreError: (error) => logger.warn({ err: error }, 'rate limits are counted by this node alone'),
    })
    closers.push(() => limiter.close())
    await app.register(fastifyCookie)
    await app.register(securityHeaders, { production: config.production })
    await app.register(jsonBody)
    await app.register(nulInPath)
    await app.register(guard, { verifier, directory, limiter, ratesPerMinute: config.ratesPerMinute })
    await app.register(afterWrite, {
      acknowledge: async ({ principal, action, target, requestId }) => {
        const { organizationId, kind, subject } = principal
        const at = new Date(now())
        const entry = { id: uuidV7(at.getTime()), at, actorKind: kind, actorId: subject, action, target, requestId }
        await insertAuditEntry(db, organizationId, entry)
        await reads.noteWrite(organizationId)
      },
    })
    await app.register(cors, { directory })
    await app.register(fastifyUnderPressure, {
      maxEventLoopDelay: MAX_EVENT_LOOP_DELAY_MS,
      // Long, because a window without a single sample counts as infinite delay: one long task would turn everybody away.
      sampleInterval: EVENT_LOOP_SAMPLE_MS,
      pressureHandler: (request) => {
        // A busy process still lives: restarting it would only add to the load of the others.
        if (request.url !== '/health')
          throw new AnalyticsError('overloaded', 'the server is overloaded', { retryAfterSeconds: 5 })
      },
    })
    await app.register(errorHandler, { routes: app.routeTable })
    await app.register(openapi, { version: packageVersion() })
    let draining = false
    app.decorate('credentials', verifier)
    app.decorate('db', db)
    app.decorate('refreshIdentities', () => directory.refresh())
    app.decorate('startDraining', () => {
      draining = true
    })

    // Routes
    const revokeSession = async (organizationId: string, sessionId: string) => {
      const expiresAt = new Date(now() + ACCESS_TTL_SECONDS * 1_000)
      await insertRevocation(db, organizationId, { kind: 'session', subject: sessionId, expiresAt })
      await directory.refresh()
    }
    const check = async () => {
      await sql`select 1`.execute(db)
    }
    await app.register(healthRoutes, { isDraining: () => draining, check })
    await app.register(probeRoutes, { isDraining: () => draining, check })
    await app.register(authRoutes, {
      prefix: '/api/v1/auth',
      db,
      throttle: createLoginThrottle(db, deriveKey(config.secret, 'login-throttle')),
      issueAccessToken: (user) => ({
        accessToken: signAccessToken(app.jwt, user, Math.floor(now() / 1_000)),
        expiresIn: ACCESS_TTL_SECONDS,
      }),
      revokeSession,
      secureCookies: config.production,
    })
    await app.register(embedTokenRoutes, {
      prefix: '/api/v1/embed',
      db,
      encrypt,
      issueEmbedToken: createIssueEmbedToken({
        db,
        jwt: app.jwt,
        hasMember,
        now,
        findServerKey: (id) => directory.findServerKey(id),
      }),
      refreshDirectory: () => directory.refresh(),
      revokeToken: async (organizationId, jti) => {
        const expiresAt = new Date(now() + 2 * MAX_EMBED_TTL_SECONDS * 1_000)
        await insertRevocation(db, organizationId, { kind: 'token', subject: jti, expiresAt })
        await directory.refresh()
      },
    })
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
    closers.push(() => answers.close())
    const rollupReader = await openDuckDBFolder({ name: ROLLUP_SOURCE, directory: config.rollups.directory })
    closers.push(() => rollupReader.close())
    const rollups = new Rollups({
      db,
      store: new ParquetStore(config.rollups.directory),
      reader: rollupReader,
      model: modelOf,
      sourceOf: (organizationId, name) => registry.get(organizationId, name),
      timezone: config.rollups.timezone,
      timeoutMs: config.rollups.timeoutMs,
      intervalMs: config.rollups.intervalMs,
      now: () => new Date(now()),
      onError: (error, what) => logger.warn({ err: error }, what),
    })
    await rollups.start()
    closers.push(() => rollups.close())
    const { laneConcurrency, laneQueue, queue, waitMs } = config.gate
    const limitDefaults: StatementLimits = {
      ...(laneConcurrency !== undefined && { tenantConcurrency: laneConcurrency }),
      tenantQueue: laneQueue,
      queue: Math.ceil(queue / 2),
      queueWaitMs: waitMs,
    }
    await app.register(organizationRoutes, {
      prefix: '/api/v1',
      db,
      defaults: limitDefaults,
      refreshDirectory: () => directory.refresh(),
    })
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
      closers.push(() => warmer.stop())
    }
    const metrics = createMetrics({
      gates: () => engine.load().gates,
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
    closers.push(() => recorder.close())
    await app.register(dashboardRoutes, {
      prefix: '/api/v1/dashboards',
      db,
      readDb,
      getDashboard: createGetDashboard(readDb),
      cursorKey: deriveKey(config.secret, 'list-cursors'),
      findProblems: (author, input) =>
        findDashboardProblems((query) => engine.plan(query, author, JSON.stringify(query)), author, input),
    })
    await app.register(queryRoutes, { prefix: '/api/v1', engine, observer: recorder })
    await app.register(queryLogRoutes, { prefix: '/api/v1', readDb, flush: () => recorder.flush() })
    await app.register(suggestRoute, { prefix: '/api/v1', engine, observer: recorder })
    await app.register(exportRoute, {
      prefix: '/api/v1',
      engine,
      limits: { ...config.export, idleMs: config.streamIdleMs },
      observer: recorder,
    })
    await app.register(dashboardQueryRoutes, {
      prefix: '/api/v1',
      engine,
      observer: recorder,
      findDashboard: (organizationId, idOrSlug) => findDashboard(readDb(organizationId), organizationId, idOrSlug),
      ...(warmer && { noteView: (viewer, queries) => warmer.noteView(viewer, queries) }),
    })
    await app.register(cacheRoutes, {
      prefix: '/api/v1',
      cache: answers.cache,
      versions: answers.versions,
      table: answers.table,
      hasSource: engine.hasSource,
      inspect: (query, principal) => engine.inspect(engine.plan(query, principal, JSON.stringify(query))),
    })
    await app.register(rollupRoutes, {
      prefix: '/api/v1',
      rollups,
      readShapes: async (organizationId, since) => {
        await recorder.flush()
        return readUnstoredShapes(readDb(organizationId), organizationId, since)
      },
      model: modelOf,
      timezone: config.rollups.timezone,
      onError: (error) => logger.warn({ err: error }, 'a rollup could not be built'),
    })
    await app.register(modelRoutes, { prefix: '/api/v1', model: modelOf })
    await app.register(cubejsRoutes, {
      prefix: '/cubejs-api/v1',
      engine: {
        ...engine,
        readAnswer,
        lookUp: (query, asked, terms) => lookUp(engine, recorder, { ...asked, kind: 'cube' }, query, terms),
      },
      requestSignal,
      answerFault,
      waitMs: config.cubeWaitMs,
    })
    await app.register(modelManageRoutes, {
      prefix: '/api/v1',
      db,
      model: modelOf,
      ownFiles: async (organizationId) => (organizationId === ownOrganizationId ? folder?.files() : undefined),
      // What is not the operator's is the organization's own, or nobody's.
      mayUseSource: (organizationId, name) => organizationId === ownOrganizationId || !dataSources.has(name),
      findBrokenDashboards: async (organizationId, model) =>
        findBrokenDashboards(engine, organizationId, await readAllDashboards(db, organizationId), model),
      refresh: () => models.refresh(),
    })
    await app.register(dataSourceRoutes, {
      prefix: '/api/v1/data-sources',
      db,
      keys: sourceKeys,
      registry,
      shared: dataSources,
      environment: sourceEnvironment,
      mayExplore: (organizationId) => organizationId === ownOrganizationId,
      cursorKey: deriveKey(config.secret, 'list-cursors'),
      requestSignal,
    })
    await app.register(auditRoutes, { prefix: '/api/v1', readDb })
    if (config.metricsToken !== undefined || !config.production) {
      await app.register(metricsRoutes, { metrics, token: config.metricsToken })
    }
    await app.register(openapiRoutes, { production: config.production })
    if (config.embedDir !== undefined) await app.register(embedFiles, { root: config.embedDir })
    if (config.consoleDir !== undefined)
      await app.register(consoleFiles, { root: config.consoleDir, production: config.production })

    const cleaner = setInterval(() => {
      deletePastAttempts(db).catch((error) => logger.warn({ err: error }, 'old sign-in counters could not be removed'))
      keepPartitions().catch((error) => logger.error({ err: error }, 'partitions could not be maintained'))
    }, CLEAN_INTERVAL_MS)
    cleaner.unref()
    closers.push(() => clearInterval(cleaner))
    await app.ready()
    return app
  } catch (error) {
    await closeAll()
    throw error
  }
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

function packageVersion(): string {
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version
}

function succeeds(work: () => unknown): boolean {
  try {
    work()
    return true
  } catch {
    return false
  }
}
