import { inflateRawSync } from 'node:zlib'
import { type Answer, toAnswer } from './answer.ts'
import type { StoredAnswer } from './stored-answer.ts'

/** deflated or not (1) · reuse, ms (8) · asked at, ms since 1970 (8) · data version (16). */
const HEADER_BYTES = 33
const DATA_VERSION_LENGTH = 16

/** An answer and its times as one piece of bytes. */
export function packAnswer({ answer, ttlMs, storedAtMs }: StoredAnswer): Buffer {
  const { head, deflated, dataVersion } = answer
  const body = deflated === undefined ? head : deflated.deflated
  const packed = Buffer.allocUnsafe(HEADER_BYTES + body.length)
  packed.writeUInt8(deflated === undefined ? 0 : 1, 0)
  packed.writeDoubleBE(ttlMs, 1)
  packed.writeDoubleBE(storedAtMs, 9)
  packed.write(dataVersion.padEnd(DATA_VERSION_LENGTH).slice(0, DATA_VERSION_LENGTH), 17, 'latin1')
  packed.set(body, HEADER_BYTES)
  return packed
}

/** What {@link packAnswer} put together. The bytes must come out of an envelope: they are not checked here. */
export function unpackAnswer(packed: Buffer): { answer: Answer; ttlMs: number; storedAtMs: number } {
  const body = packed.subarray(HEADER_BYTES)
  const dataVersion = packed.toString('latin1', 17, HEADER_BYTES).trimEnd()
  // The stored form ends with a full flush and no last block, which the default finish takes for a cut-off stream.
  const head = packed[0] === 0 ? body : inflateRawSync(body, { finishFlush: 2 })
  return { answer: toAnswer(head, dataVersion), ttlMs: packed.readDoubleBE(1), storedAtMs: packed.readDoubleBE(9) }
}
