import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Query } from '../../src/schema/query.ts'
import { adminSecurity, compileShop, openDuckdb, openPostgres, type ShopDatabase } from '../fixtures.ts'
import { parseSelect, rowsOf } from '../matchers.ts'

const databases: ShopDatabase[] = []
beforeAll(async () => {
  databases.push(await openPostgres(), await openDuckdb())
})
afterAll(async () => {
  for (const database of databases) await database.close()
})

/** Rows on both databases, which must agree. */
async function rows(query: Query): Promise<unknown[][]> {
  const [first, second] = await Promise.all(
    databases.map((database) => rowsOf(database, compileShop(query, { dialect: database.dialect }))),
  )
  expect(second).toEqual(first)
  return first!
}

function text(query: Query, dialect: 'postgres' | 'duckdb' = 'postgres'): unknown {
  const { sql, parameters } = compileShop(query, { dialect })
  if (dialect === 'postgres') parseSelect(sql)
  return { sql, parameters }
}

describe('measures', () => {
  const every: Query = {
    measures: [
      'orders.count',
      'orders.revenue',
      'orders.average',
      'orders.smallest',
      'orders.largest',
      'orders.buyers',
      'orders.paid',
      'orders.paid_share',
      'orders.large_revenue',
    ],
  }

  it('aggregates by type, with filters inside the aggregate', async () => {
    expect(text(every)).toMatchInlineSnapshot(`
      {
        "parameters": [
          "a",
          10001,
        ],
        "sql": "select count(*) as "c0", sum("orders".amount) as "c1", avg("orders".amount) as "c2", min("orders".amount) as "c3", max("orders".amount) as "c4", count(distinct "orders".buyer_id) as "c5", count(*) filter (where ("orders".status = 'paid')) as "c6", 1.0 * count(*) filter (where ("orders".status = 'paid')) / nullif(count(*), 0) as "c7", sum("orders".amount) filter (where ("orders".amount >= 50) and (not "orders".is_gift)) as "c8" from (select * from "public"."orders" as "orders" where "orders".tenant = $1) as "orders" order by 1 desc nulls last limit $2",
      }
    `)
    expect(await rows(every)).toEqual([[5, 135.25, 33.8125, -5.25, 70, 3, 2, 0.4, 60.5]])
  })

  it('types counts as whole numbers and the rest as numbers', () => {
    const { columns } = compileShop(every)
    expect(columns.map((column) => column.type)).toEqual([
      'integer',
      'number',
      'number',
      'number',
      'number',
      'integer',
      'integer',
      'number',
      'number',
    ])
    expect(columns[1]).toEqual({
      name: 'orders.revenue',
      kind: 'measure',
      type: 'number',
      title: 'Revenue',
      format: 'currency',
      currency: 'EUR',
      fractionDigits: 2,
      additive: true,
    })
    expect(columns.filter((column) => column.additive).map((column) => column.name)).toEqual([
      'orders.count',
      'orders.revenue',
      'orders.paid',
      'orders.large_revenue',
    ])
  })

  it('filters groups by measures', async () => {
    const query: Query = {
      measures: ['orders.count'],
      dimensions: ['orders.status'],
      filters: [{ member: 'orders.count', operator: 'gte', values: [2] }],
      total: true,
    }
    expect(text(query)).toMatchInlineSnapshot(`
      {
        "parameters": [
          "a",
          2,
          10001,
        ],
        "sql": "select "orders".status as "c0", count(*) as "c1" from (select * from "public"."orders" as "orders" where "orders".tenant = $1) as "orders" group by 1 having count(*) >= cast($2 as bigint) order by 2 desc nulls last, 1 asc nulls last limit $3",
      }
    `)
    expect(await rows(query)).toEqual([
      ['open', 2],
      ['paid', 2],
    ])
    const total = compileShop(query).total!
    expect(total).toMatchInlineSnapshot(`
      {
        "parameters": [
          "a",
          2,
        ],
        "sql": "select count(*) as "total" from (select "orders".status as "c0", count(*) as "c1" from (select * from "public"."orders" as "orders" where "orders".tenant = $1) as "orders" group by 1 having count(*) >= cast($2 as bigint)) as "q"",
      }
    `)
    expect(await databases[0]!.run(total.sql, total.parameters)).toEqual([[2]])
  })

  it('filters groups by a measure that is not asked for', async () => {
    const query: Query = {
      dimensions: ['orders.status'],
      filters: [
        {
          and: [
            { member: 'orders.revenue', operator: 'gt', values: [70] },
            { member: 'orders.amount', operator: 'set' },
          ],
        },
      ],
    }
    expect(await rows(query)).toEqual([['paid']])
  })
})

describe('dimensions', () => {
  it('follows references, joins only what is needed and selects times as UTC', async () => {
    const query: Query = {
      dimensions: ['orders.id', 'orders.place', 'orders.created_at', 'orders.paid_at', 'orders.buyer_name'],
    }
    expect(text(query)).toMatchInlineSnapshot(`
      {
        "parameters": [
          "a",
          "north",
          10001,
        ],
        "sql": "select "orders".id as "c0", cast("orders".lat as text) || ',' || cast("orders".lon as text) as "c1", cast("orders".created_at as timestamp) as "c2", cast("orders".paid_at as timestamp) as "c3", upper("buyer".name) as "c4" from (select * from "public"."orders" as "orders" where "orders".tenant = $1) as "orders" left join (select * from "customers" as "buyer" where "buyer".region = $2) as "buyer" on ("orders".buyer_id = "buyer".id) group by 1, 2, 3, 4, 5 order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last, 4 asc nulls last, 5 asc nulls last limit $3",
      }
    `)
    expect(await rows(query)).toEqual([
      [1, '50.8,4.3', '2026-01-31T23:30:00.000', '2026-01-31T23:30:00.000', 'ANN'],
      [2, '50.8,4.3', '2026-02-01T00:30:00.000', '2026-02-01T00:30:00.000', 'ANN'],
      [3, '52.1,5.2', '2026-03-29T00:30:00.000', '2026-03-29T00:30:00.000', 'BOB'],
      [4, null, '2026-03-29T01:30:00.000', '2026-03-29T01:30:00.000', null],
      [5, '1.5,2.5', '2026-10-25T00:30:00.000', '2026-10-25T00:30:00.000', null],
    ])
  })

  it('gives rows instead of groups when asked', async () => {
    const query: Query = {
      dimensions: ['orders.status'],
      measures: ['orders.revenue', 'orders.paid'],
      segments: ['orders.gifts'],
      ungrouped: true,
    }
    expect(text(query)).toMatchInlineSnapshot(`
      {
        "parameters": [
          "a",
          10001,
        ],
        "sql": "select "orders".status as "c0", "orders".amount as "c1", case when ("orders".status = 'paid') then 1 end as "c2" from (select * from "public"."orders" as "orders" where "orders".tenant = $1) as "orders" where ("orders".is_gift) order by 2 desc nulls last, 1 asc nulls last, 3 asc nulls last limit $2",
      }
    `)
    expect(await rows(query)).toEqual([['open', 70, null]])
    expect(await rows({ ...query, segments: [], limit: 2 })).toEqual([
      ['open', 70, null],
      ['paid', 60.5, 1],
      ['paid', 10, 1],
    ])
  })
})

describe('bins', () => {
  it('counts what lies outside in the first and the last bin', async () => {
    const query: Query = {
      measures: ['orders.count'],
      bins: [{ dimension: 'orders.amount', width: 10, min: 0, max: 60 }],
    }
    expect(text(query)).toMatchInlineSnapshot(`
      {
        "parameters": [
          0,
          0,
          60,
          60,
          10,
          10,
          "a",
          10001,
        ],
        "sql": "select case when "orders".amount < cast($1 as double precision) then cast($2 as double precision) when "orders".amount >= cast($3 as double precision) then cast($4 as double precision) else floor(cast("orders".amount as double precision) / cast($5 as double precision)) * cast($6 as double precision) end as "c0", count(*) as "c1" from (select * from "public"."orders" as "orders" where "orders".tenant = $7) as "orders" group by 1 order by 1 asc nulls last limit $8",
      }
    `)
    expect(text(query, 'duckdb')).toMatchInlineSnapshot(`
      {
        "parameters": [
          0,
          0,
          60,
          60,
          10,
          10,
          "a",
          10001,
        ],
        "sql": "select case when "orders".amount < cast($1 as double) then cast($2 as double) when "orders".amount >= cast($3 as double) then cast($4 as double) else floor(cast("orders".amount as double) / cast($5 as double)) * cast($6 as double) end as "c0", count(*) as "c1" from (select * from "public"."orders" as "orders" where "orders".tenant = $7) as "orders" group by 1 order by 1 asc nulls last limit $8",
      }
    `)
    expect(await rows(query)).toEqual([
      [0, 1],
      [10, 1],
      [60, 2],
      [null, 1],
    ])
    expect(compileShop(query).columns[0]).toMatchObject({
      kind: 'dimension',
      type: 'number',
      bin: { width: 10, min: 0, max: 60 },
    })
  })

  it('puts the bounds of fractional bins where they belong', async () => {
    const query: Query = { measures: ['orders.count'], bins: [{ dimension: 'orders.unit_price', width: 0.1 }] }
    expect(await rows(query)).toEqual([
      [-5.3, 1],
      [10, 1],
      [30.2, 1],
      [70, 1],
      [null, 1],
    ])
  })
})

describe('order and limits', () => {
  it('orders by the first time dimension, else the first measure downwards, else the first dimension', () => {
    const order = (query: Query) => /order by (.*) limit/.exec(compileShop(query).sql)?.[1]
    const time = { dimension: 'orders.created_at', granularity: 'day' as const }
    expect(order({ measures: ['orders.count'], dimensions: ['orders.status'], timeDimensions: [time] })).toBe(
      '1 asc nulls last, 2 asc nulls last',
    )
    expect(order({ measures: ['orders.count'], dimensions: ['orders.status'] })).toBe(
      '2 desc nulls last, 1 asc nulls last',
    )
    expect(order({ dimensions: ['orders.status', 'orders.id'] })).toBe('1 asc nulls last, 2 asc nulls last')
    expect(
      order({ measures: ['orders.count'], dimensions: ['orders.status', 'orders.id'], order: [['orders.id', 'desc']] }),
    ).toBe('2 desc nulls last, 1 asc nulls last')
    expect(order({ measures: ['orders.count'], dimensions: ['orders.status'], order: { 'orders.count': 'asc' } })).toBe(
      '2 asc nulls last, 1 asc nulls last',
    )
  })

  it('asks for one row more than the limit, and never for more than the caller may have', () => {
    const query: Query = { dimensions: ['orders.id'], limit: 100, offset: 20 }
    expect(compileShop(query)).toMatchObject({ limit: 100, parameters: ['a', 101, 20] })
    expect(compileShop(query, { security: adminSecurity({ maxRows: 5 }) })).toMatchObject({
      limit: 5,
      parameters: [6, 20],
    })
    expect(compileShop({ dimensions: ['orders.id'] }, { security: adminSecurity() })).toMatchObject({
      limit: 10_000,
      parameters: [10_001],
    })
  })

  it('gives the same text for the same query, whatever the caller', () => {
    const query: Query = { measures: ['orders.count'], dimensions: ['orders.status'] }
    const other = compileShop(query, { security: adminSecurity({ roles: [], attributes: { tenant: 'b' } }) })
    expect(other.sql).toBe(compileShop(query).sql)
    expect(other.parameters).toEqual(['b', 10_001])
  })
})

describe('what comes with a statement', () => {
  it('names tables, policies, zone, span and source', () => {
    const query: Query = {
      measures: ['orders.count'],
      dimensions: ['buyer.name'],
      timeDimensions: [{ dimension: 'orders.created_at', dateRange: 'last month' }],
      timezone: 'Europe/Brussels',
    }
    const { tables, policies, timezone, dateRange, dataSource, dialect, validUntilMs } = compileShop(query)
    expect({ tables, policies, timezone, dateRange, dataSource, dialect }).toEqual({
      tables: ['public.orders', 'customers'],
      policies: ['orders: role * (row rule)', 'customers: role * (row rule)'],
      timezone: 'Europe/Brussels',
      dateRange: ['2026-02-01T00:00:00.000', '2026-02-28T23:59:59.999'],
      dataSource: 'default',
      dialect: 'postgres',
    })
    expect(new Date(validUntilMs!).toISOString()).toBe('2026-03-31T22:00:00.000Z')
  })

  it('titles the columns of a role by the role', () => {
    const { columns } = compileShop({ dimensions: ['buyer.name', 'payer.id', 'orders.status'] })
    expect(columns.map((column) => column.title)).toEqual(['Buyer name', 'Payer id', 'Status'])
  })

  it('is frozen', () => {
    const compiled = compileShop({ measures: ['orders.count'] })
    expect(Object.isFrozen(compiled) && Object.isFrozen(compiled.parameters)).toBe(true)
  })
})
