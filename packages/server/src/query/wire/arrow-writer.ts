import type { Cell, Column } from '@datainsight/core'
import {
  Column as ArrowColumn,
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
import { packedBuffers, Scratch } from './packed-buffers.ts'
import { recordBatch } from './record-batch.ts'
import type { ResultWriter } from './result-writer.ts'

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
  const scratches = columns.map(() => new Scratch())
  return {
    isExact: true,
    head: () => schemaMessage(schema),
    rows(data, rowCount) {
      const buffers = encodings.map((encoding, index) => {
        const wire = data[index] ?? []
        const column = columns[index] as Column
        return isPacked(wire)
          ? packedBuffers(wire, column, rowCount, scratches[index] as Scratch)
          : encoding.buffers(wire, column)
      })
      return recordBatch(buffers, rowCount)
    },
    end: () => END_OF_STREAM,
    fail: () => undefined,
  }
}

/** The message that a stream of no rows begins with. */
function schemaMessage(schema: Schema): Buffer {
  const children = schema.fields.map(({ type }) => new ArrowColumn([], type))
  const bytes = tableToIPC(new Table(schema, children), { format: 'stream' }) as Uint8Array
  return Buffer.from(bytes.subarray(0, bytes.length - END_OF_STREAM.length))
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
