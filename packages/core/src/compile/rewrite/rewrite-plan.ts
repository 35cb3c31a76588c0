import type { Span } from '../../query/date-value.ts'
import type { DialectName } from '../dialect.ts'
import type { Plan } from '../plan.ts'

/** What rewrites may look at besides the plan. */
export interface RewriteContext {
  readonly dialect: DialectName
  /** The span of time the query keeps, if any. */
  readonly span: Span | undefined
}

/** Applies every rewrite in order. Each returns a plan with the same rows. */
export function rewritePlan(plan: Plan, _context: RewriteContext): Plan {
  return plan
}
