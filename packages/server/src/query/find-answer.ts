import type { Query } from '@datainsight/core'
import type { Answer } from '../cache/answer.ts'
import type { Lookup } from '../cache/result-cache.ts'
import type { Principal } from '../principal.ts'
import type { QueryEngine } from './create-query-engine.ts'
import type { Plan } from './plan-memo.ts'
import { type Asked, type QueryObserver, QueryTrace } from './query-trace.ts'

/** Who asks, and through what. */
type AskedBy = Asked & { readonly principal: Principal }

/** The answer to a query, from memory if it is there, with a record of it. @throws AnalyticsError as the engine does. */
export async function findAnswer(
  engine: QueryEngine,
  observer: QueryObserver,
  asked: AskedBy,
  query: Query,
  signal: AbortSignal,
): Promise<Answer> {
  return (await lookUp(engine, observer, asked, query, { signal })).answer
}

/** The same with its plan and where it came from. `renew` asks the data source in any case; false when absent. */
export async function lookUp(
  engine: QueryEngine,
  observer: QueryObserver,
  asked: AskedBy,
  query: Query,
  { signal, renew = false }: { readonly signal: AbortSignal; readonly renew?: boolean },
): Promise<Pick<Lookup, 'answer' | 'state'> & { readonly plan: Plan }> {
  const { principal } = asked
  const trace = new QueryTrace(observer, asked, query)
  const plan = trace.plan(() => engine.plan(query, principal, JSON.stringify(query)))
  const stored = renew ? undefined : engine.peek(plan)
  if (stored !== undefined) {
    trace.hit(stored)
    return { plan, answer: stored, state: 'hit' }
  }
  const { answer, state } = await trace.run(engine.run(plan, principal, { signal, renew, timings: trace.timings }))
  return { plan, answer, state }
}
