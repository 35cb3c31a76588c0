import type { Client } from '@datainsight/core/client'
import { orderOf, PAGE_SIZE, PERIODS, type QueriesState } from './queries-state.ts'

/** Levels of the cache, and where else an answer may come from. */
export type Origin = 'L1' | 'L2' | 'L3' | 'stale' | 'miss'

/** Figures of a span, as `GET /query/timeline` gives them. */
export interface SpanFigures {
  readonly count: number
  readonly errors: number
  readonly cache: Readonly<Record<Origin, number>>
  readonly fromRollup: number
  readonly rows: number
  readonly bytes: number
  readonly totalMs: number
  readonly databaseMs: number
  readonly p50Ms?: number
  readonly p95Ms?: number
}

export interface Timeline {
  readonly from: string
  readonly to: string
  readonly timezone: string
  readonly bucket: 'minute' | 'hour' | 'day'
  readonly totals: SpanFigures
  readonly buckets: readonly (SpanFigures & { readonly at: string })[]
}

/** A group of queries, as `GET /query/stats` adds them up. */
export interface QueryGroup {
  readonly key: string
  readonly members?: readonly string[]
  readonly source?: string
  readonly count: number
  readonly cached: number
  readonly fromRollup: number
  readonly errors: number
  readonly rows: number
  readonly bytes: number
  readonly totalMs: number
  readonly meanMs: number
  readonly p50Ms?: number
  readonly p95Ms?: number
  readonly maxMs: number
  readonly databaseMs: number
  readonly latestAt: string
}

export interface QueryGroups {
  readonly items: readonly QueryGroup[]
  readonly nextOffset?: number
}

/** One query, as `GET /query/log` gives it. */
export interface QueryRecord {
  readonly id: string
  readonly at: string
  readonly requestId: string
  readonly kind: string
  readonly caller: { readonly kind: string; readonly hash: string; readonly tenant?: string }
  readonly dashboardId?: string
  readonly shape: string
  readonly members: readonly string[]
  readonly source?: string
  readonly cache?: Origin
  readonly rollup?: string
  readonly rollupReasons: readonly string[]
  readonly count: number
  readonly rows: number
  readonly bytes: number
  readonly ms: Readonly<Record<'plan' | 'wait' | 'database' | 'convert' | 'send' | 'total' | 'max', number>>
  readonly error?: string
}

export interface QueryRecords {
  readonly items: readonly QueryRecord[]
  readonly nextCursor?: string
}

/** A rollup that would answer queries, as `GET /rollups/advice` proposes it. */
export interface RollupAdvice {
  readonly cube: string
  readonly yaml: string
  readonly members: readonly string[]
  readonly queries: number
  readonly savesUpToMs: number
}

/** A period: two moments, ISO 8601 UTC. */
export interface Span {
  readonly from: string
  readonly to: string
}

/** The period that ends now, or the one of the same length before it. */
export function spanOf({ period }: Pick<QueriesState, 'period'>, nowMs: number, periodsBack = 0): Span {
  const { ms } = PERIODS[period]
  const toMs = nowMs - periodsBack * ms
  return { from: new Date(toMs - ms).toISOString(), to: new Date(toMs).toISOString() }
}

type Parameters = Readonly<Record<string, string | number | undefined>>

/** Answers of `GET` below `/api/v1`. Rejects with `ClientError`. */
async function read<T>(client: Client, path: string, parameters: Parameters, signal: AbortSignal): Promise<T> {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) search.set(name, String(value))
  const response = await client.send({ method: 'GET', path: `${path}${search.size > 0 ? `?${search}` : ''}`, signal })
  return (await response.json()) as T
}

/** The filters of the page as the server names them. */
export function filterParameters({ filters, view }: Pick<QueriesState, 'filters' | 'view'>): Parameters {
  const { status, ...others } = filters
  const failed = view === 'failing' ? 'true' : status === undefined ? undefined : String(status === 'failed')
  return { ...others, failed }
}

export function readTimeline(client: Client, span: Span, filter: Parameters, signal: AbortSignal): Promise<Timeline> {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return read(client, '/query/timeline', { ...span, ...filter, timezone }, signal)
}

/** A page of questions in the order of the list. */
export function readQuestions(
  client: Client,
  span: Span,
  state: QueriesState,
  signal: AbortSignal,
): Promise<QueryGroups> {
  const page = { by: 'query', order: orderOf(state), limit: PAGE_SIZE, offset: state.offset }
  return read(client, '/query/stats', { ...span, ...filterParameters(state), ...page }, signal)
}

/** What there is to filter by. */
export function readGroups(
  client: Client,
  span: Span,
  by: 'source' | 'tenant',
  signal: AbortSignal,
): Promise<QueryGroups> {
  return read(client, '/query/stats', { ...span, by, order: 'count', limit: 50 }, signal)
}

/** One question; undefined when nobody asked it in the period. */
export async function readQuestion(
  client: Client,
  span: Span,
  shape: string,
  signal: AbortSignal,
): Promise<QueryGroup | undefined> {
  const { items } = await read<QueryGroups>(client, '/query/stats', { ...span, shape, by: 'query', limit: 1 }, signal)
  return items[0]
}

export function readRecords(
  client: Client,
  span: Span,
  filter: Parameters,
  page: { readonly limit: number; readonly cursor?: string | undefined },
  signal: AbortSignal,
): Promise<QueryRecords> {
  return read(client, '/query/log', { ...span, ...filter, ...page }, signal)
}

export function readRecord(client: Client, id: string, signal: AbortSignal): Promise<QueryRecord> {
  return read(client, `/query/log/${encodeURIComponent(id)}`, {}, signal)
}

/** Advice that stores everything a question asks for. */
export async function readAdvice(
  client: Client,
  members: readonly string[],
  signal: AbortSignal,
): Promise<readonly RollupAdvice[]> {
  const { advice } = await read<{ advice: readonly RollupAdvice[] }>(client, '/rollups/advice', {}, signal)
  return advice.filter((each) => members.length > 0 && members.every((member) => each.members.includes(member)))
}
