import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Dialect, Sql } from '../../src/compile/dialects/dialect.ts'
import { dialectOf } from '../../src/compile/dialects/index.ts'
import { queryBuilderOf } from '../../src/compile/dialects/query-builder.ts'
import type { DialectName } from '../../src/compile/index.ts'
import { addMonths, startOf } from '../../src/query/calendar.ts'
import { zoneOffsets } from '../../src/query/zone-offsets.ts'
import { GRANULARITIES } from '../../src/schema/query.ts'
import { refusal } from '../matchers.ts'
import { LIVE, openDatabase, type TestDatabase } from './open-database.ts'

/**
 * Every function of every dialect that can be run here, against one table of expectations: what is right does not depend on the
 * database.
 */
const databases = new Map<DialectName, TestDatabase>()
beforeAll(async () => {
  for (const name of LIVE) databases.set(name, await openDatabase(name))
})
afterAll(async () => {
  for (const database of databases.values()) await database.close()
})

async function select(name: DialectName, text: Sql): Promise<unknown[][]> {
  const { sql: written, parameters } = text.compile(queryBuilderOf(dialectOf(name)))
  return databases.get(name)!.run(written, parameters)
}

/** Values of expressions, in one row. */
async function values(name: DialectName, expressions: readonly Sql[]): Promise<unknown[]> {
  const columns = expressions.map((expression, index) => sql`${expression} as ${sql.id(`c${index}`)}`)
  const rows = await select(name, sql`select ${sql.join(columns)}`)
  expect(rows).toHaveLength(1)
  return rows[0]!
}

/** Databases have numbers of many types and booleans of few: read as what is expected. */
function like(actual: unknown, expected: unknown): unknown {
  if (actual === null || actual === undefined) return actual
  if (typeof expected === 'number') return Math.round(Number(actual) * 1e9) / 1e9
  return typeof expected === 'boolean' ? Boolean(Number(actual)) : actual
}

type Case = readonly [name: string, expression: (dialect: Dialect) => Sql, expected: unknown]

async function check(name: DialectName, cases: readonly Case[]): Promise<void> {
  const dialect = dialectOf(name)
  const actual: unknown[] = []
  // Some databases take few columns and few parameters in one statement.
  for (let from = 0; from < cases.length; from += 100) {
    actual.push(
      ...(await values(
        name,
        cases.slice(from, from + 100).map(([, expression]) => expression(dialect)),
      )),
    )
  }
  const told = (value: (index: number, expected: unknown) => unknown) =>
    cases.map(([label, , expected], index) => `${label} → ${String(value(index, expected))}`)
  expect(told((index, expected) => like(actual[index], expected))).toEqual(told((_, expected) => expected))
}

const iso = (ms: number) => new Date(ms).toISOString().slice(0, -1)
const text = (value: string) => (dialect: Dialect) => dialect.text(dialect.parameter({ type: 'text', value }))
const number = (value: number) => (dialect: Dialect) => dialect.double(value)

describe.each(LIVE)('%s', (name) => {
  describe('local time', () => {
    const instants = [
      ...[
        '1975-06-15T12:00:00.000Z',
        '1999-12-31T23:59:59.999Z',
        '2011-12-30T09:30:00.000Z',
        '2026-02-28T23:59:59.000Z',
      ],
      ...[
        '2026-03-08T06:59:59.000Z',
        '2026-03-08T07:00:00.000Z',
        '2026-03-29T00:59:59.000Z',
        '2026-03-29T01:00:00.000Z',
      ],
      ...[
        '2026-04-04T14:59:59.000Z',
        '2026-04-04T15:00:00.000Z',
        '2026-10-03T15:29:59.000Z',
        '2026-10-03T15:30:00.000Z',
      ],
      ...[
        '2026-10-25T00:59:59.000Z',
        '2026-10-25T01:00:00.000Z',
        '2026-11-01T04:30:00.000Z',
        '2026-11-01T06:00:00.000Z',
      ],
    ].map((instant) => Date.parse(instant))
    const zones = [
      'UTC',
      'Europe/Brussels',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/St_Johns',
      'Africa/Casablanca',
      'Pacific/Apia',
      'America/Sao_Paulo',
    ]

    /** By `Intl`, without any code of ours. */
    function wallClock(ms: number, timeZone: string): string {
      const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(ms)
      return `${clock.replace(' ', 'T')}.${iso(ms).slice(-3)}`
    }

    it.each(zones)('is what clocks show in %s, its offsets known or not', async (zone) => {
      const known = zoneOffsets(zone, Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1), 12)
      expect(known).toBeDefined()
      const cases = instants.flatMap((ms): Case[] => {
        const time = (dialect: Dialect) => dialect.parameter({ type: 'timestamp', value: new Date(ms).toISOString() })
        const expected = wallClock(ms, zone)
        const unknown: Case = [`${iso(ms)}`, (dialect) => dialect.localTime(time(dialect), zone, undefined), expected]
        if (ms < Date.UTC(2026, 0, 1)) return [unknown]
        return [unknown, [`${iso(ms)} by offset`, (dialect) => dialect.localTime(time(dialect), zone, known), expected]]
      })
      await check(name, [
        ...cases,
        ['null', (dialect) => dialect.localTime(dialect.null('time'), zone, undefined), null],
        ['null by offset', (dialect) => dialect.localTime(dialect.null('time'), zone, known), null],
      ])
    })
  })

  describe('buckets of time', () => {
    const times = [
      '1969-12-31T23:59:59.500',
      '1999-12-31T23:59:59.999',
      '2000-01-01T00:00:00.000',
      '2023-01-01T00:00:00.000',
      '2024-02-29T13:14:15.016',
      '2026-03-29T02:30:00.000',
      '2026-11-30T23:59:59.999',
      '2027-01-03T12:00:00.000',
    ]

    it.each(GRANULARITIES)('of a %s start where the calendar says', async (granularity) => {
      const rules =
        granularity === 'week'
          ? [0, 1, 2, 3, 4, 5, 6].map((weekStart) => ({ weekStart, fiscalYearStart: 1 }))
          : [1, 2, 3, 4, 7, 10, 12].map((fiscalYearStart) => ({ weekStart: 0, fiscalYearStart }))
      await check(
        name,
        rules.flatMap((calendar) =>
          times.map(
            (time): Case => [
              `${time} ${JSON.stringify(calendar)}`,
              (dialect) => dialect.truncate(granularity, dialect.localLiteral(time), calendar),
              iso(startOf(granularity, Date.parse(`${time}Z`), calendar)),
            ],
          ),
        ),
      )
    })

    const DAY = 86_400_000
    const spans: readonly [label: string, ms: number, originMs: number][] = [
      ['15 minutes', 900_000, Date.UTC(2024, 0, 1)],
      ['4 hours from 2', 4 * 3_600_000, Date.UTC(2024, 0, 1, 2)],
      ['36 hours', 36 * 3_600_000, Date.UTC(2024, 0, 1)],
      ['2 weeks from a Friday', 14 * DAY, Date.UTC(2024, 7, 23)],
      ['10 days from the future', 10 * DAY, Date.UTC(2031, 4, 5, 6)],
      ['7 seconds', 7_000, Date.UTC(2024, 0, 1)],
    ]
    it.each(spans)('of %s lie side by side', async (_, ms, originMs) => {
      await check(
        name,
        times.map((time): Case => {
          const at = Date.parse(`${time}Z`)
          return [
            time,
            (dialect) => dialect.truncateCustom(dialect.localLiteral(time), { interval: { months: 0, ms }, originMs }),
            iso(originMs + Math.floor((at - originMs) / ms) * ms),
          ]
        }),
      )
    })

    const runs: readonly [label: string, months: number, originMs: number][] = [
      ['a fiscal year', 12, Date.UTC(2023, 3, 1)],
      ['half years', 6, Date.UTC(2024, 0, 1)],
      ['months from the 15th at six', 1, Date.UTC(2024, 2, 15, 6)],
      ['5 months from the 28th', 5, Date.UTC(2024, 1, 28)],
      ['decades', 120, Date.UTC(2020, 0, 1)],
    ]
    it.each(runs)('of %s lie side by side', async (_, months, originMs) => {
      await check(
        name,
        times.map((time): Case => {
          const at = Date.parse(`${time}Z`)
          let step = -1_000
          while (addMonths(originMs, (step + 1) * months) <= at) step += 1
          return [
            time,
            (dialect) => dialect.truncateCustom(dialect.localLiteral(time), { interval: { months, ms: 0 }, originMs }),
            iso(addMonths(originMs, step * months)),
          ]
        }),
      )
    })

    it('without one grid are refused', () => {
      const dialect = dialectOf(name)
      const now = dialect.localLiteral('2026-01-01T00:00:00.000')
      for (const [interval, originMs] of [
        [{ months: 1, ms: DAY }, 0],
        [{ months: 0, ms: 0 }, 0],
        [{ months: -1, ms: 0 }, 0],
        [{ months: 1, ms: 0 }, Date.UTC(2024, 0, 31)],
      ] as const) {
        expect(refusal(() => dialect.truncateCustom(now, { interval, originMs })).code).toBe('unsupported')
      }
    })

    it('of nothing are null', async () => {
      await check(name, [
        ...GRANULARITIES.map(
          (granularity): Case => [
            granularity,
            (dialect) => dialect.truncate(granularity, dialect.null('time'), { weekStart: 6, fiscalYearStart: 2 }),
            null,
          ],
        ),
        [
          'span',
          (dialect) =>
            dialect.truncateCustom(dialect.null('time'), { interval: { months: 0, ms: 7_000 }, originMs: 0 }),
          null,
        ],
        ['later', (dialect) => dialect.addInterval(dialect.null('time'), { months: 1, ms: 1_000 }), null],
      ])
    })
  })

  it('adds intervals, to the last day where a month has no such day', async () => {
    const table: readonly [time: string, months: number, ms: number, expected: string][] = [
      ['2024-01-31T10:20:30.456', 1, 0, '2024-02-29T10:20:30.456'],
      ['2023-01-31T00:00:00.000', 1, 0, '2023-02-28T00:00:00.000'],
      ['2024-02-29T00:00:00.000', 12, 0, '2025-02-28T00:00:00.000'],
      ['2024-02-29T00:00:00.000', -12, 0, '2023-02-28T00:00:00.000'],
      ['2024-03-31T23:59:59.999', -1, 0, '2024-02-29T23:59:59.999'],
      ['2024-08-31T00:00:00.000', -18, 0, '2023-02-28T00:00:00.000'],
      ['2024-12-31T00:00:00.000', 2, 86_400_000, '2025-03-01T00:00:00.000'],
      ['2026-03-29T01:30:00.000', 0, 3_600_000, '2026-03-29T02:30:00.000'],
      ['2026-01-01T00:00:00.000', 0, -1, '2025-12-31T23:59:59.999'],
      ['2026-01-01T00:00:00.000', 0, 1_500, '2026-01-01T00:00:01.500'],
      ['2026-01-01T00:00:00.000', 0, 100 * 86_400_000, '2026-04-11T00:00:00.000'],
      ['2026-01-01T00:00:00.000', 0, 0, '2026-01-01T00:00:00.000'],
    ]
    await check(
      name,
      table.map(
        ([time, months, ms, expected]): Case => [
          `${time} ${months} ${ms}`,
          (dialect) => dialect.addInterval(dialect.localLiteral(time), { months, ms }),
          expected,
        ],
      ),
    )
  })

  const HOSTILE = [
    ...[
      '100%',
      '100x',
      'a_b',
      'aXb',
      'c\\d',
      'c\\\\d',
      '\\',
      '%',
      '_',
      '!',
      '!%',
      '[a-z]',
      'b',
      "it's",
      '"',
      '`',
      '--',
      ';',
    ],
    ...['A_B', 'x\ny', 'Straße', 'a', 'ab', ' ab', 'ab ', '', '{p1:String}', '$1', '?', '@p1', ':p1', '日本', '😀'],
  ]
  const MODES = ['contains', 'startsWith', 'endsWith'] as const

  async function checkLikes(): Promise<void> {
    const test = { contains: 'includes', startsWith: 'startsWith', endsWith: 'endsWith' } as const
    for (const mode of MODES) {
      for (const sought of HOSTILE) {
        await check(
          name,
          HOSTILE.map(
            (held): Case => [
              `${JSON.stringify(held)} ${mode} ${JSON.stringify(sought)}`,
              (dialect) => dialect.flag(dialect.like(text(held)(dialect), mode, sought)),
              held.toLowerCase()[test[mode]](sought.toLowerCase()),
            ],
          ),
        )
      }
    }
  }

  it('SQL-05 finds texts literally, whatever %, _, \\ and [ mean elsewhere', checkLikes)

  if (name === 'mysql' || name === 'postgres') {
    it('SQL-05 finds texts literally under the other rule of backslashes', async () => {
      const database = databases.get(name)!
      const [change, restore] =
        name === 'mysql'
          ? ["set sql_mode = 'NO_BACKSLASH_ESCAPES'", "set sql_mode = 'NO_ENGINE_SUBSTITUTION'"]
          : ['set standard_conforming_strings = off', 'set standard_conforming_strings = on']
      await database.run(change)
      try {
        await checkLikes()
      } finally {
        await database.run(restore)
      }
    })
  }

  it('tells texts apart letter for letter', async () => {
    const held = ['a', 'A', 'a ', 'á', 'ß', 'ss', '', ' ', '\\', "'"]
    await check(name, [
      ...held.flatMap((value) =>
        held.flatMap((sought): Case[] => {
          const values = [{ type: 'text', value: sought }] as const
          const both = [...values, { type: 'text', value: 'zz' }] as const
          return [
            [`${value} = ${sought}`, (d) => d.flag(d.equals(text(value)(d), values, false)), value === sought],
            [`${value} in ${sought}`, (d) => d.flag(d.equals(text(value)(d), both, false)), value === sought],
            [`${value} <> ${sought}`, (d) => d.flag(d.equals(text(value)(d), values, true)), value !== sought],
          ]
        }),
      ),
      ['null <> a', (d) => d.flag(d.equals(d.null('string'), [{ type: 'text', value: 'a' }], true)), true],
    ])
  })

  it('SQL-18 compares numbers exactly', async () => {
    const cast = (value: string) => (dialect: Dialect) =>
      dialect.cast(dialect.parameter({ type: 'text', value }), value.includes('.') ? 'decimal' : 'bigint')
    const same = (held: string, type: 'integer' | 'decimal', value: string | number, expected: boolean): Case => [
      `${held} = ${value}`,
      (d) => d.flag(d.equals(cast(held)(d), [{ type, value }], false)),
      expected,
    ]
    await check(name, [
      same('9007199254740993', 'integer', '9007199254740993', true),
      same('9007199254740993', 'integer', '9007199254740992', false),
      same('-5', 'integer', -5, true),
      same('12', 'decimal', '12.0', true),
      same('12', 'decimal', '12.5', false),
      same('0.1', 'decimal', '0.1', true),
      same('3', 'decimal', '1e300', false),
      ['5 minus -1', (d) => sql`5 - ${d.parameter({ type: 'integer', value: -1 })}`, 6],
      ['5 minus - 1', (d) => sql`5 -${d.double(-1)}`, 6],
      ['true', (d) => d.flag(sql`${d.parameter({ type: 'boolean', value: true })} = ${d.boolean(true)}`), true],
      ['false', (d) => d.flag(sql`${d.parameter({ type: 'boolean', value: true })} = ${d.boolean(false)}`), false],
    ])
  })

  it('SQL-19 compares times to the millisecond', async () => {
    const time = (value: string) => (d: Dialect) => d.comparedTime(d.parameter({ type: 'timestamp', value }))
    const at = '2026-03-29T01:00:00.000Z'
    const before = '2026-03-29T00:59:59.999Z'
    await check(name, [
      ['same', (d) => d.flag(sql`${time(at)(d)} >= ${d.parameter({ type: 'timestamp', value: at })}`), true],
      ['before', (d) => d.flag(sql`${time(before)(d)} >= ${d.parameter({ type: 'timestamp', value: at })}`), false],
      ['instant', (d) => d.instant(d.parameter({ type: 'timestamp', value: before })), before.slice(0, -1)],
      ['leap day', (d) => d.localLiteral('2024-02-29T00:00:00.000'), '2024-02-29T00:00:00.000'],
    ])
  })

  it('aggregates, nulls left out and averages not cut', async () => {
    const dialect = dialectOf(name)
    const numbers = [1, 2, 2, null, 5].map((value) => [
      value === null ? dialect.null('number') : dialect.double(value),
      dialect.cast(dialect.parameter({ type: 'integer', value: value ?? 0 }), 'bigint'),
    ])
    const rows = dialect.valuesRows(['x', 'i'], numbers)
    const [x, i] = [sql`${sql.id('v', 'x')}`, sql`${sql.id('v', 'i')}`]
    const over2 = sql`${x} >= 2`
    const never = sql`${x} > 100`
    const cases: (readonly [Sql, number | null])[] = [
      [dialect.aggregate('count', undefined, undefined), 5],
      [dialect.aggregate('count', undefined, over2), 3],
      [dialect.aggregate('count', x, undefined), 4],
      [dialect.aggregate('count_distinct', x, undefined), 3],
      [dialect.aggregate('count_distinct', x, over2), 2],
      [dialect.aggregate('count_distinct_approx', x, over2), 2],
      [dialect.aggregate('sum', i, undefined), 10],
      [dialect.aggregate('sum', x, never), null],
      [dialect.aggregate('count', x, never), 0],
      [dialect.aggregate('avg', i, sql`${i} in (1, 2)`), 1.666666667],
      [dialect.aggregate('min', x, over2), 2],
      [dialect.aggregate('max', x, undefined), 5],
      ...(dialect.supports.percentile
        ? ([
            [dialect.aggregate('median', x, undefined), 2],
            [dialect.aggregate('median', i, sql`${i} in (1, 5)`), 3],
            [dialect.aggregate('percentile', x, undefined, 0.9), 4.1],
            [dialect.aggregate('percentile', x, never, 0.5), null],
          ] as const)
        : []),
    ]
    const columns = cases.map(([expression], index) => sql`${expression} as ${sql.id(`c${index}`)}`)
    const [row] = await select(name, sql`select ${sql.join(columns)} from ${rows} as ${sql.id('v')}`)
    expect(row!.map((value, index) => like(value, cases[index]![1]))).toEqual(cases.map(([, expected]) => expected))
    if (!dialect.supports.percentile) {
      const refused = refusal(() => dialect.aggregate('median', x, undefined))
      expect(refused.code).toBe('unsupported')
      expect(refused.message).toContain(name)
    }
  })

  it('gives every function of calculations its meaning', async () => {
    const call = (fn: Parameters<Dialect['call']>[0], args: readonly (number | null)[], expected: unknown): Case => [
      `${fn}(${args.join(', ')})`,
      (d) =>
        d.call(
          fn,
          args.map((arg) => (arg === null ? d.null('number') : d.double(arg))),
        ),
      expected,
    ]
    const round = (x: number | null, digits: number, expected: unknown): Case => [
      `round(${x}, ${digits})`,
      (d) =>
        d.call('round', [x === null ? d.null('number') : d.double(x), d.parameter({ type: 'integer', value: digits })]),
      expected,
    ]
    await check(name, [
      call('abs', [-2.5], 2.5),
      call('ceil', [1.2], 2),
      call('ceil', [-1.2], -1),
      call('floor', [-1.2], -2),
      call('coalesce', [null, 3], 3),
      call('exp', [2], 7.389056099),
      call('exp', [0], 1),
      call('exp', [null], null),
      call('exp', [5_000], null),
      call('exp', [-5_000], 0),
      call('greatest', [1, 3, 2], 3),
      call('greatest', [1, null], null),
      call('greatest', [-1, -3], -1),
      call('least', [1, 3, 2], 1),
      call('least', [null, 1], null),
      call('ln', [1], 0),
      call('ln', [0], null),
      call('ln', [-1], null),
      call('ln', [null], null),
      call('mod', [7, 3], 1),
      call('mod', [-7, 3], -1),
      call('mod', [7.5, 2], 1.5),
      call('mod', [7, 0], null),
      call('nullif', [2, 2], null),
      call('nullif', [2, 3], 2),
      call('power', [2, 10], 1_024),
      call('power', [-2, 3], -8),
      call('power', [2, -1], 0.5),
      call('power', [0, 0], 1),
      call('power', [0, 2], 0),
      call('power', [0, -1], null),
      call('power', [-8, 0.5], null),
      call('power', [10, 400], null),
      call('power', [10, -400], 0),
      call('power', [null, 2], null),
      call('power', [2, null], null),
      call('round', [2.5], 3),
      call('round', [-2.5], -3),
      call('round', [null], null),
      round(2.345, 2, 2.35),
      round(0.125, 2, 0.13),
      round(1_234, -2, 1_200),
      round(null, 2, null),
      call('sign', [-3], -1),
      call('sign', [0], 0),
      call('sqrt', [9], 3),
      call('sqrt', [0], 0),
      call('sqrt', [-4], null),
      call('sqrt', [null], null),
      ['if true', (d) => d.call('if', [sql`1 = 1`, number(1)(d), number(2)(d)]), 1],
      ['if null', (d) => d.call('if', [sql`${d.null('number')} = 1`, number(1)(d), number(2)(d)]), 2],
      ['if alone', (d) => d.call('if', [sql`1 = 2`, number(1)(d)]), null],
      ['7 / 2', (d) => d.divide(sql`7`, sql`2`), 3.5],
      ['1 / 0', (d) => d.divide(sql`1`, sql`0`), null],
      ['1 / null', (d) => d.divide(sql`1`, d.null('number')), null],
      ['inside', (d) => sql`2 * ${d.divide(sql`1`, sql`4`)}`, 0.5],
    ])
  })

  it('repeats no argument of a calculation, so that nesting stays small', () => {
    const dialect = dialectOf(name)
    for (const fn of ['least', 'greatest', 'power', 'mod'] as const) {
      let nested: Sql = sql`${sql.id('x')}`
      for (let depth = 0; depth < 30; depth++) nested = dialect.call(fn, [nested, dialect.double(2)])
      expect(nested.compile(queryBuilderOf(dialect)).sql.length).toBeLessThan(30_000)
    }
  })

  it('says values, texts and nulls', async () => {
    const bin = (x: number | null, width: number, digits: number, expected: unknown): Case => [
      `bin ${x} ${width}`,
      (d) => d.bin(x === null ? d.null('number') : d.double(x), width, digits),
      expected,
    ]
    const same = (a: number | null, b: number | null, expected: boolean): Case => [
      `${a} is ${b}`,
      (d) => {
        const [left, right] = [a, b].map((value) => (value === null ? d.null('number') : d.double(value)))
        return d.flag(d.sameOrBothNull(left!, right!))
      },
      expected,
    ]
    await check(name, [
      bin(0.3, 0.1, 1, 0.3),
      bin(0.7, 0.1, 1, 0.7),
      bin(-0.05, 0.1, 1, -0.1),
      bin(17, 5, 0, 15),
      bin(-1, 5, 0, -5),
      bin(null, 5, 0, null),
      same(1, 1, true),
      same(1, 2, false),
      same(1, null, false),
      same(null, null, true),
      ['concat', (d) => d.concat([text('a')(d), sql`','`, text("b'")(d)]), "a,b'"],
      ['concat null', (d) => d.concat([text('a')(d), d.null('string')]), null],
      ['text', (d) => d.text(d.parameter({ type: 'integer', value: 12 })), '12'],
      ['to text', (d) => d.cast(d.parameter({ type: 'integer', value: 12 }), 'text'), '12'],
      ['to double', (d) => d.cast(text('1.5')(d), 'double'), 1.5],
      ['to bigint', (d) => d.cast(text('42')(d), 'bigint'), 42],
      ['to decimal', (d) => d.cast(text('1.25')(d), 'decimal'), 1.25],
      ['to boolean', (d) => d.cast(d.boolean(true), 'boolean'), true],
      ['to timestamp', (d) => d.cast(text('2026-01-02 03:04:05')(d), 'timestamp'), '2026-01-02T03:04:05.000'],
      ['true', (d) => d.boolean(true), true],
      ['false', (d) => d.boolean(false), false],
      ['flag', (d) => d.flag(sql`1 = 1`), true],
      ['no flag', (d) => d.flag(sql`1 = 2`), false],
      ['null text', (d) => d.null('string'), null],
      ['null number', (d) => d.null('number'), null],
      ['null flag', (d) => d.null('boolean'), null],
      ['null time', (d) => d.null('time'), null],
    ])
  })

  it('orders nulls last both ways, and pages', async () => {
    const dialect = dialectOf(name)
    const rows = dialect.valuesRows(
      ['x y'],
      [2, null, 1, 3].map((value) => [value === null ? dialect.null('number') : dialect.double(value)]),
    )
    const ordered = (direction: 'asc' | 'desc', limit: number, offset: number) => {
      const x = sql.id('v', 'x y')
      const page = dialect.page(limit, offset, true)
      return select(
        name,
        sql`select ${x} from ${rows} as ${sql.id('v')} order by ${dialect.orderBy(x, direction)} ${page}`,
      )
    }
    const cells = (answer: unknown[][]) => answer.map(([value]) => (value === null ? null : Number(value)))
    expect(cells(await ordered('asc', 10, 0))).toEqual([1, 2, 3, null])
    expect(cells(await ordered('desc', 10, 0))).toEqual([3, 2, 1, null])
    expect(cells(await ordered('desc', 2, 1))).toEqual([2, 1])
  })

  it('writes out a thousand rows', async () => {
    const dialect = dialectOf(name)
    const rows = Array.from({ length: 1_000 }, (_, index) => [
      dialect.localLiteral(iso(Date.UTC(2026, 0, 1) + index * 3_600_000)),
      sql`${sql.lit(index)}`,
    ])
    const relation = dialect.valuesRows(['t', 'n'], rows)
    const [row] = await select(
      name,
      sql`select count(*) as a, max(${sql.id('v', 't')}) as b, sum(${sql.id('v', 'n')}) as c from ${relation} as ${sql.id('v')}`,
    )
    expect([Number(row![0]), row![1], Number(row![2])]).toEqual([1_000, '2026-02-11T15:00:00.000', 499_500])
  })

  it('SQL-14 SQL-16 quotes names whatever they hold', async () => {
    const dialect = dialectOf(name)
    const names = ['x"; drop table t --', 'a`b', 'a]b', 'a\\b', 'a b', 'SELECT', 'MiXed', 'a.b', 'new\nline', '名']
    const columns = names.map((column, index) => sql`${sql.lit(index)} as ${sql.id(column)}`)
    const reads = names.map((column) => sql`${sql.id('q', column)}`)
    const inner = sql`(select ${sql.join(columns)}) as ${sql.id('q')}`
    const [row] = await select(
      name,
      sql`select ${sql.join(reads.map((read, i) => sql`${read} as ${sql.id(`c${i}`)}`))} from ${inner}`,
    )
    expect(row!.map(Number)).toEqual(names.map((_, index) => index))
    const table = dialect.table([
      { text: 'sche"ma', isQuoted: true },
      { text: 'ta`ble', isQuoted: true },
    ])
    expect(table.compile(queryBuilderOf(dialect)).parameters).toEqual([])
  })
})
