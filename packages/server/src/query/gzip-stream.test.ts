import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deflateBytes } from '../cache/deflate-bytes.ts'
import { GzipStream, gzipWithTail } from './gzip-stream.ts'

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 3_000 }),
  // Compresses well and is longer than one stored block.
  fc.integer({ min: 0, max: 200_000 }).map((length) => new Uint8Array(length).fill(97)),
)

describe('gzip from stored parts', () => {
  it('reads back as the head and its tail', () => {
    fc.assert(
      fc.property(bytes, fc.string({ unit: 'grapheme', maxLength: 300 }), (head, tail) => {
        const zipped = gzipWithTail(deflateBytes(Buffer.from(head)), tail)
        expect(gunzipSync(zipped).equals(Buffer.concat([head, Buffer.from(tail)]))).toBe(true)
      }),
    )
  })

  it('reads back as all parts in order, however they are mixed', () => {
    const part = fc.record({ bytes, deflated: fc.boolean() })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const stream = new GzipStream()
        const zipped = parts.map((item) =>
          item.deflated ? stream.append(deflateBytes(Buffer.from(item.bytes))) : stream.store(Buffer.from(item.bytes)),
        )
        expect(
          gunzipSync(Buffer.concat([...zipped, stream.end()])).equals(Buffer.concat(parts.map((p) => p.bytes))),
        ).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('is noticed when a byte is lost', () => {
    const zipped = gzipWithTail(deflateBytes(Buffer.from('a'.repeat(5_000))), '}')
    zipped.writeUInt32LE(0, zipped.length - 8)
    expect(() => gunzipSync(zipped)).toThrow('incorrect data check')
  })
})
