import type { Column } from '@datainsight/core'
import { type NullMarks, type PackedColumn, safeIntegerOf, toHalves } from '../../data-sources/packed-column.ts'
import { type ArrowBuffers, inexactValue } from './arrow-buffers.ts'
import { MAX_DECIMAL_BYTES, MAX_INTEGER_BYTES, writeDecimal, writeInteger } from './write-values.ts'

const NO_BYTES = new Uint8Array(0)

/** Room for one column's buffers, used again by the next rows: by then the last ones were copied. */
export class Scratch {
  #memory = Buffer.alloc(0)

  bytes(size: number): Buffer {
    if (size > this.#memory.length) this.#memory = Buffer.allocUnsafeSlow(size)
    return this.#memory
  }

  floats(count: number): Float64Array {
    const { buffer, byteOffset } = this.bytes(8 * count)
    return new Float64Array(buffer, byteOffset, count)
  }
}

/**
 * The buffers of a column whose bytes stand for its cells (see `WireColumn`): Arrow keeps integers, doubles, times and texts as
 * they come.
 * @throws AnalyticsError `query_failed` for an integer that a column of doubles could only round.
 */
export function packedBuffers(packed: PackedColumn, column: Column, rowCount: number, scratch: Scratch): ArrowBuffers {
  const nulls = validityOf(packed.isNull)
  switch (packed.kind) {
    case 'text':
      return { ...nulls, values: packed.bytes.subarray(0, packed.offsets[rowCount]), offsets: packed.offsets }
    case 'boolean':
      return { ...nulls, values: toBits(packed.values, 1) }
    case 'double':
    case 'time':
      return { ...nulls, values: packed.values }
    case 'decimal': {
      const { scale } = packed
      const write: WriteHalves = (target, position, low, high) => writeDecimal(target, position, low, high, scale)
      return { ...nulls, ...toTexts(packed.values, packed.isNull, scratch.bytes(rowCount * MAX_DECIMAL_BYTES), write) }
    }
    case 'integer':
      if (column.type === 'integer') return { ...nulls, values: packed.values }
      if (column.type === 'number')
        return { ...nulls, values: toFloats(packed.values, column, scratch.floats(rowCount)) }
      return {
        ...nulls,
        ...toTexts(packed.values, packed.isNull, scratch.bytes(rowCount * MAX_INTEGER_BYTES), writeInteger),
      }
  }
}

type WriteHalves = (target: Buffer, position: number, low: number, high: number) => number

function toTexts(
  values: BigInt64Array,
  isNull: NullMarks,
  bytes: Buffer,
  write: WriteHalves,
): Required<Pick<ArrowBuffers, 'values' | 'offsets'>> {
  const halves = toHalves(values)
  const offsets = new Int32Array(values.length + 1)
  let end = 0
  for (let row = 0; row < values.length; row++) {
    if (isNull?.[row] !== 1) end = write(bytes, end, halves[2 * row] as number, halves[2 * row + 1] as number)
    offsets[row + 1] = end
  }
  return { values: bytes.subarray(0, end), offsets }
}

function toFloats(values: BigInt64Array, column: Column, floats: Float64Array): Float64Array {
  const halves = toHalves(values)
  for (let row = 0; row < values.length; row++) {
    const number = safeIntegerOf(halves[2 * row] as number, halves[2 * row + 1] as number)
    floats[row] = Number.isNaN(number) ? exactFloat(values[row] as bigint, column) : number
  }
  return floats
}

function exactFloat(value: bigint, column: Column): number {
  const number = Number(value)
  if (BigInt(number) !== value) throw inexactValue(column)
  return number
}

/** Arrow sets a bit for each value and clears it for a null. */
function validityOf(isNull: NullMarks): Pick<ArrowBuffers, 'nullCount' | 'validity'> {
  if (isNull === undefined) return { nullCount: 0, validity: NO_BYTES }
  let nullCount = 0
  for (let row = 0; row < isNull.length; row++) nullCount += isNull[row] as number
  return { nullCount, validity: nullCount === 0 ? NO_BYTES : toBits(isNull, 0) }
}

/** A bit for each byte, set where the byte is `mark`. */
function toBits(bytes: Uint8Array, mark: number): Uint8Array {
  const bits = new Uint8Array((bytes.length + 7) >> 3)
  for (let row = 0; row < bytes.length; row++) {
    if (bytes[row] === mark) bits[row >> 3] = (bits[row >> 3] as number) | (1 << (row & 7))
  }
  return bits
}
