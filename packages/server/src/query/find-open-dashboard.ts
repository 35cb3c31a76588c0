import { AnalyticsError, type Dashboard } from '@datainsight/core'
import type { Principal } from '../principal.ts'

/** A dashboard of an organization by its id or slug; undefined when there is none. */
export type FindDashboard = (organizationId: string, idOrSlug: string) => Promise<Dashboard | undefined>

/**
 * The dashboard, if the caller may open it. An embed token opens what its `resources` name, by id or slug.
 * @throws AnalyticsError `not_found`, the same whether it does not exist or is not for this caller.
 */
export async function findOpenDashboard(
  principal: Principal,
  idOrSlug: string,
  findDashboard: FindDashboard,
): Promise<Dashboard> {
  const dashboard = await findDashboard(principal.organizationId, idOrSlug)
  if (dashboard === undefined || !isOpen(principal, dashboard)) {
    throw new AnalyticsError('not_found', `no such dashboard: ${idOrSlug}`)
  }
  return dashboard
}

function isOpen(principal: Principal, dashboard: Dashboard): boolean {
  if (principal.kind !== 'embed') return true
  return principal.resources.some(({ id }) => id === dashboard.id || id === dashboard.slug)
}
