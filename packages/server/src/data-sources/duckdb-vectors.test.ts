import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  FLOAT,
  VARCHAR,
} from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ColumnMemory } from './column-memory.ts'
import { toRaw } from './duckdb-values.ts'
import { addChunk, packVector } from './duckdb-vectors.ts'
import { isPacked, type PackedColumn, unpack } from './packed-column.ts'

let instance: DuckDBInstance
let connection: DuckDBConnection

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  connection = await instance.connect()
})

afterAll(() => {
  connection.closeSync()
  instance.closeSync()
})

/** The first chunk of a statement's answer. */
async function chunkOf(sql: string): Promise<DuckDBDataChunk> {
  const chunk = await (await connection.stream(sql)).fetchChunk()
  return chunk as DuckDBDataChunk
}

/** A column as bytes, and as the client itself reads it. */
function bothWays(chunk: DuckDBDataChunk, index = 0) {
  return {
    packed: packVector(chunk.getColumnVector(index), new ColumnMemory()),
    values: chunk.getColumnValues(index).map(toRaw),
  }
}

/** Integers of a width, its ends among them, as texts that DuckDB casts. */
const whole = (bits: number, signed = true) => {
  const min = signed ? -(2n ** BigInt(bits - 1)) : 0n
  return fc.bigInt({ min, max: min + 2n ** BigInt(bits) - 1n }).map(String)
}
const micros = fc.oneof(
  fc.bigInt({ min: -(10n ** 13n), max: 10n ** 16n }),
  fc.bigInt({ min: -(4n * 10n ** 17n), max: 8n * 10n ** 18n }),
)
const scaled = (digits: number, scale: number) =>
  fc
    .bigInt({ min: -(10n ** BigInt(digits)) + 1n, max: 10n ** BigInt(digits) - 1n })
    .map((value) => `${value}e-${scale}::decimal(${digits},${scale})`)

/** Types that have a packed form: its kind, and SQL of values that are cast to the type. */
const PACKED: readonly [type: string, kind: PackedColumn['kind'], value: fc.Arbitrary<string>][] = [
  ['tinyint', 'integer', whole(8)],
  ['smallint', 'integer', whole(16)],
  ['integer', 'integer', whole(32)],
  ['bigint', 'integer', whole(64)],
  ['utinyint', 'integer', whole(8, false)],
  ['usmallint', 'integer', whole(16, false)],
  ['uinteger', 'integer', whole(32, false)],
  ['hugeint', 'integer', whole(64)],
  ['boolean', 'boolean', fc.constantFrom('true', 'false')],
  ['timestamp', 'time', micros.map((value) => `make_timestamp(${value}::bigint)`)],
  ['timestamptz', 'time', micros.map((value) => `make_timestamp(${value}::bigint)`)],
  ['date', 'time', fc.integer({ min: -1_000_000, max: 2_000_000 }).map((days) => `date '1970-01-01' + (${days})`)],
  ['decimal(4,2)', 'decimal', scaled(4, 2)],
  ['decimal(9,0)', 'decimal', scaled(9, 0)],
  ['decimal(9,9)', 'decimal', scaled(9, 9)],
  ['decimal(18,3)', 'decimal', scaled(15, 3)],
]

describe('packVector', () => {
  it.each(PACKED)('reads %s as the client does', async (type, kind, value) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(value), { minLength: 1, maxLength: 150 }), async (cells) => {
        const rows = cells.map((cell) => `((${cell ?? 'null'})::${type})`)
        const { packed, values } = bothWays(await chunkOf(`select * from (values ${rows.join(',')})`))
        expect(packed?.kind).toBe(kind)
        // A statement's numbers of 32 bits and less come as numbers from the client, and as whole numbers from the bytes.
        expect(unpack(packed as PackedColumn).map(String)).toEqual(values.map(String))
        expect(packed?.isNull === undefined).toBe(!cells.includes(null))
      }),
      { numRuns: 8 },
    )
  })

  it.each<[string, DuckDBType, fc.Arbitrary<DuckDBValue>]>([
    [
      'texts of any length',
      VARCHAR,
      fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !text.startsWith('\ufeff')),
    ],
    ['doubles', DOUBLE, fc.double()],
    ['floats', FLOAT, fc.float()],
  ])('reads %s as the client does', async (_, type, value) => {
    await fc.assert(
      fc.property(fc.array(fc.option(value), { minLength: 1, maxLength: 150 }), (cells) => {
        const chunk = DuckDBDataChunk.create([type])
        chunk.setColumns([cells])
        // Sized anew, the chunk forgets the values that it was given and reads its own memory.
        chunk.rowCount = cells.length
        const { packed, values } = bothWays(chunk)
        expect(isPacked(packed as PackedColumn)).toBe(true)
        expect(unpack(packed as PackedColumn)).toEqual(values)
        expect(values).toEqual(cells)
      }),
      { numRuns: 15 },
    )
  })

  it('reads long texts that stand in one place once each', async () => {
    const chunk = await chunkOf(
      `select x from (select unnest(['a text longer than twelve bytes', 'short', 'ein längerer Text als zwölf', null]) x), range(50) order by random()`,
    )
    const { packed, values } = bothWays(chunk)
    expect(unpack(packed as PackedColumn)).toEqual(values)
    expect(new Set(values).size).toBe(4)
  })

  it('shows nothing of what stands under a null', async () => {
    const chunk = await chunkOf(
      `with t as (select unnest([7, 8]) n, 'secret' s, date '2001-01-01' d, 5.5::double f, 1.25::decimal(9,2) c, true b, 9::bigint g)
       select nullif(n, 7), nullif(s, 'secret'), nullif(d, date '2001-01-01'), nullif(f, 5.5), nullif(c, 1.25), nullif(b, true), nullif(g, 9) from t`,
    )
    for (let index = 0; index < chunk.columnCount; index++) {
      const packed = packVector(chunk.getColumnVector(index), new ColumnMemory()) as PackedColumn
      expect(packed.isNull?.[0]).toBe(1)
      if (packed.kind === 'text') expect(packed.bytes.length).toBe(0)
      else expect(Number(packed.values[0])).toBe(0)
    }
  })

  it.each([
    `timestamp 'infinity'`,
    `timestamp '-infinity'`,
    `make_timestamp(9223372036854775806::bigint)`,
    `date 'infinity'`,
    `date '-infinity'`,
    `(2::hugeint ** 64)::hugeint`,
    `123456789012345678901.5::decimal(22,1)`,
    `18446744073709551615::ubigint`,
    `timestamp_s '2001-01-02 03:04:05'`,
    `[1, 2]`,
    `'\\xAA'::blob`,
  ])('leaves %s to the client', async (sql) => {
    const { packed, values } = bothWays(await chunkOf(`select ${sql}`))
    expect([packed, values.length]).toEqual([undefined, 1])
  })

  it('makes one column of the rows of several chunks, packed or not', async () => {
    const chunks = [
      await chunkOf(`select 1::bigint, 'a', 0.5::double, true, timestamp '2001-01-01', date '2001-01-01'`),
      await chunkOf(`select null::bigint, 'längerer Text', null::double, false, timestamp 'infinity', null::date`),
      await chunkOf(
        `select 2::bigint, null::varchar, 1.5::double, null::boolean, timestamp '2001-01-02', date '2001-01-03'`,
      ),
    ]
    const memory = Array.from({ length: 6 }, () => new ColumnMemory())
    for (let round = 0; round < 2; round++) {
      for (const chunk of chunks) addChunk(memory, chunk)
      const columns = memory.map((column) => column.column())
      expect(columns.map(unpack)).toEqual([
        [1n, null, 2n],
        ['a', 'längerer Text', null],
        [0.5, null, 1.5],
        [true, false, null],
        ['2001-01-01T00:00:00.000', 'infinity', '2001-01-02T00:00:00.000'],
        ['2001-01-01T00:00:00.000', null, '2001-01-03T00:00:00.000'],
      ])
      expect(columns.map(isPacked)).toEqual([true, true, true, true, false, true])
      for (const column of memory) column.reset()
    }
  })
})
