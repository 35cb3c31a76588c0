import { constants, crc32, deflateRawSync } from 'node:zlib'

/** Bytes together with their deflated form, which ends on a byte boundary and can be followed by more blocks. */
export interface DeflatedBytes {
  readonly plain: Buffer
  readonly deflated: Buffer
  /** CRC-32 of `plain`. */
  readonly crc: number
}

/**
 * Deflates `plain` so that it can stand anywhere in a gzip member: raw deflate that ends with a full flush instead of a last
 * block (RFC 1951, 3.2.4 and the note on `Z_FULL_FLUSH` in the zlib manual).
 */
export function deflateBytes(plain: Buffer): DeflatedBytes {
  const deflated = withOwnMemory(deflateRawSync(plain, { level: 6, finishFlush: constants.Z_FULL_FLUSH }))
  return { plain, deflated, crc: crc32(plain) }
}

/**
 * The same bytes without others behind them. zlib hands out a part of 16 KB, and small buffers are parts of a pool of 8 KB: kept
 * for long, they would keep all of it.
 */
export function withOwnMemory(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength === bytes.length) return bytes
  const own = Buffer.allocUnsafeSlow(bytes.length)
  own.set(bytes)
  return own
}
