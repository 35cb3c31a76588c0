import { isDeepStrictEqual } from 'node:util'
import {
  AnalyticsError,
  DataSourceInfo,
  DataSourceInput,
  DataSourcePatch,
  DataSourceTarget,
  DataSourceTest,
  type DataSourceType,
  DraftModelAnswer,
  DraftModelRequest,
  ErrorBody,
  SourceTable,
} from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'
import type { Database } from '../database/schema.ts'
import { IfMatch, readIfMatch, versionTag } from '../if-match.ts'
import { Cursor, decodeCursor, encodeCursor } from '../list-cursor.ts'
import { checkDefinition } from './check-input.ts'
import { checkSource, describeFailure } from './check-source.ts'
import type { DataSource } from './data-source.ts'
import { getTables, listTables } from './discover.ts'
import { draftModel } from './draft-model.ts'
import type { KeyRing } from './key-ring.ts'
import { openSource, type SourceEnvironment } from './open-source.ts'
import {
  type Credentials,
  deleteSource,
  findSource,
  insertSource,
  listSources,
  rotateSourceKeys,
  type SourceChange,
  type StoredSource,
  takenName,
  unknownSource,
  updateSource,
  withRollupsUrl,
} from './repository.ts'
import { checkSourceFiles } from './source-files.ts'
import type { SourceRegistry } from './source-registry.ts'

const DEFAULT_PAGE = 50
/** Longest test of a connection, milliseconds. */
const TEST_TIMEOUT_MS = 10_000
/** Longest look at a catalog, milliseconds. */
const SCHEMA_TIMEOUT_MS = 30_000
const LIST = 'data-sources'
const Params = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128, description: 'Id or name.' }) })
const Empty = Type.Object({}, { additionalProperties: false })
const ListQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: `${DEFAULT_PAGE} when absent.` })),
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
)
const SchemaQuery = Type.Object(
  {
    search: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$', description: "Part of a table's name." }),
    ),
    schema: Type.Optional(Type.String({ minLength: 1, maxLength: 256, pattern: '^[^\\u0000]*$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: `${DEFAULT_PAGE} when absent.` })),
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
)
const SchemaPage = Type.Object({ tables: Type.Array(SourceTable), nextCursor: Type.Optional(Type.String()) })
const Page = Type.Object({ items: Type.Array(DataSourceInfo), nextCursor: Type.Optional(Type.String()) })

export interface DataSourceRoutesOptions {
  readonly db: Database
  readonly keys: KeyRing
  readonly registry: SourceRegistry
  /** Sources of the configuration, with the type each was given. */
  readonly shared: ReadonlyMap<string, DataSource>
  readonly environment: SourceEnvironment
  readonly cursorKey: Buffer
  /** Whether an organization may look into the sources of the configuration: its operator's own may. */
  readonly mayExplore: (organizationId: string) => boolean
  /** Aborts when the client goes away. */
  readonly requestSignal: (reply: FastifyReply) => AbortSignal
}

const READ = { auth: ['user', 'api-key'], permission: 'data-sources:read', rateClass: 'read' } as const
const WRITE = { auth: ['user', 'api-key'], permission: 'data-sources:write', rateClass: 'write' } as const

/** Data sources. Credentials go in and never come out. The version is the ETag; a change needs it as `If-Match`. */
export const dataSourceRoutes: FastifyPluginAsyncTypebox<DataSourceRoutesOptions> = async (app, options) => {
  const { db, keys, registry, shared, environment, cursorKey, requestSignal } = options

  app.get(
    '/',
    {
      // One address, not two that differ by a slash.
      prefixTrailingSlash: 'no-slash',
      schema: {
        tags: ['data-sources'],
        summary: 'List data sources by name, those of the configuration first',
        querystring: ListQuery,
        response: { 200: Page, '4xx': ErrorBody },
      },
      config: { policy: READ },
    },
    async ({ query, principal }) => {
      const { limit = DEFAULT_PAGE, cursor } = query
      const after = cursor === undefined ? undefined : decodeCursor(cursorKey, LIST, cursor)[0]
      const rows = await listSources(db, principal.organizationId, { limit: limit + 1, after })
      const page = rows.slice(0, limit)
      const configured = after === undefined ? [...shared.values()].map(configuredInfo) : []
      const items = [...configured, ...page.filter(({ name }) => !shared.has(name)).map(storedInfo)]
      const last = page.at(-1)
      return rows.length > limit && last !== undefined
        ? { items, nextCursor: encodeCursor(cursorKey, LIST, [last.name]) }
        : { items }
    },
  )

  app.post(
    '/',
    {
      // One address, not two that differ by a slash.
      prefixTrailingSlash: 'no-slash',
      schema: {
        tags: ['data-sources'],
        summary: 'Create a data source',
        body: DataSourceInput,
        response: { 201: DataSourceInfo, '4xx': ErrorBody },
      },
      config: { policy: { ...WRITE, audit: 'data-source.create' } },
    },
    async ({ body, principal }, reply) => {
      const { name, type, connection, credentials = {}, concurrency, cacheTtlSeconds, limits, rollups } = body
      if (shared.has(name)) throw takenName(name)
      checkDefinition(type, connection, credentials, rollups)
      checkSourceFiles({ type, connection }, environment.filesDir)
      const definition = {
        name,
        type,
        connection,
        concurrency: concurrency ?? null,
        cacheTtlSeconds: cacheTtlSeconds ?? null,
        limits: limits ?? null,
        rollups: rollups === undefined ? null : { schema: rollups.schema },
      }
      const sealed = withRollupsUrl(credentials, rollups?.url)
      const stored = await insertSource(db, keys, principal.organizationId, definition, sealed)
      await registry.refresh()
      return tagged(reply.code(201).header('location', `/api/v1/data-sources/${stored.id}`), storedInfo(stored))
    },
  )

  app.post(
    '/test',
    {
      schema: {
        tags: ['data-sources'],
        summary: 'Try a connection without storing it',
        body: DataSourceTarget,
        response: { 200: DataSourceTest, '4xx': ErrorBody },
      },
      config: { policy: { ...WRITE, audit: 'data-source.test' } },
    },
    async ({ body }, reply) => {
      let source: DataSource
      try {
        source = await openSource(body, { name: 'test', concurrency: 1 }, environment)
      } catch (error) {
        return describeFailure(error)
      }
      try {
        return await checkSource(source, { signal: requestSignal(reply), timeoutMs: TEST_TIMEOUT_MS, maxRows: 10 })
      } finally {
        await source.close()
      }
    },
  )

  app.post(
    '/rotate-keys',
    {
      schema: {
        tags: ['data-sources'],
        summary: 'Wrap all credentials with the newest encryption key',
        body: Empty,
        response: { 200: Type.Object({ rotated: Type.Integer() }), '4xx': ErrorBody },
      },
      config: { policy: { ...WRITE, audit: 'data-source.rotate-keys' } },
    },
    async ({ principal }) => ({ rotated: await rotateSourceKeys(db, keys, principal.organizationId) }),
  )

  app.get(
    '/:id',
    {
      schema: {
        tags: ['data-sources'],
        summary: 'Read a data source',
        params: Params,
        response: { 200: DataSourceInfo, '4xx': ErrorBody },
      },
      config: { policy: READ },
    },
    async ({ params, principal }, reply) => {
      const configured = shared.get(params.id)
      if (configured !== undefined) return tagged(reply, configuredInfo(configured))
      const stored = await find(db, principal.organizationId, params.id)
      return tagged(reply, storedInfo(stored))
    },
  )

  app.patch(
    '/:id',
    {
      schema: {
        tags: ['data-sources'],
        summary: 'Change a data source',
        params: Params,
        headers: IfMatch,
        body: DataSourcePatch,
        response: { 200: DataSourceInfo, '4xx': ErrorBody },
      },
      config: { policy: { ...WRITE, audit: 'data-source.update' } },
    },
    async ({ params, body, principal, headers }, reply) => {
      const version = readIfMatch(headers['if-match'])
      refuseConfigured(shared, params.id)
      if (body.name !== undefined && shared.has(body.name)) throw takenName(body.name)
      const stored = await updateSource(db, keys, principal.organizationId, params.id, version, (row) =>
        applyPatch(row, body, environment.filesDir),
      )
      await registry.refresh()
      return tagged(reply, storedInfo(stored))
    },
  )

  app.delete(
    '/:id',
    {
      schema: {
        tags: ['data-sources'],
        summary: 'Delete a data source',
        params: Params,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': ErrorBody },
      },
      config: { policy: { ...WRITE, audit: 'data-source.delete' } },
    },
    async ({ params, principal, headers }, reply) => {
      const version = readIfMatch(headers['if-match'])
      refuseConfigured(shared, params.id)
      await deleteSource(db, principal.organizationId, params.id, version)
      await registry.refresh()
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/:id/test',
    {
      schema: {
        tags: ['data-sources'],
        summary: 'Try the connection of a stored data source',
        params: Params,
        body: Empty,
        response: { 200: DataSourceTest, '4xx': ErrorBody },
      },
      config: { policy: { ...WRITE, audit: 'data-source.test' } },
    },
    async ({ params, principal }, reply) => {
      const source = await getOpenable(options, principal.organizationId, params.id)
      return checkSource(source, { signal: requestSignal(reply), timeoutMs: TEST_TIMEOUT_MS, maxRows: 10 })
    },
  )

  app.get(
    '/:id/schema',
    {
      schema: {
        tags: ['data-sources'],
        summary: 'Tables of a data source, with their columns and keys',
        params: Params,
        querystring: SchemaQuery,
        response: { 200: SchemaPage, '4xx': ErrorBody },
      },
      config: { policy: { ...WRITE, rateClass: 'query' } },
    },
    async ({ params, query, principal }, reply) => {
      const source = await getExplorable(options, principal.organizationId, params.id)
      const { search, schema, limit = DEFAULT_PAGE, cursor } = query
      const list = `schema/${source.id ?? source.name}`
      const hidden = registry.place(principal.organizationId, source.name)?.rollups?.schema
      const [afterSchema, afterName] = cursor === undefined ? [] : decodeCursor(cursorKey, list, cursor)
      const tables = await listTables(
        source,
        {
          limit: limit + 1,
          ...(search !== undefined && { search }),
          ...(schema !== undefined && { schema }),
          ...(hidden !== undefined && { hidden }),
          ...(afterSchema !== undefined &&
            afterName !== undefined && { after: { schema: afterSchema, name: afterName } }),
        },
        { signal: requestSignal(reply), timeoutMs: SCHEMA_TIMEOUT_MS },
      )
      const items = tables.slice(0, limit)
      const last = items.at(-1)
      return {
        tables: items as SourceTable[],
        ...(tables.length > limit &&
          last !== undefined && { nextCursor: encodeCursor(cursorKey, list, [last.schema, last.name]) }),
      }
    },
  )

  app.post(
    '/:id/model',
    {
      schema: {
        tags: ['data-sources'],
        summary: 'Write a model for tables of a data source',
        params: Params,
        body: DraftModelRequest,
        response: { 200: DraftModelAnswer, '4xx': ErrorBody },
      },
      // Nothing is stored: the text is the caller's to use.
      config: { policy: { ...WRITE, rateClass: 'query', audit: 'data-source.draft-model' } },
    },
    async ({ params, body, principal }, reply) => {
      const source = await getExplorable(options, principal.organizationId, params.id)
      const limits = { signal: requestSignal(reply), timeoutMs: SCHEMA_TIMEOUT_MS }
      const tables = await getTables(source, body.tables, limits)
      const { yaml, cubes, notes } = draftModel(tables, { dataSource: source.name, dialect: source.dialect })
      return { yaml, cubes: [...cubes], notes: [...notes] }
    },
  )
}

async function find(db: Database, organizationId: string, idOrName: string): Promise<StoredSource> {
  const stored = idOrName.includes('\0') ? undefined : await findSource(db, organizationId, idOrName)
  if (stored === undefined) throw unknownSource(idOrName)
  return stored
}

/** The source to look into. @throws AnalyticsError `not_found`, `forbidden` for a shared one that is not the caller's operator's. */
async function getExplorable(
  options: DataSourceRoutesOptions,
  organizationId: string,
  idOrName: string,
): Promise<DataSource> {
  if (options.shared.has(idOrName) && !options.mayExplore(organizationId)) {
    throw new AnalyticsError(
      'forbidden',
      `the data source ${idOrName} is shared: its tables are shown to its operator only`,
    )
  }
  return getOpenable(options, organizationId, idOrName)
}

/** The source to connect to, as this node knows it now. @throws AnalyticsError `not_found` */
async function getOpenable(
  { db, registry, shared }: DataSourceRoutesOptions,
  organizationId: string,
  idOrName: string,
): Promise<DataSource> {
  const configured = shared.get(idOrName)
  if (configured !== undefined) return configured
  const { id } = await find(db, organizationId, idOrName)
  await registry.refresh()
  const source = registry.getById(organizationId, id)
  if (source === undefined) throw unknownSource(idOrName)
  return source
}

/**
 * The source after a change. Another type or connection without the credentials is refused: who may change a source but does
 * not know its password could send it to a server of their own.
 */
function applyPatch(stored: StoredSource, patch: DataSourcePatch, filesDir: string | undefined): SourceChange {
  const type: DataSourceType = patch.type ?? stored.type
  const connection = patch.connection ?? stored.connection
  const isElsewhere = type !== stored.type || !isDeepStrictEqual(connection, stored.connection)
  if (isElsewhere && patch.credentials === undefined && hasSecret(stored.type, type)) {
    const message = 'are needed again when the type or the connection changes'
    throw new AnalyticsError('invalid_request', `credentials ${message}`, {
      problems: [{ path: 'credentials', message }],
    })
  }
  if (isElsewhere && patch.rollups === undefined && stored.rollups !== null) {
    const message = 'are needed again, or null, when the type or the connection changes'
    throw new AnalyticsError('invalid_request', `rollups ${message}`, { problems: [{ path: 'rollups', message }] })
  }
  checkDefinition(type, connection, patch.credentials, patch.rollups ?? undefined)
  if (isElsewhere) checkSourceFiles({ type, connection } as DataSourceTarget, filesDir)
  const definition = {
    name: patch.name ?? stored.name,
    type,
    connection,
    concurrency: patch.concurrency === undefined ? stored.concurrency : patch.concurrency,
    cacheTtlSeconds: patch.cacheTtlSeconds === undefined ? stored.cache_ttl_seconds : patch.cacheTtlSeconds,
    limits: patch.limits === undefined ? stored.limits : patch.limits,
    rollups: patch.rollups === undefined ? stored.rollups : patch.rollups && { schema: patch.rollups.schema },
  }
  return {
    definition,
    ...(patch.credentials !== undefined && { credentials: patch.credentials as Credentials }),
    ...(patch.rollups !== undefined && { rollupsUrl: patch.rollups?.url ?? null }),
  }
}

/** Files have none. */
function hasSecret(...types: DataSourceType[]): boolean {
  return types.some((type) => type !== 'sqlite' && type !== 'duckdb')
}

function storedInfo(row: StoredSource): DataSourceInfo {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    origin: 'stored',
    connection: row.connection,
    ...(row.concurrency !== null && { concurrency: row.concurrency }),
    ...(row.cache_ttl_seconds !== null && { cacheTtlSeconds: row.cache_ttl_seconds }),
    ...(row.limits !== null && { limits: row.limits }),
    ...(row.rollups !== null && { rollups: row.rollups }),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

/** Where it is stays with the operator. */
function configuredInfo(source: DataSource): DataSourceInfo {
  return { id: source.name, name: source.name, type: source.dialect, origin: 'configuration', version: 0 }
}

function refuseConfigured(shared: ReadonlyMap<string, DataSource>, idOrName: string): void {
  if (!shared.has(idOrName)) return
  throw new AnalyticsError('conflict', `the data source ${idOrName} is set by the server's configuration`, {
    hint: 'change the file that DATAINSIGHT_DATA_SOURCES names',
  })
}

function tagged(reply: FastifyReply, info: DataSourceInfo): DataSourceInfo {
  reply.header('etag', versionTag(info.version))
  return info
}
