import {
  AnalyticsError,
  Dashboard,
  DashboardInput,
  DashboardPatch,
  DashboardSummary,
  type EmbedResource,
  ErrorBody,
  type Problem,
} from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'
import type { Database } from '../database/schema.ts'
import { IfMatch, readIfMatch, versionTag } from '../if-match.ts'
import { Cursor, decodeCursor, encodeCursor } from '../list-cursor.ts'
import type { Principal } from '../principal.ts'
import { UUID_PATTERN } from '../uuid-v7.ts'
import {
  deleteDashboard,
  findDashboard,
  insertDashboard,
  listDashboards,
  unknownDashboard,
  updateDashboard,
} from './repository.ts'

const DEFAULT_PAGE = 50
const Params = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128, description: 'Id or slug.' }) })
const ListQuery = Type.Object(
  {
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: `${DEFAULT_PAGE} when absent.` })),
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
)
const LIST = 'dashboards'
const Page = Type.Object({ items: Type.Array(DashboardSummary), nextCursor: Type.Optional(Type.String()) })

/** Finds a dashboard for a caller. @throws AnalyticsError `not_found`, also for what an embed token does not open. */
export type GetDashboard = (principal: Principal, idOrSlug: string) => Promise<Dashboard>

/** Makes the one way to a dashboard: an embed token finds only what it lists, and cannot tell the rest from nothing. */
export function createGetDashboard(readDb: (organizationId: string) => Database): GetDashboard {
  return async (principal, idOrSlug) => {
    const { organizationId } = principal
    const dashboard = idOrSlug.includes('\0')
      ? undefined
      : await findDashboard(readDb(organizationId), organizationId, idOrSlug)
    if (dashboard === undefined) throw unknownDashboard(idOrSlug)
    if (principal.kind === 'embed' && !opens(principal.resources, dashboard)) throw unknownDashboard(idOrSlug)
    return dashboard
  }
}

function opens(resources: readonly EmbedResource[], dashboard: Dashboard): boolean {
  return resources.some(
    ({ type, id }) => type === 'dashboard' && (id === dashboard.slug || id.toLowerCase() === dashboard.id),
  )
}

/** Dashboards. The version is the ETag; a change needs it as `If-Match`. */
export const dashboardRoutes: FastifyPluginAsyncTypebox<{
  readonly db: Database
  /** Where lists of an organization may be read. */
  readonly readDb: (organizationId: string) => Database
  readonly getDashboard: GetDashboard
  readonly cursorKey: Buffer
  /** What the model has against a dashboard's queries; nothing when absent. */
  readonly findProblems?: (author: Principal, input: DashboardPatch) => readonly Problem[]
}> = async (app, { db, readDb, getDashboard, cursorKey, findProblems = () => [] }) => {
  app.get(
    '/',
    {
      // One address, not two that differ by a slash.
      prefixTrailingSlash: 'no-slash',
      schema: {
        tags: ['dashboards'],
        summary: 'List dashboards by title',
        querystring: ListQuery,
        response: { 200: Page, '4xx': ErrorBody },
      },
      config: { policy: { auth: ['user', 'api-key'], permission: 'dashboards:read', rateClass: 'read' } },
    },
    async ({ query, principal }) => {
      const { search, limit = DEFAULT_PAGE, cursor } = query
      const [title = '', id = ''] = cursor === undefined ? [] : decodeCursor(cursorKey, LIST, cursor)
      const after = cursor === undefined ? undefined : { title, id }
      const rows = await listDashboards(readDb(principal.organizationId), principal.organizationId, {
        search,
        limit: limit + 1,
        after,
      })
      const items = rows.slice(0, limit)
      const last = items.at(-1)
      return rows.length > limit && last !== undefined
        ? { items, nextCursor: encodeCursor(cursorKey, LIST, [last.title, last.id]) }
        : { items }
    },
  )

  app.post(
    '/',
    {
      // One address, not two that differ by a slash.
      prefixTrailingSlash: 'no-slash',
      schema: {
        tags: ['dashboards'],
        summary: 'Create a dashboard',
        body: DashboardInput,
        response: { 201: Dashboard, '4xx': ErrorBody },
      },
      config: {
        policy: {
          auth: ['user', 'api-key'],
          permission: 'dashboards:write',
          rateClass: 'write',
          audit: 'dashboard.create',
        },
      },
    },
    async ({ body, principal }, reply) => {
      checkInput(body, findProblems(principal, body))
      const dashboard = await insertDashboard(db, principal.organizationId, body)
      return tagged(reply.code(201).header('location', `/api/v1/dashboards/${dashboard.id}`), dashboard)
    },
  )

  app.get(
    '/:id',
    {
      schema: {
        tags: ['dashboards'],
        summary: 'Read a dashboard',
        params: Params,
        response: { 200: Dashboard, 304: Type.Null(), '4xx': ErrorBody },
      },
      config: {
        policy: {
          auth: ['user', 'api-key', 'embed'],
          permission: 'dashboards:read',
          action: 'view',
          rateClass: 'read',
        },
      },
    },
    async ({ params, principal, headers }, reply) => {
      const dashboard = await getDashboard(principal, params.id)
      if (headers['if-none-match'] === versionTag(dashboard.version))
        return reply.code(304).header('etag', versionTag(dashboard.version)).send(null)
      return tagged(reply, dashboard)
    },
  )

  app.patch(
    '/:id',
    {
      schema: {
        tags: ['dashboards'],
        summary: 'Change a dashboard',
        params: Params,
        headers: IfMatch,
        body: DashboardPatch,
        response: { 200: Dashboard, '4xx': ErrorBody },
      },
      config: {
        policy: {
          auth: ['user', 'api-key'],
          permission: 'dashboards:write',
          rateClass: 'write',
          audit: 'dashboard.update',
        },
      },
    },
    async ({ params, body, principal, headers }, reply) => {
      const version = readIfMatch(headers['if-match'])
      checkInput(body, findProblems(principal, body))
      const { id } = await getDashboard(principal, params.id)
      return tagged(reply, await updateDashboard(db, principal.organizationId, id, body, version))
    },
  )

  app.delete(
    '/:id',
    {
      schema: {
        tags: ['dashboards'],
        summary: 'Delete a dashboard',
        params: Params,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': ErrorBody },
      },
      config: {
        policy: {
          auth: ['user', 'api-key'],
          permission: 'dashboards:write',
          rateClass: 'write',
          audit: 'dashboard.delete',
        },
      },
    },
    async ({ params, principal, headers }, reply) => {
      const version = readIfMatch(headers['if-match'])
      const { id } = await getDashboard(principal, params.id)
      await deleteDashboard(db, principal.organizationId, id, version)
      return reply.code(204).send(null)
    },
  )
}

function tagged(reply: FastifyReply, dashboard: Dashboard): Dashboard {
  reply.header('etag', versionTag(dashboard.version))
  return dashboard
}

/** What the schema cannot say: ids are unique within a dashboard, no slug looks like an id, and the model knows the members. */
function checkInput(input: DashboardPatch, ofModel: readonly Problem[]): void {
  const problems = [
    ...findRepeated(input.widgets ?? [], 'widgets'),
    ...findRepeated(input.filters ?? [], 'filters'),
    ...(input.slug !== undefined && UUID_PATTERN.test(input.slug)
      ? [{ path: 'slug', message: 'must not look like an id' }]
      : []),
    ...ofModel,
  ]
  if (problems.length > 0) {
    const { path, message } = problems[0]!
    throw new AnalyticsError('invalid_request', `the dashboard is not valid: ${path} ${message}`, { problems })
  }
}

function findRepeated(items: readonly { readonly id: string }[], name: string): { path: string; message: string }[] {
  const seen = new Set<string>()
  return items.flatMap(({ id }, index) => {
    const repeated = seen.has(id)
    seen.add(id)
    return repeated ? [{ path: `${name}[${index}].id`, message: `is used twice: ${id}` }] : []
  })
}
