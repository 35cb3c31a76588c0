import { AnalyticsError, type ErrorBody } from '@datainsight/core'
import type { FastifyBaseLogger } from 'fastify'
import { toErrorBody } from '../errors.ts'

/** The body of a fault inside a stream, where the status line has been sent already. Unknown faults say nothing of themselves. */
export function toFrameError(error: unknown, requestId: string, log: FastifyBaseLogger): ErrorBody {
  if (error instanceof AnalyticsError) {
    // Drivers' faults come as `DriverFault`, whose message may be logged.
    if (error.cause instanceof Error) log.warn({ code: error.code, cause: error.cause.message }, error.message)
    return toErrorBody(error, requestId)
  }
  log.error({ err: error }, 'unexpected fault in a query')
  return toErrorBody(new AnalyticsError('internal_error', 'the server could not answer'), requestId)
}
