import { AnalyticsError } from '@datainsight/core'
import { readMeta } from '@datainsight/core/model'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientRequestId } from '../client-request-id.ts'
import type { ErrorForm } from '../errors.ts'
import type { QueryEngine } from '../query/create-query-engine.ts'
import type { RoutePolicy } from '../route-policy.ts'
import { CUBE_ERRORS } from './cube-error-form.ts'
import { type CubeQueries, LoadInput, QueryInput } from './cube-query.ts'
import { parseQueryText } from './parse-query-text.ts'
import { PendingLoads } from './pending-loads.ts'
import { type Load, readLoad } from './read-load.ts'
import { type LoadEngine, type LoadResult, runLoad } from './run-load.ts'
import { toCubeMeta } from './to-cube-meta.ts'

/** What the routes need. */
export interface CubejsRoutesOptions {
  readonly engine: LoadEngine & Pick<QueryEngine, 'now' | 'plan'>
  /** Aborts when the client has gone. */
  readonly requestSignal: (reply: FastifyReply) => AbortSignal
  /** Answers a fault in a form of its own. */
  readonly answerFault: (
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
    form: ErrorForm<FastifyRequest>,
  ) => FastifyReply
  /** How long a request waits for its answer before it is told to come back, milliseconds. */
  readonly waitMs: number
}

/** How long a query goes on for a client that was told to come back: so many waits, and at least this long, milliseconds. */
const GRACE_WAITS = 3
const MIN_GRACE_MS = 5_000

/** The oldest rows that `stale-while-revalidate` takes: one day. */
const MAX_STALE_SECONDS = 86_400

const EXPLORE: RoutePolicy = {
  auth: ['user', 'api-key', 'embed'],
  permission: 'query:run',
  action: 'explore',
  rateClass: 'query',
  bareToken: true,
}
/** Takes embed tokens only to tell them that they may not: to their holder a 401 would mean an expired one. */
const SQL: RoutePolicy = {
  auth: ['user', 'api-key', 'embed'],
  permission: 'query:sql',
  rateClass: 'query',
  bareToken: true,
}

const CubeError = Type.Object(
  { error: Type.String(), code: Type.String(), requestId: Type.String() },
  { description: 'The sentence under `error`, with `hint` and `errors` where there are some.' },
)
const Answer = Type.Unknown({ description: 'As `@cubejs-client/core` reads it.' })
const response = { 200: Answer, '4xx': CubeError, '5xx': CubeError }
const tags = ['cube']

/**
 * The REST API of Cube, so that `@cubejs-client/core` works as it is: another form of the same queries, which are planned,
 * permitted, counted and cached like those of `/api/v1/query`.
 */
export const cubejsRoutes: FastifyPluginAsyncTypebox<CubejsRoutesOptions> = async (app, options) => {
  const { engine, requestSignal, answerFault, waitMs } = options
  const pending = new PendingLoads<readonly LoadResult[]>({
    waitMs,
    graceMs: Math.max(GRACE_WAITS * waitMs, MIN_GRACE_MS),
  })
  app.addHook('onClose', () => pending.close())
  app.setErrorHandler((error, request, reply) => answerFault(error, request, reply, CUBE_ERRORS))
  app.setNotFoundHandler((request, reply) => {
    const error = new AnalyticsError('not_found', 'there is nothing at this address', {
      hint: 'of Cube’s REST API there are load, subscribe, meta, sql and dry-run',
    })
    return answerFault(error, request, reply, CUBE_ERRORS)
  })
  app.addHook('preValidation', async (request) => {
    if (request.is404) return
    for (const input of [request.query, request.body] as { query?: unknown }[]) {
      if (typeof input?.query === 'string') input.query = parseQueryText(input.query)
    }
  })

  const read = (query: CubeQueries, { principal }: FastifyRequest): Load =>
    readLoad(query, { now: engine.now(), timezone: principal.timezone })

  const load = async (input: LoadInput, request: FastifyRequest, reply: FastifyReply) => {
    const { principal } = request
    const asked = read(input.query, request)
    if (asked.queryType !== 'regularQuery' && input.queryType !== 'multi') {
      throw new AnalyticsError('invalid_request', 'several answers at once need queryType=multi')
    }
    const renew = input.cache === 'no-cache' || [input.query].flat().some(({ renewQuery }) => renewQuery === true)
    const maxStaleSeconds = input.cache === 'stale-while-revalidate' ? MAX_STALE_SECONDS : 0
    const started = (signal: AbortSignal) =>
      runLoad(engine, asked, principal, { requestId: request.id, signal, renew, maxStaleSeconds })
    // The client names all requests of one poll after the same base, so that a poll finds its own work again and nobody else's.
    const base = clientRequestId(request)?.replace(/-span-\d+$/, '') ?? ''
    const key = JSON.stringify([principal.securityKey, base, renew, maxStaleSeconds, input.query])
    const waited = await pending.wait(key, requestSignal(reply), started)
    if (!waited.done) {
      return { error: 'Continue wait', stage: 'Executing query', timeElapsed: Math.round(waited.elapsedMs / 1_000) }
    }
    const requestId = clientRequestId(request) ?? request.id
    const results = waited.value.map((result) => ({ ...result, requestId }))
    if (input.queryType !== 'multi') return results[0]
    return {
      queryType: asked.queryType,
      results,
      pivotQuery: asked.pivotQuery,
      slowQuery: results.some((result) => result.slowQuery),
    }
  }

  for (const url of ['/load', '/subscribe']) {
    const summary = url === '/load' ? 'Rows in Cube’s form' : 'The same, for clients that ask again and again'
    app.get(
      url,
      {
        schema: { tags, summary, querystring: LoadInput, response },
        config: { policy: EXPLORE },
        exposeHeadRoute: false,
      },
      (request, reply) => load(request.query, request, reply),
    )
    app.post(
      url,
      { schema: { tags, summary, body: LoadInput, response }, config: { policy: EXPLORE } },
      (request, reply) => load(request.body, request, reply),
    )
  }

  const dryRun = ({ query }: QueryInput, request: FastifyRequest) => {
    const { queryType, parts, pivotQuery } = read(query, request)
    for (const part of parts) engine.plan(part.query, request.principal, `sql:${JSON.stringify(part.query)}`)
    return {
      queryType,
      normalizedQueries: parts.map(({ normalized }) => normalized),
      pivotQuery,
      queryOrder: parts.flatMap(({ normalized }) =>
        normalized.order.map(({ id, desc }) => ({ [id]: desc ? 'desc' : 'asc' })),
      ),
      // What they describe, matching by Cube's pre-aggregations, does not take place here.
      transformedQueries: [],
    }
  }

  const sql = ({ query }: QueryInput, request: FastifyRequest) => {
    const { principal } = request
    if (principal.kind === 'embed') {
      throw new AnalyticsError('forbidden', 'embed tokens may not see statements')
    }
    const { queryType, parts } = read(query, request)
    const statements = parts.map((part) => {
      const { compiled } = engine.plan(part.query, principal, `sql:${JSON.stringify(part.query)}`)
      return {
        sql: {
          sql: [compiled.sql, [...compiled.parameters]],
          dataSource: compiled.dataSource,
          dbType: compiled.dialect,
          external: false,
          policies: [...compiled.policies],
        },
      }
    })
    return queryType === 'regularQuery' ? statements[0] : statements
  }

  const questions = [
    { url: '/dry-run', summary: 'Checks queries without running them', policy: EXPLORE, answer: dryRun },
    { url: '/sql', summary: 'The statements that queries become for this caller', policy: SQL, answer: sql },
  ]
  for (const { url, summary, policy, answer } of questions) {
    app.get(
      url,
      { schema: { tags, summary, querystring: QueryInput, response }, config: { policy }, exposeHeadRoute: false },
      (request) => answer(request.query, request),
    )
    app.post(url, { schema: { tags, summary, body: QueryInput, response }, config: { policy } }, (request) =>
      answer(request.body, request),
    )
  }

  app.get(
    '/meta',
    {
      schema: {
        tags,
        summary: 'The model as this caller may see it, in Cube’s form',
        querystring: Type.Object({ onlyViews: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
        response,
      },
      config: { policy: { ...EXPLORE, rateClass: 'read' } },
      exposeHeadRoute: false,
    },
    (request) => {
      const { principal } = request
      const { onlyViews = false } = request.query
      const model = engine.model(principal.organizationId)
      return toCubeMeta(model, readMeta(model, principal.security, { locale: principal.locale }), { onlyViews })
    },
  )
}
