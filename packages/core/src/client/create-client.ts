import type { LoginRequest, Session, User } from '../schema/auth.ts'
import type { BatchQuery } from '../schema/batch.ts'
import type { Dashboard, DashboardInput, DashboardPatch, DashboardSummary } from '../schema/dashboard.ts'
import type { Meta } from '../schema/meta.ts'
import type { Query } from '../schema/query.ts'
import { type CallOptions, type ClientOptions, connect, dashboardPath } from './connect.ts'
import { viewerCalls } from './viewer-client.ts'

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

/** A connection to one DataInsight server on behalf of one caller. Every method rejects with {@link ClientError}. */
export type Client = ReturnType<typeof createClient>

/** Makes a client. It opens nothing until the first call and keeps the token in memory only. */
export function createClient(options: ClientOptions) {
  const connection = connect(options)
  const { send, json, post, frames, on, close } = connection
  const viewer = viewerCalls(connection)

  return {
    ...viewer,

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

    send,

    dashboards: {
      ...viewer.dashboards,
      /** One page of dashboards, by title. */
      list: (page: { search?: string; limit?: number; cursor?: string } = {}, call?: CallOptions) => {
        const search = new URLSearchParams()
        for (const [name, value] of Object.entries(page)) if (value !== undefined) search.set(name, String(value))
        const suffix = search.size > 0 ? `?${search}` : ''
        return json<DashboardPage>({ method: 'GET', path: `/dashboards${suffix}`, signal: call?.signal })
      },
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

    on,
    close,
  }
}

function ifMatch(version: number): Record<string, string> {
  return { 'if-match': `"${version}"` }
}
