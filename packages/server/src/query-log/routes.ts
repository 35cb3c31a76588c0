import { AnalyticsError, ErrorBody } from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from '@sinclair/typebox'
import type { Database } from '../database/schema.ts'
import type { RoutePolicy } from '../route-policy.ts'
import { UUID_PATTERN } from '../uuid-v7.ts'
import type { QueryRecord } from './query-record.ts'
import {
  type LogFilter,
  type LogPosition,
  listQueryRecords,
  readQueryStats,
  STATS_GROUPS,
  STATS_ORDERS,
} from './repository.ts'

const DEFAULT_PAGE = 50
/** The period when none is named, milliseconds: a day. */
const DEFAULT_PERIOD_MS = 86_400_000

const moment = (description: string) =>
  Type.Optional(
    Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?Z)?$', description }),
  )

const FILTER = {
  from: moment('ISO 8601 UTC; a day before `to` when absent.'),
  to: moment('ISO 8601 UTC, not included; now when absent.'),
  source: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  dashboard: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  member: Type.Optional(Type.String({ minLength: 1, maxLength: 257 })),
  failed: Type.Optional(Type.Boolean()),
  minMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: `${DEFAULT_PAGE} when absent.` })),
}

const StatsQuery = Type.Object(
  {
    ...FILTER,
    by: Type.Optional(Type.Union(STATS_GROUPS.map((by) => Type.Literal(by)))),
    order: Type.Optional(Type.Union(STATS_ORDERS.map((order) => Type.Literal(order)))),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  },
  { additionalProperties: false },
)

const LogQuery = Type.Object(
  { ...FILTER, cursor: Type.Optional(Type.String({ pattern: '^\\d{1,15}-[0-9a-f-]{36}$' })) },
  { additionalProperties: false },
)

const Stats = Type.Object({
  from: Type.String(),
  to: Type.String(),
  items: Type.Array(
    Type.Object({
      key: Type.String({ description: 'The shape of the query, the member, the source or the dashboard.' }),
      members: Type.Optional(Type.Array(Type.String())),
      count: Type.Integer(),
      cached: Type.Integer({ description: 'Answered without asking a data source.' }),
      errors: Type.Integer(),
      bytes: Type.Number(),
      meanMs: Type.Number(),
      p95Ms: Type.Optional(Type.Number({ description: 'Of those that a data source was asked for.' })),
      maxMs: Type.Number(),
      databaseMs: Type.Number(),
    }),
  ),
  nextOffset: Type.Optional(Type.Integer()),
})

const Log = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      at: Type.String({ description: 'ISO 8601 UTC.' }),
      requestId: Type.String(),
      kind: Type.String(),
      caller: Type.Object({ kind: Type.String(), hash: Type.String() }),
      dashboardId: Type.Optional(Type.String()),
      shape: Type.String(),
      members: Type.Array(Type.String()),
      source: Type.Optional(Type.String()),
      cache: Type.Optional(Type.String({ description: 'L1, L2, L3, miss or stale.' })),
      rollup: Type.Optional(Type.String()),
      count: Type.Integer({ description: 'Answers from memory that are counted together.' }),
      rows: Type.Integer(),
      bytes: Type.Number(),
      ms: Type.Object({
        plan: Type.Number(),
        wait: Type.Number(),
        database: Type.Number(),
        convert: Type.Number(),
        send: Type.Number(),
        total: Type.Number(),
        max: Type.Number(),
      }),
      error: Type.Optional(Type.String()),
    }),
  ),
  nextCursor: Type.Optional(Type.String()),
})

const policy: RoutePolicy = { auth: ['user', 'api-key'], permission: 'query:stats', rateClass: 'read' }

/** `GET /query/stats` and `GET /query/log`: what the organization asks, without values and without SQL. */
export const queryLogRoutes: FastifyPluginAsyncTypebox<{
  readonly readDb: (organizationId: string) => Database
  /** Stores what waits in this node's memory. */
  readonly flush: () => Promise<void>
}> = async (app, { readDb, flush }) => {
  app.get(
    '/query/stats',
    {
      schema: {
        tags: ['query'],
        summary: 'Frequent, slow and failing queries of a period',
        querystring: StatsQuery,
        response: { 200: Stats, '4xx': ErrorBody },
      },
      config: { policy },
    },
    async ({ query, principal: { organizationId } }) => {
      const { by = 'query', order = 'count', limit = DEFAULT_PAGE, offset = 0 } = query
      await flush()
      const filter = readFilter(query)
      const groups = await readQueryStats(readDb(organizationId), organizationId, filter, {
        by,
        order,
        limit: limit + 1,
        offset,
      })
      const items = groups.slice(0, limit).map(({ members, p95Ms, ...group }) => ({
        ...group,
        ...(members && { members: [...members] }),
        ...(p95Ms !== undefined && { p95Ms }),
      }))
      const period = { from: filter.from.toISOString(), to: filter.to.toISOString() }
      return { ...period, items, ...(groups.length > limit && { nextOffset: offset + limit }) }
    },
  )

  app.get(
    '/query/log',
    {
      schema: {
        tags: ['query'],
        summary: 'Queries one by one, newest first',
        querystring: LogQuery,
        response: { 200: Log, '4xx': ErrorBody },
      },
      config: { policy },
    },
    async ({ query, principal: { organizationId } }) => {
      const { limit = DEFAULT_PAGE, cursor } = query
      const after = cursor === undefined ? undefined : readCursor(cursor)
      await flush()
      const records = await listQueryRecords(readDb(organizationId), organizationId, readFilter(query), {
        limit: limit + 1,
        after,
      })
      const last = records[limit - 1]
      const hasMore = records.length > limit && last !== undefined
      return {
        items: records.slice(0, limit).map(toItem),
        ...(hasMore && { nextCursor: `${last.at.getTime()}-${last.id}` }),
      }
    },
  )
}

function toItem(record: QueryRecord): Static<typeof Log>['items'][number] {
  const { dashboardId, source, cache, rollup, error } = record
  return {
    id: record.id,
    at: record.at.toISOString(),
    requestId: record.requestId,
    kind: record.kind,
    caller: { kind: record.callerKind, hash: record.callerHash },
    ...(dashboardId !== undefined && { dashboardId }),
    shape: record.shape,
    members: [...record.members],
    ...(source !== undefined && { source }),
    ...(cache !== undefined && { cache }),
    ...(rollup !== undefined && { rollup }),
    count: record.count,
    rows: record.rows,
    bytes: record.bytes,
    ms: {
      plan: record.planMs,
      wait: record.waitMs,
      database: record.databaseMs,
      convert: record.convertMs,
      send: record.sendMs,
      total: record.totalMs,
      max: record.maxMs,
    },
    ...(error !== undefined && { error }),
  }
}

function readFilter(query: Static<typeof LogQuery> | Static<typeof StatsQuery>): LogFilter {
  const { source, dashboard, member, failed, minMs } = query
  const to = query.to === undefined ? new Date() : readMoment('to', query.to)
  const from = query.from === undefined ? new Date(to.getTime() - DEFAULT_PERIOD_MS) : readMoment('from', query.from)
  if (from >= to) {
    throw new AnalyticsError('invalid_request', `from ${from.toISOString()} is not before to ${to.toISOString()}`, {
      problems: [{ path: 'from', message: 'is not before to' }],
    })
  }
  return { from, to, source, dashboardId: dashboard, member, failed, minMs }
}

function readMoment(name: string, text: string): Date {
  const date = new Date(text)
  if (!Number.isNaN(date.getTime())) return date
  throw new AnalyticsError('invalid_request', `${name} is not a date: ${text}`, {
    problems: [{ path: name, message: `is not a date: ${text}` }],
  })
}

/** A cursor only says where to go on in the caller's own list, so it needs no signature. */
function readCursor(cursor: string): LogPosition {
  const dash = cursor.indexOf('-')
  const id = cursor.slice(dash + 1)
  const at = new Date(Number(cursor.slice(0, dash)))
  if (Number.isNaN(at.getTime()) || !UUID_PATTERN.test(id)) {
    throw new AnalyticsError('invalid_request', `cursor is not one this list gave out: ${cursor}`, {
      problems: [{ path: 'cursor', message: 'is not one this list gave out' }],
    })
  }
  return { at, id }
}
