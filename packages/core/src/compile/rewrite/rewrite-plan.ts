import type { DialectName } from '../dialect.ts'
import type { Plan } from '../plan.ts'
import { fenceSources } from './fence-sources.ts'
import { offsetTimeBuckets } from './offset-time-buckets.ts'

/** Applies every rewrite in order. Each returns a plan with the same rows. */
export function rewritePlan(plan: Plan, dialect: DialectName): Plan {
  const fenced = fenceSources(plan)
  return dialect === 'duckdb' ? offsetTimeBuckets(fenced) : fenced
}
