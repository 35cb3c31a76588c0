import { AnalyticsError, ErrorBody } from '@datainsight/core'
import { isTimeZone } from '@datainsight/core/compile'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from '@sinclair/typebox'
import type { Database } from '../database/schema.ts'
import { Cursor, decodeCursor, encodeCursor } from '../list-cursor.ts'
import type { RoutePolicy } from '../route-policy.ts'
import { UUID_PATTERN } from '../uuid-v7.ts'
import type { LogFilter } from './log-filter.ts'
import { CACHE_ORIGINS, CALLER_KINDS, type QueryRecord, RECORDED_KINDS } from './query-record.ts'
import { readQueryStats, STATS_GROUPS, STATS_ORDERS } from './read-stats.ts'
import { readTimeline, type SpanFigures, TIMELINE_BUCKETS, type TimelineBucket } from './read-timeline.ts'
import { findQueryRecord, listQueryRecords } from './repository.ts'

const LIST = 'query-log'
const DEFAULT_PAGE = 50
/** The period when none is named, milliseconds: a day. */
const DEFAULT_PERIOD_MS = 86_400_000
/** Most buckets of a timeline: as many as a wide screen has room for. */
const MAX_BUCKETS = 2_000

const moment = (description: string) =>
  Type.Optional(
    Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?Z)?$', description }),
  )

const literals = <const T extends readonly string[]>(values: T) =>
  Type.Optional(Type.Union(values.map((value) => Type.Literal<T[number]>(value))))
const Hash = Type.Optional(Type.String({ pattern: '^[0-9a-f]{16}$' }))

const PERIOD = {
  from: moment('ISO 8601 UTC; a day before `to` when absent.'),
  to: moment('ISO 8601 UTC, not included; now when absent.'),
}
const FILTER = {
  ...PERIOD,
  source: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  dashboard: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  member: Type.Optional(Type.String({ minLength: 1, maxLength: 257 })),
  shape: Hash,
  cache: literals(CACHE_ORIGINS),
  kind: literals(RECORDED_KINDS),
  caller: literals(CALLER_KINDS),
  tenant: Hash,
  error: Type.Optional(Type.String({ pattern: '^[a-z_]{1,64}$' })),
  failed: Type.Optional(Type.Boolean()),
  minMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400_000 })),
}
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: `${DEFAULT_PAGE} when absent.` }))

const StatsQuery = Type.Object(
  {
    ...FILTER,
    limit,
    by: literals(STATS_GROUPS),
    order: literals(STATS_ORDERS),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  },
  { additionalProperties: false },
)

const TimelineQuery = Type.Object(
  {
    ...FILTER,
    bucket: literals(Object.keys(TIMELINE_BUCKETS) as TimelineBucket[]),
    timezone: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'IANA name; UTC when absent.' })),
  },
  { additionalProperties: false },
)

const LogQuery = Type.Object({ ...FILTER, limit, cursor: Type.Optional(Cursor) }, { additionalProperties: false })

const Stats = Type.Object({
  from: Type.String(),
  to: Type.String(),
  items: Type.Array(
    Type.Object({
      key: Type.String({
        description:
          'The shape of the query, the member, the source, the dashboard, the tenant, the rollup or the error.',
      }),
      members: Type.Optional(Type.Array(Type.String(), { description: 'What queries of the shape ask for.' })),
      source: Type.Optional(Type.String({ description: 'Which data source queries of the shape ask.' })),
      count: Type.Integer(),
      cached: Type.Integer({ description: 'Answered without asking a data source.' }),
      fromRollup: Type.Integer({ description: 'Answers made from a rollup, also those kept since.' }),
      errors: Type.Integer(),
      rows: Type.Number(),
      bytes: Type.Number(),
      totalMs: Type.Number(),
      meanMs: Type.Number(),
      p50Ms: Type.Optional(Type.Number({ description: 'Of those that a data source was asked for.' })),
      p95Ms: Type.Optional(Type.Number({ description: 'Of those that a data source was asked for.' })),
      maxMs: Type.Number(),
      databaseMs: Type.Number(),
      latestAt: Type.String({ description: 'ISO 8601 UTC.' }),
    }),
  ),
  nextOffset: Type.Optional(Type.Integer()),
})

const figures = {
  count: Type.Integer(),
  errors: Type.Integer(),
  cache: Type.Object(Object.fromEntries(CACHE_ORIGINS.map((origin) => [origin, Type.Integer()])), {
    description: 'Answers by where they came from.',
  }),
  fromRollup: Type.Integer({ description: 'Answers made from a rollup, also those kept since.' }),
  rows: Type.Number(),
  bytes: Type.Number(),
  totalMs: Type.Number(),
  databaseMs: Type.Number(),
  p50Ms: Type.Optional(Type.Number({ description: 'Of all answers, to within 5 %.' })),
  p95Ms: Type.Optional(Type.Number({ description: 'Of all answers, to within 5 %.' })),
}

const TimelineBody = Type.Object({
  from: Type.String(),
  to: Type.String(),
  timezone: Type.String(),
  bucket: Type.String({ description: 'minute, hour or day.' }),
  totals: Type.Object(figures),
  buckets: Type.Array(
    Type.Object({ at: Type.String({ description: 'Start, ISO 8601, local to the zone.' }), ...figures }),
    { description: 'In order of time; without those in which nobody asked.' },
  ),
})

const LogItem = Type.Object({
  id: Type.String(),
  at: Type.String({ description: 'ISO 8601 UTC.' }),
  requestId: Type.String(),
  kind: Type.String(),
  caller: Type.Object({
    kind: Type.String(),
    hash: Type.String(),
    tenant: Type.Optional(Type.String({ description: 'Of an embed token: a hash of its attributes.' })),
  }),
  dashboardId: Type.Optional(Type.String()),
  shape: Type.String(),
  members: Type.Array(Type.String()),
  source: Type.Optional(Type.String()),
  cache: Type.Optional(Type.String({ description: 'L1, L2, L3, miss or stale.' })),
  rollup: Type.Optional(Type.String()),
  rollupReasons: Type.Array(Type.String(), { description: 'Why facts were read from rows.' }),
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
})
type LogItem = Static<typeof LogItem>

const Log = Type.Object({ items: Type.Array(LogItem), nextCursor: Type.Optional(Type.String()) })
const RecordId = Type.Object({ id: Type.String({ pattern: UUID_PATTERN.source }) }, { additionalProperties: false })

const policy: RoutePolicy = { auth: ['user', 'api-key'], permission: 'query:stats', rateClass: 'read' }

/** `GET /query/stats`, `/query/timeline`, `/query/log` and `/query/log/:id`: what the organization asks, without values and without SQL. */
export const queryLogRoutes: FastifyPluginAsyncTypebox<{
  readonly readDb: (organizationId: string) => Database
  readonly cursorKey: Buffer
  /** Stores what waits in this node's memory. */
  readonly flush: () => Promise<void>
}> = async (app, { readDb, cursorKey, flush }) => {
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
      const items = groups.slice(0, limit).map(({ members, source, p50Ms, p95Ms, latestAt, ...group }) => ({
        ...group,
        ...(members && { members: [...members] }),
        ...(source !== undefined && { source }),
        ...(p50Ms !== undefined && { p50Ms }),
        ...(p95Ms !== undefined && { p95Ms }),
        latestAt: latestAt.toISOString(),
      }))
      const period = { from: filter.from.toISOString(), to: filter.to.toISOString() }
      return { ...period, items, ...(groups.length > limit && { nextOffset: offset + limit }) }
    },
  )

  app.get(
    '/query/timeline',
    {
      schema: {
        tags: ['query'],
        summary: 'Queries of a period over time: answers by level of the cache, latency, faults, rows and bytes',
        querystring: TimelineQuery,
        response: { 200: TimelineBody, '4xx': ErrorBody },
      },
      config: { policy },
    },
    async ({ query, principal: { organizationId } }) => {
      const filter = readFilter(query)
      const { timezone = 'UTC' } = query
      const periodMs = filter.to.getTime() - filter.from.getTime()
      const bucket = query.bucket ?? bucketFor(periodMs)
      if (!isTimeZone(timezone)) throw refuse('timezone', `is not a known time zone: ${timezone}`)
      if (periodMs / TIMELINE_BUCKETS[bucket] > MAX_BUCKETS)
        throw refuse('bucket', `is too short for the period: ${bucket} gives more than ${MAX_BUCKETS}`)
      await flush()
      const { totals, buckets } = await readTimeline(readDb(organizationId), organizationId, filter, {
        bucket,
        timezone,
      })
      return {
        from: filter.from.toISOString(),
        to: filter.to.toISOString(),
        timezone,
        bucket,
        totals: withoutUndefined(totals),
        buckets: buckets.map(withoutUndefined),
      }
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
      const [at = '', id = ''] = cursor === undefined ? [] : decodeCursor(cursorKey, LIST, cursor)
      const after = cursor === undefined ? undefined : { at: new Date(Number(at)), id }
      await flush()
      const records = await listQueryRecords(readDb(organizationId), organizationId, readFilter(query), {
        limit: limit + 1,
        after,
      })
      const last = records[limit - 1]
      const hasMore = records.length > limit && last !== undefined
      return {
        items: records.slice(0, limit).map(toItem),
        ...(hasMore && { nextCursor: encodeCursor(cursorKey, LIST, [String(last.at.getTime()), last.id]) }),
      }
    },
  )

  app.get(
    '/query/log/:id',
    {
      schema: {
        tags: ['query'],
        summary: 'One query',
        params: RecordId,
        response: { 200: LogItem, '4xx': ErrorBody },
      },
      config: { policy },
    },
    async ({ params: { id }, principal: { organizationId } }) => {
      const record = await findQueryRecord(readDb(organizationId), organizationId, id)
      if (record === undefined) throw new AnalyticsError('not_found', `no such query in the log: ${id}`)
      return toItem(record)
    },
  )
}

function toItem(record: QueryRecord): LogItem {
  const { tenantHash, dashboardId, source, cache, rollup, error } = record
  return {
    id: record.id,
    at: record.at.toISOString(),
    requestId: record.requestId,
    kind: record.kind,
    caller: {
      kind: record.callerKind,
      hash: record.callerHash,
      ...(tenantHash !== undefined && { tenant: tenantHash }),
    },
    ...(dashboardId !== undefined && { dashboardId }),
    shape: record.shape,
    members: [...record.members],
    ...(source !== undefined && { source }),
    ...(cache !== undefined && { cache }),
    ...(rollup !== undefined && { rollup }),
    rollupReasons: [...record.rollupReasons],
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

/** Buckets of a length that some dozens of make up the period. */
function bucketFor(periodMs: number): TimelineBucket {
  if (periodMs <= 3 * TIMELINE_BUCKETS.hour) return 'minute'
  return periodMs <= 8 * TIMELINE_BUCKETS.day ? 'hour' : 'day'
}

function withoutUndefined<T extends SpanFigures>({ p50Ms, p95Ms, cache, ...rest }: T) {
  return { ...rest, cache: { ...cache }, ...(p50Ms !== undefined && { p50Ms }), ...(p95Ms !== undefined && { p95Ms }) }
}

function readFilter(
  query: Static<typeof LogQuery> | Static<typeof StatsQuery> | Static<typeof TimelineQuery>,
): LogFilter {
  const { dashboard, caller, tenant } = query
  const to = query.to === undefined ? new Date() : readMoment('to', query.to)
  const from = query.from === undefined ? new Date(to.getTime() - DEFAULT_PERIOD_MS) : readMoment('from', query.from)
  if (from >= to) throw refuse('from', `is not before to: ${from.toISOString()}, ${to.toISOString()}`)
  return { ...query, from, to, dashboardId: dashboard, callerKind: caller, tenantHash: tenant }
}

function readMoment(name: string, text: string): Date {
  const date = new Date(text)
  if (!Number.isNaN(date.getTime())) return date
  throw refuse(name, `is not a date: ${text}`)
}

function refuse(path: string, message: string): AnalyticsError {
  return new AnalyticsError('invalid_request', `${path} ${message}`, { problems: [{ path, message }] })
}
