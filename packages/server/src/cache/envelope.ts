import { createHmac, timingSafeEqual } from 'node:crypto'
import type { StoredBytes } from './shared-level.ts'

/** Grows when the form of an envelope or of an answer changes; other versions are not read. */
const VERSION = 2
/** version (1) · fresh until, ms since 1970 (8) · expiry, ms since 1970 (8) · length (4) · signature (32). */
const HEADER_BYTES = 53
const SIGNATURE_AT = 21

/**
 * Wraps bytes for a store that others can write to. The signature covers the version, the times, the length, the key the
 * bytes belong under, and the bytes.
 */
export function sealEnvelope(key: string, bytes: StoredBytes, secret: string): Buffer {
  const { payload, freshUntilMs, expiresAtMs } = bytes
  const envelope = Buffer.allocUnsafe(HEADER_BYTES + payload.length)
  envelope.writeUInt8(VERSION, 0)
  envelope.writeDoubleBE(freshUntilMs, 1)
  envelope.writeDoubleBE(expiresAtMs, 9)
  envelope.writeUInt32BE(payload.length, 17)
  envelope.set(payload, HEADER_BYTES)
  envelope.set(sign(key, envelope, secret), SIGNATURE_AT)
  return envelope
}

/** The bytes of an envelope; undefined when it is cut off, changed, expired, of another version or of another key. */
export function openEnvelope(key: string, envelope: Buffer, nowMs: number, secret: string): StoredBytes | undefined {
  if (envelope.length < HEADER_BYTES || envelope.readUInt8(0) !== VERSION) return undefined
  const expiresAtMs = envelope.readDoubleBE(9)
  if (envelope.readUInt32BE(17) !== envelope.length - HEADER_BYTES || !(expiresAtMs > nowMs)) return undefined
  if (!timingSafeEqual(envelope.subarray(SIGNATURE_AT, HEADER_BYTES), sign(key, envelope, secret))) return undefined
  return { payload: envelope.subarray(HEADER_BYTES), freshUntilMs: envelope.readDoubleBE(1), expiresAtMs }
}

function sign(key: string, envelope: Buffer, secret: string): Buffer {
  return createHmac('sha256', secret)
    .update(`${key}\n`)
    .update(envelope.subarray(0, SIGNATURE_AT))
    .update(envelope.subarray(HEADER_BYTES))
    .digest()
}
