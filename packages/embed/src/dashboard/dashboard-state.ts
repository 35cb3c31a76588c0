import type { Filter } from '@datainsight/core'

/** What `getState()` keeps: enough to open the dashboard as it is seen now. */
export interface DashboardState {
  /** Absent while the dashboard's defaults apply. */
  readonly filters?: readonly Filter[]
  /** Tiles shown as tables. */
  readonly tables?: readonly string[]
}

/** Longest state that is read back, characters. */
const MAX_STATE_LENGTH = 20_000

/** Writes a state with letters, digits, `-` and `_` only, so it needs no escaping in an address. Empty for the defaults. */
export function encodeState(state: DashboardState): string {
  const compact: DashboardState = {
    ...(state.filters && { filters: state.filters }),
    ...(state.tables && state.tables.length > 0 && { tables: state.tables }),
  }
  if (Object.keys(compact).length === 0) return ''
  const bytes = new TextEncoder().encode(JSON.stringify(compact))
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Reads a state back; undefined for anything {@link encodeState} did not write, since addresses get cut and edited. */
export function decodeState(text: string): DashboardState | undefined {
  if (text === '') return {}
  if (text.length > MAX_STATE_LENGTH) return undefined
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const json: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0))))
    if (typeof json !== 'object' || json === null) return undefined
    const { filters, tables } = json as { filters?: unknown; tables?: unknown }
    if (filters !== undefined && !(Array.isArray(filters) && filters.every(isFilter))) return undefined
    if (tables !== undefined && !(Array.isArray(tables) && tables.every((id) => typeof id === 'string')))
      return undefined
    return { ...(filters !== undefined && { filters }), ...(tables !== undefined && { tables }) }
  } catch {
    return undefined
  }
}

/** Shape only; the server judges names and values. */
function isFilter(value: unknown): value is Filter {
  if (typeof value !== 'object' || value === null) return false
  const { member, operator, values, and, or } = value as Record<string, unknown>
  if (Array.isArray(and)) return and.every(isFilter)
  if (Array.isArray(or)) return or.every(isFilter)
  return typeof member === 'string' && typeof operator === 'string' && (values === undefined || Array.isArray(values))
}
