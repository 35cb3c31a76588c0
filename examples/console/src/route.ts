/** Path under which the console is served. */
export const BASE = '/console'

/** What an address means. */
export type Route =
  | { readonly page: 'dashboards' }
  | { readonly page: 'dashboard'; readonly id: string }
  /** `search` says what is shown, see `readQueriesState`. */
  | { readonly page: 'queries'; readonly search: string }
  | { readonly page: 'not-found'; readonly path: string }

/** Reads an address path such as `/console/dashboards/departures`, and the search part after it. */
export function toRoute(path: string, search = ''): Route {
  const parts = path.split('/').filter(Boolean)
  if (parts[0] !== 'console') return { page: 'not-found', path }
  const [, section, id, ...rest] = parts
  if (section === undefined) return { page: 'dashboards' }
  if (section === 'queries' && id === undefined) return { page: 'queries', search }
  if (section !== 'dashboards' || rest.length > 0) return { page: 'not-found', path }
  if (id === undefined) return { page: 'dashboards' }
  try {
    return { page: 'dashboard', id: decodeURIComponent(id) }
  } catch {
    return { page: 'not-found', path }
  }
}

/** The address of a dashboard by slug or id; of the list without one. */
export function dashboardsPath(idOrSlug?: string): string {
  return idOrSlug === undefined ? `${BASE}/dashboards` : `${BASE}/dashboards/${encodeURIComponent(idOrSlug)}`
}

/** The address of the queries page with its choices, `?…`. */
export function queriesPath(search = ''): string {
  return `${BASE}/queries${search}`
}
