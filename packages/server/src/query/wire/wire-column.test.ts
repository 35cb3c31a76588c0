import type { Cell, Column, ColumnType, ResultMeta } from '@datainsight/core'
import { tableFromIPC } from '@uwdata/flechette'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ColumnMemory } from '../../data-sources/column-memory.ts'
import type { RawValue } from '../../data-sources/data-source.ts'
import { timeText as timeTextOf } from '../../data-sources/exact-text.ts'
import { isPacked, type PackedColumn, sliceColumn, unpack } from '../../data-sources/packed-column.ts'
import { toCells } from '../../data-sources/to-cell.ts'
import { createResultWriter } from './result-writer.ts'
import { cellsOf, toWireColumn, type WireColumn } from './wire-column.ts'

/** Signs that CSV quotes, that begin formulas or look as if they did, white space, and letters of one to four bytes. */
const SIGNS = [...'=+-@,;"\'\t\r\n aZ7.é߿日 　＝﹣￥😀\ufeff\u00a0\u2028\u1680'] as const
const text = fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 14 })
const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -(2n ** 33n), max: 2n ** 33n }),
  fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }),
  fc.bigInt({ min: -12n, max: 12n }),
)
const micros = fc.oneof(
  fc.bigInt({ min: -(8n * 10n ** 18n), max: 8n * 10n ** 18n }),
  fc.bigInt({ min: -(10n ** 13n), max: 10n ** 16n }),
  fc.integer({ min: -30_000, max: 60_000 }).map((days) => BigInt(days) * 86_400_000_000n),
)
const double = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, 2 ** 53, 1e21, 0.1))

/** Times as drivers write them, and texts that are nearly times. */
const timeText = fc
  .tuple(
    micros,
    fc.constantFrom('T', ' '),
    fc.constantFrom('', 'Z', '+00', '+00:00', '+02', ' BC', 'x'),
    fc.constantFrom(10, 19, 20, 22, 23, 26, 27),
  )
  .map(([value, separator, zone, length]) => {
    const text = timeTextOf(value).replace('T', separator).padEnd(26, '0')
    return `${text.slice(0, length)}${zone}`
  })

/** Numbers as databases write them, and texts that are nearly numbers. */
const numeral = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.bigInt({ min: 0n, max: 10n ** 20n }),
    fc.nat({ max: 21 }),
    fc.constantFrom('', '', '.', 'e3'),
  )
  .map(([sign, digits, point, end]) => {
    const text = String(digits)
    return `${sign}${point < text.length ? `${text.slice(0, point)}.${text.slice(point)}` : text}${end}`
  })

/** The bytes of some values of one kind. */
const packed: fc.Arbitrary<PackedColumn> = fc
  .record({
    size: fc.integer({ min: 0, max: 40 }),
    nulls: fc.option(fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), { nil: undefined }),
  })
  .chain(({ size, nulls }) => {
    const isNull = nulls && Uint8Array.from(nulls.slice(0, size), Number)
    const some = <T, U>(value: fc.Arbitrary<T>, blank: U) =>
      fc
        .array(value, { minLength: size, maxLength: size })
        .map((values) => values.map((item, row) => (isNull?.[row] === 1 ? blank : item)) as T[])
    const longs = (value: fc.Arbitrary<bigint>) => some(value, 0n).map((values) => BigInt64Array.from(values))
    return fc.oneof<fc.Arbitrary<PackedColumn>[]>(
      longs(int64).map((values) => ({ kind: 'integer', values, isNull })),
      longs(micros).map((values) => ({ kind: 'time', values, isNull })),
      fc
        .tuple(longs(fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n })), fc.integer({ min: 0, max: 18 }))
        .map(([values, scale]) => ({ kind: 'decimal', values, scale, isNull })),
      fc
        .tuple(longs(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n })), fc.integer({ min: 0, max: 4 }))
        .map(([values, scale]) => ({ kind: 'decimal', values, scale, isNull })),
      some(double, 0).map((values) => ({ kind: 'double', values: Float64Array.from(values), isNull })),
      some(fc.boolean(), false).map((values) => ({ kind: 'boolean', values: Uint8Array.from(values, Number), isNull })),
      fc.oneof(...[text, timeText, int64.map(String), numeral].map((kind) => some(kind, ''))).map((values) => {
        const offsets = new Int32Array(size + 1)
        values.forEach((value, row) => {
          offsets[row + 1] = (offsets[row] as number) + Buffer.byteLength(value)
        })
        return { kind: 'text', offsets, bytes: Buffer.from(values.join('')), isNull }
      }),
    )
  })

/** Values as drivers hand them over, most columns of one kind. */
const values: fc.Arbitrary<RawValue[]> = fc.oneof(
  ...[
    fc.oneof(timeText, timeText, fc.constantFrom('infinity', '2001-02-30 00:00:00', '2001-01-01 24:00:00')),
    micros.map((value) => timeTextOf(value)),
    int64.map(String),
    int64,
    numeral,
    fc.integer().map(String),
    double,
    fc.oneof<fc.Arbitrary<RawValue>[]>(int64, double, fc.boolean(), int64.map(String), text, double.map(String)),
  ].map((value) => fc.array(fc.option<RawValue, null>(value, { freq: 6 }), { maxLength: 30 })),
)

const column: fc.Arbitrary<Column> = fc
  .tuple(fc.constantFrom<ColumnType>('string', 'integer', 'number', 'decimal', 'boolean', 'time', 'geo'), fc.boolean())
  .map(([type, isBucket]) => ({
    name: 't.c',
    kind: 'dimension',
    type,
    title: 'c',
    ...(isBucket && { granularity: 'day' as const }),
  }))

const ROW_NUMBER: Column = { name: 't.n', kind: 'dimension', type: 'integer', title: 'n' }

/** What a writer makes of a column, beside another one so that rows are of two. A fault counts as an answer. */
function written(format: 'csv' | 'ndjson' | 'arrow', of: Column, wire: WireColumn, rowCount: number): unknown {
  const writer = createResultWriter(format, [of, ROW_NUMBER])
  const numbers = Array.from({ length: rowCount }, (_, row) => row)
  try {
    const rows = writer.rows([wire, numbers], rowCount)
    if (format !== 'arrow') return rows.toString()
    const bytes = Buffer.concat([writer.head(), rows, writer.end({} as ResultMeta)])
    return tableFromIPC(bytes, { useBigInt: true, useBigIntTimestamp: true } as object).toColumns()
  } catch (error) {
    return (error as { code: string }).code
  }
}

/** What comes of it; the code of its fault when it fails. */
function attempt<T>(work: () => T): T | string {
  try {
    return work()
  } catch (error) {
    return (error as { code: string }).code
  }
}

const sizeOf = (of: PackedColumn): number => unpack(of).length

describe('toWireColumn', () => {
  it.each(['csv', 'ndjson', 'arrow'] as const)('writes bytes as %s just as it writes the cells', (format) => {
    fc.assert(
      fc.property(packed, column, (bytes, of) => {
        const rowCount = sizeOf(bytes)
        const { isExact: exact } = createResultWriter(format, [])
        const cells = attempt<readonly Cell[]>(() => toCells(unpack(bytes), of, { exact }))
        const wire = attempt(() => toWireColumn(bytes, of, { exact }))
        // A value of another type is refused, in whatever form it came.
        if (typeof cells === 'string' || typeof wire === 'string') {
          expect(wire).toEqual(cells)
          return
        }
        expect(toCells(bytes, of, { exact })).toEqual(cells)
        if (!exact) expect(cellsOf(wire, of)).toEqual(cells)
        expect(written(format, of, wire, rowCount)).toEqual(written(format, of, cells, rowCount))
      }),
      { numRuns: 300 },
    )
  })

  it('leaves bytes bytes where their kind is that of the column', () => {
    const wire = (of: PackedColumn, type: ColumnType) => isPacked(toWireColumn(of, { type }))
    const integer: PackedColumn = { kind: 'integer', values: BigInt64Array.of(1n), isNull: undefined }
    const decimal: PackedColumn = { ...integer, kind: 'decimal', scale: 2 }
    const time: PackedColumn = { ...integer, kind: 'time' }
    const double: PackedColumn = { kind: 'double', values: Float64Array.of(0.5), isNull: undefined }
    const texts: PackedColumn = {
      kind: 'text',
      offsets: Int32Array.of(0, 1),
      bytes: Buffer.from('a'),
      isNull: undefined,
    }
    expect([wire(integer, 'integer'), wire(integer, 'number'), wire(integer, 'decimal')]).toEqual([true, true, true])
    expect([wire(decimal, 'decimal'), wire(decimal, 'number'), wire(double, 'number')]).toEqual([true, true, true])
    expect([wire(time, 'time'), wire(texts, 'string'), wire(texts, 'geo')]).toEqual([true, true, true])
    expect([wire(time, 'string'), wire(integer, 'boolean'), wire(integer, 'string')]).toEqual([false, false, false])
  })

  it.each(['csv', 'ndjson', 'arrow'] as const)(
    'writes values of drivers as %s just as it writes the cells',
    (format) => {
      const memory = new ColumnMemory()
      fc.assert(
        fc.property(values, column, (raw, of) => {
          const { isExact: exact } = createResultWriter(format, [])
          const losses: string[] = []
          const onLoss = (code: string) => losses.push(code)
          const cells = attempt<readonly Cell[]>(() => toCells(raw, of, { exact, onLoss }))
          const expected = losses.splice(0)
          // What was there before is not seen.
          memory.longs(raw.length).fill(-1n)
          const wire = attempt(() => toWireColumn(raw, of, { exact, onLoss }, memory))
          if (typeof cells === 'string' || typeof wire === 'string') {
            expect(wire).toEqual(cells)
            return
          }
          expect(losses).toEqual(expected)
          expect(written(format, of, wire, raw.length)).toEqual(written(format, of, cells, raw.length))
        }),
        { numRuns: 250 },
      )
    },
  )

  it.each<[ColumnType, RawValue[], PackedColumn['kind'] | 'cells']>([
    ['time', ['2001-01-01 00:00:00', '2024-02-29 23:59:59.123456+00', null, '2001-01-01T00:00:00.000Z'], 'time'],
    ['time', ['2001-01-01'], 'cells'],
    ['time', ['2001-02-29 00:00:00'], 'cells'],
    ['time', ['2001-01-01 00:00:00.1234567'], 'cells'],
    ['time', ['12001-01-01 00:00:00'], 'cells'],
    ['time', ['0044-03-15 00:00:00 BC'], 'cells'],
    ['time', ['infinity'], 'cells'],
    ['number', ['12', '-0.5', 3n, 4, true, null, '12345678901.250'], 'double'],
    ['number', [Number.NaN], 'cells'],
    ['number', ['1e5'], 'cells'],
    ['number', ['9007199254740993'], 'cells'],
    ['number', ['NaN'], 'cells'],
    ['integer', ['12', 3n, -4, null], 'integer'],
    ['integer', ['0.5'], 'cells'],
    ['integer', [2n ** 60n], 'cells'],
    ['decimal', ['0.10'], 'cells'],
  ])('makes of %s %s: %s', (type, raw, kind) => {
    const wire = toWireColumn(raw, { type })
    expect(isPacked(wire) ? wire.kind : 'cells').toBe(kind)
  })

  it('writes the first of many rows as if they were all', () => {
    fc.assert(
      fc.property(packed, fc.nat(), (joined, cut) => {
        const values = unpack(joined)
        const rowCount = cut % (values.length + 1)
        expect(unpack(sliceColumn(joined, rowCount))).toEqual(values.slice(0, rowCount))
        const of: Column = { ...ROW_NUMBER, type: 'string' }
        const sliced = toWireColumn(sliceColumn(joined, rowCount), of)
        expect(written('arrow', of, sliced, rowCount)).toEqual(
          written('arrow', of, toCells(values.slice(0, rowCount), of), rowCount),
        )
      }),
      { numRuns: 100 },
    )
  })
})
