import { brotliDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brotliWithTail, compressBrotli } from './brotli.ts'

describe('brotli of a stored head and a tail of the request', () => {
  it('reads back as both, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 5_000 }),
          fc.integer({ min: 0, max: 300_000 }).map((n) => Buffer.alloc(n, 'ab')),
        ),
        fc.string({ minLength: 1, maxLength: 500, unit: 'binary' }),
        async (head, tail) => {
          const stream = brotliWithTail(await compressBrotli(Buffer.from(head)), tail)
          expect(brotliDecompressSync(stream).equals(Buffer.concat([head, Buffer.from(tail)]))).toBe(true)
        },
      ),
    )
  })

  it.each([1, 2, 0xffff, 0x1_0000])('takes a tail of %d bytes', async (length) => {
    const stream = brotliWithTail(await compressBrotli(Buffer.from('head')), 't'.repeat(length))
    expect(brotliDecompressSync(stream).toString()).toBe(`head${'t'.repeat(length)}`)
  })

  it('does not take an empty or a too long tail', () => {
    for (const tail of ['', 't'.repeat(0x1_0001)]) {
      expect(() => brotliWithTail(Buffer.of(6), tail)).toThrow('does not fit one block')
    }
  })
})
