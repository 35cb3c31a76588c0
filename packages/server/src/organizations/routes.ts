import { ErrorBody, OrganizationLimits, type StatementLimits, StatementLimitsPatch } from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Database } from '../database/schema.ts'
import type { RoutePolicy } from '../route-policy.ts'
import { changeLimits, readLimits } from './repository.ts'

export interface OrganizationRoutesOptions {
  readonly db: Database
  /** What holds where an organization sets nothing. */
  readonly defaults: StatementLimits
  /** Makes this node see a change at once. */
  readonly refreshDirectory: () => Promise<void>
}

const MANAGE: RoutePolicy = { auth: ['user', 'api-key'], permission: 'organization:manage', rateClass: 'read' }

/** `/organizations/current`: settings of the caller's own organization. */
export const organizationRoutes: FastifyPluginAsyncTypebox<OrganizationRoutesOptions> = async (app, options) => {
  const { db, defaults, refreshDirectory } = options

  app.get(
    '/organizations/current/limits',
    {
      schema: {
        tags: ['organizations'],
        summary: 'How many statements of the organization may run and wait',
        response: { 200: OrganizationLimits, '4xx': ErrorBody },
      },
      config: { policy: MANAGE },
    },
    async ({ principal }) => ({ limits: await readLimits(db, principal.organizationId), defaults }),
  )

  app.patch(
    '/organizations/current/limits',
    {
      schema: {
        tags: ['organizations'],
        summary: 'Change how many statements of the organization may run and wait',
        body: StatementLimitsPatch,
        response: { 200: OrganizationLimits, '4xx': ErrorBody },
      },
      config: { policy: { ...MANAGE, rateClass: 'write', audit: 'organization.update-limits' } },
    },
    async ({ body, principal }) => {
      const limits = await changeLimits(db, principal.organizationId, body)
      await refreshDirectory()
      return { limits, defaults }
    },
  )
}
