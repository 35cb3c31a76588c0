import { AnalyticsError, type ErrorBody } from '@datainsight/core'
import type { FastifyBaseLogger } from 'fastify'
import { toErrorBody } from '../errors.ts'
import { describeCause } from './describe-cause.ts'

/** The body of a fault inside a stream, where the status line has been sent already. Unknown faults say nothing of themselves. */
export function toFrameError(error: unknown, requestId: string, log: FastifyBaseLogger): ErrorBody {
  if (error instanceof AnalyticsError) {
    if (error.cause !== undefined && error.code === 'query_failed') {
      log.warn({ code: error.code, cause: describeCause(error.cause) }, error.message)
    }
    return toErrorBody(error, requestId)
  }
  log.error({ err: error }, 'unexpected fault in a query')
  return toErrorBody(new AnalyticsError('internal_error', 'the server could not answer'), requestId)
}
