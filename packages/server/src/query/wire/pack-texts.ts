import type { ColumnMemory } from '../../data-sources/column-memory.ts'
import { type PackedColumn, type PackedTexts, setSafeLong, toHalves } from '../../data-sources/packed-column.ts'
import { readNumeral } from '../../data-sources/read-numeral.ts'
import { readTime } from '../../data-sources/read-time.ts'
import type { CellColumn } from '../../data-sources/to-cell.ts'

/**
 * Texts of times and numbers, as some databases send them, as bytes whose kind is that of the column, where every text is of the
 * plain form: writers then need no string for each. `undefined` for other columns and texts.
 */
export function packTexts(texts: PackedTexts, column: CellColumn, memory: ColumnMemory): PackedColumn | undefined {
  switch (column.type) {
    case 'time':
      return packTimes(texts, memory)
    case 'number':
      return packNumbers(texts, memory)
    case 'integer':
      return packIntegers(texts, memory)
    default:
      return undefined
  }
}

function packTimes({ offsets, bytes, isNull }: PackedTexts, memory: ColumnMemory): PackedColumn | undefined {
  const values = memory.longs(offsets.length - 1)
  const halves = toHalves(values)
  for (let row = 0; row < values.length; row++) {
    const micros = isNull?.[row] === 1 ? 0 : readTime(bytes, offsets[row] as number, offsets[row + 1] as number)
    if (Number.isNaN(micros)) return undefined
    setSafeLong(halves, row, micros)
  }
  return { kind: 'time', values, isNull }
}

function packNumbers({ offsets, bytes, isNull }: PackedTexts, memory: ColumnMemory): PackedColumn | undefined {
  const values = memory.doubles(offsets.length - 1)
  for (let row = 0; row < values.length; row++) {
    const number = isNull?.[row] === 1 ? 0 : readNumeral(bytes, offsets[row] as number, offsets[row + 1] as number)
    if (Number.isNaN(number)) return undefined
    values[row] = number
  }
  return { kind: 'double', values, isNull }
}

function packIntegers({ offsets, bytes, isNull }: PackedTexts, memory: ColumnMemory): PackedColumn | undefined {
  const values = memory.longs(offsets.length - 1)
  const halves = toHalves(values)
  for (let row = 0; row < values.length; row++) {
    const number = isNull?.[row] === 1 ? 0 : readNumeral(bytes, offsets[row] as number, offsets[row + 1] as number)
    if (!Number.isSafeInteger(number)) return undefined
    setSafeLong(halves, row, number)
  }
  return { kind: 'integer', values, isNull }
}
