import type { Cell, Column } from '@datainsight/core'
import {
  Column as ArrowColumn,
  batchType,
  bool,
  type DataType,
  Endianness,
  type Field,
  field,
  float64,
  int64,
  type Schema,
  Table,
  TimeUnit,
  tableToIPC,
  timestamp,
  utf8,
  Version,
} from '@uwdata/flechette'
import { isPacked } from '../../data-sources/packed-column.ts'
import {
  type ArrowBuffers,
  arrowBooleans,
  arrowFloats,
  arrowIntegers,
  arrowTexts,
  arrowTimes,
} from './arrow-buffers.ts'
import { packedBuffers } from './packed-buffers.ts'
import type { ResultWriter } from './result-writer.ts'
import type { WireColumn } from './wire-column.ts'

/** Continuation mark and length that come before a message (Arrow columnar format, "Encapsulated message format"). */
const PREFIX_BYTES = 8
/** Continuation mark and length 0. */
const END_OF_STREAM = Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])

interface Encoding {
  readonly type: DataType
  readonly buffers: (cells: readonly Cell[], column: Column) => ArrowBuffers
}

/**
 * A result as an Arrow IPC stream: one schema message, then one record batch for each piece of rows.
 *
 * Whole numbers are Int64, numbers Float64, times microseconds (UTC, or without a zone for buckets, which are local), decimals
 * text: their scale is not known before the last row, and text keeps every digit. What the column is stands in the field's
 * metadata, so that a reader can tell a decimal from a name. Texts are not dictionaries, because a stream would have to
 * replace the dictionary with each batch, which several readers do not take.
 */
export function createArrowWriter(columns: readonly Column[]): ResultWriter {
  const encodings = columns.map(encodingOf)
  const schema: Schema = {
    version: Version.V5,
    endianness: Endianness.Little,
    fields: columns.map((column, index) => toField(column, (encodings[index] as Encoding).type)),
    metadata: null,
  }
  const encode = (data: readonly WireColumn[], rowCount: number): { schema: Buffer; batch: Buffer } => {
    const children = encodings.map(({ type, buffers }, index) => {
      const Batch = batchType(type)
      const wire = data[index] ?? []
      const column = columns[index] as Column
      const filled = isPacked(wire) ? packedBuffers(wire, column, rowCount) : buffers(wire, column)
      return new ArrowColumn([new Batch({ type, length: rowCount, ...filled })], type)
    })
    const bytes = tableToIPC(new Table(schema, children), { format: 'stream' }) as Uint8Array
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const schemaEnd = PREFIX_BYTES + buffer.readInt32LE(4)
    return {
      schema: buffer.subarray(0, schemaEnd),
      batch: buffer.subarray(schemaEnd, buffer.length - END_OF_STREAM.length),
    }
  }
  return {
    head: () => encode([], 0).schema,
    rows: (data, rowCount) => encode(data, rowCount).batch,
    end: () => END_OF_STREAM,
    fail: () => undefined,
  }
}

function toField(column: Column, type: DataType): Field {
  const { kind, type: columnType, title, format, currency, unit, granularity } = column
  const facts = { kind, type: columnType, title, format, currency, unit, granularity }
  const metadata = Object.entries(facts).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[`datainsight:${name}`, value]],
  )
  return field(column.name, type, true, new Map(metadata))
}

function encodingOf(column: Column): Encoding {
  switch (column.type) {
    case 'integer':
      return { type: int64(), buffers: arrowIntegers }
    case 'number':
      return { type: float64(), buffers: arrowFloats }
    case 'boolean':
      return { type: bool(), buffers: arrowBooleans }
    case 'time':
      return {
        type: timestamp(
          TimeUnit.MICROSECOND,
          column.granularity === undefined && column.customGranularity === undefined ? 'UTC' : null,
        ),
        buffers: arrowTimes,
      }
    default:
      return { type: utf8(), buffers: arrowTexts }
  }
}
