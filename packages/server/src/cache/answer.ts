import { hash } from 'node:crypto'
import type { CacheState } from '@datainsight/core'
import { type DeflatedBytes, deflateBytes, withOwnMemory } from './deflate-bytes.ts'

/** From this size on an answer is also kept compressed, bytes. Smaller ones fit one network packet as they are. */
export const MIN_COMPRESSED_BYTES = 1_400

/**
 * An answer as the bytes to send: everything up to the part of `meta` that belongs to one request. That part, from
 * {@link answerTail}, completes it.
 */
export interface Answer {
  readonly head: Buffer
  /** The head compressed, when it is first read; undefined for small answers. */
  readonly deflated: DeflatedBytes | undefined
  /** What it takes so far, bytes, without what holding it costs. */
  readonly heldBytes: number
  /** The head compressed better, made after the answer was found useful; see `compressBrotli`. */
  brotli: Buffer | undefined
  /** Changes exactly when columns or cells do. */
  readonly dataVersion: string
  /** Entity tag, quotes included; undefined for an answer that was not kept. */
  etag: string | undefined
}

/** An answer from its head's bytes, such as another node stored them. */
export function toAnswer(bytes: Buffer, dataVersion: string): Answer {
  return new WrittenAnswer(withOwnMemory(bytes), dataVersion)
}

class WrittenAnswer implements Answer {
  readonly head: Buffer
  readonly dataVersion: string
  brotli: Buffer | undefined = undefined
  etag: string | undefined = undefined
  #deflated: DeflatedBytes | undefined

  constructor(head: Buffer, dataVersion: string) {
    this.head = head
    this.dataVersion = dataVersion
  }

  // Not everybody takes it compressed, and whoever waits for the first answer should not wait for that.
  get deflated(): DeflatedBytes | undefined {
    if (this.head.length < MIN_COMPRESSED_BYTES) return undefined
    this.#deflated ??= deflateBytes(this.head)
    return this.#deflated
  }

  get heldBytes(): number {
    return this.head.length + (this.#deflated?.deflated.length ?? 0) + (this.brotli?.length ?? 0)
  }
}

/**
 * Names an answer for `If-None-Match`: a hash of its columns, cells and facts but the moment it was asked at. Weak, because the
 * end of `meta` differs between requests. Made of nothing but what the caller is sent, it tells nothing else.
 */
export function etagOf({ head, dataVersion }: Pick<Answer, 'head' | 'dataVersion'>): string {
  // JSON escapes quotes, so no cell can look like the start of `meta`, which is last.
  const meta = head.toString('utf8', Math.max(0, head.lastIndexOf('"meta":{')))
  const facts = meta.replace(/"refreshedAt":"[^"]*"/, '')
  return `W/"${hash('sha256', `${dataVersion}\n${facts}`, 'base64url').slice(0, 27)}"`
}

/** Whether an `If-None-Match` header lists this tag (RFC 9110, 13.1.2: weak comparison). */
export function matchesEtag(header: string, etag: string): boolean {
  if (header === etag) return true
  const opaque = etag.replace(/^W\//, '')
  return header.split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === opaque)
}

/** The end of an answer for one request: closes `meta` and the whole. `durationMs` is rounded to microseconds. */
export function answerTail(requestId: string, cache: CacheState, durationMs: number): string {
  return `,"cache":"${cache}","durationMs":${Math.round(durationMs * 1_000) / 1_000},"requestId":${JSON.stringify(requestId)}}}`
}

/** The whole answer as plain bytes. */
export function plainBytes({ head }: Answer, tail: string): Buffer {
  const bytes = Buffer.allocUnsafe(head.length + Buffer.byteLength(tail))
  bytes.set(head, 0)
  bytes.write(tail, head.length)
  return bytes
}
