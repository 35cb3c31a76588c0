import type { Dashboard, DashboardQuery, FilterOptionsQuery } from '../schema/dashboard.ts'
import type { Query } from '../schema/query.ts'
import type { ResultSet } from '../schema/result.ts'
import { type CallOptions, type ClientOptions, type Connection, connect, dashboardPath } from './connect.ts'

/** The values that a multi-select filter offers. */
export interface FilterOptions {
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly truncated: boolean
}

/** The part of a client that shows data: all that elements on a page call. Every method rejects with {@link ClientError}. */
export type ViewerClient = ReturnType<typeof createViewerClient>

/** Makes a client that can show data, and nothing else: pages need not load the rest. */
export function createViewerClient(options: ClientOptions) {
  const connection = connect(options)
  const { on, close } = connection
  return { ...viewerCalls(connection), on, close }
}

/** Calls that show data. */
export function viewerCalls({ json, post, frames }: Connection) {
  return {
    /** Answers one query. */
    query: (query: Query, call?: CallOptions) => post<ResultSet>('/query', { query }, call),

    dashboards: {
      get: (idOrSlug: string, call?: CallOptions) =>
        json<Dashboard>({ method: 'GET', path: dashboardPath(idOrSlug), signal: call?.signal }),
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
  }
}
