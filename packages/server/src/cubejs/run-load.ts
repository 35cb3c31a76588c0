import type { CacheState, Cell, Column, Query, ResultSet } from '@datainsight/core'
import type { Model } from '@datainsight/core/model'
import type { Answer } from '../cache/answer.ts'
import type { Principal } from '../principal.ts'
import type { Plan } from '../query/plan-memo.ts'
import { annotate, type QueryAnnotations } from './annotate.ts'
import type { Load, LoadPart, NormalizedQuery } from './read-load.ts'
import { type CubeData, toRows } from './to-rows.ts'

/** What answers queries, and how its answers are read. */
export interface LoadEngine {
  readonly model: (organizationId: string) => Model
  /** The answer to one query with a record of it. @throws AnalyticsError like `/api/v1/query`. */
  readonly lookUp: (
    query: Query,
    asked: { readonly principal: Principal; readonly requestId: string },
    terms: { readonly signal: AbortSignal; readonly renew: boolean },
  ) => Promise<{ readonly plan: Plan; readonly answer: Answer; readonly state: CacheState }>
  readonly readAnswer: (answer: Answer) => Pick<ResultSet, 'columns' | 'data'> & {
    readonly meta: Pick<ResultSet['meta'], 'rowCount' | 'total' | 'refreshedAt' | 'warnings'>
  }
}

/** The answer to one query in Cube's form. */
export interface LoadResult {
  readonly query: NormalizedQuery
  readonly data: CubeData
  readonly annotation: QueryAnnotations
  readonly lastRefreshTime: string
  readonly refreshKeyValues: readonly never[]
  readonly usedPreAggregations: Readonly<Record<string, never>>
  readonly dataSource: string
  readonly dbType: string
  readonly extDbType: string
  readonly external: boolean
  /** Whether the rows are older than the cache allows without being asked for. */
  readonly slowQuery: boolean
  readonly total: number | null
  /** What the rows cannot say; Cube has no such field, and its clients pass over it. */
  readonly warnings?: ResultSet['meta']['warnings']
}

/** How fresh the rows must be, and until when they are wanted. */
export interface RunLoadOptions {
  /** The request that asked first: those that come back for the same rows are not recorded again. */
  readonly requestId: string
  readonly signal: AbortSignal
  /** Whether the data source is asked in any case. */
  readonly renew: boolean
  /** How long after its time an answer may be given while a new one is fetched. */
  readonly maxStaleSeconds: number
}

/**
 * Asks every query of a load. One that fails stops the others.
 * @throws AnalyticsError like `/api/v1/query`.
 */
export async function runLoad(
  engine: LoadEngine,
  load: Load,
  principal: Principal,
  options: RunLoadOptions,
): Promise<readonly LoadResult[]> {
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  try {
    return await Promise.all(load.parts.map((part) => runPart(engine, load, part, principal, { ...options, signal })))
  } catch (error) {
    stop.abort()
    throw error
  }
}

async function runPart(
  engine: LoadEngine,
  load: Load,
  part: LoadPart,
  principal: Principal,
  { requestId, signal, renew, maxStaleSeconds }: RunLoadOptions,
): Promise<LoadResult> {
  // Before the wait: the model may be another one after it.
  const model = engine.model(principal.organizationId)
  const query = maxStaleSeconds === 0 ? part.query : { ...part.query, maxStaleSeconds }
  const { plan, answer, state } = await engine.lookUp(query, { principal, requestId }, { signal, renew })
  const { columns, data, meta } = engine.readAnswer(answer)
  const isEmpty = part.normalized.limit === 0
  // What the database is called and made by is not for those who only look at a page.
  const isEmbed = principal.kind === 'embed'
  const dbType = isEmbed ? 'sql' : plan.compiled.dialect
  return {
    query: part.normalized,
    data: toRows(columns, isEmpty ? [] : data, isEmpty ? 0 : meta.rowCount, {
      compareDateRange: part.compareDateRange,
      isBlended: load.queryType === 'blendingQuery',
      responseFormat: load.responseFormat,
    }),
    annotation: annotate(
      model,
      columns.map((column, index) => ({ column, bucket: firstBucket(column, data[index]) })),
      part.query.segments ?? [],
      principal.security,
    ),
    lastRefreshTime: meta.refreshedAt,
    refreshKeyValues: [],
    usedPreAggregations: {},
    dataSource: isEmbed ? 'default' : plan.compiled.dataSource,
    dbType,
    extDbType: dbType,
    external: false,
    slowQuery: state === 'stale',
    total: meta.total ?? null,
    ...(meta.warnings !== undefined && { warnings: meta.warnings }),
  }
}

function firstBucket(column: Column, cells: readonly Cell[] = []): string | undefined {
  const bucket = column.kind === 'time' ? cells.find((cell) => cell !== null) : undefined
  return typeof bucket === 'string' ? bucket : undefined
}
