import type { Dashboard, Filter, Frame, ResultSet, Widget } from '@datainsight/core'
import { ClientError, toClientError, type ViewerClient } from '@datainsight/core/client'

/** Answer of a widget. */
export type WidgetFrame = Extract<Frame, { result: ResultSet }>

/** Where a tile stands. `frame` is the last answer, kept while the next one is under way. */
export interface TileState {
  readonly status: 'loading' | 'ready' | 'error'
  readonly frame: WidgetFrame | undefined
  readonly error: unknown
  /** The answer on screen is older than wished: a refresh of the same question failed. */
  readonly isStale: boolean
}

/** What the loader is asked for. */
export interface LoadRequest {
  readonly client: ViewerClient
  readonly dashboardId: string
  /** The defaults apply when undefined. */
  readonly filters: readonly Filter[] | undefined
  readonly timezone: string | undefined
}

/** What the loader tells its element. */
export interface LoaderEvents {
  changed(): void
  loaded(dashboard: Dashboard): void
  /** A tile's answer came, `ms` after it was asked for. */
  answered(widget: Widget, ms: number): void
  /** A tile, or the whole dashboard when `widget` is undefined, failed. */
  failed(error: unknown, widget: Widget | undefined): void
  /** Each tile has been answered or has failed. */
  settled(): void
}

const LOADING: TileState = { status: 'loading', frame: undefined, error: undefined, isStale: false }

/** Faults of the caller's credential: nothing of the dashboard may stay on screen. */
const CREDENTIAL_FAULTS: ReadonlySet<string> = new Set([
  'token_expired',
  'invalid_token',
  'unauthenticated',
  'origin_denied',
  'token_unavailable',
])

/** Faults that say nothing against the answer already on screen. */
const PASSING_FAULTS: ReadonlySet<string> = new Set(['network', 'timeout', 'rate_limited', 'overloaded'])

/**
 * Loads a dashboard: the definition, then one stream of frames for all tiles. A newer load aborts the older one, on the
 * server too; frames of an aborted stream are never shown.
 */
export class DashboardLoader {
  dashboard: Dashboard | undefined
  /** Why the whole dashboard cannot be shown. */
  fault: unknown
  readonly #events: LoaderEvents
  readonly #tiles = new Map<string, TileState>()
  #loading: AbortController | undefined
  /** One stream for all tiles, and one for each tile asked for by itself. */
  readonly #streams = new Set<{ readonly controller: AbortController; readonly ids: Set<string> }>()
  /** Filters that the answers on screen were asked with. */
  #shownFor = ''

  constructor(events: LoaderEvents) {
    this.#events = events
  }

  tile(id: string): TileState {
    return this.#tiles.get(id) ?? LOADING
  }

  get isLoading(): boolean {
    return this.#loading !== undefined || this.#streams.size > 0
  }

  /** Fetches the definition, then asks for every tile. */
  async load(request: LoadRequest, order: (dashboard: Dashboard) => Promise<readonly string[]>): Promise<void> {
    this.abort()
    const loading = new AbortController()
    this.#loading = loading
    if (this.dashboard?.id !== request.dashboardId && this.dashboard?.slug !== request.dashboardId) this.#forget()
    this.fault = undefined
    this.#events.changed()
    try {
      const dashboard = await request.client.dashboards.get(request.dashboardId, { signal: loading.signal })
      if (loading.signal.aborted) return
      this.dashboard = dashboard
      this.#events.loaded(dashboard)
      this.#events.changed()
      const ids = await order(dashboard)
      if (loading.signal.aborted) return
      this.#loading = undefined
      await this.query(request, ids)
    } catch (error) {
      if (loading.signal.aborted) return
      this.#loading = undefined
      this.#fail(error)
    }
  }

  /** Asks for tiles again; all of them abort what is under way. `renew` passes by the server's cache. */
  async query(
    { client, dashboardId, filters, timezone }: LoadRequest,
    ids: readonly string[],
    renew = false,
  ): Promise<void> {
    const widgets = this.dashboard?.widgets ?? []
    const isAll = ids.length === widgets.length
    for (const stream of this.#streams) {
      for (const id of ids) stream.ids.delete(id)
      if (isAll || stream.ids.size === 0) this.#end(stream)
    }
    const stream = { controller: new AbortController(), ids: new Set(ids) }
    const { signal } = stream.controller
    const question = JSON.stringify([filters, timezone])
    const isSameQuestion = question === this.#shownFor
    this.#shownFor = question
    this.#streams.add(stream)
    for (const id of ids) this.#tiles.set(id, { ...this.tile(id), status: 'loading', error: undefined })
    this.#events.changed()
    const startedAt = performance.now()
    const find = (id: string) => widgets.find((widget) => widget.id === id)
    const failTile = (id: string, error: unknown) => {
      const { frame } = this.tile(id)
      const passing = isSameQuestion && frame !== undefined && PASSING_FAULTS.has(codeOf(error))
      this.#tiles.set(
        id,
        passing ? { status: 'ready', frame, error, isStale: true } : { status: 'error', frame, error, isStale: false },
      )
      this.#events.failed(error, find(id))
    }
    try {
      if (ids.length > 0) {
        const frames = client.dashboards.query(
          dashboardId,
          {
            widgets: [...ids],
            ...(filters && { filters: [...filters] }),
            ...(timezone !== undefined && { timezone }),
            ...(renew && { renewQuery: true }),
          },
          { signal },
        )
        for await (const frame of frames) {
          if (signal.aborted) return
          if (!stream.ids.delete(frame.id)) continue
          if ('error' in frame) failTile(frame.id, toClientError(frame.error))
          else {
            this.#tiles.set(frame.id, { status: 'ready', frame, error: undefined, isStale: false })
            const widget = find(frame.id)
            if (widget) this.#events.answered(widget, performance.now() - startedAt)
          }
          this.#events.changed()
        }
      }
    } catch (error) {
      if (signal.aborted) return
      const isNothingShown = widgets.every(
        ({ id }) => this.tile(id).frame === undefined && this.tile(id).status === 'loading',
      )
      if (isNothingShown || CREDENTIAL_FAULTS.has(codeOf(error))) {
        this.#fail(error)
        return
      }
      for (const id of stream.ids) failTile(id, error)
    }
    if (signal.aborted) return
    this.#streams.delete(stream)
    if (!this.isLoading) this.#events.settled()
    this.#events.changed()
  }

  /** Stops everything under way; what is on screen stays. */
  abort(): void {
    this.#loading?.abort()
    this.#loading = undefined
    for (const stream of this.#streams) this.#end(stream)
  }

  /** Forgets dashboard and answers. */
  reset(): void {
    this.abort()
    this.#forget()
    this.fault = undefined
    this.#events.changed()
  }

  #end(stream: { readonly controller: AbortController }): void {
    stream.controller.abort()
    this.#streams.delete(stream as never)
  }

  #forget(): void {
    this.dashboard = undefined
    this.#tiles.clear()
    this.#shownFor = ''
  }

  #fail(error: unknown): void {
    this.abort()
    this.#forget()
    this.fault = error
    this.#events.failed(error, undefined)
    this.#events.changed()
  }
}

function codeOf(error: unknown): string {
  return error instanceof ClientError ? error.code : String((error as { code?: unknown } | null)?.code)
}
