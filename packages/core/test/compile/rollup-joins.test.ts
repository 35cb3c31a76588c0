import { expect, it } from 'vitest'
import { compileQuery, findRollupAmong, shapeRollup } from '../../src/compile/index.ts'
import { type Model, parseModel } from '../../src/model/index.ts'
import type { Query } from '../../src/schema/query.ts'
import { embedSecurity, NOW } from '../fixtures.ts'

const OPEN = 'access_policy: [{ role: "*", row_level: { allow_all: true } }]'
const HIDING =
  'access_policy: [{ role: all }, { role: plain, row_level: { filters: [{ member: tenant, operator: equals, values: ["x"] }] } }]'

/** Orders, one customer of each, one region of each of those. `country` is how regions are joined. */
function modelOf(join: { customers?: string; regions?: string } = {}): Model {
  const customers = join.customers ?? 'relationship: many_to_one, sql: "{CUBE}.customer = {customers}.id"'
  const regions = join.regions ?? 'relationship: many_to_one, sql: "{CUBE}.region = {regions}.id"'
  return parseModel([
    {
      path: 'a.yml',
      text: `cubes:
  - name: orders
    sql_table: orders
    ${OPEN}
    joins: [{ name: customers, ${customers} }]
    dimensions: [{ name: id, type: number, sql: "{CUBE}.id", primary_key: true }, { name: status, type: string, sql: "{CUBE}.status" }]
    measures:
      - { name: count, type: count }
      - { name: large, type: count, filters: [{ sql: "{customers}.size > 10" }] }
    segments: [{ name: known, sql: "{customers}.name is not null" }]
    pre_aggregations:
      - name: by_all
        measures: [count, large]
        dimensions: [status, customers.tenant, customers.name, customers.shown, regions.name]
        segments: [known, customers.loyal]
  - name: customers
    sql_table: customers
    ${HIDING}
    joins: [{ name: regions, ${regions} }]
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: tenant, type: string, sql: "{CUBE}.tenant" }
      - { name: name, type: string, sql: "{CUBE}.name" }
      - { name: shown, type: string, sql: "coalesce({CUBE}.name, 'nobody')" }
    segments: [{ name: loyal, sql: "{CUBE}.loyal" }]
  - name: regions
    sql_table: regions
    ${OPEN}
    dimensions: [{ name: id, type: number, sql: "{CUBE}.id", primary_key: true }, { name: name, type: string, sql: "{CUBE}.name" }]
`,
    },
  ])
}

function ask(model: Model, query: Query, role: 'all' | 'plain') {
  const cube = model.cubes.get('orders')!
  const shape = shapeRollup(model, cube, cube.preAggregations[0]!, 'UTC')
  if (!('name' in shape)) throw new Error(JSON.stringify(shape))
  const table = { ...shape, dataSource: 'r', identifiers: ['r'] }
  return compileQuery(model, query, {
    security: embedSecurity({ roles: [role] }),
    now: NOW,
    dialect: () => 'duckdb',
    rollups: findRollupAmong([{ cube: 'orders', rows: 1, table }]),
  })
}

const COUNT = ['orders.count']

it('shows values of hidden rows of a joined cube as nothing', () => {
  const { sql, explain } = ask(modelOf(), { measures: COUNT, dimensions: ['customers.name', 'regions.name'] }, 'plain')
  expect(explain).toEqual({ rollups: ['orders.by_all'], rollupReasons: [] })
  expect(sql).toContain(
    'case when "rollup"."d1" = $1 then "rollup"."d2" end as "d2", case when "rollup"."d1" = $2 then "rollup"."d4" end as "d4"',
  )
})

it.each<[string, Query, string]>([
  [
    'a measure',
    { measures: ['orders.large'], dimensions: ['customers.name'] },
    'orders.large is made of rows of customers',
  ],
  ['a segment', { measures: COUNT, segments: ['orders.known'] }, 'orders.known is made of rows of customers'],
  [
    'a segment of its own',
    { measures: COUNT, segments: ['customers.loyal'] },
    'customers.loyal is made of rows of customers',
  ],
  [
    'a computed dimension',
    { measures: COUNT, dimensions: ['customers.shown'] },
    'customers.shown is made of rows of customers',
  ],
])(
  'reads rows where %s is computed from rows that may be hidden, and the rollup for who sees all',
  (_, query, reason) => {
    expect(ask(modelOf(), query, 'plain').explain).toEqual({
      rollups: [],
      rollupReasons: [`orders.by_all: ${reason}, some of which are hidden from this caller`],
    })
    expect(ask(modelOf(), query, 'all').explain?.rollups).toEqual(['orders.by_all'])
  },
)

it('reads rows where a join may find rows beside a hidden one', () => {
  const model = modelOf({ regions: 'relationship: many_to_one, sql: "coalesce({CUBE}.region, 1) = {regions}.id"' })
  const query = { measures: COUNT, dimensions: ['regions.name'] }
  expect(ask(model, query, 'plain').explain).toEqual({
    rollups: [],
    rollupReasons: ['regions is joined to rows that may be hidden by more than an equation of columns'],
  })
  expect(ask(model, query, 'all').explain?.rollups).toEqual(['orders.by_all'])
})

it('answers only queries that make its inner joins, without rows whose match is hidden', () => {
  const model = modelOf({
    customers: 'relationship: many_to_one, type: inner, sql: "{CUBE}.customer = {customers}.id"',
  })
  expect(ask(model, { measures: COUNT, dimensions: ['orders.status'] }, 'all').explain).toEqual({
    rollups: [],
    rollupReasons: ['orders.by_all: it has only rows with a row of customers'],
  })
  const { sql, explain } = ask(model, { measures: COUNT, dimensions: ['customers.name'] }, 'plain')
  expect(explain?.rollups).toEqual(['orders.by_all'])
  expect(sql).toMatch(/where "rollup"."d1" = \$\d/)
})

it.each<[string, Parameters<typeof modelOf>[0], string]>([
  [
    'to many rows',
    { regions: 'relationship: one_to_many, sql: "{CUBE}.id = {regions}.customer"' },
    'one row of customers has many of regions',
  ],
  [
    'that adds rows',
    { regions: 'relationship: many_to_one, type: full, sql: "{CUBE}.region = {regions}.id"' },
    'regions is joined by a full join, which adds rows',
  ],
])('is not built over a join %s', (_, join, reason) => {
  const model = modelOf(join)
  const cube = model.cubes.get('orders')!
  expect(shapeRollup(model, cube, cube.preAggregations[0]!, 'UTC')).toEqual([{ reason: `orders.by_all: ${reason}` }])
})
