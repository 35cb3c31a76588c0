import type { Cell, Column, ColumnType } from '@datainsight/core'
import { ColumnMemory } from '../../data-sources/column-memory.ts'
import {
  isPacked,
  type PackedColumn,
  type RawColumn,
  safeIntegerOf,
  toHalves,
} from '../../data-sources/packed-column.ts'
import { type CellColumn, type CellOptions, toCells } from '../../data-sources/to-cell.ts'
import { packTexts } from './pack-texts.ts'
import { packValues } from './pack-values.ts'

/** A column of rows to write: cells, or bytes of a kind that stands for the same cells (see {@link KINDS}). */
export type WireColumn = readonly Cell[] | PackedColumn

/**
 * Kinds of bytes that writers take for each type of column. Doubles are finite or null, unless the form can say others.
 * A kind that is not in the list has cells that are another text than its bytes, such as a number in a column of texts.
 */
const KINDS: Readonly<Record<ColumnType, readonly PackedColumn['kind'][]>> = {
  string: ['text'],
  geo: ['text'],
  integer: ['integer'],
  number: ['integer', 'double'],
  decimal: ['integer', 'decimal'],
  boolean: ['boolean'],
  time: ['time'],
}

/**
 * A driver's column as one that writers take: bytes as they are where they say what the cells would, values and texts as bytes
 * of the column's kind where they can be, in `memory`, which is true until it is used for the next rows.
 * @throws AnalyticsError as `toCells` does.
 */
export function toWireColumn(
  raw: RawColumn,
  column: CellColumn,
  options: CellOptions = {},
  memory = new ColumnMemory(),
): WireColumn {
  memory.reset()
  if (!isPacked(raw)) return packValues(raw, column, memory) ?? toCells(raw, column, options)
  const read = (raw.kind === 'text' ? packTexts(raw, column, memory) : undefined) ?? raw
  const packed = column.type === 'number' ? (toDoubles(read, options) ?? read) : read
  return KINDS[column.type].includes(packed.kind) ? packed : toCells(packed, column, options)
}

/** The cells of a column, whatever form it has. */
export function cellsOf(wire: WireColumn, column: Column): readonly Cell[] {
  return isPacked(wire) ? toCells(wire, column) : wire
}

/** Decimals and doubles as doubles that the form knows; `undefined` for others, and for decimals beyond 2^53. */
function toDoubles(packed: PackedColumn, { exact, onLoss }: CellOptions): PackedColumn | undefined {
  if (packed.kind === 'double') return exact === true ? packed : withoutInfinities(packed.values, packed.isNull, onLoss)
  // A power of ten up to the 22nd is a double, so that the quotient of two doubles is the nearest to the exact one.
  if (packed.kind !== 'decimal') return undefined
  const halves = toHalves(packed.values)
  const unit = 10 ** packed.scale
  const values = new Float64Array(packed.values.length)
  for (let row = 0; row < values.length; row++) {
    const scaled = safeIntegerOf(halves[2 * row] as number, halves[2 * row + 1] as number)
    if (Number.isNaN(scaled)) return undefined
    values[row] = scaled / unit
  }
  return { kind: 'double', values, isNull: packed.isNull }
}

function withoutInfinities(
  values: Float64Array<ArrayBuffer>,
  isNull: Uint8Array | undefined,
  onLoss: CellOptions['onLoss'],
): PackedColumn {
  let finite = values
  let marks = isNull
  for (let row = 0; row < values.length; row++) {
    if (Number.isFinite(values[row])) continue
    onLoss?.('not_finite')
    if (finite === values) {
      finite = values.slice()
      marks = isNull?.slice() ?? new Uint8Array(values.length)
    }
    finite[row] = 0
    ;(marks as Uint8Array)[row] = 1
  }
  return { kind: 'double', values: finite, isNull: marks }
}
