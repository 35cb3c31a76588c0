import { createHmac, hash } from 'node:crypto'
import type { Answer } from '../cache/answer.ts'
import type { Plan } from '../query/plan-memo.ts'
import type { Asked, QueryObserver, QueryOutcome } from '../query/query-trace.ts'
import { uuidV7 } from '../uuid-v7.ts'
import { type CacheOrigin, MAX_ROLLUP_REASONS, type QueryRecord } from './query-record.ts'

/** How records are kept. */
export interface QueryRecorderOptions {
  /** Stores a batch. What it throws costs the batch and nothing else. */
  readonly insert: (records: readonly QueryRecord[]) => Promise<void>
  /** Keys the hash of callers. */
  readonly hashKey: Buffer
  /** Time between two batches, milliseconds; 5,000 when absent. */
  readonly flushMs?: number
  /** Records that wait to be stored; more are dropped and counted. 10,000 when absent. */
  readonly maxBuffered?: number
  /** Of this many answers from memory one gets a record of its own; 0, none, when absent. The others are counted. */
  readonly hitSample?: number
  readonly onRecord?: (record: QueryRecord) => void
  readonly onError?: (error: unknown) => void
}

interface HitCount {
  readonly asked: Asked
  count: number
  bytes: number
  totalMs: number
  maxMs: number
  requestId: string
  answer: Answer
}

/** Rows of one `insert`: PostgreSQL takes 65,535 parameters. */
const BATCH_ROWS = 500

/**
 * Keeps a record of each query without standing in its way: records wait in memory, up to a bound, and are stored together.
 * Answers from memory are only counted, per caller and question, and leave one record for each interval.
 */
export class QueryRecorder implements QueryObserver {
  readonly #options: QueryRecorderOptions & Required<Pick<QueryRecorderOptions, 'maxBuffered' | 'hitSample'>>
  /** By caller, then plan: both are objects that live on between requests, so nothing has to be put together to find one. */
  #hits = new Map<Asked['principal'], Map<Plan, HitCount>>()
  #hitCounts = 0
  #buffer: QueryRecord[] = []
  #callers = new WeakMap<Asked['principal'], Pick<QueryRecord, 'callerHash' | 'tenantHash'>>()
  #flushing: Promise<void> = Promise.resolve()
  #dropped = 0
  #memoryHits = 0
  readonly #timer: NodeJS.Timeout

  constructor(options: QueryRecorderOptions) {
    this.#options = { maxBuffered: 10_000, hitSample: 0, ...options }
    this.#timer = setInterval(() => void this.flush(), options.flushMs ?? 5_000)
    this.#timer.unref()
  }

  /** Records that were not stored, because too many waited or the database was away. */
  get dropped(): number {
    return this.#dropped
  }

  /** Answers from memory since the start. */
  get memoryHits(): number {
    return this.#memoryHits
  }

  hit(asked: Asked, plan: Plan, answer: Answer, totalMs: number): void {
    this.#memoryHits++
    const { hitSample } = this.#options
    if (hitSample > 0 && this.#memoryHits % hitSample === 0) {
      const alone = {
        asked,
        count: 1,
        bytes: answer.head.length,
        totalMs,
        maxMs: totalMs,
        requestId: asked.requestId,
        answer,
      }
      this.#add(this.#fromHits(plan, alone))
      return
    }
    let ofCaller = this.#hits.get(asked.principal)
    if (ofCaller === undefined) {
      ofCaller = new Map()
      this.#hits.set(asked.principal, ofCaller)
    }
    const known = ofCaller.get(plan)
    if (known === undefined) {
      if (this.#hitCounts >= this.#options.maxBuffered) {
        this.#dropped++
        return
      }
      this.#hitCounts++
      ofCaller.set(plan, {
        asked,
        count: 1,
        bytes: answer.head.length,
        totalMs,
        maxMs: totalMs,
        requestId: asked.requestId,
        answer,
      })
      return
    }
    known.count++
    known.bytes += answer.head.length
    known.totalMs += totalMs
    if (totalMs > known.maxMs) known.maxMs = totalMs
    known.requestId = asked.requestId
    known.answer = answer
  }

  done(asked: Asked, outcome: QueryOutcome): void {
    const { plan, lookup, streamed, timings, totalMs } = outcome
    this.#add({
      ...this.#about(asked, plan, outcome.members),
      requestId: asked.requestId,
      cache: lookup === undefined ? (streamed === undefined ? undefined : 'miss') : originOf(lookup),
      count: 1,
      rows: streamed?.rows ?? (lookup === undefined ? 0 : rowsOf(lookup.answer)),
      bytes: streamed?.bytes ?? lookup?.answer.head.length ?? 0,
      ...timings,
      totalMs,
      maxMs: totalMs,
      error: outcome.error,
    })
  }

  /** Stores what waits. Resolves when it is stored or lost; never rejects. */
  flush(): Promise<void> {
    const hits = this.#hits
    this.#hits = new Map()
    this.#hitCounts = 0
    for (const ofCaller of hits.values()) for (const [plan, count] of ofCaller) this.#add(this.#fromHits(plan, count))
    this.#flushing = this.#flushing.then(() => this.#store())
    return this.#flushing
  }

  /** Stores what waits, and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  async #store(): Promise<void> {
    const records = this.#buffer
    this.#buffer = []
    for (let start = 0; start < records.length; start += BATCH_ROWS) {
      const batch = records.slice(start, start + BATCH_ROWS)
      try {
        await this.#options.insert(batch)
      } catch (error) {
        this.#dropped += batch.length
        this.#options.onError?.(error)
      }
    }
  }

  #add(record: QueryRecord): void {
    this.#options.onRecord?.(record)
    if (this.#buffer.length >= this.#options.maxBuffered) this.#dropped++
    else this.#buffer.push(record)
  }

  #fromHits(plan: Plan, hits: HitCount): QueryRecord {
    return {
      ...this.#about(hits.asked, plan, plan.members),
      requestId: hits.requestId,
      cache: 'L1',
      count: hits.count,
      rows: rowsOf(hits.answer),
      bytes: hits.bytes,
      planMs: 0,
      waitMs: 0,
      databaseMs: 0,
      convertMs: 0,
      sendMs: 0,
      totalMs: hits.totalMs,
      maxMs: hits.maxMs,
      error: undefined,
    }
  }

  #about(asked: Asked, plan: Plan | undefined, members: readonly string[]) {
    const source = plan?.compiled.dataSource
    return {
      id: uuidV7(),
      at: new Date(),
      organizationId: asked.principal.organizationId,
      kind: asked.kind,
      callerKind: asked.principal.kind,
      ...this.#hashesOf(asked.principal),
      dashboardId: asked.dashboardId,
      shape: hash('sha256', JSON.stringify([source ?? null, members]), 'hex').slice(0, 16),
      members,
      source,
      rollup: plan?.compiled.explain?.rollups.join(', ') || undefined,
      rollupReasons: plan?.compiled.explain?.rollupReasons.slice(0, MAX_ROLLUP_REASONS) ?? [],
    }
  }

  #hashesOf(principal: Asked['principal']): Pick<QueryRecord, 'callerHash' | 'tenantHash'> {
    let known = this.#callers.get(principal)
    if (known === undefined) {
      const { organizationId, kind, subject, security } = principal
      const attributes = Object.entries(security.attributes).sort(([a], [b]) => (a < b ? -1 : 1))
      known = {
        callerHash: this.#hash([organizationId, kind, subject]),
        tenantHash: kind === 'embed' ? this.#hash([organizationId, attributes]) : undefined,
      }
      this.#callers.set(principal, known)
    }
    return known
  }

  #hash(parts: readonly unknown[]): string {
    return createHmac('sha256', this.#options.hashKey).update(JSON.stringify(parts)).digest('hex').slice(0, 16)
  }
}

const LEVELS = { memory: 'L1', redis: 'L2', table: 'L3', source: 'miss' } as const

function originOf({ state, from }: NonNullable<QueryOutcome['lookup']>): CacheOrigin {
  return state === 'stale' ? 'stale' : LEVELS[from]
}

/** The row count that an answer ends with. Its other parts are not parsed. */
function rowsOf({ head }: Answer): number {
  const end = head.toString('latin1', Math.max(0, head.lastIndexOf('"meta":{')))
  return Number(/"rowCount":(\d+)/.exec(end)?.[1] ?? 0)
}
