/**
 * Every fault a caller can act on. HTTP statuses live in the server's `errors.ts`, meanings in `docs/reference/errors.md`;
 * a test compares the three lists. Retired codes are never reused.
 */
export const ERROR_CODES = [
  'invalid_request',
  'unsupported_media_type',
  'not_acceptable',
  'payload_too_large',
  'unauthenticated',
  'invalid_credentials',
  'invalid_token',
  'token_expired',
  'origin_denied',
  'forbidden',
  'missing_attribute',
  'not_found',
  'method_not_allowed',
  'conflict',
  'precondition_required',
  'precondition_failed',
  'model_invalid',
  'unknown_member',
  'invalid_filter',
  'invalid_date_range',
  'invalid_time_zone',
  'no_join_path',
  'unsupported',
  'query_failed',
  'query_timeout',
  'query_cancelled',
  'rate_limited',
  'overloaded',
  'internal_error',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** One problem of an input. `path` is a JSON path from the input's root, such as `filters[0].values[1]`. */
export interface Problem {
  readonly path: string
  readonly message: string
}

/** What may accompany an {@link AnalyticsError}. */
export interface ErrorExtra {
  /** Every problem found, not only the first. */
  readonly problems?: readonly Problem[]
  /** What to try next, if we know. */
  readonly hint?: string
  /** Seconds after which a retry may succeed; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number
  /** The underlying fault: for the log, never for the caller. */
  readonly cause?: unknown
}

/**
 * A fault the caller can act on. A bug of ours is a plain `Error` and becomes a 500 without text.
 * Messages are one lower-case sentence with the offending value; they never hold SQL, row values or another tenant's names.
 */
export class AnalyticsError extends Error {
  override readonly name = 'AnalyticsError'
  readonly code: ErrorCode
  readonly problems: readonly Problem[]
  readonly hint: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, message: string, extra: ErrorExtra = {}) {
    super(message, extra.cause === undefined ? undefined : { cause: extra.cause })
    this.code = code
    this.problems = extra.problems ?? []
    this.hint = extra.hint
    this.retryAfterSeconds = extra.retryAfterSeconds
  }
}
