import type { Dashboard, Problem, Security } from '@datainsight/core'
import type { Model } from '@datainsight/core/model'
import type { Caller, QueryEngine } from './create-query-engine.ts'
import { findDashboardProblems } from './find-dashboard-problems.ts'

/** A dashboard and what a model has against it. */
export interface DashboardProblems {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly problems: readonly Problem[]
}

/**
 * The dashboards that would stop working if `model` were used: those with problems that the model in use does not have with
 * them. Asked as the organization's owner, because what others may see does not decide whether a name exists.
 */
export function findBrokenDashboards(
  engine: QueryEngine,
  organizationId: string,
  dashboards: readonly Dashboard[],
  model: Model,
): DashboardProblems[] {
  const owner = ownerOf(organizationId)
  const current = engine.model(organizationId)
  const problemsWith = (tried: Model, dashboard: Dashboard) =>
    findDashboardProblems((query, author) => engine.check(query, author, tried), owner, dashboard)
  return dashboards.flatMap((dashboard) => {
    const { id, slug, title } = dashboard
    const known = new Set(problemsWith(current, dashboard).map(({ path }) => path))
    const problems = problemsWith(model, dashboard).filter(({ path }) => !known.has(path))
    return problems.length === 0 ? [] : [{ id, slug, title, problems }]
  })
}

function ownerOf(organizationId: string): Caller {
  const security: Security = {
    organizationId,
    kind: 'user',
    roles: ['owner'],
    attributes: {},
    filters: [],
    deniedMembers: [],
    maskedMembers: [],
    maxRows: 1,
  }
  return { security, securityKey: `owner of ${organizationId}`, timezone: undefined }
}
