import type { LoginRequest, Session, User } from '../schema/auth.ts'
import type { BatchQuery, Frame } from '../schema/batch.ts'
import type {
  Dashboard,
  DashboardInput,
  DashboardPatch,
  DashboardQuery,
  DashboardSummary,
  FilterOptionsQuery,
} from '../schema/dashboard.ts'
import type { Meta } from '../schema/meta.ts'
import type { Query } from '../schema/query.ts'
import type { ResultSet } from '../schema/result.ts'
import { ClientError } from './client-error.ts'
import { readColumns } from './read-columns.ts'
import { readNdjson } from './read-ndjson.ts'
import { type ApiRequest, createSend } from './request.ts'
import { createTokenSource, type GetToken, type TokenReason } from './token-source.ts'

/** Settings of {@link createClient}. */
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

/** What `POST /query/sql` tells of a query. */
export interface SqlExplanation {
  readonly sql: string
  readonly parameters: readonly unknown[]
  readonly dialect: string
  /** The plan of the data source, when it was asked for. */
  readonly plan?: string
  readonly explain: {
    readonly rollup: string | null
    readonly rollupReasons?: readonly string[]
    readonly policies: readonly string[]
    readonly cache: string
  }
}

/** One page of dashboards; `nextCursor` is absent on the last page. */
export interface DashboardPage {
  readonly items: readonly DashboardSummary[]
  readonly nextCursor?: string
}

/** The values that a multi-select filter offers. */
export interface FilterOptions {
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly truncated: boolean
}

/** Events of a client. `error` reports each failed call, aborted ones excepted. */
export interface ClientEvents {
  token: { readonly reason: TokenReason }
  error: ClientError
}

/** A connection to one DataInsight server on behalf of one caller. Every method rejects with {@link ClientError}. */
export type Client = ReturnType<typeof createClient>

/** Makes a client. It opens nothing until the first call and keeps the token in memory only. */
export function createClient(options: ClientOptions) {
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

  const dashboardPath = (idOrSlug: string) => `/dashboards/${encodeURIComponent(idOrSlug)}`

  return {
    /** Answers one query. */
    query: (query: Query, call?: CallOptions) => post<ResultSet>('/query', { query }, call),

    /** Answers several queries over one connection, each as it finishes. Leaving the loop cancels the rest. */
    batch: (queries: BatchQuery['queries'], call?: CallOptions) =>
      frames(
        '/query/batch',
        { queries },
        queries.map(({ id }) => id),
        call,
      ),

    /** The model as the caller may see it. */
    meta: (call?: CallOptions) => json<Meta>({ method: 'GET', path: '/meta', signal: call?.signal }),

    /** The statement a query becomes; needs the permission `query:sql`. */
    sql: (query: Query, call?: CallOptions) => post<SqlExplanation>('/query/sql', { query }, call),

    /** Any call of the API, with the client's token, retry, time-out and errors. */
    send,

    dashboards: {
      /** One page of dashboards, by title. */
      list: (page: { search?: string; limit?: number; cursor?: string } = {}, call?: CallOptions) => {
        const search = new URLSearchParams()
        for (const [name, value] of Object.entries(page)) if (value !== undefined) search.set(name, String(value))
        const suffix = search.size > 0 ? `?${search}` : ''
        return json<DashboardPage>({ method: 'GET', path: `/dashboards${suffix}`, signal: call?.signal })
      },
      get: (idOrSlug: string, call?: CallOptions) =>
        json<Dashboard>({ method: 'GET', path: dashboardPath(idOrSlug), signal: call?.signal }),
      create: (input: DashboardInput, call?: CallOptions) => post<Dashboard>('/dashboards', input, call),
      /** Changes what `patch` names; rejects with `precondition_failed` when the stored version is another. */
      update: (idOrSlug: string, patch: DashboardPatch, version: { version: number } & CallOptions) =>
        json<Dashboard>({
          method: 'PATCH',
          path: dashboardPath(idOrSlug),
          body: patch,
          headers: ifMatch(version.version),
          signal: version.signal,
        }),
      delete: (idOrSlug: string, version: { version: number } & CallOptions) =>
        json<void>({
          method: 'DELETE',
          path: dashboardPath(idOrSlug),
          headers: ifMatch(version.version),
          signal: version.signal,
        }),
      /** Answers the widgets of a dashboard over one connection, each as it finishes. */
      query: (idOrSlug: string, query: DashboardQuery = {}, call?: CallOptions) =>
        frames(`${dashboardPath(idOrSlug)}/query`, query, query.widgets ?? [], call),
      /** Values for a multi-select filter, under the caller's policy. */
      filterOptions: (idOrSlug: string, filterId: string, query: FilterOptionsQuery & CallOptions = {}) => {
        const { signal, ...body } = query
        return post<FilterOptions>(`${dashboardPath(idOrSlug)}/filters/${encodeURIComponent(filterId)}/options`, body, {
          ...(signal && { signal }),
        })
      },
    },

    /** Sign-in of people; the refresh token stays in a cookie that scripts cannot read. */
    auth: {
      login: (credentials: LoginRequest, call?: CallOptions) =>
        json<Session>({ method: 'POST', path: '/auth/login', body: credentials, cookies: true, signal: call?.signal }),
      refresh: (call?: CallOptions) =>
        json<Session>({ method: 'POST', path: '/auth/refresh', cookies: true, signal: call?.signal }),
      logout: (call?: CallOptions) =>
        json<void>({ method: 'POST', path: '/auth/logout', cookies: true, signal: call?.signal }),
      me: (call?: CallOptions) => json<User>({ method: 'GET', path: '/auth/me', signal: call?.signal }),
    },

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

function ifMatch(version: number): Record<string, string> {
  return { 'if-match': `"${version}"` }
}
