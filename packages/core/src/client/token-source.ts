import { ClientError } from './client-error.ts'

/** Why a token is asked for. */
export type TokenReason = 'initial' | 'expiring' | 'unauthorized'

/** The host's function that fetches a token from its own server. */
export type GetToken = (request: { reason: TokenReason; signal: AbortSignal }) => Promise<string>

/** Part of a token's life after which the next request renews it. */
const RENEW_AFTER = 0.8
const FIRST_BACKOFF_MS = 1_000
const MAX_BACKOFF_MS = 30_000

/** What {@link createTokenSource} needs. */
export interface TokenSourceOptions {
  readonly getToken: GetToken
  /** A token at hand, used before `getToken` is called. */
  readonly token?: string
  /** Milliseconds of a clock that never jumps; the token's own times are only used for its length. */
  readonly now?: () => number
  readonly onToken?: (token: string, reason: TokenReason) => void
}

/** Hands out a fresh token; one fetch at a time, however many requests wait. */
export interface TokenSource {
  get(): Promise<string>
  /** Says that the server refused `token`; resolves to another one. */
  replace(token: string): Promise<string>
  close(): void
}

/**
 * Keeps one token fresh on demand: no timers, so nothing leaks and a page that sleeps wakes up with a renewal or one 401.
 * The age is measured on a monotonic clock against `exp − iat`, so a wrong local clock does no harm.
 */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const now = options.now ?? (() => performance.now())
  const closing = new AbortController()
  let current = options.token === undefined ? undefined : held(options.token, now())
  let pending: Promise<string> | undefined
  let failures = 0
  let failedAt = 0
  let failure: ClientError | undefined

  const renew = (reason: TokenReason): Promise<string> => {
    if (pending) return pending
    if (failure && now() - failedAt < Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), MAX_BACKOFF_MS)) {
      return Promise.reject(failure)
    }
    pending = fetchToken(options.getToken, reason, closing.signal)
      .then((token) => {
        current = held(token, now())
        failures = 0
        failure = undefined
        options.onToken?.(token, reason)
        return token
      })
      .catch((error: unknown) => {
        failures += 1
        failedAt = now()
        failure = error instanceof ClientError ? error : unavailable(error)
        throw failure
      })
      .finally(() => {
        pending = undefined
      })
    return pending
  }

  return {
    get() {
      if (!current) return renew('initial')
      const age = now() - current.since
      if (age < current.lifeMs * RENEW_AFTER) return Promise.resolve(current.token)
      if (age >= current.lifeMs) return renew('expiring')
      // Still valid: renew behind the request, which need not wait; a failure shows when the token has really ended.
      renew('expiring').catch(() => undefined)
      return Promise.resolve(current.token)
    },
    replace(token) {
      if (current && current.token !== token) return Promise.resolve(current.token)
      return renew('unauthorized')
    },
    close() {
      closing.abort()
    },
  }
}

async function fetchToken(getToken: GetToken, reason: TokenReason, signal: AbortSignal): Promise<string> {
  const token: unknown = await getToken({ reason, signal })
  if (typeof token !== 'string' || token === '') throw unavailable(new TypeError('getToken returned no token'))
  return token
}

function unavailable(cause: unknown): ClientError {
  return new ClientError({
    code: 'token_unavailable',
    detail: `no token could be had from the application: ${cause instanceof Error ? cause.message : String(cause)}`,
    cause,
  })
}

function held(token: string, since: number): { token: string; since: number; lifeMs: number } {
  return { token, since, lifeMs: lifeMs(token) }
}

/** A token that is no readable JWT is left to the server to judge. */
function lifeMs(token: string): number {
  try {
    const payload = token.split('.')[1] ?? ''
    const { exp, iat } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as {
      exp?: unknown
      iat?: unknown
    }
    return typeof exp === 'number' && typeof iat === 'number' && exp > iat
      ? (exp - iat) * 1_000
      : Number.POSITIVE_INFINITY
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
