'use client'

import type { Query, ResultSet } from '@datainsight/core'
import type { Client, ClientError } from '@datainsight/core/client'
import { useCallback, useContext, useEffect, useState } from 'react'
import { ClientContext } from './client-context.ts'

/** Settings of {@link useQuery}. */
export interface UseQueryOptions {
  /** Asks through this client; the provider's when absent. */
  readonly client?: Client
  /** Whether to ask at all; true when absent. */
  readonly enabled?: boolean
  /** Whether `data` stays the answer to the last query while the next one is pending; false when absent. */
  readonly keepPrevious?: boolean
}

/** Where a query stands. */
export interface QueryState {
  /** The answer; undefined until it is there, after a failure, and when nothing is asked. */
  readonly data: ResultSet | undefined
  /** Why there is no answer; a `ClientError`. */
  readonly error: ClientError | undefined
  /** Whether an answer is on its way. */
  readonly pending: boolean
  /** Asks the same query again. Stable between renders. */
  readonly refetch: () => void
}

interface Settled {
  readonly client: Client | undefined
  readonly key: string | undefined
  readonly attempt: number
  readonly data: ResultSet | undefined
  readonly error: ClientError | undefined
}

const NOTHING: Settled = { client: undefined, key: undefined, attempt: 0, data: undefined, error: undefined }

/**
 * Answers one query with the permissions of the provider's token, which needs the action `explore` for that. Asks again when
 * the query says something else (equal objects do not count), and cancels on change and unmount, on the server too.
 *
 * @param query undefined asks nothing
 * @throws Error without a provider around and without `options.client`.
 */
export function useQuery(query: Query | undefined, options: UseQueryOptions = {}): QueryState {
  const provided = useContext(ClientContext)
  const client = options.client ?? provided
  if (!client) throw new Error('useQuery needs a <DataInsightProvider> around it or options.client')
  // The order of keys is kept on purpose: in `order: { a: 'asc', b: 'desc' }` it has a meaning.
  const key = query && options.enabled !== false ? JSON.stringify(query) : undefined
  const [attempt, setAttempt] = useState(0)
  const [settled, setSettled] = useState(NOTHING)

  useEffect(() => {
    if (key === undefined) return
    const controller = new AbortController()
    const settle = (outcome: { data?: ResultSet; error?: ClientError }) => {
      if (controller.signal.aborted) return
      setSettled({ client, key, attempt, data: outcome.data, error: outcome.error })
    }
    client.query(JSON.parse(key) as Query, { signal: controller.signal }).then(
      (data) => settle({ data }),
      (error: ClientError) => settle({ error }),
    )
    return () => controller.abort()
  }, [client, key, attempt])

  const refetch = useCallback(() => setAttempt((count) => count + 1), [])
  // Derived while rendering, so no render ever shows the answer to another question; and never another caller's.
  const isCurrent = settled.client === client && settled.key === key && settled.attempt === attempt
  const mayKeep = options.keepPrevious === true && settled.client === client && key !== undefined
  return {
    data: isCurrent || mayKeep ? settled.data : undefined,
    error: isCurrent ? settled.error : undefined,
    pending: key !== undefined && !isCurrent,
    refetch,
  }
}
