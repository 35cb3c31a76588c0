import type { CacheState } from '@datainsight/core'
import { type DeflatedBytes, deflateBytes } from './deflate-bytes.ts'

/** From this size on an answer is also kept compressed, bytes. Smaller ones fit one network packet as they are. */
export const MIN_COMPRESSED_BYTES = 1_400

/**
 * An answer as the bytes to send: everything up to the part of `meta` that belongs to one request. That part, from
 * {@link answerTail}, completes it.
 */
export interface Answer {
  readonly head: Buffer
  /** The head compressed; undefined for small answers. */
  readonly deflated: DeflatedBytes | undefined
}

/** An answer from its head's bytes, such as another node stored them. */
export function toAnswer(head: Buffer): Answer {
  return { head, deflated: head.length < MIN_COMPRESSED_BYTES ? undefined : deflateBytes(head) }
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

/** What an answer occupies in memory, bytes. */
export function answerBytes({ head, deflated }: Answer): number {
  return head.length + (deflated?.deflated.length ?? 0) + 200
}
