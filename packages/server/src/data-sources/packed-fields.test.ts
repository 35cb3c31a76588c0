import { describe, expect, it } from 'vitest'
import { isPacked, unpack } from './packed-column.ts'
import { PackedFields } from './packed-fields.ts'

const TEXT = 25

function add(fields: PackedFields, bytes: readonly number[] | string | null): void {
  const value = bytes === null ? Buffer.alloc(0) : typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes)
  const message = Buffer.alloc(4 + value.length + 3, 0xff)
  message.writeInt32BE(bytes === null ? -1 : value.length)
  value.copy(message, 4)
  expect(fields.add(message, 0)).toBe(4 + value.length)
}

describe('PackedFields', () => {
  it('keeps texts as bytes where each of them is UTF-8', () => {
    const isBytes = (...texts: (readonly number[] | string | null)[]) => {
      const fields = new PackedFields()
      for (const text of texts) add(fields, text)
      const column = fields.column(TEXT)
      return [isPacked(column), unpack(column)]
    }
    expect(isBytes('a', '', 'ä😀', null)).toEqual([true, ['a', '', 'ä😀', null]])
    expect(isBytes('ä', [0xff])).toEqual([false, ['ä', '\ufffd']])
    // The halves of one letter are none.
    expect(isBytes([0x61, 0xc3], [0xa4], 'b')).toEqual([false, ['a\ufffd', '\ufffd', 'b']])
  })

  it('shows nothing of what it held before', () => {
    const fields = new PackedFields()
    for (let row = 0; row < 600; row += 1) add(fields, row % 7 === 0 ? null : `before ${'x'.repeat(row % 40)} ${row}`)
    expect(unpack(fields.column(TEXT))).toEqual(
      Array.from({ length: 600 }, (_, row) => (row % 7 === 0 ? null : `before ${'x'.repeat(row % 40)} ${row}`)),
    )
    fields.reset()
    for (const text of ['1', '22', null]) add(fields, text)
    expect(unpack(fields.column(TEXT))).toEqual(['1', '22', null])
    expect(unpack(fields.column(23))).toEqual([1n, 22n, null])
    fields.reset()
    for (const text of ['1.5', '-Infinity']) add(fields, text)
    expect(unpack(fields.column(701))).toEqual([1.5, Number.NEGATIVE_INFINITY])
  })
})
