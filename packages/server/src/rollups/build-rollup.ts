import { AnalyticsError } from '@datainsight/core'
import { partEnd, type RollupPart, rollupBuildQuery, rollupPartsQuery } from '@datainsight/core/compile'
import type { DataSource, RawColumns, Statement } from '../data-sources/data-source.ts'
import type { Database } from '../database/schema.ts'
import { uuidV7 } from '../uuid-v7.ts'
import type { RollupDefinition } from './define-rollups.ts'
import { HeldTimes, localMs } from './held-times.ts'
import type { ParquetStore } from './parquet-store.ts'
import { endLease, failBuild, insertBuild, LEASE_MS, publishBuild, renewLease, takeLease } from './repository.ts'
import type { RollupBuild, StoredPart } from './rollup-build.ts'

/** Most groups of a part; `rollupBuildQuery` asks for no more. */
const MAX_GROUPS = 1_000_000_001
/** Most parts of one rollup. */
const MAX_PARTS = 10_000

/** What a builder needs. */
export interface BuilderOptions {
  readonly db: Database
  readonly store: ParquetStore
  /** Longest run of one statement, milliseconds. */
  readonly timeoutMs: number
  readonly now: () => Date
  /** How long a lease holds; 30,000 ms when absent. */
  readonly leaseMs?: number
  /** Called before each step that can fail, by its name. */
  readonly beforeStep?: (step: string) => void | Promise<void>
}

/** What is built. */
export interface BuildTask {
  readonly organizationId: string
  readonly definition: RollupDefinition
  readonly source: DataSource
  /** The build that is read now, of the same definition. */
  readonly previous: RollupBuild | undefined
  readonly signal: AbortSignal
}

/** How a build ended; `busy` when somebody else builds the rollup, `lost` when somebody else took over. */
export type BuildOutcome = 'built' | 'busy' | 'lost' | 'failed'

/**
 * Builds a rollup part by part beside the one that is read, and puts it in its place if nobody else has started a build since.
 * Faults end up in the record of the build.
 */
export async function buildRollup(options: BuilderOptions, task: BuildTask): Promise<BuildOutcome> {
  const { db, leaseMs = LEASE_MS } = options
  const target = { organizationId: task.organizationId, name: task.definition.name }
  const token = await takeLease(db, target, leaseMs)
  if (token === undefined) return 'busy'
  const id = uuidV7()
  const lost = new AbortController()
  const signal = AbortSignal.any([task.signal, lost.signal])
  const heartbeat = setInterval(() => {
    renewLease(db, target, token, leaseMs).then(
      (isHeld) => isHeld || lost.abort(),
      // The metadata database may be back before the lease is over; publishing looks again in any case.
      () => undefined,
    )
  }, leaseMs / 3)
  heartbeat.unref()
  let outcome: BuildOutcome = 'failed'
  try {
    await insertBuild(db, { ...target, id, hash: task.definition.hash, token })
    const { parts, refreshValue } = await writeParts(options, task, id, signal)
    await options.beforeStep?.('publish')
    outcome = (await publishBuild(db, { ...target, id, token }, parts, refreshValue)) ? 'built' : 'lost'
    if (outcome === 'lost') await failBuild(db, id, 'another builder took over')
  } catch (error) {
    if (lost.signal.aborted) outcome = 'lost'
    await failBuild(db, id, lost.signal.aborted ? 'another builder took over' : sentence(error)).catch(() => undefined)
  } finally {
    clearInterval(heartbeat)
    await endLease(db, target, token, outcome === 'failed').catch(() => undefined)
  }
  return outcome
}

async function writeParts(
  options: BuilderOptions,
  task: BuildTask,
  id: string,
  signal: AbortSignal,
): Promise<{ parts: readonly StoredPart[]; refreshValue: string | undefined }> {
  const { store, beforeStep } = options
  const { definition, organizationId, source, previous } = task
  const shape = definition.shape
  if (shape === undefined) throw new AnalyticsError('unsupported', definition.problems.join('; '))
  const compileOptions = { dialect: source.dialect, now: options.now() }
  const limits = { signal, timeoutMs: options.timeoutMs }
  await beforeStep?.('refresh key')
  // Before the rows, so that what changes meanwhile is seen next time.
  const refreshValue = await readRefreshValue(task, { ...options, signal })
  await beforeStep?.('list parts')
  const wanted: RollupPart[] = []
  if (shape.partition === undefined) wanted.push(undefined)
  else {
    const statement = rollupPartsQuery(definition.model, shape, compileOptions)
    for await (const { columns } of rowsOf(source, statement, { ...limits, maxRows: MAX_PARTS })) {
      for (const start of columns[0] ?? []) wanted.push(start === null ? null : localMs(start))
    }
    // An empty rollup is one too.
    if (wanted.length === 0) wanted.push(null)
  }
  const settledBefore = settledUntil(task)
  const folder = folderOf({ organizationId, name: definition.name, id })
  const parts: StoredPart[] = []
  for (const [index, start] of wanted.entries()) {
    signal.throwIfAborted()
    const isSettled = typeof start === 'number' && partEnd(shape, start) <= settledBefore
    const kept = isSettled ? previous?.parts.find((part) => part.start === start) : undefined
    if (kept !== undefined && store.has(kept.file)) {
      parts.push(kept)
      continue
    }
    await beforeStep?.(`write part ${index}`)
    const statement = rollupBuildQuery(definition.model, shape, start, compileOptions)
    const held = new HeldTimes(shape)
    const rows = held.watch(rowsOf(source, statement, { ...limits, maxRows: MAX_GROUPS }))
    const written = await store.write(`${folder}${index}.parquet`, shape.columns, rows, signal)
    parts.push({ ...written, times: held.times, ...(start !== undefined && { start }) })
  }
  return { parts, refreshValue }
}

/** Where the files of a build lie. */
export function folderOf({ organizationId, name, id }: Pick<RollupBuild, 'organizationId' | 'name' | 'id'>): string {
  return `${organizationId}/${name}/${id}/`
}

/** Local time before which parts of the last build stay as they are; nothing does without an incremental refresh key. */
function settledUntil({ definition, previous }: BuildTask): number {
  const refresh = definition.shape?.refresh
  if (refresh === undefined || !refresh.isIncremental || previous === undefined) return Number.NEGATIVE_INFINITY
  const { months, ms } = refresh.updateWindow ?? { months: 0, ms: 0 }
  // What was still open, or in the window, when the last build read it is read again. Zones differ from UTC by a day at most.
  const until = new Date(previous.startedAt.getTime() - ms - 86_400_000)
  until.setUTCMonth(until.getUTCMonth() - months)
  return until.getTime()
}

/** The answer of a rollup's refresh key now, as text; `undefined` without one. */
export async function readRefreshValue(
  { definition, source }: Pick<BuildTask, 'definition' | 'source'>,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<string | undefined> {
  const sql = definition.shape?.refresh.sql
  if (sql === undefined) return undefined
  const { columns } = await source.query({ sql, parameters: [] }, { signal, timeoutMs, maxRows: 1 })
  return JSON.stringify(columns, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
}

async function* rowsOf(
  source: DataSource,
  statement: Statement,
  limits: { readonly signal: AbortSignal; readonly timeoutMs: number; readonly maxRows: number },
): AsyncGenerator<RawColumns> {
  if (source.stream !== undefined) yield* source.stream(statement, limits)
  else yield await source.query(statement, limits)
}

function sentence(error: unknown): string {
  // What a driver says may hold values of rows.
  return error instanceof AnalyticsError ? error.message : 'the rollup could not be written'
}
