import { AnalyticsError } from '@datainsight/core'
import {
  type LocalSpan,
  outerParts,
  partEnd,
  type RollupPart,
  type RollupShape,
  rollupBuildQuery,
  rollupPartsQuery,
} from '@datainsight/core/compile'
import type { DataSource, RawValue } from '../data-sources/data-source.ts'
import type { Database } from '../database/schema.ts'
import { uuidV7 } from '../uuid-v7.ts'
import { readRange } from './build-range.ts'
import type { RollupDefinition } from './define-rollups.ts'
import { localMs } from './held-times.ts'
import {
  endLease,
  failBuild,
  insertBuild,
  LEASE_MS,
  publishBuild,
  type RollupTarget,
  renewLease,
  takeLease,
} from './repository.ts'
import type { RollupBuild, StoredPart } from './rollup-build.ts'
import type { RollupStore } from './rollup-store.ts'

/** What a builder needs. */
export interface BuilderOptions {
  readonly db: Database
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
  readonly store: RollupStore
  /** The build that is read now, of the same definition and store. */
  readonly previous: RollupBuild | undefined
  readonly signal: AbortSignal
}

/** How a build ended; `lost` when somebody else took over. */
export type BuildOutcome = 'built' | 'lost' | 'failed'

/** A build that has begun. `done` is never rejected. */
export interface StartedBuild {
  readonly done: Promise<BuildOutcome>
}

/**
 * Builds a rollup part by part beside the one that is read, and puts it in its place if nobody else has started a build since.
 * Faults end up in the record of the build. Resolves when it has begun; to `undefined` when somebody else builds the rollup now.
 */
export async function buildRollup(options: BuilderOptions, task: BuildTask): Promise<StartedBuild | undefined> {
  const target = { organizationId: task.organizationId, name: task.definition.name }
  const token = await takeLease(options.db, target, options.leaseMs)
  return token === undefined ? undefined : { done: build(options, task, target, token) }
}

async function build(
  options: BuilderOptions,
  task: BuildTask,
  target: RollupTarget,
  token: string,
): Promise<BuildOutcome> {
  const { db, leaseMs = LEASE_MS } = options
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
    await insertBuild(db, { ...target, id, hash: task.definition.hash, store: task.store.id, token })
    const { refreshValue, ...written } = await writeParts(options, task, id, signal)
    await options.beforeStep?.('publish')
    outcome = (await publishBuild(db, { ...target, id, token }, written, refreshValue)) ? 'built' : 'lost'
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

/** @throws AnalyticsError `unsupported` for a time that no partition holds, such as `infinity`. */
function partStart(start: RawValue, rollup: string): number {
  const ms = localMs(start)
  if (!Number.isNaN(ms)) return ms
  const message = `${rollup} has rows whose time is ${String(start)}, which no partition holds`
  throw new AnalyticsError('unsupported', message, {
    hint: 'Leave them out by build_range_start and build_range_end, or drop partition_granularity.',
  })
}

async function writeParts(
  options: BuilderOptions,
  task: BuildTask,
  id: string,
  signal: AbortSignal,
): Promise<Pick<RollupBuild, 'parts' | 'levels' | 'refreshValue'>> {
  const { beforeStep } = options
  const { definition, organizationId, source, store, previous } = task
  const shape = definition.shape
  if (shape === undefined) throw new AnalyticsError('unsupported', definition.problems.join('; '))
  const limits = { signal, timeoutMs: options.timeoutMs }
  await beforeStep?.('refresh key')
  // Before the rows, so that what changes meanwhile is seen next time.
  const refreshValue = await readRefreshValue(task, limits)
  const span = await readRange(shape, source, limits)
  const compileOptions = { dialect: source.dialect, now: options.now(), ...(span && { span }) }
  await beforeStep?.('list parts')
  const wanted: RollupPart[] = []
  if (shape.partition === undefined) wanted.push(undefined)
  else {
    const statement = rollupPartsQuery(definition.model, shape, compileOptions)
    const found = await source.query(statement, { ...limits, maxRows: store.maxParts + 1 })
    for (const start of found.columns[0] ?? []) wanted.push(start === null ? null : partStart(start, definition.name))
    if (span !== undefined) wanted.push(...outerParts(shape, span).filter((start) => !wanted.includes(start)))
    // An empty rollup is one too.
    if (wanted.length === 0) wanted.push(null)
    if (wanted.length > store.maxParts)
      throw new AnalyticsError('unsupported', `${definition.name} has more than ${store.maxParts} partitions`)
  }
  const settledBefore = settledUntil(task)
  const { columns, indexes, levels } = shape
  const session = await store.beginBuild(
    { organizationId, name: definition.name, id, columns, indexes, levels, previous },
    source,
    limits,
  )
  try {
    const parts: StoredPart[] = []
    for (const [index, start] of wanted.entries()) {
      signal.throwIfAborted()
      const isSettled = typeof start === 'number' && partEnd(shape, start) <= settledBefore
      const kept = isSettled ? previous?.parts.find((part) => part.start === start) : undefined
      if (kept !== undefined && session.has(kept)) {
        parts.push(kept)
        continue
      }
      await beforeStep?.(`write part ${index}`)
      const statement = rollupBuildQuery(definition.model, shape, start, compileOptions)
      const covers = span && coveredByPart(shape, start, span)
      parts.push({ ...(await session.write({ start, index, statement })), ...(covers && { covers }) })
    }
    return { parts, levels: await session.finish(parts), refreshValue }
  } finally {
    await session.close()
  }
}

function coveredByPart(shape: RollupShape, start: RollupPart, { startMs, endMs }: LocalSpan): StoredPart['covers'] {
  return typeof start === 'number' ? [start, partEnd(shape, start)] : [startMs ?? null, endMs ?? null]
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
  const answers: unknown[] = []
  for (const { sql } of definition.shape?.refresh.terms ?? []) {
    if (sql === undefined) continue
    const { columns } = await source.query({ sql, parameters: [] }, { signal, timeoutMs, maxRows: 1 })
    answers.push(columns)
  }
  if (answers.length === 0) return undefined
  const [only] = answers
  const value = answers.length === 1 ? only : answers
  return JSON.stringify(value, (_, cell: unknown) => (typeof cell === 'bigint' ? `${cell}` : cell))
}

function sentence(error: unknown): string {
  // What a driver says may hold values of rows.
  return error instanceof AnalyticsError ? error.message : 'the rollup could not be written'
}
