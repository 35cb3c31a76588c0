import type { ArrowBuffers } from './arrow-buffers.ts'

/** Continuation mark and length that come before a message (Arrow columnar format, "Encapsulated message format"). */
const PREFIX_BYTES = 8
/** `Message.fbs` and `Schema.fbs` of Arrow. */
const HEADER_RECORD_BATCH = 3
const VERSION_5 = 4

/*
 * The message of a record batch is a flatbuffer whose shape depends on nothing but the number of columns and buffers, so it is
 * written by position: a table is its vtable's distance and its fields, a vtable is its size, its table's size and where the
 * fields are, a vector is its length and its items. Fields of 64 bits stand at multiples of 8.
 */
const MESSAGE_VTABLE = 4
const MESSAGE = 16
const BATCH_VTABLE = 36
const BATCH = 48
const NODES = 68
/** Bytes of a field node and of a buffer: two integers of 64 bits. */
const PAIR_BYTES = 16

/**
 * A record batch as an encapsulated message: the flatbuffer that says where each buffer is, and the buffers, each at a multiple
 * of 8. Made in one piece of memory, so that each buffer is copied once.
 */
export function recordBatch(columns: readonly ArrowBuffers[], rowCount: number): Buffer {
  const buffers = columns.flatMap(({ validity, offsets, values }) =>
    offsets === undefined ? [validity, values] : [validity, offsets, values],
  )
  const bufferList = NODES + 8 + PAIR_BYTES * columns.length
  const bodyStart = PREFIX_BYTES + bufferList + 4 + PAIR_BYTES * buffers.length
  const bodyBytes = buffers.reduce((size, { byteLength }) => size + padded(byteLength), 0)
  const message = Buffer.allocUnsafeSlow(bodyStart + bodyBytes)
  message.fill(0, 0, bodyStart)
  message.writeInt32LE(-1, 0)
  message.writeInt32LE(bodyStart - PREFIX_BYTES, 4)
  const head = message.subarray(PREFIX_BYTES)
  head.writeUInt32LE(MESSAGE, 0)
  writeVtable(head, MESSAGE_VTABLE, 20, [4, 6, 16, 8])
  head.writeInt32LE(MESSAGE - MESSAGE_VTABLE, MESSAGE)
  head.writeInt16LE(VERSION_5, MESSAGE + 4)
  head.writeUInt8(HEADER_RECORD_BATCH, MESSAGE + 6)
  writeInt64(head, bodyBytes, MESSAGE + 8)
  writeReference(head, MESSAGE + 16, BATCH)
  writeVtable(head, BATCH_VTABLE, 20, [8, 4, 16])
  head.writeInt32LE(BATCH - BATCH_VTABLE, BATCH)
  writeReference(head, BATCH + 4, NODES)
  writeInt64(head, rowCount, BATCH + 8)
  writeReference(head, BATCH + 16, bufferList)
  head.writeUInt32LE(columns.length, NODES)
  columns.forEach(({ nullCount }, index) => {
    writeInt64(head, rowCount, NODES + 4 + PAIR_BYTES * index)
    writeInt64(head, nullCount, NODES + 12 + PAIR_BYTES * index)
  })
  head.writeUInt32LE(buffers.length, bufferList)
  let offset = 0
  buffers.forEach(({ buffer, byteOffset, byteLength }, index) => {
    writeInt64(head, offset, bufferList + 4 + PAIR_BYTES * index)
    writeInt64(head, byteLength, bufferList + 12 + PAIR_BYTES * index)
    const start = bodyStart + offset
    message.set(new Uint8Array(buffer, byteOffset, byteLength), start)
    offset += padded(byteLength)
    // What memory held before stays ours.
    message.fill(0, start + byteLength, bodyStart + offset)
  })
  return message
}

function padded(size: number): number {
  return (size + 7) & ~7
}

function writeVtable(head: Buffer, at: number, tableBytes: number, fields: readonly number[]): void {
  head.writeUInt16LE(4 + 2 * fields.length, at)
  head.writeUInt16LE(tableBytes, at + 2)
  for (const [index, field] of fields.entries()) head.writeUInt16LE(field, at + 4 + 2 * index)
}

/** Flatbuffers refer to what comes later by its distance. */
function writeReference(head: Buffer, at: number, target: number): void {
  head.writeUInt32LE(target - at, at)
}

function writeInt64(head: Buffer, value: number, at: number): void {
  head.writeUInt32LE(value >>> 0, at)
  head.writeUInt32LE(Math.floor(value / 4_294_967_296), at + 4)
}
