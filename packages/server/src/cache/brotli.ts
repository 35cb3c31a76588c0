import { brotliCompress, constants } from 'node:zlib'

/** Quality 5 of 11: smaller than gzip at every level, in about the time of gzip at level 6. */
const QUALITY = 5
/** Most bytes of a tail: the length of an uncompressed block has 16 bits here. */
const MAX_TAIL = 0x1_0000

/**
 * Compresses bytes in Node's thread pool so that {@link brotliWithTail} can go on after them: the stream is flushed, which ends it on
 * a byte boundary (an empty metadata block, RFC 7932, 9.1), instead of finished.
 */
export function compressBrotli(plain: Buffer): Promise<Buffer> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
  return new Promise((resolve, reject) => {
    brotliCompress(plain, { params, finishFlush: constants.BROTLI_OPERATION_FLUSH }, (error, compressed) => {
      if (error === null) resolve(compressed)
      else reject(error)
    })
  })
}

/**
 * A whole brotli stream of a compressed head and a short plain tail (1 byte to 64 KB), in one allocation: the tail is an
 * uncompressed meta-block (RFC 7932, 9.2), followed by the empty last one. Brotli keeps no sum over the whole.
 */
export function brotliWithTail(head: Buffer, tail: string): Buffer {
  const length = Buffer.byteLength(tail)
  if (length < 1 || length > MAX_TAIL) throw new Error(`a tail of ${length} bytes does not fit one block`)
  const bytes = Buffer.allocUnsafe(head.length + 3 + length + 1)
  bytes.set(head, 0)
  // From the lowest bit: not the last (1), four nibbles of length (2), length - 1 (16), uncompressed (1), padding.
  bytes.writeUIntLE(((length - 1) << 3) | (1 << 19), head.length, 3)
  bytes.write(tail, head.length + 3)
  // Last (1) and empty (1).
  bytes[bytes.length - 1] = 3
  return bytes
}
