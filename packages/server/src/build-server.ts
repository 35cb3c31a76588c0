import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { DestinationStream } from 'pino'
import { deletePastAttempts } from './auth/login-throttle.ts'
import type { FirstRun } from './bootstrap.ts'
import type { Config } from './config.ts'
import type { DataSourceOptions } from './data-sources/read-data-sources.ts'
import type { Database } from './database/schema.ts'
import type { CredentialVerifier } from './identity/verify-credential.ts'
import { createLogger } from './logger.ts'
import { closeUnread } from './plugins/close-unread.ts'
import { answerClientError, answerFrameworkError } from './plugins/error-handler.ts'
import { compileValidator } from './plugins/validator.ts'
import { createRequestIds } from './request-ids.ts'
import type { Context } from './wiring/context.ts'
import { openIdentities } from './wiring/open-identities.ts'
import { openMetadata } from './wiring/open-metadata.ts'
import { openModels } from './wiring/open-models.ts'
import { openQueryEngine } from './wiring/open-query-engine.ts'
import { openSources } from './wiring/open-sources.ts'
import { registerPlugins } from './wiring/register-plugins.ts'
import { registerRoutes } from './wiring/register-routes.ts'

/** Longest request line and headers together, bytes. */
const MAX_HEADER_BYTES = 16_384
/** Longest path parameter, characters. */
const MAX_PARAM_LENGTH = 256
/** Time for a request's headers and body to arrive, milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000
/** Longer than the idle time of common balancers, so that they and not we close idle connections, milliseconds. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000
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
  const context: Context = { config, logger, now, onClose: (close) => closers.push(close) }
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
    closeUnread(app.server, config.streamIdleMs, (unreadBytes) =>
      logger.warn({ unreadBytes }, 'answer not read: closed'),
    )
    app.setValidatorCompiler(compileValidator)
    // fast-json-stringify fails on lists of unions of tuples, such as a dashboard's `order`, and would convert what does not fit.
    app.setSerializerCompiler(() => JSON.stringify)

    const metadata = await openMetadata(context)
    const { db } = metadata
    const identities = await openIdentities(context, db, options.onFirstRun ?? (() => undefined))
    let onModelLoaded: () => void = () => undefined
    const models = await openModels(context, db, () => onModelLoaded())
    const sources = await openSources(context, db, options.dataSources ?? [])
    const queries = await openQueryEngine(context, metadata, identities, models, sources)

    const verifier = await registerPlugins(app, context, metadata, identities, models)
    // Verified tokens remember which members exist.
    onModelLoaded = verifier.clear
    let draining = false
    app.decorate('credentials', verifier)
    app.decorate('db', db)
    app.decorate('refreshIdentities', () => identities.directory.refresh())
    app.decorate('startDraining', () => {
      draining = true
    })
    await registerRoutes(app, context, { metadata, identities, models, sources, queries, isDraining: () => draining })

    const cleaner = setInterval(() => {
      deletePastAttempts(db).catch((error) => logger.warn({ err: error }, 'old sign-in counters could not be removed'))
      metadata.keepPartitions().catch((error) => logger.error({ err: error }, 'partitions could not be maintained'))
    }, CLEAN_INTERVAL_MS)
    cleaner.unref()
    context.onClose(() => clearInterval(cleaner))
    await app.ready()
    return app
  } catch (error) {
    await closeAll()
    throw error
  }
}
