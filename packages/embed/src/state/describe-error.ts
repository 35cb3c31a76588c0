import type { Messages } from '../messages.ts'

/** Codes of `di-error`. */
export type SdkErrorCode =
  | 'token-expired'
  | 'token-invalid'
  | 'token-unavailable'
  | 'origin-denied'
  | 'forbidden'
  | 'not-found'
  | 'rate-limited'
  | 'timeout'
  | 'network'
  | 'query-failed'
  | 'chart-failed'

/** How a failure is drawn. */
export type FaultKind = 'error' | 'forbidden' | 'offline'

/** A failure in the words a viewer understands, with what a report needs. */
export interface Fault {
  readonly code: SdkErrorCode
  readonly kind: FaultKind
  readonly title: string
  readonly text: string
  readonly retryable: boolean
  readonly status: number
  readonly requestId: string | undefined
  /** The fault's own message, for `di-error` and logs of the host; not shown to viewers. */
  readonly message: string
}

/** Server and transport codes that mean one thing to a viewer. */
const CODES: Readonly<Record<string, SdkErrorCode>> = {
  token_expired: 'token-expired',
  invalid_token: 'token-invalid',
  unauthenticated: 'token-invalid',
  invalid_credentials: 'token-invalid',
  token_unavailable: 'token-unavailable',
  origin_denied: 'origin-denied',
  forbidden: 'forbidden',
  missing_attribute: 'forbidden',
  not_found: 'not-found',
  rate_limited: 'rate-limited',
  overloaded: 'rate-limited',
  timeout: 'timeout',
  query_timeout: 'timeout',
  network: 'network',
}

const KINDS: Partial<Record<SdkErrorCode, FaultKind>> = {
  'token-expired': 'forbidden',
  'token-invalid': 'forbidden',
  'origin-denied': 'forbidden',
  forbidden: 'forbidden',
  'not-found': 'forbidden',
  network: 'offline',
}

/** Things that the same request cannot mend. A new token can, so token faults may be retried. */
const FINAL: ReadonlySet<SdkErrorCode> = new Set(['origin-denied', 'forbidden'])

/** Says what a rejected call means. Reads errors by their fields, so that another copy's `ClientError` works too. */
export function describeError(error: unknown, messages: Messages): Fault {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown
    status?: unknown
    detail?: unknown
    message?: unknown
    requestId?: unknown
  }
  const code = CODES[String(fields.code)] ?? 'query-failed'
  const words = messages.faults[code]
  return {
    code,
    kind: KINDS[code] ?? 'error',
    title: words.title,
    text: words.text,
    retryable: !FINAL.has(code),
    status: typeof fields.status === 'number' ? fields.status : 0,
    requestId: typeof fields.requestId === 'string' && fields.requestId !== '' ? fields.requestId : undefined,
    message: String(fields.detail ?? fields.message ?? error),
  }
}
