import type { ErrorBody } from '../schema/error-body.ts'
import { ClientError, toClientError } from './client-error.ts'
import type { TokenSource } from './token-source.ts'

/** One call of the API. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Path below `/api/v1`, such as `/query`. */
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
  /** Sends and stores the refresh cookie; only sign-in routes need it. */
  readonly cookies?: boolean
}

/** Sends a request and resolves to a successful answer; anything else rejects with {@link ClientError}. */
export type Send = (request: ApiRequest) => Promise<Response>

/** What {@link createSend} needs. */
export interface SendOptions {
  readonly apiUrl: string
  readonly fetch: typeof fetch
  readonly tokens?: TokenSource | undefined
  readonly apiKey?: string | undefined
  readonly locale?: string | undefined
  /** Time to the first byte of the answer. */
  readonly timeoutMs: number
}

/** The one place that calls `fetch`: credentials, one retry after a 401, time-out, errors. */
export function createSend(options: SendOptions): Send {
  const base = `${options.apiUrl.replace(/\/+$/, '')}/api/v1`

  const attempt = async (request: ApiRequest, token: string | undefined): Promise<Response> => {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), options.timeoutMs)
    try {
      return await options.fetch(base + request.path, {
        method: request.method,
        headers: {
          ...(request.body !== undefined && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(options.apiKey !== undefined && { 'x-api-key': options.apiKey }),
          ...(options.locale !== undefined && { 'accept-language': options.locale }),
          // Each route's own form, with texts that repeat as dictionaries; see `readColumns`.
          accept: '*/*;dictionary=1',
          ...request.headers,
        },
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
        credentials: request.cookies ? 'include' : 'omit',
        signal: request.signal ? AbortSignal.any([request.signal, late.signal]) : late.signal,
      })
    } catch (cause) {
      if (request.signal?.aborted) throw cause
      if (late.signal.aborted)
        throw new ClientError({ code: 'timeout', detail: `no answer within ${options.timeoutMs} ms`, cause })
      throw new ClientError({ code: 'network', detail: `${options.apiUrl} cannot be reached`, cause })
    } finally {
      clearTimeout(timer)
    }
  }

  return async (request) => {
    const token = request.cookies ? undefined : await options.tokens?.get()
    request.signal?.throwIfAborted()
    let response = await attempt(request, token)
    if (response.status === 401 && token !== undefined && options.tokens) {
      const fresh = await options.tokens.replace(token)
      request.signal?.throwIfAborted()
      if (fresh !== token) response = await attempt(request, fresh)
    }
    if (response.ok || response.status === 304) return response
    throw await readError(response)
  }
}

async function readError(response: Response): Promise<ClientError> {
  const body: unknown = await response.json().catch(() => undefined)
  if (isErrorBody(body)) return toClientError(body, Number(response.headers.get('retry-after')) || undefined)
  const requestId = response.headers.get('x-request-id')
  return new ClientError({
    code: 'bad_response',
    detail: `status ${response.status} without a reason`,
    status: response.status,
    ...(requestId && { requestId }),
  })
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body
}
