import { ErrorBody } from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { Database } from '../database/schema.ts'
import { Cursor, decodeCursor, encodeCursor } from '../list-cursor.ts'
import { listAuditEntries } from './repository.ts'

const LIST = 'audit'
const DEFAULT_PAGE = 100

const ListQuery = Type.Object(
  {
    action: Type.Optional(Type.String({ pattern: '^[a-z-]+\\.[a-z-]+$', maxLength: 100 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: `${DEFAULT_PAGE} when absent.` })),
    cursor: Type.Optional(Cursor),
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
  readonly cursorKey: Buffer
}> = async (app, { readDb, cursorKey }) => {
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
      const [at = '', id = ''] = cursor === undefined ? [] : decodeCursor(cursorKey, LIST, cursor)
      const after = cursor === undefined ? undefined : { at: new Date(Number(at)), id }
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
        ? { items, nextCursor: encodeCursor(cursorKey, LIST, [String(last.at.getTime()), last.id]) }
        : { items }
    },
  )
}
