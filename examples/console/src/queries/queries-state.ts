/** Periods to look at, with their lengths in milliseconds. */
export const PERIODS = {
  '1h': { title: 'Last hour', short: '1 h', ms: 3_600_000 },
  '24h': { title: 'Last 24 hours', short: '24 h', ms: 86_400_000 },
  '7d': { title: 'Last 7 days', short: '7 d', ms: 604_800_000 },
  '30d': { title: 'Last 30 days', short: '30 d', ms: 2_592_000_000 },
} as const
export type Period = keyof typeof PERIODS

/** What the list shows. */
export const VIEWS = ['slowest', 'frequent', 'failing', 'recent'] as const
export type View = (typeof VIEWS)[number]

/** What the chart shows. */
export const CHARTS = ['answers', 'latency', 'data'] as const
export type ChartChoice = (typeof CHARTS)[number]

/** Orders of the list of questions, as the server names them. */
export const ORDERS = ['time', 'count', 'mean', 'p95', 'slowest', 'errors', 'bytes', 'latest'] as const
export type Order = (typeof ORDERS)[number]

const FILTERS = {
  source: /^.{1,128}$/,
  tenant: /^[0-9a-f]{16}$/,
  cache: /^(L1|L2|L3|miss|stale)$/,
  status: /^(ok|failed)$/,
  caller: /^(user|api-key|embed)$/,
  member: /^.{1,257}$/,
} as const
/** Filters that narrow everything on the page. */
export type FilterName = keyof typeof FILTERS
export const FILTER_NAMES = Object.keys(FILTERS) as readonly FilterName[]

/** Everything a visitor chose: exactly what the address says, so that a view can be sent to somebody. */
export interface QueriesState {
  readonly period: Period
  readonly view: View
  /** Of the list of questions; the view's own when undefined. */
  readonly order: Order | undefined
  readonly chart: ChartChoice
  readonly filters: Readonly<Partial<Record<FilterName, string>>>
  /** Of the list of questions: how many are left out at its start. */
  readonly offset: number
  /** Of the list of records: where it goes on. */
  readonly cursor: string | undefined
  /** The question whose panel is open, by its shape. */
  readonly question: string | undefined
  /** The record whose panel is open. */
  readonly record: string | undefined
  readonly live: boolean
}

/** Questions on one page of the list. */
export const PAGE_SIZE = 20
const VIEW_ORDERS: Readonly<Record<View, Order>> = {
  slowest: 'time',
  frequent: 'count',
  failing: 'errors',
  recent: 'latest',
}

/** The order that is in force. */
export function orderOf({ order, view }: Pick<QueriesState, 'order' | 'view'>): Order {
  return order ?? VIEW_ORDERS[view]
}

/** Reads the search part of an address. What it does not understand is left out. */
export function readQueriesState(search: string): QueriesState {
  const parameters = new URLSearchParams(search)
  const among = <T extends string>(name: string, values: readonly T[]) =>
    values.find((value) => value === parameters.get(name))
  const matching = (name: string, pattern: RegExp) => {
    const value = parameters.get(name)
    return value !== null && pattern.test(value) ? value : undefined
  }
  const filters: Partial<Record<FilterName, string>> = {}
  for (const name of FILTER_NAMES) {
    const value = matching(name, FILTERS[name])
    if (value !== undefined) filters[name] = value
  }
  return {
    period: among('period', Object.keys(PERIODS) as Period[]) ?? '24h',
    view: among('view', VIEWS) ?? 'slowest',
    order: among('order', ORDERS),
    chart: among('chart', CHARTS) ?? 'answers',
    filters,
    offset: Number(matching('offset', /^\d{1,4}$/) ?? 0),
    cursor: matching('cursor', /^\d{1,15}-[0-9a-f-]{36}$/),
    question: matching('question', /^[0-9a-f]{16}$/),
    record: matching('record', /^[0-9a-f-]{36}$/),
    live: parameters.get('live') === '1',
  }
}

/** Writes the search part of an address; `''` for what is shown when nothing was chosen. */
export function writeQueriesState(state: QueriesState): string {
  const parameters = new URLSearchParams()
  if (state.period !== '24h') parameters.set('period', state.period)
  if (state.view !== 'slowest') parameters.set('view', state.view)
  if (state.order !== undefined && state.order !== VIEW_ORDERS[state.view]) parameters.set('order', state.order)
  if (state.chart !== 'answers') parameters.set('chart', state.chart)
  for (const name of FILTER_NAMES) {
    const value = state.filters[name]
    if (value !== undefined) parameters.set(name, value)
  }
  if (state.offset > 0) parameters.set('offset', String(state.offset))
  for (const name of ['cursor', 'question', 'record'] as const) {
    const value = state[name]
    if (value !== undefined) parameters.set(name, value)
  }
  if (state.live) parameters.set('live', '1')
  return parameters.size === 0 ? '' : `?${parameters}`
}

/** Changes what was chosen. Another period, list, order or filter starts at the first page. */
export function changeState(state: QueriesState, change: Partial<QueriesState>): QueriesState {
  const restarts = ['period', 'view', 'order', 'filters'].some((name) => name in change)
  const order = 'view' in change && change.view !== state.view ? { order: undefined } : {}
  return { ...state, ...(restarts && { offset: 0, cursor: undefined }), ...order, ...change }
}
