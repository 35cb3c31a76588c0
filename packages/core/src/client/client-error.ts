import type { ErrorCode } from '../errors.ts'
import type { ErrorBody } from '../schema/error-body.ts'

/** Faults that arise before or after the server's word: no answer, too late, unreadable, or no token to ask with. */
export type TransportErrorCode = 'network' | 'timeout' | 'bad_response' | 'token_unavailable'

/** What {@link ClientError} is made of. */
export interface ClientErrorInit {
  readonly code: ErrorCode | TransportErrorCode
  readonly detail: string
  /** HTTP status; 0 when there was no answer. */
  readonly status?: number
  readonly hint?: string
  readonly errors?: readonly { readonly path: string; readonly message: string }[]
  readonly requestId?: string
  readonly retryAfterSeconds?: number
  readonly cause?: unknown
}

const RETRYABLE: ReadonlySet<string> = new Set([
  'network',
  'timeout',
  'token_unavailable',
  'query_timeout',
  'rate_limited',
  'overloaded',
  'internal_error',
])

/** Every rejection of the client except an abort, which stays the `AbortError` of the platform. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  readonly code: ErrorCode | TransportErrorCode
  readonly status: number
  readonly detail: string
  readonly hint: string | undefined
  readonly errors: readonly { readonly path: string; readonly message: string }[]
  /** The server's id of the failed request, to quote in a report. */
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean

  constructor(init: ClientErrorInit) {
    super(init.detail, init.cause === undefined ? undefined : { cause: init.cause })
    this.code = init.code
    this.status = init.status ?? 0
    this.detail = init.detail
    this.hint = init.hint
    this.errors = init.errors ?? []
    this.requestId = init.requestId
    this.retryAfterSeconds = init.retryAfterSeconds
    this.retryable = RETRYABLE.has(init.code)
  }
}

/** Makes the error that a problem body describes, whether it came as an answer or as a frame of a stream. */
export function toClientError(body: ErrorBody, retryAfterSeconds?: number): ClientError {
  return new ClientError({
    code: body.code,
    detail: body.detail,
    status: body.status,
    requestId: body.requestId,
    ...(body.hint !== undefined && { hint: body.hint }),
    ...(body.errors && { errors: body.errors }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  })
}
