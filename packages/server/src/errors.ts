import type { ErrorBody, ErrorCode, Problem } from '@datainsight/core'

/** HTTP status of each code: the only place where a code meets a status. */
export const STATUS_OF: Readonly<Record<ErrorCode, number>> = Object.freeze({
  invalid_request: 400,
  unsupported_media_type: 415,
  not_acceptable: 406,
  payload_too_large: 413,
  unauthenticated: 401,
  invalid_credentials: 401,
  invalid_token: 401,
  token_expired: 401,
  origin_denied: 403,
  forbidden: 403,
  missing_attribute: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  precondition_required: 428,
  precondition_failed: 412,
  model_invalid: 422,
  unknown_member: 400,
  invalid_filter: 400,
  invalid_date_range: 400,
  invalid_time_zone: 400,
  no_join_path: 422,
  unsupported: 422,
  query_failed: 502,
  query_timeout: 504,
  query_cancelled: 499,
  rate_limited: 429,
  overloaded: 503,
  internal_error: 500,
})

/** Short, constant title of each code; `detail` says what happened this time. */
const TITLE_OF: Readonly<Record<ErrorCode, string>> = Object.freeze({
  invalid_request: 'Invalid request',
  unsupported_media_type: 'Unsupported media type',
  not_acceptable: 'Not acceptable',
  payload_too_large: 'Payload too large',
  unauthenticated: 'Credentials required',
  invalid_credentials: 'Wrong e-mail or password',
  invalid_token: 'Invalid token',
  token_expired: 'Token expired',
  origin_denied: 'Origin not allowed',
  forbidden: 'Not allowed',
  missing_attribute: 'Attribute missing',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  conflict: 'Conflict',
  precondition_required: 'Precondition required',
  precondition_failed: 'Changed by somebody else',
  model_invalid: 'Invalid model',
  unknown_member: 'Unknown member',
  invalid_filter: 'Invalid filter',
  invalid_date_range: 'Invalid date range',
  invalid_time_zone: 'Invalid time zone',
  no_join_path: 'No join path',
  unsupported: 'Not supported by the database',
  query_failed: 'Query failed',
  query_timeout: 'Query timed out',
  query_cancelled: 'Query cancelled',
  rate_limited: 'Too many requests',
  overloaded: 'Overloaded',
  internal_error: 'Internal error',
})

/** Where the reference explains a code; `#<code>` is appended. */
export const ERROR_REFERENCE_URL = 'https://datainsight.dev/reference/errors'

/** What {@link toErrorBody} needs to know of a fault. `AnalyticsError` has this shape. */
export interface Fault {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string | undefined
  readonly problems?: readonly Problem[]
}

/** How the answers to a fault look to one kind of client. */
export interface ErrorForm<Request> {
  readonly contentType: string
  /** HTTP status; that of {@link STATUS_OF} unless a client would misread it. */
  readonly status: (fault: Fault) => number
  readonly body: (fault: Fault, request: Request) => object
}

/** The problem document (RFC 9457) of a fault. */
export function toErrorBody(fault: Fault, requestId: string): ErrorBody {
  const body: ErrorBody = {
    type: `${ERROR_REFERENCE_URL}#${fault.code}`,
    title: TITLE_OF[fault.code],
    status: STATUS_OF[fault.code],
    code: fault.code,
    detail: fault.message,
    requestId,
  }
  if (fault.hint !== undefined) body.hint = fault.hint
  if (fault.problems !== undefined && fault.problems.length > 0) {
    body.errors = fault.problems.map(({ path, message }) => ({ path, message }))
  }
  return body
}
