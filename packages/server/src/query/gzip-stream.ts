import { crc32 } from 'node:zlib'
import type { DeflatedBytes } from '../cache/deflate-bytes.ts'

/** Magic, deflate, no flags, no time, no extra flags, unknown system (RFC 1952, 2.3). */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
/** Most bytes of a stored block: its length has 16 bits. */
const MAX_STORED = 0xffff

/**
 * One gzip member (RFC 1952) out of parts deflated earlier and small parts stored as they are, so that an answer from the
 * cache is compressed without compressing anything. Each part ends on a byte boundary: a reader can use it at once.
 */
export class GzipStream {
  #crc = 0
  #length = 0
  #started = false

  /** A small part, stored uncompressed. */
  store(plain: Buffer): Buffer {
    const blocks = this.#start()
    for (let offset = 0; offset < plain.length; offset += MAX_STORED) {
      const block = plain.subarray(offset, offset + MAX_STORED)
      blocks.push(storedHeader(block.length, false), block)
    }
    this.#crc = crc32(plain, this.#crc)
    this.#length += plain.length
    return Buffer.concat(blocks)
  }

  /** A part deflated by `deflateBytes`. */
  append({ plain, deflated, crc }: DeflatedBytes): Buffer {
    const blocks = this.#start()
    blocks.push(deflated)
    // The stored sum is the running sum when nothing came before.
    this.#crc = this.#length === 0 ? crc : crc32(plain, this.#crc)
    this.#length += plain.length
    return blocks.length === 1 ? deflated : Buffer.concat(blocks)
  }

  /** The last, empty block and the trailer. */
  end(): Buffer {
    const blocks = this.#start()
    const trailer = Buffer.alloc(13)
    trailer.set([1, 0, 0, 0xff, 0xff])
    trailer.writeUInt32LE(this.#crc, 5)
    trailer.writeUInt32LE(this.#length % 2 ** 32, 9)
    return Buffer.concat([...blocks, trailer])
  }

  #start(): Uint8Array[] {
    if (this.#started) return []
    this.#started = true
    return [HEADER]
  }
}

/** A whole gzip member of a deflated head and a short plain tail (under 64 KB), in one allocation. */
export function gzipWithTail(head: DeflatedBytes, tail: string): Buffer {
  const tailLength = Buffer.byteLength(tail)
  const start = HEADER.length + head.deflated.length
  const bytes = Buffer.allocUnsafe(start + 5 + tailLength + 8)
  bytes.set(HEADER, 0)
  bytes.set(head.deflated, HEADER.length)
  bytes.set(storedHeader(tailLength, true), start)
  bytes.write(tail, start + 5)
  const end = start + 5 + tailLength
  bytes.writeUInt32LE(crc32(bytes.subarray(start + 5, end), head.crc), end)
  bytes.writeUInt32LE((head.plain.length + tailLength) % 2 ** 32, end + 4)
  return bytes
}

function storedHeader(length: number, last: boolean): Uint8Array {
  return Uint8Array.of(last ? 1 : 0, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff)
}
