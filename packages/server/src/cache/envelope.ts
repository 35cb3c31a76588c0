import { createHmac, timingSafeEqual } from 'node:crypto'

/** Grows when the form of an envelope or of an answer changes; other versions are not read. */
const VERSION = 1
/** version (1) · expiry, ms since 1970 (8) · length (4) · signature (32). */
const HEADER_BYTES = 45
const SIGNED_FROM = 0
const SIGNATURE_AT = 13

/**
 * Wraps bytes for a store that others can write to. The signature covers the version, the expiry, the length, the key the
 * bytes belong under, and the bytes.
 */
export function sealEnvelope(key: string, payload: Buffer, expiresAtMs: number, secret: string): Buffer {
  const envelope = Buffer.allocUnsafe(HEADER_BYTES + payload.length)
  envelope.writeUInt8(VERSION, 0)
  envelope.writeDoubleBE(expiresAtMs, 1)
  envelope.writeUInt32BE(payload.length, 9)
  envelope.set(payload, HEADER_BYTES)
  envelope.set(sign(key, envelope, secret), SIGNATURE_AT)
  return envelope
}

/** The bytes of an envelope; undefined when it is cut off, changed, expired, of another version or of another key. */
export function openEnvelope(
  key: string,
  envelope: Buffer,
  nowMs: number,
  secret: string,
): { readonly payload: Buffer; readonly expiresAtMs: number } | undefined {
  if (envelope.length < HEADER_BYTES || envelope.readUInt8(0) !== VERSION) return undefined
  const expiresAtMs = envelope.readDoubleBE(1)
  if (envelope.readUInt32BE(9) !== envelope.length - HEADER_BYTES || !(expiresAtMs > nowMs)) return undefined
  if (!timingSafeEqual(envelope.subarray(SIGNATURE_AT, HEADER_BYTES), sign(key, envelope, secret))) return undefined
  return { payload: envelope.subarray(HEADER_BYTES), expiresAtMs }
}

function sign(key: string, envelope: Buffer, secret: string): Buffer {
  return createHmac('sha256', secret)
    .update(`${key}\n`)
    .update(envelope.subarray(SIGNED_FROM, SIGNATURE_AT))
    .update(envelope.subarray(HEADER_BYTES))
    .digest()
}
