import type { Dashboard, Filter } from '@datainsight/core'
import type { TokenReason } from '@datainsight/core/client'
import type { SdkErrorCode } from './state/describe-error.ts'

/** Base of all events of the package: they bubble and leave shadow roots; what happened is in `detail`. */
export abstract class DataInsightEvent<Detail> extends Event {
  readonly detail: Detail

  constructor(type: string, detail: Detail, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable })
    this.detail = detail
  }
}

/** A dashboard has its definition and its first answers; also what `whenReady()` waits for. */
export class ReadyEvent extends DataInsightEvent<{ readonly dashboard: Dashboard }> {
  static readonly type = 'di-ready'
  constructor(dashboard: Dashboard) {
    super(ReadyEvent.type, { dashboard })
  }
}

/** A dashboard's definition has come; its tiles are still loading. */
export class LoadEvent extends DataInsightEvent<{ readonly dashboard: Dashboard }> {
  static readonly type = 'di-load'
  constructor(dashboard: Dashboard) {
    super(LoadEvent.type, { dashboard })
  }
}

/** A tile shows its answer, `ms` milliseconds after it was asked for. */
export class RenderEvent extends DataInsightEvent<{ readonly tileId: string; readonly ms: number }> {
  static readonly type = 'di-render'
  constructor(tileId: string, ms: number) {
    super(RenderEvent.type, { tileId, ms })
  }
}

/** Who changed the filters. */
export type FilterChangeSource = 'initial' | 'user' | 'host' | 'crossfilter'

/** The whole filter state is about to be replaced; `preventDefault()` keeps the old one. */
export class FilterChangeEvent extends DataInsightEvent<{
  readonly filters: readonly Filter[]
  readonly source: FilterChangeSource
}> {
  static readonly type = 'di-filter-change'
  constructor(filters: readonly Filter[], source: FilterChangeSource) {
    super(FilterChangeEvent.type, { filters, source }, true)
  }
}

/** One mark or row: its value for each member of the result. */
export type Datum = Readonly<Record<string, string | number | boolean | null>>

/** A mark of a chart or a row of a table was chosen; `preventDefault()` stops what the element would do itself. */
export class DataClickEvent extends DataInsightEvent<{
  /** Empty outside a dashboard. */
  readonly tileId: string
  readonly datum: Datum
  /** Members the mark stands for, dimensions first. */
  readonly members: readonly string[]
}> {
  static readonly type = 'di-data-click'
  constructor(tileId: string, datum: Datum, members: readonly string[]) {
    super(DataClickEvent.type, { tileId, datum, members }, true)
  }
}

/** Where a failure is felt: the whole dashboard or element, one tile, a filter's list, or the token. */
export type ErrorScope = 'dashboard' | 'tile' | 'filter' | 'token' | 'element'

/** Something failed; the element shows it too. */
export class ErrorEvent extends DataInsightEvent<{
  readonly code: SdkErrorCode
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  readonly retryable: boolean
  readonly requestId: string | undefined
  readonly scope: ErrorScope
  readonly tileId: string | undefined
  readonly message: string
}> {
  static readonly type = 'di-error'
  constructor(detail: ErrorEvent['detail']) {
    super(ErrorEvent.type, detail)
  }
}

/** The host handed over another token. Never carries the token. */
export class TokenRefreshEvent extends DataInsightEvent<{ readonly reason: TokenReason }> {
  static readonly type = 'di-token-refresh'
  constructor(reason: TokenReason) {
    super(TokenRefreshEvent.type, { reason })
  }
}

/** The state that `getState()` returns has changed: a string that fits in an address. */
export class StateChangeEvent extends DataInsightEvent<{ readonly state: string }> {
  static readonly type = 'di-state-change'
  constructor(state: string) {
    super(StateChangeEvent.type, { state })
  }
}

/** A table is about to be sorted by the user; `preventDefault()` keeps the order. `direction` is undefined for the result's own order. */
export class SortEvent extends DataInsightEvent<{
  readonly member: string
  readonly direction: 'asc' | 'desc' | undefined
}> {
  static readonly type = 'di-sort'
  constructor(member: string, direction: 'asc' | 'desc' | undefined) {
    super(SortEvent.type, { member, direction }, true)
  }
}

declare global {
  interface HTMLElementEventMap {
    'di-ready': ReadyEvent
    'di-load': LoadEvent
    'di-render': RenderEvent
    'di-filter-change': FilterChangeEvent
    'di-data-click': DataClickEvent
    'di-error': ErrorEvent
    'di-token-refresh': TokenRefreshEvent
    'di-state-change': StateChangeEvent
    'di-sort': SortEvent
  }
}
