import type { Redis } from 'ioredis'
import { Circuit } from './circuit.ts'
import { openEnvelope, sealEnvelope } from './envelope.ts'
import { type Claim, LEASE_MS, type SharedLevel, type StoredBytes } from './shared-level.ts'

/** A Redis whose answers may be missing, late or wrong without any harm. */
export interface RedisLevelOptions {
  /** Handed in, and closed by whoever made it. */
  readonly redis: Redis
  /** Signs what we store: Redis may be shared, and what it returns goes to a caller unseen. */
  readonly secret: string
  /** Longest wait for an answer, milliseconds; 50 when absent. */
  readonly timeoutMs?: number
  /** Faults in a row after which Redis is left alone; 3 when absent. */
  readonly faultsToOpen?: number
  /** How long it is left alone, milliseconds; 5,000 when absent. */
  readonly openMs?: number
  /** Largest value stored, bytes; 4 MB when absent. */
  readonly maxValueBytes?: number
  readonly onFault?: (error: unknown) => void
}

/**
 * KEYS: answer, lease. ARGV: moment in ms, token, lease in ms. Returns the envelope or false, and 1 (mine), 0 (taken) or -1 (the
 * answer is fresh after the moment). Bytes 2–9 of an envelope say until when; whether they can be believed is found out by its reader.
 */
const CLAIM = `
local held = redis.call('GET', KEYS[1])
if held and #held > 9 and struct.unpack('>d', held, 2) > tonumber(ARGV[1]) then return {held, -1} end
if redis.call('SET', KEYS[2], ARGV[2], 'NX', 'PX', ARGV[3]) then return {held, 1} end
return {held, 0}`
const PROLONG = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`
const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

/** The second level: what one node was answered, every node has. */
export class RedisLevel implements SharedLevel {
  readonly name = 'redis'
  readonly #redis: Redis
  readonly #secret: string
  readonly #maxValueBytes: number
  readonly #openMs: number
  readonly #circuit: Circuit
  #fullUntilMs = 0

  constructor(options: RedisLevelOptions) {
    const { redis, secret, maxValueBytes = 4 * 1024 * 1024, timeoutMs = 50, faultsToOpen = 3, openMs = 5_000 } = options
    this.#redis = redis
    this.#secret = secret
    this.#maxValueBytes = maxValueBytes
    this.#openMs = openMs
    this.#circuit = new Circuit({
      timeoutMs,
      faultsToOpen,
      openMs,
      // While it reconnects, ioredis would queue the command and its bytes.
      isReady: () => redis.status === 'ready',
      ...(options.onFault && { onFault: options.onFault }),
    })
  }

  get available(): boolean {
    return this.#circuit.available
  }

  async find(id: string): Promise<StoredBytes | undefined> {
    const found = await this.#circuit.run(() => this.#redis.getBuffer(answerKey(id)))
    return this.#open(id, found?.value)
  }

  async claim(id: string, token: string, freshAfterMs: number): Promise<Claim> {
    // Reading is all that a full Redis can do.
    if (performance.now() < this.#fullUntilMs) return { stored: await this.find(id), right: 'refused' }
    const found = await this.#circuit.run(
      () => this.#eval(CLAIM, [answerKey(id), leaseKey(id)], [freshAfterMs, token, LEASE_MS]),
      // Whoever wanted it has gone on without.
      () => void this.release(id, token),
    )
    if (found === undefined) return { stored: undefined, right: 'fault' }
    if (found.value === 'full') return { stored: undefined, right: 'refused' }
    const [held, right] = found.value as [Buffer | null, number]
    const stored = this.#open(id, held)
    return { stored, right: right === 1 ? 'mine' : right === 0 ? 'taken' : 'refused' }
  }

  async prolong(id: string, token: string): Promise<boolean> {
    const found = await this.#circuit.run(() => this.#eval(PROLONG, [leaseKey(id)], [token, LEASE_MS]))
    return found?.value === 1
  }

  async release(id: string, token: string): Promise<void> {
    await this.#circuit.run(() => this.#eval(RELEASE, [leaseKey(id)], [token]))
  }

  async store(id: string, bytes: StoredBytes): Promise<void> {
    const ttlMs = Math.ceil(bytes.expiresAtMs - Date.now())
    if (bytes.payload.length > this.#maxValueBytes || ttlMs < 1 || performance.now() < this.#fullUntilMs) return
    const envelope = sealEnvelope(id, bytes, this.#secret)
    await this.#circuit.run(() =>
      this.#redis.set(answerKey(id), envelope, 'PX', ttlMs).catch((error) => this.#ifFull(error)),
    )
  }

  #open(id: string, envelope: Buffer | null | undefined): StoredBytes | undefined {
    return envelope ? openEnvelope(id, envelope, Date.now(), this.#secret) : undefined
  }

  #eval(script: string, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown> {
    return this.#redis
      .callBuffer('EVAL', script, keys.length, ...keys, ...values)
      .catch((error: unknown) => this.#ifFull(error))
  }

  /** A Redis that takes no more (`maxmemory` with `noeviction`) still answers: it is not unwell, only not written to. */
  #ifFull(error: unknown): 'full' {
    if (!(error instanceof Error) || !/\bOOM\b/.test(error.message)) throw error
    this.#fullUntilMs = performance.now() + this.#openMs
    return 'full'
  }
}

/** Braces keep both keys of an answer in one slot of a cluster. */
function answerKey(id: string): string {
  return `di:answer:{${id}}`
}

function leaseKey(id: string): string {
  return `di:lease:{${id}}`
}
