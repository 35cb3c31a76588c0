import { MAX_EMBED_TTL_SECONDS } from '@datainsight/core'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { auditRoutes } from '../audit/routes.ts'
import { createLoginThrottle } from '../auth/login-throttle.ts'
import { authRoutes } from '../auth/routes.ts'
import { cacheRoutes } from '../cache/routes.ts'
import { probeRoutes } from '../cubejs/probe-routes.ts'
import { cubejsRoutes } from '../cubejs/routes.ts'
import { findDashboard, readAllDashboards } from '../dashboards/repository.ts'
import { createGetDashboard, dashboardRoutes } from '../dashboards/routes.ts'
import { dataSourceRoutes } from '../data-sources/routes.ts'
import { deriveKey } from '../derive-key.ts'
import { createIssueEmbedToken } from '../embed-tokens/issue-embed-token.ts'
import { embedTokenRoutes } from '../embed-tokens/routes.ts'
import { healthRoutes } from '../health/routes.ts'
import { ACCESS_TTL_SECONDS, signAccessToken } from '../identity/access-token.ts'
import { insertRevocation } from '../identity/repository.ts'
import { metricsRoutes } from '../metrics/routes.ts'
import { modelManageRoutes } from '../models/manage-routes.ts'
import { modelRoutes } from '../models/routes.ts'
import { organizationRoutes } from '../organizations/routes.ts'
import { answerFault } from '../plugins/error-handler.ts'
import { openapiRoutes } from '../plugins/openapi.ts'
import { dashboardQueryRoutes } from '../query/dashboard-routes.ts'
import { exportRoute } from '../query/export-route.ts'
import { lookUp } from '../query/find-answer.ts'
import { findBrokenDashboards } from '../query/find-broken-dashboards.ts'
import { findDashboardProblems } from '../query/find-dashboard-problems.ts'
import { requestSignal } from '../query/request-signal.ts'
import { queryRoutes } from '../query/routes.ts'
import { suggestRoute } from '../query/suggest-route.ts'
import { readAnswer } from '../query/wire/send-form.ts'
import { readUnstoredShapes } from '../query-log/read-stats.ts'
import { queryLogRoutes } from '../query-log/routes.ts'
import { rollupRoutes } from '../rollups/routes.ts'
import { consoleFiles } from '../static/console-files.ts'
import { embedFiles } from '../static/embed-files.ts'
import type { Context } from './context.ts'
import type { Identities } from './open-identities.ts'
import type { Metadata } from './open-metadata.ts'
import type { Models } from './open-models.ts'
import type { QueryEngine } from './open-query-engine.ts'
import type { Sources } from './open-sources.ts'

/** What the routes are made of. */
export interface Services {
  readonly metadata: Metadata
  readonly identities: Identities
  readonly models: Models
  readonly sources: Sources
  readonly queries: QueryEngine
  /** Whether `/ready` is to say no, so that balancers send no more. */
  readonly isDraining: () => boolean
}

/** Registers every route of the server. */
export async function registerRoutes(
  app: FastifyInstance,
  { config, logger, now }: Context,
  { metadata, identities, models: opened, sources, queries, isDraining }: Services,
): Promise<void> {
  const { db, readDb } = metadata
  const { directory, encrypt } = identities
  const { models, folder, ownOrganizationId, modelOf, hasMember } = opened
  const { engine, limitDefaults, answers, rollups, warmer, metrics, recorder } = queries
  const revokeSession = async (organizationId: string, sessionId: string) => {
    const expiresAt = new Date(now() + ACCESS_TTL_SECONDS * 1_000)
    await insertRevocation(db, organizationId, { kind: 'session', subject: sessionId, expiresAt })
    await directory.refresh()
  }
  const check = async () => {
    await sql`select 1`.execute(db)
  }
  const cursorKey = deriveKey(config.secret, 'list-cursors')
  await app.register(healthRoutes, { isDraining, check })
  await app.register(probeRoutes, { isDraining, check })
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
      // No token lives longer than this, whoever signed it.
      const expiresAt = new Date(now() + 2 * MAX_EMBED_TTL_SECONDS * 1_000)
      await insertRevocation(db, organizationId, { kind: 'token', subject: jti, expiresAt })
      await directory.refresh()
    },
  })
  await app.register(organizationRoutes, {
    prefix: '/api/v1',
    db,
    defaults: limitDefaults,
    refreshDirectory: () => directory.refresh(),
  })
  await app.register(dashboardRoutes, {
    prefix: '/api/v1/dashboards',
    db,
    readDb,
    getDashboard: createGetDashboard(readDb),
    cursorKey,
    findProblems: (author, input) =>
      findDashboardProblems((query) => engine.plan(query, author, JSON.stringify(query)), author, input),
  })
  await app.register(queryRoutes, { prefix: '/api/v1', engine, observer: recorder })
  await app.register(queryLogRoutes, { prefix: '/api/v1', readDb, cursorKey, flush: () => recorder.flush() })
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
    timezone: config.rollups.timezones[0] ?? 'UTC',
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
    mayUseSource: (organizationId, name) => organizationId === ownOrganizationId || !sources.shared.has(name),
    findBrokenDashboards: async (organizationId, model) =>
      findBrokenDashboards(engine, organizationId, await readAllDashboards(db, organizationId), model),
    refresh: () => models.refresh(),
  })
  await app.register(dataSourceRoutes, {
    prefix: '/api/v1/data-sources',
    db,
    keys: sources.keys,
    registry: sources.registry,
    shared: sources.shared,
    environment: sources.environment,
    mayExplore: (organizationId) => organizationId === ownOrganizationId,
    cursorKey,
    requestSignal,
  })
  await app.register(auditRoutes, { prefix: '/api/v1', readDb, cursorKey })
  if (config.metricsToken !== undefined || !config.production) {
    await app.register(metricsRoutes, { metrics, token: config.metricsToken })
  }
  await app.register(openapiRoutes, { production: config.production })
  if (config.embedDir !== undefined) await app.register(embedFiles, { root: config.embedDir })
  if (config.consoleDir !== undefined)
    await app.register(consoleFiles, { root: config.consoleDir, production: config.production })
}
