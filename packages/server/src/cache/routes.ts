import { AnalyticsError, ErrorBody, Query } from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from '@sinclair/typebox'
import type { Principal } from '../principal.ts'
import type { RoutePolicy } from '../route-policy.ts'
import { concerns, type DataChange, type DataVersions } from './data-versions.ts'
import type { CacheKey, Inspection, ResultCache } from './result-cache.ts'
import type { TableLevel } from './table-level.ts'

const Count = Type.Integer({ minimum: 0 })
const Name = Type.String({ minLength: 1, maxLength: 256 })
const LEVELS = ['memory', 'redis', 'table'] as const
const LevelName = Type.Union(LEVELS.map((level) => Type.Literal(level)))

/** Answer of `GET /cache`: the caller's organization on this node. */
export const CacheStatus = Type.Object(
  {
    levels: Type.Array(
      Type.Object(
        {
          level: LevelName,
          available: Type.Boolean({ description: 'False while it is left alone after faults.' }),
          answers: Type.Union([Count, Type.Null()], { description: 'Null where they cannot be counted.' }),
          bytes: Type.Union([Count, Type.Null()]),
          hits: Count,
        },
        { additionalProperties: false },
      ),
    ),
    misses: Count,
    hitRate: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()], {
      description: 'Share of answers that no statement was run for, since the node started; null before the first.',
    }),
  },
  { additionalProperties: false },
)
export type CacheStatus = Static<typeof CacheStatus>

const InspectRequest = Type.Object({ query: Query }, { additionalProperties: false })

/** Answer of `POST /cache/inspect`. */
export const CacheInspection = Type.Object(
  {
    key: Type.String({ description: 'Name of the answer with the version of its data.' }),
    source: Type.String(),
    tables: Type.Array(Type.String()),
    tags: Type.Array(Type.String()),
    levels: Type.Array(
      Type.Object(
        {
          level: LevelName,
          fresh: Type.Boolean(),
          ageSeconds: Type.Number({ description: 'Since the data source was asked.' }),
          ttlSeconds: Type.Number({ description: 'Time of reuse, from when the data source was asked.' }),
          dataVersion: Type.String(),
          bytes: Type.Integer({ description: 'All stored forms together.' }),
          etag: Type.Union([Type.String(), Type.Null()]),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type CacheInspection = Static<typeof CacheInspection>

const InvalidateRequest = Type.Object(
  {
    source: Type.Optional(Name),
    tables: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 100, description: 'Of `source`.' })),
    tags: Type.Optional(
      Type.Array(Name, { minItems: 1, maxItems: 100, description: 'Cubes, or what their `meta.tags` list.' }),
    ),
    all: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
)

const ChangedRequest = Type.Object(
  { tables: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 100, description: 'All of them when absent.' })) },
  { additionalProperties: false },
)

/** Answer of `POST /cache/invalidate` and of `POST /data-sources/:name/data-changed`. */
export const Invalidated = Type.Object(
  {
    memory: Type.Integer({ description: 'Answers in the memory of this node that are old now.' }),
    table: Type.Union([Type.Integer(), Type.Null()], {
      description: 'Answers deleted from the metadata database; null when none are kept there.',
    }),
  },
  { additionalProperties: false },
)
export type Invalidated = Static<typeof Invalidated>

/** What the cache routes need. */
export interface CacheRoutesOptions {
  readonly cache: ResultCache
  readonly versions: DataVersions
  readonly table: TableLevel | undefined
  /** Whether an organization has a data source of this name. */
  readonly hasSource: (organizationId: string, name: string) => boolean
  /** What is held of a query's answer for this caller. */
  readonly inspect: (
    query: Query,
    principal: Principal,
  ) => Promise<{ readonly key: CacheKey; readonly held: readonly Inspection[] }>
}

const policy = (rateClass: 'read' | 'write', audit?: string): RoutePolicy => ({
  auth: ['user', 'api-key'],
  permission: 'cache:manage',
  rateClass,
  ...(audit === undefined ? {} : { audit }),
})
const ERRORS = { '4xx': ErrorBody, '5xx': ErrorBody }

/** `GET /cache`, `POST /cache/inspect`, `/cache/invalidate` and `/data-sources/:name/data-changed`. All of the caller's organization. */
export const cacheRoutes: FastifyPluginAsyncTypebox<CacheRoutesOptions> = async (app, options) => {
  const { cache, versions, table, hasSource } = options

  const invalidate = async (organizationId: string, changes: readonly DataChange[]): Promise<Invalidated> => {
    await versions.bump(organizationId, changes)
    const memory = cache.outdate(
      (scope) => scope.organizationId === organizationId && changes.some((change) => concerns(change, scope)),
    )
    return { memory, table: (await table?.forget(organizationId, changes)) ?? null }
  }

  const requireSource = (organizationId: string, name: string): void => {
    if (!hasSource(organizationId, name)) throw new AnalyticsError('not_found', `no such data source: ${name}`)
  }

  app.get(
    '/cache',
    {
      schema: { tags: ['cache'], summary: 'Sizes and hits of each level', response: { 200: CacheStatus, ...ERRORS } },
      config: { policy: policy('read') },
    },
    async (request): Promise<CacheStatus> => {
      const { organizationId } = request.principal
      const { memory, hits } = cache.statsOf(organizationId)
      const shared = await Promise.all(
        cache.levels.map(async (level) => {
          const size = level === table ? await table.sizeOf(organizationId) : undefined
          const amount = { answers: size?.answers ?? null, bytes: size?.bytes ?? null }
          return { level: level.name, available: level.available, ...amount, hits: hits[level.name] }
        }),
      )
      const found = hits.memory + hits.redis + hits.table
      const asked = found + hits.source
      return {
        levels: [{ level: 'memory', available: true, ...memory, hits: hits.memory }, ...shared],
        misses: hits.source,
        hitRate: asked === 0 ? null : found / asked,
      }
    },
  )

  app.post(
    '/cache/inspect',
    {
      schema: {
        tags: ['cache'],
        summary: 'Which levels hold the answer of a query for this caller',
        body: InspectRequest,
        response: { 200: CacheInspection, ...ERRORS },
      },
      config: { policy: policy('read', 'cache.inspect') },
    },
    async (request): Promise<CacheInspection> => {
      const { key, held } = await options.inspect(request.body.query, request.principal)
      const now = Date.now()
      return {
        key: key.id,
        source: key.scope.source,
        tables: [...key.scope.tables],
        tags: [...key.scope.tags],
        levels: held.map(({ level, stored, isFresh }) => ({
          level,
          fresh: isFresh,
          ageSeconds: Math.max(0, now - stored.storedAtMs) / 1_000,
          ttlSeconds: stored.ttlMs / 1_000,
          dataVersion: stored.answer.dataVersion,
          bytes: stored.answer.heldBytes,
          etag: stored.answer.etag ?? null,
        })),
      }
    },
  )

  app.post(
    '/cache/invalidate',
    {
      schema: {
        tags: ['cache'],
        summary: 'Makes stored answers old: of a source, of tables of it, of cubes and tags, or all',
        body: InvalidateRequest,
        response: { 200: Invalidated, ...ERRORS },
      },
      config: { policy: policy('write', 'cache.invalidate') },
    },
    async (request) => {
      const { organizationId } = request.principal
      const { source, tables, tags = [], all } = request.body
      if (tables !== undefined && source === undefined) {
        throw new AnalyticsError('invalid_request', 'tables are those of a source: name it', {
          problems: [{ path: 'source', message: 'is required with tables' }],
        })
      }
      const changes: DataChange[] = [
        ...(all === true ? [{ kind: 'all' as const }] : []),
        ...(source === undefined ? [] : changesOf(source, tables)),
        ...tags.map((tag) => ({ kind: 'tag' as const, tag })),
      ]
      if (changes.length === 0) {
        throw new AnalyticsError('invalid_request', 'nothing is named: give source, tags or all', {
          problems: [{ path: '', message: 'needs source, tags or all' }],
        })
      }
      if (source !== undefined) requireSource(organizationId, source)
      return invalidate(organizationId, changes)
    },
  )

  app.post(
    '/data-sources/:name/data-changed',
    {
      schema: {
        tags: ['cache'],
        summary: 'Tells that data of a source changed, such as after a load',
        params: Type.Object({ name: Name }),
        body: ChangedRequest,
        response: { 200: Invalidated, ...ERRORS },
      },
      config: { policy: policy('write', 'data-source.changed') },
    },
    async (request) => {
      const { organizationId } = request.principal
      const { name } = request.params
      requireSource(organizationId, name)
      return invalidate(organizationId, changesOf(name, request.body.tables))
    },
  )
}

function changesOf(source: string, tables: readonly string[] | undefined): DataChange[] {
  return tables?.map((table) => ({ kind: 'table', source, table })) ?? [{ kind: 'source', source }]
}
