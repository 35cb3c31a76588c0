import type { Query } from '@datainsight/core'
import type { Answer } from '../cache/answer.ts'
import type { Principal } from '../principal.ts'
import type { QueryEngine } from './create-query-engine.ts'
import { type Asked, type QueryObserver, QueryTrace } from './query-trace.ts'

/** The answer to a query, from memory if it is there, with a record of it. @throws AnalyticsError as the engine does. */
export async function findAnswer(
  engine: QueryEngine,
  observer: QueryObserver,
  asked: Asked & { readonly principal: Principal },
  query: Query,
  signal: AbortSignal,
): Promise<Answer> {
  const { principal } = asked
  const trace = new QueryTrace(observer, asked, query)
  const plan = trace.plan(() => engine.plan(query, principal, JSON.stringify(query)))
  const stored = engine.peek(plan)
  if (stored !== undefined) {
    trace.hit(stored)
    return stored
  }
  return (await trace.run(engine.run(plan, principal, { signal, timings: trace.timings }))).answer
}
