import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nextCursor } from '../../src/compile/index.ts'
import { ISO_RULES, startOf, toLocalIso } from '../../src/query/calendar.ts'
import { parseDateRange } from '../../src/query/date-range.ts'
import { timeBuckets } from '../../src/query/time-buckets.ts'
import type { DateRange, Query } from '../../src/schema/query.ts'
import type { Cell } from '../../src/schema/result.ts'
import { refusal } from '../matchers.ts'
import {
  asSet,
  asText,
  compileSales,
  localOf,
  MEASURES,
  NOW,
  openSales,
  SALES,
  type Sale,
  type SalesDatabase,
} from './sales.ts'

let databases: readonly SalesDatabase[] = []
beforeAll(async () => {
  databases = await openSales()
})
afterAll(() => Promise.all(databases.map((database) => database.close())))

/** The answer, the same from every database. */
async function ask(query: Query): Promise<Cell[][]> {
  const answers = await Promise.all(databases.map((database) => database.run(compileSales(query, database.dialect))))
  for (const answer of answers.slice(1)) expect(answer.map(asText)).toEqual(answers[0]!.map(asText))
  return answers[0]!
}

const columnsOf = (query: Query) => compileSales(query).columns.map(({ name }) => name)
const names = Object.keys(MEASURES)
const measures = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
const dimensionNames = ['sales.region', 'sales.product', 'sales.is_gift', 'sales.size'] as const
const dimensions = fc.uniqueArray(fc.constantFrom(...dimensionNames), { minLength: 1, maxLength: 3 })
const zones = fc.constantFrom('UTC', 'Europe/Brussels', 'Australia/Lord_Howe', 'America/New_York', 'Asia/Kathmandu')
const runs = { numRuns: 40 }
const limit = 50_000

const memberOf = (sale: Sale, dimension: string) => sale[dimension.slice('sales.'.length) as keyof Sale]

/** Groups sales by a key and measures each group, by hand. */
function grouped(rows: readonly Sale[], key: (sale: Sale) => readonly Cell[], asked: readonly string[]): Cell[][] {
  const groups = new Map<string, { readonly key: readonly Cell[]; readonly rows: Sale[] }>()
  for (const sale of rows) {
    const found = key(sale)
    const id = JSON.stringify(found)
    const group = groups.get(id) ?? { key: found, rows: [] }
    groups.set(id, group)
    group.rows.push(sale)
  }
  return [...groups.values()].map((group) => [...group.key, ...asked.map((name) => MEASURES[name]!(group.rows))])
}

it('asks every database that is here', () => {
  const mariadb = process.env.TEST_MARIADB_URL === undefined ? [] : ['mysql']
  expect(databases.map(({ dialect }) => dialect)).toEqual(['postgres', 'duckdb', 'sqlite', ...mariadb])
})

describe('subtotals', () => {
  it('are the answers to questions with fewer columns', async () => {
    await fc.assert(
      fc.asyncProperty(measures, dimensions, async (asked, by) => {
        const rows = await ask({ measures: asked, dimensions: by, subtotals: true, limit })
        const expected: Cell[][] = []
        for (let kept = by.length; kept >= 0; kept--) {
          const rolledUp = by.length - kept
          const bits = (2 ** rolledUp - 1) * 2 ** kept
          for (const row of grouped(SALES, (sale) => by.slice(0, kept).map((name) => memberOf(sale, name)), asked)) {
            const nulls = new Array<Cell>(rolledUp).fill(null)
            expected.push([...row.slice(0, kept), ...nulls, bits, ...row.slice(kept)])
          }
        }
        expect(asSet(rows)).toEqual(asSet(expected))
      }),
      runs,
    )
  })

  it('stand after what they sum up, whatever nulls the columns hold', async () => {
    const query: Query = { measures: ['sales.count'], dimensions: ['sales.region', 'sales.is_gift'], subtotals: true }
    for (const order of [undefined, [['sales.region', 'desc']] as const]) {
      const rows = await ask({
        ...query,
        ...(order && { order: [...order.map(([name]) => [name, 'desc'] as [string, 'desc'])] }),
      })
      const groupings = rows.map((row) => row[2])
      expect(groupings.at(-1)).toBe(3)
      expect(groupings.filter((bits) => bits === 3)).toHaveLength(1)
      let sum = 0
      for (const [region, , bits, count] of rows.slice(0, -1)) {
        if (bits === 0) sum += Number(count)
        else {
          expect(count, `${region}`).toBe(sum)
          sum = 0
        }
      }
      expect(sum).toBe(0)
    }
  })

  it('keep the lists of columns asked for', async () => {
    const query: Query = {
      measures: ['sales.average'],
      dimensions: ['sales.region', 'sales.product'],
      subtotals: [['sales.product'], [], ['sales.product'], ['sales.region', 'sales.product']],
      limit,
    }
    expect(columnsOf(query)).toEqual(['sales.region', 'sales.product', '$grouping', 'sales.average'])
    const bits = new Set((await ask(query)).map((row) => row[2]))
    expect([...bits].sort()).toEqual([0, 1, 3])
  })

  it('count as rows of the total, and are tested like others', async () => {
    const query: Query = {
      measures: ['sales.count'],
      dimensions: ['sales.region'],
      subtotals: true,
      filters: [{ member: 'sales.count', operator: 'gt', values: [SALES.length - 1] }],
      total: true,
    }
    expect(await ask(query)).toEqual([[null, 1, SALES.length]])
    for (const database of databases) {
      const { total } = compileSales(query, database.dialect)
      expect(await database.run(total!)).toEqual([[1]])
    }
  })
})

describe('top values', () => {
  const compareCells = (a: Cell, b: Cell) => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1)
  const top = (by: string, measure: string, count: number, direction: 'asc' | 'desc', rows: readonly Sale[]) => {
    const ranked = grouped(rows, (sale) => [memberOf(sale, by)], [measure])
    const sign = direction === 'asc' ? 1 : -1
    ranked.sort(([key, value], [otherKey, other]) => {
      if (value === null || other === null) return compareCells(value!, other!) || compareCells(key!, otherKey!)
      return sign * (Number(value) - Number(other)) || compareCells(key!, otherKey!)
    })
    return new Set(ranked.slice(0, count).map(([key]) => key))
  }

  it('are those that a ranking by hand finds, the rest aggregated from rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        measures,
        fc.constantFrom('sales.region', 'sales.product'),
        fc.option(fc.constantFrom('sales.is_gift', 'sales.size'), { nil: undefined }),
        fc.constantFrom(...names),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('asc', 'desc'),
        fc.constantFrom(undefined, false, true, 'the rest'),
        fc.boolean(),
        async (asked, by, other, rankedBy, count, direction, others, isFiltered) => {
          const kept = SALES.filter((sale) => !isFiltered || sale.size !== 1)
          const best = top(by, rankedBy, count, direction, kept)
          const rows = await ask({
            measures: asked,
            dimensions: other === undefined ? [by] : [other, by],
            topN: {
              dimension: by,
              limit: count,
              measure: rankedBy,
              direction,
              ...(others !== undefined && { others }),
            },
            ...(isFiltered && { filters: [{ member: 'sales.size', operator: 'notEquals', values: [1] }] }),
            limit,
          })
          const hasOthers = others === true || typeof others === 'string'
          const label = others === true ? 'Others' : String(others)
          const before = (sale: Sale): Cell[] => (other === undefined ? [] : [memberOf(sale, other)])
          const expected = grouped(
            kept.filter((sale) => hasOthers || best.has(memberOf(sale, by))),
            (sale) => {
              const value = memberOf(sale, by)
              const isTop = best.has(value)
              return [...before(sale), isTop ? value : label, ...(hasOthers ? [!isTop] : [])]
            },
            asked,
          )
          expect(asSet(rows)).toEqual(asSet(expected))
        },
      ),
      runs,
    )
  })

  it('come before the rest', async () => {
    const query: Query = {
      measures: ['sales.count'],
      dimensions: ['sales.product'],
      topN: { dimension: 'sales.product', limit: 1, direction: 'asc', others: true },
    }
    expect(columnsOf(query)).toEqual(['sales.product', '$other', 'sales.count'])
    const rows = await ask(query)
    expect(rows.map((row) => row[1])).toEqual([false, true])
    expect(Number(rows[1]![2])).toBeGreaterThan(Number(rows[0]![2]))
  })

  it('are summed up without the rest when it is left out, with it when it stays', async () => {
    const sum = async (others: boolean) => {
      const topN = { dimension: 'sales.product', limit: 2, others }
      const rows = await ask({ measures: ['sales.count'], dimensions: ['sales.product'], topN, subtotals: true })
      return { total: rows.at(-1)!.at(-1), shown: rows.slice(0, -1).reduce((all, row) => all + Number(row.at(-1)), 0) }
    }
    const without = await sum(false)
    expect(without.total).toBe(without.shown)
    const withRest = await sum(true)
    expect(withRest).toEqual({ total: SALES.length, shown: SALES.length })
  })
})

describe('filling', () => {
  const granularity = fc.constantFrom('hour', 'day', 'week', 'month')
  const start = fc.constantFrom('2026-03-27', '2026-10-23', '2026-04-02', '2026-10-01')

  it('gives every bucket of the span a row for every combination that occurs', async () => {
    await fc.assert(
      fc.asyncProperty(
        measures,
        fc.option(fc.constantFrom('sales.region', 'sales.is_gift'), { nil: undefined }),
        granularity,
        start,
        fc.integer({ min: 1, max: 6 }),
        zones,
        fc.constantFrom('null', 'zero'),
        fc.constantFrom(0, 6),
        async (asked, by, unit, first, days, timezone, fill, weekStart) => {
          const last = new Date(Date.parse(first) + days * 86_400_000).toISOString().slice(0, 10)
          const clock = { nowMs: NOW.getTime(), timezone, rules: { ...ISO_RULES, weekStart } }
          const span = parseDateRange([first, last], clock)
          if ('problem' in span) throw new Error(span.problem)
          const buckets = timeBuckets(span, unit, timezone, clock.rules)
          if ('problem' in buckets) throw new Error(buckets.problem)
          const kept = SALES.filter(({ at }) => at >= span.startMs && at < span.endMs)
          const key = (sale: Sale): Cell[] => [
            toLocalIso(startOf(unit, localOf(sale, timezone), clock.rules)),
            ...(by === undefined ? [] : [memberOf(sale, by)]),
          ]
          const found = new Map(grouped(kept, key, asked).map((row) => [JSON.stringify(row.slice(0, by ? 2 : 1)), row]))
          const combinations =
            by === undefined ? [[]] : [...new Set(kept.map((sale) => memberOf(sale, by)))].map((value) => [value])
          const isCounting = (name: string) => !name.endsWith('average') && !name.endsWith('peak')
          // A sum of nothing but nulls too.
          const empty = asked.map((name) => (fill === 'zero' && isCounting(name) ? 0 : null))
          const expected = buckets.flatMap(({ localStart }) =>
            combinations.map((combination): Cell[] => {
              const row = [toLocalIso(localStart), ...combination]
              const values = found.get(JSON.stringify(row))?.slice(row.length)
              return [...row, ...empty.map((none, index) => values?.[index] ?? none)]
            }),
          )
          const rows = await ask({
            measures: asked,
            dimensions: by === undefined ? [] : [by],
            timeDimensions: [{ dimension: 'sales.at', granularity: unit, dateRange: [first, last], fill }],
            timezone,
            weekStart: weekStart === 0 ? 'monday' : 'sunday',
            limit,
          })
          expect(asSet(rows)).toEqual(asSet(expected))
        },
      ),
      runs,
    )
  })

  it('keeps the sums over buckets, and the conditions on groups before it', async () => {
    const rows = await ask({
      measures: ['sales.count'],
      timeDimensions: [
        { dimension: 'sales.at', granularity: 'month', dateRange: ['2027-01-01', '2027-03-31'], fill: 'zero' },
      ],
      subtotals: true,
      filters: [{ member: 'sales.count', operator: 'gte', values: [0] }],
    })
    expect(rows).toEqual([
      ['2027-01-01T00:00:00.000', 0, 0],
      ['2027-02-01T00:00:00.000', 0, 0],
      ['2027-03-01T00:00:00.000', 0, 0],
      [null, 1, 0],
    ])
  })

  it('takes granularities of the model', async () => {
    const query: Query = {
      measures: ['sales.count'],
      timeDimensions: [
        { dimension: 'sales.at', granularity: 'sprint', dateRange: ['2026-03-01', '2026-03-31'], fill: 'zero' },
      ],
    }
    const rows = await ask(query)
    expect(rows.map(([start]) => start)).toEqual([
      '2026-02-18T00:00:00.000',
      '2026-03-04T00:00:00.000',
      '2026-03-18T00:00:00.000',
    ])
    const span = SALES.filter(({ at }) => at >= Date.UTC(2026, 2, 1) && at < Date.UTC(2026, 3, 1))
    expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(span.length)
    expect(compileSales(query).columns[0]).toMatchObject({ customGranularity: 'sprint', granularityTitle: 'Sprint' })
  })

  it('says when there would be too many buckets', () => {
    const dateRange: DateRange = ['2026-01-01', '2026-12-31']
    const timeDimensions = [{ dimension: 'sales.at', granularity: 'minute', dateRange, fill: 'null' as const }]
    expect(refusal(() => compileSales({ measures: ['sales.count'], timeDimensions }))).toMatchObject({
      code: 'invalid_date_range',
      message: expect.stringMatching(/more than 10000 minutes/),
    })
  })
})

describe('compared spans', () => {
  it('are answered like separate questions', async () => {
    const range = fc.constantFrom<DateRange>(
      'this month',
      'last month',
      'last 3 months',
      ['2026-10-20', '2026-10-26'],
      'this year',
    )
    await fc.assert(
      fc.asyncProperty(
        measures,
        fc.array(range, { minLength: 2, maxLength: 4 }),
        zones,
        async (asked, spans, timezone) => {
          const query = { measures: asked, dimensions: ['sales.region'], timezone, limit }
          const entry = { dimension: 'sales.at', granularity: 'week' }
          const rows = await ask({ ...query, timeDimensions: [{ ...entry, compareDateRange: spans }] })
          const expected: Cell[][] = []
          for (const [period, dateRange] of spans.entries()) {
            const part = await ask({ ...query, timeDimensions: [{ ...entry, dateRange }] })
            for (const [bucket, region, ...values] of part) expected.push([bucket!, region!, period, ...values])
          }
          expect(rows.map(asText)).toEqual(expected.map(asText))
        },
      ),
      { numRuns: 15 },
    )
  })

  it('say which they are', () => {
    const compareDateRange = ['last month', ['2026-03-29', '2026-03-29']] as DateRange[]
    const compiled = compileSales({
      measures: ['sales.count'],
      timeDimensions: [{ dimension: 'sales.at', compareDateRange }],
      timezone: 'Europe/Brussels',
    })
    expect(compiled.columns.map(({ name }) => name)).toEqual(['$period', 'sales.count'])
    expect(compiled.periods).toEqual([
      ['2026-02-01T00:00:00.000', '2026-02-28T23:59:59.999'],
      ['2026-03-29T00:00:00.000', '2026-03-29T23:59:59.999'],
    ])
  })
})

describe('cursors', () => {
  const grouping = fc.record({
    dimensions,
    subtotals: fc.option(fc.constant(true as const), { nil: undefined }),
    topN: fc.option(fc.constantFrom(true, false, 'rest'), { nil: undefined }),
    time: fc.constantFrom('none', 'month', 'sprint', 'compared', 'filled'),
    measures,
    timezone: zones,
  })
  const order = fc.array(
    fc.tuple(fc.constantFrom(...names, ...dimensionNames, 'sales.at', 'calc.ratio'), fc.constantFrom('asc', 'desc')),
    { maxLength: 3 },
  )
  const TIMES: Readonly<Record<string, NonNullable<Query['timeDimensions']>>> = {
    none: [],
    month: [{ dimension: 'sales.at', granularity: 'month' }],
    sprint: [{ dimension: 'sales.at', granularity: 'sprint', dateRange: 'this year' }],
    compared: [{ dimension: 'sales.at', granularity: 'month', compareDateRange: ['this quarter', 'this year'] }],
    filled: [{ dimension: 'sales.at', granularity: 'month', dateRange: 'this year', fill: 'zero' }],
  }

  it('give pages that together are the whole answer', async () => {
    let cursors = 0
    await fc.assert(
      fc.asyncProperty(grouping, order, fc.integer({ min: 1, max: 40 }), async (group, asked, size) => {
        const shown = new Set<string>([...group.measures, ...group.dimensions, 'calc.ratio'])
        if (group.time !== 'none') shown.add('sales.at')
        const terms = asked.filter(([name]) => shown.has(name))
        const query: Query = {
          measures: group.measures,
          dimensions: group.dimensions,
          timeDimensions: TIMES[group.time]!,
          timezone: group.timezone,
          calculations: [{ name: 'ratio', expression: 'sales.revenue / (sales.customers - 3)' }],
          ...(group.subtotals && { subtotals: true }),
          ...(group.topN !== undefined && { topN: { dimension: group.dimensions[0]!, limit: 2, others: group.topN } }),
          ...(terms.length > 0 && { order: terms }),
        }
        const walk = async (database: SalesDatabase) => {
          const whole = await database.run(compileSales({ ...query, limit }, database.dialect))
          const pages: Cell[][] = []
          let cursor: string | undefined
          do {
            const asked: Query = {
              ...query,
              limit: Math.max(size, Math.ceil(whole.length / 4)),
              ...(cursor && { cursor }),
            }
            const compiled = compileSales(asked, database.dialect)
            const rows = await database.run(compiled)
            pages.push(...rows.slice(0, compiled.limit))
            cursor = rows.length > compiled.limit ? nextCursor(compiled, rows[compiled.limit - 1]!) : undefined
            if (cursor !== undefined) cursors += 1
          } while (cursor !== undefined && pages.length <= whole.length)
          expect(pages.map(asText)).toEqual(whole.map(asText))
        }
        await Promise.all(databases.map(walk))
      }),
      { numRuns: 25 },
    )
    expect(cursors).toBeGreaterThan(50)
  })

  const query: Query = { measures: ['sales.count'], dimensions: ['sales.product', 'sales.region'], limit: 2 }
  const cursorOf = (asked: Query, row: readonly Cell[]) => nextCursor(compileSales(asked), row)!
  const row = ['apple', null, 7]

  it('counts all rows whatever the cursor', async () => {
    const cursor = cursorOf({ ...query, total: true }, row)
    const asked: Query = { ...query, total: true, cursor }
    for (const database of databases) {
      const whole = await database.run(compileSales({ ...query, limit }, database.dialect))
      expect(await database.run(compileSales(asked, database.dialect).total!)).toEqual([[whole.length]])
    }
  })

  it('SQL-23: refuses a cursor of another question, a broken one and an edited one', () => {
    const cursor = cursorOf(query, row)
    const refused = (asked: Query) => refusal(() => compileSales(asked))
    const text = Buffer.from(cursor, 'base64url').toString()
    const encode = (value: string) => Buffer.from(value).toString('base64url')
    const broken = [
      'x',
      '!!',
      cursor.slice(0, -2),
      `${cursor}AA`,
      encode('null'),
      encode('[]'),
      encode('{"v":1}'),
      encode('[1,"","","",""]'),
      encode(text.replace('apple', "a' or 1=1 --")),
      encode(text.replace('apple', 'beet')),
      encode(text.replace('[1', '[2')),
      encode(text.replace('7', '"7"')),
      encode('['.repeat(5_000)),
    ]
    for (const edited of broken) {
      expect(refused({ ...query, cursor: edited })).toMatchObject({
        code: 'invalid_request',
        problems: [{ path: 'cursor', message: 'the cursor is not one that an answer gave' }],
      })
    }
    const foreign = [
      { ...query, dimensions: ['sales.region', 'sales.product'] },
      { ...query, filters: [{ member: 'sales.size', operator: 'set' as const }] },
      { ...query, order: [['sales.count', 'asc']] as [string, 'asc'][] },
      { ...query, timezone: 'Europe/Brussels' },
    ]
    for (const asked of foreign) {
      expect(refused({ ...asked, cursor })).toMatchObject({
        code: 'invalid_request',
        problems: [{ path: 'cursor', message: 'the cursor continues the answer to another question' }],
      })
    }
    expect(compileSales({ ...query, limit: 7, total: true, cursor }).limit).toBe(7)
  })

  it('keeps values of a cursor beside the text', () => {
    const cursor = cursorOf(query, ["x' or 1=1 --", 'n', 7])
    const { sql, parameters } = compileSales({ ...query, cursor })
    expect(sql).not.toContain('or 1=1 --')
    expect(parameters).toContain("x' or 1=1 --")
  })

  it('has none for rows, nor for an order by what is not shown', () => {
    expect(nextCursor(compileSales({ dimensions: ['sales.id'], ungrouped: true }), [1])).toBeUndefined()
    expect(nextCursor(compileSales({ ...query, order: { 'sales.peak': 'asc' } }), row)).toBeUndefined()
  })
})

describe('orders by what is not shown', () => {
  it('takes measures, and of dimensions the lowest or highest value of each group', async () => {
    const products = (order: Query['order']) => ask({ dimensions: ['sales.product'], order: order! })
    const by = (value: (rows: readonly Sale[]) => number, sign: 1 | -1) => {
      const keys = [...new Set(SALES.map(({ product }) => product))].sort()
      const of = (key: string) => value(SALES.filter(({ product }) => product === key))
      return keys.sort((a, b) => sign * (of(a) - of(b))).map((key) => [key])
    }
    const ids = (rows: readonly Sale[]) => rows.map(({ id }) => id)
    expect(await products({ 'sales.count': 'desc' })).toEqual(by((rows) => rows.length, -1))
    expect(await products({ 'sales.id': 'asc' })).toEqual(by((rows) => Math.min(...ids(rows)), 1))
    expect(await products({ 'sales.id': 'desc' })).toEqual(by((rows) => Math.max(...ids(rows)), -1))
  })
})

describe('mixed conditions', () => {
  it('tests an "or" of measures and dimensions on groups', async () => {
    const rows = await ask({
      measures: ['sales.count'],
      dimensions: ['sales.product', 'sales.region'],
      filters: [
        { member: 'sales.is_gift', operator: 'set' },
        {
          or: [
            { member: 'sales.product', operator: 'equals', values: ['fig'] },
            {
              and: [
                { member: 'sales.count', operator: 'gt', values: [6] },
                { member: 'sales.region', operator: 'set' },
              ],
            },
          ],
        },
      ],
      limit,
    })
    const all = grouped(
      SALES.filter(({ is_gift }) => is_gift !== null),
      ({ product, region }) => [product, region],
      ['sales.count'],
    )
    const kept = all.filter(([product, region, count]) => product === 'fig' || (Number(count) > 6 && region !== null))
    expect(kept.length).toBeGreaterThan(2)
    expect(asSet(rows)).toEqual(asSet(kept))
  })

  it('keeps the rows that a measure keeps', async () => {
    const rows = await ask({
      measures: ['sales.count'],
      filters: [{ member: 'sales.gifts', operator: 'measureFilter' }],
    })
    expect(rows).toEqual([[MEASURES['sales.gifts']!(SALES)]])
  })
})

describe('calculations', () => {
  it('compute the same everywhere', async () => {
    const calculations = [
      { name: 'ratio', expression: 'sales.revenue / (sales.count - sales.count)' },
      { name: 'mean', expression: 'round(sales.revenue / sales.count, 2)' },
      { name: 'odd', expression: 'sales.count % 2 = 1 and not sales.count < 10' },
      { name: 'label', expression: "if(sales.count >= 40, 'it''s many', if(sales.count > 20, 'some'))" },
      { name: 'mix', expression: '-abs(-sales.count) * 2 + 7.25e1 - power(2, 3) / 4' },
      { name: 'least', expression: 'least(sales.count, sales.customers, nullif(sales.count, sales.count))' },
      { name: 'none', expression: 'coalesce(ln(0), sqrt(-1), 1 / 0, exp(5000), 42)' },
      { name: 'tiny', expression: '0.1 + 0.2' },
    ]
    const rows = await ask({
      measures: ['sales.count', 'sales.revenue'],
      dimensions: ['sales.product'],
      calculations,
      filters: [
        {
          or: [
            { member: 'calc.mean', operator: 'gt', values: [-1e9] },
            { member: 'calc.odd', operator: 'set' },
          ],
        },
      ],
      order: { 'calc.mean': 'asc' },
    })
    expect(rows).toHaveLength(6)
    for (const [, count, revenue, ...values] of rows) {
      const n = Number(count)
      expect(values).toEqual([
        null,
        expect.closeTo(Number(revenue) / n, 2),
        n % 2 === 1 && n >= 10,
        n >= 40 ? "it's many" : n > 20 ? 'some' : null,
        -n * 2 + 72.5 - 2,
        null,
        42,
        0.1 + 0.2,
      ])
    }
    expect(rows.map((row) => row[4])).toEqual(rows.map((row) => row[4]).sort((a, b) => Number(a) - Number(b)))
  })

  it('describes its columns', () => {
    const calculations = [
      {
        name: 'average_order',
        expression: 'sales.revenue / sales.count',
        format: 'currency' as const,
        currency: 'EUR',
      },
      { name: 'is_big', title: 'Big?', expression: 'sales.count > 3' },
    ]
    expect(compileSales({ measures: ['sales.count'], calculations }).columns).toEqual([
      expect.objectContaining({ name: 'sales.count', drillMembers: ['sales.id', 'sales.region'] }),
      {
        name: 'calc.average_order',
        kind: 'measure',
        type: 'number',
        title: 'Average order',
        format: 'currency',
        currency: 'EUR',
      },
      { name: 'calc.is_big', kind: 'measure', type: 'boolean', title: 'Big?' },
    ])
  })
})
