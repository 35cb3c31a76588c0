import type { Frame } from '../schema/batch.ts'
import { ClientError } from './client-error.ts'
import { readColumns } from './read-columns.ts'
import { readNdjson } from './read-ndjson.ts'
import { type ApiRequest, createSend } from './request.ts'
import { createTokenSource, type GetToken, type TokenReason } from './token-source.ts'

/** Settings of a client. */
export interface ClientOptions {
  /** Origin of the DataInsight server, such as `https://analytics.example.com`. */
  readonly apiUrl: string
  /** Fetches a token from the application; called when one is needed, once at a time. */
  readonly getToken?: GetToken
  /** A token to start with; without `getToken` it is used until it expires. */
  readonly token?: string
  /** For servers only: never ship an API key to a browser. */
  readonly apiKey?: string
  /** Another `fetch`, such as one with tracing; the platform's when absent. */
  readonly fetch?: typeof fetch
  /** BCP 47 tag sent as `Accept-Language`. */
  readonly locale?: string
  /** Time to the first byte of an answer; 60 000 when absent. */
  readonly timeoutMs?: number
}

/** Cancels the request and, on the server, the statement. */
export interface CallOptions {
  readonly signal?: AbortSignal
}

/** Events of a client. `error` reports each failed call, aborted ones excepted. */
export interface ClientEvents {
  token: { readonly reason: TokenReason }
  error: ClientError
}

/** What every client is made of: calls with its token, retry, time-out and errors. */
export type Connection = ReturnType<typeof connect>

/** Opens nothing until the first call and keeps the token in memory only. */
export function connect(options: ClientOptions) {
  const listeners = {
    token: new Set<(event: ClientEvents['token']) => void>(),
    error: new Set<(event: ClientError) => void>(),
  }
  const { token: fixedToken } = options
  const getToken = options.getToken ?? (fixedToken === undefined ? undefined : () => Promise.resolve(fixedToken))
  const tokens =
    getToken &&
    createTokenSource({
      getToken,
      ...(fixedToken !== undefined && { token: fixedToken }),
      onToken: (_, reason) => {
        for (const listener of listeners.token) listener({ reason })
      },
    })
  const rawSend = createSend({
    apiUrl: options.apiUrl,
    fetch: options.fetch ?? ((...call) => fetch(...call)),
    tokens,
    apiKey: options.apiKey,
    locale: options.locale,
    timeoutMs: options.timeoutMs ?? 60_000,
  })

  const report = (error: unknown): never => {
    if (error instanceof ClientError) for (const listener of listeners.error) listener(error)
    throw error
  }
  const send = (request: ApiRequest) => rawSend(request).catch(report)
  const json = async <T>(request: ApiRequest): Promise<T> => {
    const response = await send(request)
    return response.status === 204 ? (undefined as T) : readColumns((await response.json().catch(report)) as T)
  }
  const post = <T>(path: string, body: unknown, call?: CallOptions) =>
    json<T>({ method: 'POST', path, body, signal: call?.signal })

  async function* frames(
    path: string,
    body: unknown,
    expected: readonly string[],
    call?: CallOptions,
  ): AsyncGenerator<Frame, void, undefined> {
    const missing = new Set(expected)
    try {
      const response = await rawSend({
        method: 'POST',
        path,
        body,
        signal: call?.signal,
      })
      for await (const frame of readNdjson<Frame>(response)) {
        missing.delete(frame.id)
        Object.values(frame).map(readColumns)
        yield frame
      }
    } catch (error) {
      if (error instanceof ClientError || call?.signal?.aborted) report(error)
      report(new ClientError({ code: 'network', detail: 'the connection broke', cause: error }))
    }
    if (missing.size > 0) {
      report(
        new ClientError({ code: 'network', detail: `the answer ended before ${[...missing].join(', ')} had come` }),
      )
    }
  }

  return {
    /** Any call of the API, with the client's token, retry, time-out and errors. */
    send,
    json,
    post,
    frames,

    /** Listens to an event; the returned function stops it. */
    on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): () => void {
      const set = listeners[name] as Set<(event: ClientEvents[Name]) => void>
      set.add(listener)
      return () => set.delete(listener)
    },

    /** Drops listeners and a token fetch under way. Calls under way go on; abort them by their signals. */
    close(): void {
      tokens?.close()
      for (const set of Object.values(listeners)) set.clear()
    },
  }
}

/** Where a dashboard is found. */
export function dashboardPath(idOrSlug: string): string {
  return `/dashboards/${encodeURIComponent(idOrSlug)}`
}
