import { AnalyticsError, ErrorBody } from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { Database } from '../database/schema.ts'
import { type AuditPosition, listAuditEntries } from './repository.ts'

const DEFAULT_PAGE = 100

const ListQuery = Type.Object(
  {
    action: Type.Optional(Type.String({ pattern: '^[a-z-]+\\.[a-z-]+$', maxLength: 100 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: `${DEFAULT_PAGE} when absent.` })),
    cursor: Type.Optional(Type.String({ pattern: '^\\d{1,15}-[0-9a-f-]{36}$' })),
  },
  { additionalProperties: false },
)

const AuditPage = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      at: Type.String({ description: 'ISO 8601 UTC.' }),
      actor: Type.Object({ kind: Type.String(), id: Type.String() }),
      action: Type.String({ description: '`<thing>.<verb>`' }),
      target: Type.Record(Type.String(), Type.String()),
      requestId: Type.String(),
    }),
  ),
  nextCursor: Type.Optional(Type.String()),
})

/** `GET /audit`: who changed what in the organization, newest first. */
export const auditRoutes: FastifyPluginAsyncTypebox<{
  readonly readDb: (organizationId: string) => Database
}> = async (app, { readDb }) => {
  app.get(
    '/audit',
    {
      schema: {
        tags: ['audit'],
        summary: 'Changes in the organization, newest first',
        querystring: ListQuery,
        response: { 200: AuditPage, '4xx': ErrorBody },
      },
      config: { policy: { auth: ['user', 'api-key'], permission: 'audit:read', rateClass: 'read' } },
    },
    async ({ query, principal }) => {
      const { limit = DEFAULT_PAGE, cursor, action } = query
      const { organizationId } = principal
      const after = cursor === undefined ? undefined : readCursor(cursor)
      const entries = await listAuditEntries(readDb(organizationId), organizationId, {
        limit: limit + 1,
        after,
        action,
      })
      const items = entries.slice(0, limit).map(({ at, actorKind, actorId, ...entry }) => ({
        ...entry,
        at: at.toISOString(),
        actor: { kind: actorKind, id: actorId },
      }))
      const last = entries[limit - 1]
      return entries.length > limit && last !== undefined
        ? { items, nextCursor: `${last.at.getTime()}-${last.id}` }
        : { items }
    },
  )
}

/** A cursor only says where to go on in the caller's own list, so it needs no signature. */
function readCursor(cursor: string): AuditPosition {
  const dash = cursor.indexOf('-')
  const id = cursor.slice(dash + 1)
  const at = new Date(Number(cursor.slice(0, dash)))
  if (Number.isNaN(at.getTime()) || !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw new AnalyticsError('invalid_request', `cursor is not one this list gave out: ${cursor}`, {
      problems: [{ path: 'cursor', message: 'is not one this list gave out' }],
    })
  }
  return { at, id }
}
