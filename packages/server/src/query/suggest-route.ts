import {
  AnalyticsError,
  type Cell,
  DEFAULT_SUGGESTIONS,
  ErrorBody,
  type Filter,
  type Problem,
  type Query,
  Suggestions,
  SuggestRequest,
} from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { QueryEngine } from './create-query-engine.ts'
import { findAnswer } from './find-answer.ts'
import { NO_OBSERVER, type QueryObserver } from './query-trace.ts'
import { requestSignal } from './request-signal.ts'
import { readAnswer } from './wire/send-form.ts'

/** `POST /query/suggest`: values of a dimension, for filters and for people who type. */
export const suggestRoute: FastifyPluginAsyncTypebox<{
  engine: QueryEngine
  /** Hears of each query; nobody when absent. */
  observer?: QueryObserver
}> = async (app, { engine, observer = NO_OBSERVER }) => {
  app.post(
    '/query/suggest',
    {
      schema: {
        tags: ['query'],
        summary: 'Values of a dimension that the caller may see, those that start with the search first',
        body: SuggestRequest,
        response: { 200: Suggestions, '4xx': ErrorBody, '5xx': ErrorBody },
      },
      config: {
        policy: { auth: ['user', 'api-key', 'embed'], permission: 'query:run', action: 'explore', rateClass: 'query' },
      },
    },
    async (request, reply) => {
      const { limit = DEFAULT_SUGGESTIONS } = request.body
      const asked = { principal: request.principal, kind: 'suggest', requestId: request.id } as const
      const signal = requestSignal(reply)
      const values: Cell[] = []
      let truncated = false
      // Questions of their own rather than one with a computed order: most who type are answered by the first, each is a
      // question the cache may know, and both are under the caller's policy like any other.
      for (const query of suggestQueries(request.body, limit)) {
        const answer = await findAnswer(engine, observer, asked, query, signal).catch((error: unknown) => {
          throw error instanceof AnalyticsError ? asOfRequest(error, request.body) : error
        })
        const { data, meta } = readAnswer(answer)
        const found = data[0] ?? []
        truncated = meta.truncated || values.length + found.length > limit
        values.push(...found.slice(0, limit - values.length))
        if (truncated) break
      }
      return {
        // A masked dimension has nothing but null.
        values: values.flatMap((value) => (value === null ? [] : [{ value, label: String(value) }])),
        truncated,
      }
    },
  )
}

/** Values that start with the search, then those that contain it elsewhere; all values when there is no search. */
function suggestQueries(request: SuggestRequest, limit: number): Query[] {
  const { member, search = '', filters = [], timeDimensions, timezone } = request
  const query = (...conditions: Filter[]): Query => ({
    dimensions: [member],
    filters: [...filters, ...conditions],
    order: [[member, 'asc']],
    limit,
    ...(timeDimensions && { timeDimensions }),
    ...(timezone !== undefined && { timezone }),
  })
  if (search === '') return [query({ member, operator: 'set' })]
  const values = [search]
  return [
    query({ member, operator: 'startsWith', values }),
    query({ member, operator: 'contains', values }, { member, operator: 'notStartsWith', values }),
  ]
}

/** The fault of a question as one of the request that it was made of: by fields that the request has, and each once. */
function asOfRequest(error: AnalyticsError, { member, filters = [] }: SuggestRequest): AnalyticsError {
  const problems = new Map<string, Problem>()
  let { message } = error
  for (const problem of error.problems) {
    const [, index, field] = /^filters\[(\d+)\]\.?(.*)/.exec(problem.path) ?? []
    const isOfSearch = index !== undefined && Number(index) >= filters.length
    if (isOfSearch && field === 'operator') {
      const sentence = `search finds texts, and ${member} is none`
      if (message === problem.message) message = sentence
      problems.set('search', { path: 'search', message: sentence })
    } else if (isOfSearch || /^(?:dimensions|order)\b/.test(problem.path)) {
      if (!problems.has('member')) problems.set('member', { path: 'member', message: problem.message })
    } else problems.set(problem.path, problem)
  }
  const { code, hint, retryAfterSeconds, cause } = error
  return new AnalyticsError(code, message, {
    problems: [...problems.values()],
    ...(hint !== undefined && { hint }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    cause,
  })
}
