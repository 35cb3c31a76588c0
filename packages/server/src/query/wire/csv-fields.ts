import type { Cell, Column } from '@datainsight/core'
import { timeText } from '../../data-sources/exact-text.ts'
import {
  isPacked,
  type PackedColumn,
  type PackedTexts,
  safeIntegerOf,
  toHalves,
} from '../../data-sources/packed-column.ts'
import { isBucket, toCell } from '../../data-sources/to-cell.ts'
import { copyPlainText, csvPlain, csvText } from './csv-text.ts'
import type { WireColumn } from './wire-column.ts'
import {
  MAX_DECIMAL_BYTES,
  MAX_DOUBLE_BYTES,
  MAX_INTEGER_BYTES,
  MAX_TIME_BYTES,
  writeDecimal,
  writeDouble,
  writeInteger,
  writeTime,
} from './write-values.ts'

/** The fields of one column of some rows. */
export interface CsvFields {
  /** Bytes of all fields together, at most. */
  readonly maxBytes: number
  /** Writes the field of a row at `position`; returns where it ends. */
  readonly write: (target: Buffer, position: number, row: number) => number
}

/** Prepares a column's fields, so that what they need of room is known before the first is written. */
export function csvFields(wire: WireColumn, column: Column, rowCount: number): CsvFields {
  if (!isPacked(wire)) return cellFields(wire, column, rowCount)
  const fields = packedFields(wire, column, rowCount)
  const { isNull } = wire
  if (isNull === undefined) return fields
  const { maxBytes, write } = fields
  return { maxBytes, write: (target, position, row) => (isNull[row] === 1 ? position : write(target, position, row)) }
}

/** Whether a column's values are text that others wrote. */
export function isForeignText({ type }: Column): boolean {
  return type === 'string' || type === 'geo'
}

function cellFields(cells: readonly Cell[], column: Column, rowCount: number): CsvFields {
  const isForeign = isForeignText(column)
  const texts = new Array<string>(rowCount)
  let length = 0
  for (let row = 0; row < rowCount; row++) {
    const cell = cells[row] as Cell
    const text = isForeign && typeof cell === 'string' ? csvText(cell) : csvPlain(cell)
    texts[row] = text
    length += text.length
  }
  // A character is of three bytes at most: those of four are two characters.
  return { maxBytes: 3 * length, write: (target, position, row) => writeText(target, position, texts[row] as string) }
}

function packedFields(packed: PackedColumn, column: Column, rowCount: number): CsvFields {
  switch (packed.kind) {
    case 'text':
      return textFields(packed)
    case 'double': {
      const { values } = packed
      return {
        maxBytes: rowCount * MAX_DOUBLE_BYTES,
        write: (target, position, row) => writeDouble(target, position, values[row] as number),
      }
    }
    case 'boolean': {
      const { values } = packed
      return {
        maxBytes: rowCount * 'false'.length,
        write: (target, position, row) => writeText(target, position, values[row] === 1 ? 'true' : 'false'),
      }
    }
    case 'time':
      return timeFields(packed, column, rowCount)
    default: {
      const halves = toHalves(packed.values)
      if (packed.kind === 'integer') {
        return {
          maxBytes: rowCount * MAX_INTEGER_BYTES,
          write: (target, position, row) =>
            writeInteger(target, position, halves[2 * row] as number, halves[2 * row + 1] as number),
        }
      }
      const { scale } = packed
      return {
        maxBytes: rowCount * MAX_DECIMAL_BYTES,
        write: (target, position, row) =>
          writeDecimal(target, position, halves[2 * row] as number, halves[2 * row + 1] as number, scale),
      }
    }
  }
}

function textFields({ bytes, offsets }: PackedTexts): CsvFields {
  return {
    // Each sign may be doubled; two quotes and an apostrophe come around it.
    maxBytes: 2 * bytes.length + 3 * offsets.length,
    write(target, position, row) {
      const start = offsets[row] as number
      const end = offsets[row + 1] as number
      const plainEnd = copyPlainText(bytes, start, end, target, position)
      if (plainEnd >= 0) return plainEnd
      return position + target.write(csvText(bytes.toString('utf8', start, end)), position)
    },
  }
}

function timeFields(packed: PackedColumn & { kind: 'time' }, column: Column, rowCount: number): CsvFields {
  const { values } = packed
  const halves = toHalves(values)
  const isLocal = isBucket(column)
  return {
    maxBytes: rowCount * MAX_TIME_BYTES,
    write(target, position, row) {
      const micros = safeIntegerOf(halves[2 * row] as number, halves[2 * row + 1] as number)
      if (Number.isNaN(micros)) {
        return position + target.write(String(toCell(timeText(values[row] as bigint), column)), position, 'latin1')
      }
      const end = writeTime(target, position, micros)
      if (isLocal) return end
      target[end] = 90
      return end + 1
    },
  }
}

/** Texts up to this length are copied by the letter, which is quicker than asking Node to. */
const SHORT_TEXT = 24

function writeText(target: Buffer, position: number, text: string): number {
  const { length } = text
  if (length > SHORT_TEXT) return position + target.write(text, position)
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index)
    if (code >= 0x80) return position + target.write(text, position)
    target[position + index] = code
  }
  return position + length
}
