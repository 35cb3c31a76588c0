import { AnalyticsError, BatchQuery, type CacheState, ErrorBody, Query, ResultSet } from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from '@sinclair/typebox'
import type { Answer } from '../cache/answer.ts'
import type { RoutePolicy } from '../route-policy.ts'
import type { QueryEngine } from './create-query-engine.ts'
import { NO_OBSERVER, type QueryObserver, QueryTrace } from './query-trace.ts'
import { requestSignal } from './request-signal.ts'
import { streamFrames } from './stream-frames.ts'
import { negotiateForm } from './wire/negotiate-form.ts'
import { sendForm } from './wire/send-form.ts'

/** Body of `POST /query`. */
export const QueryRequest = Type.Object({ query: Query }, { additionalProperties: false })
export type QueryRequest = Static<typeof QueryRequest>

/** Body of `POST /query/sql`. */
export const SqlRequest = Type.Object(
  {
    query: Query,
    explain: Type.Optional(Type.Boolean({ description: 'Also ask the data source for its plan; false when absent.' })),
    analyze: Type.Optional(
      Type.Boolean({ description: 'With `explain`: run the statement and measure each step; false when absent.' }),
    ),
  },
  { additionalProperties: false },
)

/** Answer of `POST /query/sql`. */
export const QuerySql = Type.Object({
  sql: Type.String(),
  parameters: Type.Array(Type.Unknown()),
  dialect: Type.String(),
  explain: Type.Object({
    rollup: Type.Union([Type.String(), Type.Null()], {
      description: 'The stored aggregates read, comma-separated; null when rows are read.',
    }),
    rollupReasons: Type.Array(Type.String(), {
      description: 'Why facts are read from rows: one sentence for each rollup that does not answer.',
    }),
    policies: Type.Array(Type.String(), { description: 'Access policies that are part of the statement.' }),
    cache: Type.Union([Type.Literal('hit'), Type.Literal('miss')], { description: 'Whether the answer is in memory.' }),
  }),
  plan: Type.Optional(Type.String({ description: 'The plan of the data source, in its own words.' })),
})

/** What the query routes need. */
export interface QueryRoutesOptions {
  readonly engine: QueryEngine
  /** Queries of one batch or dashboard worked on at the same time; 4 when absent. */
  readonly batchConcurrency?: number
  /** Hears of each query; nobody when absent. */
  readonly observer?: QueryObserver
}

const EXPLORE: RoutePolicy = {
  auth: ['user', 'api-key', 'embed'],
  permission: 'query:run',
  action: 'explore',
  rateClass: 'query',
}

/** `POST /query`, `/query/batch` and `/query/sql`. */
export const queryRoutes: FastifyPluginAsyncTypebox<QueryRoutesOptions> = async (app, options) => {
  const { engine, batchConcurrency = 4, observer = NO_OBSERVER } = options

  app.post(
    '/query',
    {
      schema: {
        tags: ['query'],
        summary: 'One query; `Accept` chooses JSON, NDJSON, Arrow or CSV',
        body: QueryRequest,
        response: { 200: ResultSet, '4xx': ErrorBody, '5xx': ErrorBody },
      },
      config: { policy: EXPLORE },
    },
    (request, reply) => {
      const { principal } = request
      const { query } = request.body
      const form = negotiateForm(request.headers.accept)
      if (form.format === 'csv' && principal.kind === 'embed' && !principal.actions.has('export:csv')) {
        throw new AnalyticsError('forbidden', 'the token does not allow the action export:csv')
      }
      const trace = new QueryTrace(observer, { principal, kind: 'query', requestId: request.id }, query)
      const plan = trace.plan(() => engine.plan(query, principal, JSON.stringify(query), { isChecked: true }))
      const renew = query.renewQuery === true
      // No promise from here to the socket when the answer is in memory.
      const stored = renew ? undefined : engine.peek(plan)
      const send = (answer: Answer, state: CacheState) => {
        // Durations of B's work would tell a page of A how much data B has.
        if (principal.kind !== 'embed') reply.header('server-timing', trace.serverTiming(state))
        sendForm(reply, answer, state, form)
      }
      if (stored !== undefined) {
        send(stored, 'hit')
        return trace.hit(stored)
      }
      const found = engine.run(plan, principal, { signal: requestSignal(reply), renew, timings: trace.timings })
      return trace.run(found, ({ answer, state }) => send(answer, state)).then(() => undefined)
    },
  )

  app.post(
    '/query/batch',
    {
      schema: {
        tags: ['query'],
        summary: 'Several queries, answered as NDJSON frames in order of completion',
        body: BatchQuery,
        response: { '4xx': ErrorBody, '5xx': ErrorBody },
      },
      config: { policy: EXPLORE },
    },
    (request, reply) => {
      const { queries } = request.body
      requireDifferentIds(queries.map(({ id }) => id))
      const frames = [...queries]
        .sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0))
        .map(({ id, query }) => ({ id, result: () => query }))
      streamFrames(request, reply, frames, {
        engine,
        caller: request.principal,
        concurrency: batchConcurrency,
        trace: (query) =>
          new QueryTrace(observer, { principal: request.principal, kind: 'batch', requestId: request.id }, query),
      })
    },
  )

  app.post(
    '/query/sql',
    {
      schema: {
        tags: ['query'],
        summary: 'The statement a query becomes for this caller',
        body: SqlRequest,
        response: { 200: QuerySql, '4xx': ErrorBody, '5xx': ErrorBody },
      },
      config: { policy: { auth: ['user', 'api-key'], permission: 'query:sql', rateClass: 'query' } },
    },
    async (request, reply) => {
      const { query, explain = false, analyze = false } = request.body
      // A text of its own: who only looks at the statement should not make the next answer cheaper to measure.
      const plan = engine.plan(query, request.principal, `sql:${JSON.stringify(query)}`, { isChecked: true })
      const { sql, parameters, dialect, policies } = plan.compiled
      const cache = engine.peek(plan) === undefined ? 'miss' : 'hit'
      return {
        sql,
        parameters: [...parameters],
        dialect,
        explain: {
          rollup: plan.compiled.explain?.rollups.join(', ') || null,
          rollupReasons: [...(plan.compiled.explain?.rollupReasons ?? [])],
          policies: [...policies],
          cache: cache as 'hit' | 'miss',
        },
        ...(explain && {
          plan: await engine.explain(plan, request.principal, { signal: requestSignal(reply), analyze }),
        }),
      }
    },
  )
}

function requireDifferentIds(ids: readonly string[]): void {
  const seen = new Set<string>()
  const problems = ids.flatMap((id, index) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [{ path: `queries[${index}].id`, message: `used twice: ${id}` }]
  })
  if (problems.length > 0) {
    throw new AnalyticsError('invalid_request', `ids of a batch must differ: ${problems[0]?.message}`, { problems })
  }
}
