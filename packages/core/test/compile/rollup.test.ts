import { afterAll, beforeAll, expect, it } from 'vitest'
import { compileQuery, type FactRequest, type FindRollup, type RollupTable } from '../../src/compile/index.ts'
import type { Query } from '../../src/schema/query.ts'
import type { Security } from '../../src/security.ts'
import { adminSecurity, embedSecurity, NOW, openDuckdb, openPostgres, type ShopDatabase, shop } from '../fixtures.ts'
import { refusal } from '../matchers.ts'

const BUILD = `create table orders_by_day as
select tenant as d0, status as d1, date_trunc('day', created_at) as t0, count(*) as m0, sum(amount) as m1, count(amount) as m2,
  max(amount) as m3, count(distinct buyer_id) as m4
from public.orders group by 1, 2, 3`

const table: RollupTable = {
  name: 'orders.by_day',
  dataSource: 'default',
  identifiers: ['orders_by_day'],
  dimensions: new Map([
    ['orders.tenant', 'd0'],
    ['orders.status', 'd1'],
  ]),
  times: [{ member: 'orders.created_at', size: 'day', timezone: 'UTC', column: 't0' }],
  measures: new Map([
    ['count', { column: 'm0' }],
    ['revenue', { column: 'm1' }],
    ['average', { sum: 'm1', count: 'm2' }],
    ['largest', { column: 'm3' }],
    ['buyers', { column: 'm4' }],
  ]),
}

const databases: ShopDatabase[] = []
beforeAll(async () => {
  databases.push(await openPostgres(), await openDuckdb())
  for (const database of databases) await database.run(BUILD)
})
afterAll(async () => {
  for (const database of databases) await database.close()
})

function compile(query: Query, security: Security, rollups?: FindRollup, dialect: 'postgres' | 'duckdb' = 'postgres') {
  return compileQuery(shop, query, { security, now: NOW, dialect: () => dialect, rollups })
}

const month: Query = {
  measures: ['orders.count', 'orders.revenue', 'orders.average', 'orders.largest'],
  dimensions: ['orders.status'],
  timeDimensions: [{ dimension: 'orders.created_at', granularity: 'month', dateRange: ['2026-01-01', '2026-03-31'] }],
  filters: [{ member: 'orders.status', operator: 'set' }],
}

it('answers from stored groups what rows answer, for each caller its own', async () => {
  const callers = [
    embedSecurity(),
    embedSecurity({ attributes: { tenant: 'b' } }),
    adminSecurity(),
    adminSecurity({ filters: [{ member: 'orders.status', operator: 'equals', values: ['paid'] }] }),
  ]
  for (const security of callers) {
    for (const query of [month, { measures: ['orders.count', 'orders.average'] }]) {
      for (const database of databases) {
        const dialect = database.dialect as 'postgres' | 'duckdb'
        const stored = compile(query, security, () => table, dialect)
        const read = compile(query, security, undefined, dialect)
        expect(stored.explain).toEqual({ rollups: ['orders.by_day'], rollupReasons: [] })
        expect(stored.sql).not.toContain('"orders"')
        expect(await database.run(stored.sql, stored.parameters)).toEqual(await database.run(read.sql, read.parameters))
      }
    }
  }
})

it('tests the row rule on the columns of the rollup', () => {
  const { sql, parameters, policies } = compile({ measures: ['orders.count'] }, embedSecurity(), () => table)
  expect(sql).toMatchInlineSnapshot(
    `"select coalesce(sum("rollup"."m0"), 0) as "c0" from (select * from "orders_by_day" as "rollup" where "rollup"."d0" = $1) as "rollup" order by 1 desc nulls last limit $2"`,
  )
  expect(parameters[0]).toBe('a')
  expect(policies).toEqual(['orders: role * (row rule)'])
})

it('describes the fact to whoever looks for a rollup', () => {
  const requests: FactRequest[] = []
  compile(month, embedSecurity(), (request) => {
    requests.push(request)
    return [{ reason: 'nothing is stored' }]
  })
  expect(requests).toEqual([
    {
      node: 'orders',
      cube: 'orders',
      measures: ['count', 'revenue', 'average', 'largest'],
      dimensions: ['orders.status'],
      times: [{ member: 'orders.created_at', size: 'month', timezone: 'UTC' }],
      filterMembers: ['orders.created_at', 'orders.status'],
      segments: [],
      ruleMembers: ['orders.tenant'],
      joins: [],
      spans: [{ member: 'orders.created_at', startMs: Date.UTC(2026, 0, 1), endMs: Date.UTC(2026, 3, 1) }],
    },
  ])
})

it.each<[string, Query, Security, RollupTable, string]>([
  [
    'the row rule has no column',
    { measures: ['orders.count'] },
    embedSecurity(),
    { ...table, dimensions: new Map([['orders.status', 'd1']]) },
    'orders.by_day: it has no column for orders.tenant',
  ],
  [
    'distinct counts do not add up',
    { measures: ['orders.buyers'] },
    adminSecurity(),
    table,
    'orders.by_day: buyers (count_distinct) of its groups does not add up to that of wider ones',
  ],
  [
    'a condition has no column',
    { measures: ['orders.count'], filters: [{ member: 'orders.amount', operator: 'gt', values: [1] }] },
    adminSecurity(),
    table,
    'orders.by_day: it cannot test orders.amount',
  ],
  [
    'a joined cube hides rows',
    { measures: ['orders.count'], dimensions: ['buyer.name'] },
    embedSecurity(),
    table,
    'orders.by_day: it has no column for buyer.name',
  ],
  [
    'a measure is masked',
    { measures: ['orders.count'] },
    adminSecurity({ maskedMembers: ['orders.count'] }),
    table,
    'a measure is masked',
  ],
  [
    'a bound cuts through its buckets',
    {
      measures: ['orders.count'],
      filters: [{ member: 'orders.created_at', operator: 'afterDate', values: ['2026-02-01T00:30'] }],
    },
    adminSecurity(),
    table,
    'orders.by_day: a bound of orders.created_at cuts through its buckets',
  ],
  [
    'its buckets are larger',
    { measures: ['orders.count'], timeDimensions: [{ dimension: 'orders.created_at', granularity: 'hour' }] },
    adminSecurity(),
    table,
    'orders.by_day: its buckets of orders.created_at do not make up those asked for',
  ],
  [
    'weeks would have to make up months',
    month,
    adminSecurity(),
    { ...table, times: [{ ...table.times[0]!, size: 'week' }] },
    'orders.by_day: its buckets of orders.created_at do not make up those asked for',
  ],
  [
    'a bound follows another clock',
    {
      measures: ['orders.count'],
      timeDimensions: [{ dimension: 'orders.created_at', dateRange: 'this year' }],
      timezone: 'Europe/Brussels',
    },
    adminSecurity(),
    table,
    'orders.by_day: a bound of orders.created_at cuts through its buckets',
  ],
  [
    'a measure lends its conditions',
    { measures: ['orders.count'], filters: [{ member: 'orders.paid', operator: 'measureFilter' }] },
    adminSecurity(),
    table,
    'orders.by_day: it cannot test orders.paid',
  ],
  [
    'buckets follow another clock',
    { ...month, timezone: 'Europe/Brussels' },
    adminSecurity(),
    table,
    'orders.by_day: it has no buckets of orders.created_at in Europe/Brussels',
  ],
])('reads rows when %s', (_, query, security, offered, reason) => {
  const compiled = compile(query, security, () => offered)
  expect(compiled.explain).toEqual({ rollups: [], rollupReasons: [reason] })
  expect(compiled.sql).toBe(compile(query, security).sql)
})

it('reads rows when another fact lives elsewhere', () => {
  const query: Query = { measures: ['orders.count', 'products.count'] }
  const compiled = compile(query, adminSecurity(), ({ cube }) =>
    cube === 'orders' ? { ...table, dataSource: 'store' } : [{ reason: 'none' }],
  )
  expect(compiled.dataSource).toBe('default')
  expect(compiled.explain?.rollups).toEqual([])
  expect(
    compile({ measures: ['orders.count'] }, adminSecurity(), () => ({ ...table, dataSource: 'store' })).dataSource,
  ).toBe('store')
})

it('refuses a caller whom no rule lets in, like rows do', () => {
  const nobody = embedSecurity({ attributes: {} })
  expect(refusal(() => compile({ measures: ['orders.count'] }, nobody, () => table)).code).toBe('missing_attribute')
})
