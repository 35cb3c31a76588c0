import type { Dialect } from '../dialects/dialect.ts'
import { freezeDeep } from '../freeze-deep.ts'
import type { Plan } from '../plan.ts'
import { fenceSources } from './fence-sources.ts'
import { mergeSelects } from './merge-selects.ts'
import { offsetTimeBuckets } from './offset-time-buckets.ts'

/** Applies every rewrite in order. Each returns a plan with the same rows. */
export function rewritePlan(plan: Plan, dialect: Dialect): Plan {
  const fenced = fenceSources(mergeSelects(plan))
  return freezeDeep(dialect.prefersOffsets ? offsetTimeBuckets(fenced) : fenced)
}
