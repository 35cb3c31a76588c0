import type { ErrorCode } from '@datainsight/core'
import type { Asked } from '../query/query-trace.ts'

/** Where an answer came from: a level of the cache, the data source, or a level past its time while a new one is fetched. */
export const CACHE_ORIGINS = ['L1', 'L2', 'L3', 'miss', 'stale'] as const
export type CacheOrigin = (typeof CACHE_ORIGINS)[number]

/** What a query was asked for, and who may ask. */
export const RECORDED_KINDS = ['query', 'batch', 'dashboard', 'options', 'suggest', 'export', 'cube'] as const
export const CALLER_KINDS = ['user', 'api-key', 'embed'] as const

/** Most reasons kept of one query. */
export const MAX_ROLLUP_REASONS = 10

/** What stays of one query, or of `count` equal ones that memory answered. Members and figures; no values, no SQL. */
export interface QueryRecord {
  /** UUIDv7. */
  readonly id: string
  readonly at: Date
  readonly organizationId: string
  /** The request, or the last of those counted together. */
  readonly requestId: string
  readonly kind: Asked['kind'] & (typeof RECORDED_KINDS)[number]
  readonly callerKind: Asked['principal']['kind'] & (typeof CALLER_KINDS)[number]
  /** Tells callers apart without naming them. */
  readonly callerHash: string
  /** Tells the tenants of embed tokens apart, by their attributes and without naming them; `undefined` for people and keys. */
  readonly tenantHash: string | undefined
  readonly dashboardId: string | undefined
  /** Equal for queries of the same members on the same source, whatever their values and callers. */
  readonly shape: string
  readonly members: readonly string[]
  /** `undefined` when the query had a fault that kept it from being compiled. */
  readonly source: string | undefined
  /** `undefined` when there was no answer. */
  readonly cache: CacheOrigin | undefined
  readonly rollup: string | undefined
  /** Why facts were read from rows: one sentence for each rollup that did not answer, {@link MAX_ROLLUP_REASONS} at most. */
  readonly rollupReasons: readonly string[]
  readonly count: number
  /** Of the last answer. */
  readonly rows: number
  /** Of all answers together, before compression. */
  readonly bytes: number
  readonly planMs: number
  readonly waitMs: number
  readonly databaseMs: number
  readonly convertMs: number
  readonly sendMs: number
  /** Of all together, milliseconds. */
  readonly totalMs: number
  readonly maxMs: number
  readonly error: ErrorCode | undefined
}
