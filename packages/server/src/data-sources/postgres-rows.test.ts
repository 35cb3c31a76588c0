import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { takeRows } from './postgres-rows.ts'

/** A message as PostgreSQL sends it: its kind, its length, its body. */
function message(kind: string, ...body: Buffer[]): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(4 + Buffer.concat(body).length)
  return Buffer.concat([Buffer.from(kind), length, ...body])
}

function int(bytes: 2 | 4, value: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  // Types are unsigned.
  buffer.writeIntBE(value | 0, 0, bytes)
  return buffer
}

const column = (name: string, oid: number) =>
  Buffer.concat([Buffer.from(`${name}\0`), int(4, 0), int(2, 0), int(4, oid), int(2, 0), int(4, -1), int(2, 0)])
const field = (text: string) => Buffer.concat([int(4, text.length), Buffer.from(text)])

const description = message('T', int(2, 2), column('a', 23), column('lengthy name', 3_000_000_000))
const rows = ['', 'x', 'y'.repeat(300)].map((text) => message('D', int(2, 2), field('1'), field(text)))
const before = message('1')
const after = [message('C', Buffer.from('SELECT 3\0')), message('Z', Buffer.from('T'))]
const all = Buffer.concat([before, description, ...rows, ...after])

/** What taker and driver get of pieces. */
function receive(pieces: readonly Buffer[]) {
  const session = new Readable({ read: () => undefined })
  const passed: Buffer[] = []
  session.on('data', (bytes: Buffer) => passed.push(Buffer.from(bytes)))
  const taken: unknown[] = []
  const giveBack = takeRows(session, {
    begin: (types) => taken.push([...types]),
    row: (bytes, start, end) => taken.push(bytes.toString('latin1', start, end)),
    fail: (error) => taken.push(error),
  })
  for (const piece of pieces) session.emit('data', piece)
  return { session, taken, giveBack, passed: () => Buffer.concat(passed) }
}

const expected = [[23, 3_000_000_000], ...rows.map((row) => row.toString('latin1', 5))]

describe('takeRows', () => {
  it('tells rows from other messages, wherever what comes is cut', () => {
    for (let first = 0; first <= all.length; first += 1) {
      for (const size of [1, 4, 7, 400]) {
        const { taken, passed } = receive([
          all.subarray(0, first),
          all.subarray(first, first + size),
          all.subarray(first + size),
        ])
        expect(taken).toEqual(expected)
        expect(passed()).toEqual(Buffer.concat([before, description, ...after]))
      }
    }
  })

  it('takes rows byte by byte', () => {
    const { taken } = receive(Array.from(all, (byte) => Buffer.of(byte)))
    expect(taken).toEqual(expected)
  })

  it('gives the driver what comes later, and what began before', () => {
    const cut = before.length + description.length + 9
    const { session, taken, passed, giveBack } = receive([all.subarray(0, cut)])
    giveBack()
    session.emit('data', all.subarray(cut))
    expect(taken).toEqual(expected.slice(0, 1))
    expect(passed()).toEqual(all)
  })

  it('tells the taker what it threw', () => {
    const session = new Readable({ read: () => undefined })
    const faults: unknown[] = []
    takeRows(session, {
      begin: () => undefined,
      row: () => {
        throw new Error('no room')
      },
      fail: (error) => faults.push(error),
    })
    session.emit('data', all)
    expect(faults).toEqual(rows.map(() => new Error('no room')))
  })
})
