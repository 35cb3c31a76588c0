import { AnalyticsError } from '@datainsight/core'

/** Why a statement was stopped. */
export type StopReason = 'timeout' | 'abort'

/** A running statement's two ways to end early. */
export interface StatementDeadline {
  /** Set once the statement was told to stop. */
  readonly reason: StopReason | undefined
  /** What the caller is told then. */
  readonly fault: AnalyticsError | undefined
  /** @throws AnalyticsError `query_timeout`, `query_cancelled` once the statement was told to stop. */
  throwIfStopped(): void
  /** Clears the timer and the listener. Call it when the statement has ended, whatever the end. */
  release(): void
}

/**
 * Calls `stop` once, after `timeoutMs` or when `signal` aborts, whichever is first.
 * The timer is ours because DuckDB has no statement timeout and a PostgreSQL session can lift its own.
 */
export function startDeadline(
  limits: { signal: AbortSignal; timeoutMs: number },
  stop: (reason: StopReason) => void,
): StatementDeadline {
  let reason: StopReason | undefined
  const end = (why: StopReason) => {
    if (reason !== undefined) return
    reason = why
    stop(why)
  }
  const onAbort = () => end('abort')
  const timer = setTimeout(() => end('timeout'), limits.timeoutMs)
  limits.signal.addEventListener('abort', onAbort, { once: true })
  // A signal that aborted before tells nobody.
  if (limits.signal.aborted) onAbort()
  return {
    get reason() {
      return reason
    },
    get fault() {
      return reason === undefined ? undefined : stoppedError(reason, limits.timeoutMs)
    },
    throwIfStopped() {
      if (reason !== undefined) throw stoppedError(reason, limits.timeoutMs)
    },
    release() {
      clearTimeout(timer)
      limits.signal.removeEventListener('abort', onAbort)
    },
  }
}

/** The fault of a statement that was stopped for `reason`. */
export function stoppedError(reason: StopReason, timeoutMs: number): AnalyticsError {
  return reason === 'timeout'
    ? new AnalyticsError('query_timeout', `the query took longer than ${timeoutMs} ms and was stopped`, {
        hint: 'narrow the date range or ask for fewer groups',
      })
    : new AnalyticsError('query_cancelled', 'the query was cancelled')
}
