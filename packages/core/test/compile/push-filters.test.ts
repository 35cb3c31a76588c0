import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileQuery, shapeRollup } from '../../src/compile/index.ts'
import { type Model, parseModel } from '../../src/model/index.ts'
import type { Query } from '../../src/schema/query.ts'
import { adminSecurity, embedSecurity, NOW, openDuckdb, openPostgres, type ShopDatabase } from '../fixtures.ts'

/** Orders and customers of the shop; `orders` and `customers` are the SQL of where their rows come from. */
function shop(orders: string, customers: string, extra = ''): Model {
  const text = `cubes:
  - name: orders
    sql: |
      select * from public.orders where ${orders}
    joins:
      - { name: customers, relationship: many_to_one, sql: "{CUBE}.buyer_id = {customers.id}" }
      - { name: customers, alias: twin, relationship: many_to_one, sql: "{CUBE}.payer_id = {twin.id}" }
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: status, type: string, sql: status }
      - { name: amount, type: number, sql: amount }
      - { name: created_at, type: time, sql: created_at }
${extra}
    segments: [{ name: paid, sql: "{CUBE}.status = 'paid'" }]
    measures:
      - { name: count, type: count }
      - { name: revenue, type: sum, sql: amount }
      - { name: week, type: count, rolling_window: { trailing: 7 day } }
      - { name: month_ago, type: number, multi_stage: true, sql: "{count}", time_shift: [{ interval: 1 month, type: prior }] }
  - name: customers
    sql: |
      select * from customers where ${customers}
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: region, type: string, sql: region }
    measures: [{ name: count, type: count }]
    access_policy:
      - { role: admin }
      - { role: "*", row_level: { filters: [{ member: region, operator: equals, values: ["{ securityContext.regions }"] }] } }
`
  return parseModel([{ path: 'm.yml', text }])
}

const PARAMS = ['status', 'amount', 'created_at'].map((name) => `FILTER_PARAMS.orders.${name}.filter('${name}')`)
const ofOrders = `{FILTER_GROUP(${PARAMS.join(', ')})} and {FILTER_PARAMS.orders.paid.filter("status = 'paid'")}`
const pushing = shop(ofOrders, '{FILTER_PARAMS.customers.region.filter("region")}')
const plain = shop('1 = 1', '1 = 1')

function compile(
  model: Model,
  query: Query,
  options: { dialect?: 'postgres' | 'duckdb'; security?: typeof admin } = {},
) {
  const { dialect = 'postgres', security = admin } = options
  return compileQuery(model, query, { security, now: NOW, dialect: () => dialect })
}
const admin = adminSecurity()
/** What the first cube of a statement reads, on one line. */
const rowsOf = (model: Model, query: Query) =>
  /from \((select .*?)\) as "orders"/i.exec(compile(model, query).sql.replaceAll(/\s+/g, ' '))![1]

const of = (where: string) => `select * from public.orders where ${where}`
const spring = { dimension: 'orders.created_at', dateRange: ['2026-03-01', '2026-03-31'] as [string, string] }

describe('conditions of a query in the SQL of a cube', () => {
  const one = shop('{FILTER_PARAMS.orders.status.filter("status")}', '1 = 1')
  const status = (operator: 'equals' | 'notEquals', value: string) => ({
    member: 'orders.status',
    operator,
    values: [value],
  })

  it('stand where FILTER_PARAMS does, as parameters', () => {
    const query: Query = { measures: ['orders.count'], filters: [status('equals', "x' or 1=1 --")] }
    expect(rowsOf(one, query)).toBe(of('((status) = $1)'))
    expect(compile(one, query).parameters.slice(0, 2)).toEqual(["x' or 1=1 --", "x' or 1=1 --"])
  })

  it('are 1 = 1 without a filter on the member', () => {
    expect(rowsOf(one, { measures: ['orders.count'] })).toBe(of('(1 = 1)'))
    const other: Query = {
      measures: ['orders.count'],
      filters: [{ member: 'orders.amount', operator: 'gt', values: [1] }],
    }
    expect(rowsOf(one, other)).toBe(of('(1 = 1)'))
  })

  it('are 1 = 1 for one side of an "or" that asks something else too', () => {
    const amount = { member: 'orders.amount', operator: 'gt' as const, values: [1] }
    const either: Query = { measures: ['orders.count'], filters: [{ or: [status('equals', 'a'), amount] }] }
    expect(rowsOf(one, either)).toBe(of('(1 = 1)'))
    const both: Query = { measures: ['orders.count'], filters: [{ and: [status('equals', 'a'), amount] }] }
    expect(rowsOf(one, both)).toBe(of('((status) = $1)'))
  })

  it('keep the "or" of a query inside of FILTER_GROUP', () => {
    const group = shop(`{FILTER_GROUP(${PARAMS.slice(0, 2).join(', ')})}`, '1 = 1')
    const either: Query = {
      measures: ['orders.count'],
      filters: [{ or: [status('equals', 'a'), { member: 'orders.amount', operator: 'gt', values: [1] }] }],
    }
    expect(rowsOf(group, either)).toBe(of('((((status) = $1 or (amount) > cast($2 as bigint))))'.slice(1, -1)))
  })

  it('give a lambda the values, and the ends of a span as texts', () => {
    const lambda = shop(
      `{FILTER_PARAMS.orders.created_at.filter(lambda x, y: f"created_at >= {x}::timestamp and created_at <= {y}::timestamp")}
        and {FILTER_PARAMS.orders.status.filter(lambda s: f'status = {s}')}`,
      '1 = 1',
    )
    const query: Query = { measures: ['orders.count'], timeDimensions: [spring], filters: [status('equals', 'paid')] }
    expect(rowsOf(lambda, query)).toBe(
      of('((created_at >= $1::timestamp and created_at <= $2::timestamp)) and ((status = $3))'),
    )
    expect(compile(lambda, query).parameters.slice(0, 3)).toEqual([
      '2026-03-01T00:00:00.000',
      '2026-03-31T23:59:59.999',
      'paid',
    ])
    // It cannot know that a value is unwanted, or that there are two.
    for (const filter of [status('notEquals', 'paid'), { ...status('equals', 'paid'), values: ['paid', 'open'] }])
      expect(rowsOf(lambda, { measures: ['orders.count'], filters: [filter] })).toBe(of('(1 = 1) and (1 = 1)'))
  })

  it('render a segment when the query asks for it', () => {
    const segment = shop(`{FILTER_PARAMS.orders.paid.filter("status = 'paid'")}`, '1 = 1')
    expect(rowsOf(segment, { measures: ['orders.count'], segments: ['orders.paid'] })).toBe(of("((status = 'paid'))"))
    expect(rowsOf(segment, { measures: ['orders.count'] })).toBe(of('(1 = 1)'))
  })

  it('concern one role of a cube, not its twin', () => {
    const filters = [{ member: 'twin.region', operator: 'equals' as const, values: ['north'] }]
    const { sql } = compile(pushing, { measures: ['orders.count'], dimensions: ['customers.region'], filters })
    const text = sql.replaceAll(/\s+/g, ' ')
    expect(text).toContain('from customers where (1 = 1)) as "customers"')
    expect(text).toContain('from customers where ((region) = $1)) as "twin"')
  })

  it('are those of the cube itself in one that extends it', () => {
    const model = parseModel([
      {
        path: 'm.yml',
        text: `cubes:
  - name: base
    sql: "select * from t where {FILTER_PARAMS.base.x.filter('x')}"
    dimensions: [{ name: x, type: string, sql: x }]
  - { name: heir, extends: base, measures: [{ name: count, type: count }] }`,
      },
    ])
    const { sql } = compile(model, {
      measures: ['heir.count'],
      filters: [{ member: 'heir.x', operator: 'equals', values: ['a'] }],
    })
    expect(sql).toContain('select * from t where ((x) = $1)')
  })
})

describe('SQL_UTILS.convertTz', () => {
  const zoned = shop(
    '1 = 1',
    '1 = 1',
    '      - { name: local, type: time, sql: "{SQL_UTILS.convertTz(`created_at`)}" }',
  )

  it('gives the wall clock of the zone of the query', async () => {
    const database = await openDuckdb()
    const query: Query = {
      dimensions: ['orders.created_at', 'orders.local'],
      timezone: 'Asia/Tokyo',
      order: [['orders.created_at', 'asc']],
      limit: 1,
    }
    const { sql, parameters } = compile(zoned, query, { dialect: 'duckdb' })
    const [[utc, local]] = (await database.run(sql, parameters)) as [[string, string]]
    expect(Date.parse(`${local}Z`) - Date.parse(`${utc}Z`)).toBe(9 * 3_600_000)
    await database.close()
  })

  it('keeps rows that depend on it out of rollups', () => {
    const model = parseModel([
      {
        path: 'm.yml',
        text: `cubes:
  - name: t
    sql: "select *, {SQL_UTILS.convertTz('at')} as local from t"
    measures: [{ name: count, type: count }]
    dimensions: [{ name: x, type: string, sql: x }]
    pre_aggregations: [{ name: main, measures: [count], dimensions: [x] }]`,
      },
    ])
    expect(compile(model, { dimensions: ['t.x'], timezone: 'Asia/Tokyo' }).parameters).toContain('Asia/Tokyo')
    const cube = model.cubes.get('t')!
    const shape = shapeRollup(model, cube, cube.preAggregations[0]!, 'UTC')
    expect(shape).toMatchObject([{ reason: 't.main: rows of t depend on the time zone of the query' }])
  })
})

/** A condition that the cube tests first must not change an answer: neither groups nor numbers. */
describe('answers are the same with and without them', () => {
  const databases: ShopDatabase[] = []
  beforeAll(async () => {
    databases.push(await openPostgres(), await openDuckdb())
  })
  afterAll(async () => {
    for (const database of databases) await database.close()
  })

  const filters: Query['filters'][] = [
    [],
    [{ member: 'orders.status', operator: 'equals', values: ['paid'] }],
    [{ member: 'orders.status', operator: 'notEquals', values: ['paid'] }],
    [{ member: 'orders.status', operator: 'notSet' }],
    [{ member: 'orders.amount', operator: 'gt', values: [20] }],
    [
      {
        or: [
          { member: 'orders.amount', operator: 'gt', values: [20] },
          { member: 'orders.status', operator: 'notEquals', values: ['paid'] },
        ],
      },
    ],
    [{ member: 'customers.region', operator: 'equals', values: ['north'] }],
    [{ member: 'customers.region', operator: 'notEquals', values: ['north'] }],
    [{ member: 'customers.region', operator: 'notSet' }],
    [
      {
        or: [
          { member: 'customers.region', operator: 'notSet' },
          { member: 'orders.amount', operator: 'gt', values: [20] },
        ],
      },
    ],
  ]
  const shapes: Query[] = [
    { measures: ['orders.count', 'orders.revenue'], dimensions: ['customers.region'] },
    { measures: ['orders.count'], dimensions: ['orders.status'], segments: ['orders.paid'] },
    { measures: ['customers.count', 'orders.count'], dimensions: ['customers.region'] },
    {
      measures: ['orders.count', 'orders.month_ago', 'orders.week'],
      timeDimensions: [{ ...spring, granularity: 'week' }],
    },
    { measures: ['orders.week'], timeDimensions: [spring] },
  ]
  const cases = shapes.flatMap((shape, s) => filters.map((filter, f) => [s, f, { ...shape, filters: filter }] as const))

  it.each(cases)('shape %i, filters %i', async (_s, _f, query) => {
    for (const database of databases) {
      for (const security of [
        admin,
        embedSecurity({ attributes: { regions: ['north'] }, filters: [], kind: 'user', roles: ['viewer'] }),
      ]) {
        const answer = async (model: Model) => {
          const { sql, parameters } = compile(model, query, { dialect: database.dialect as 'postgres', security })
          return database.run(sql, parameters)
        }
        expect(await answer(pushing)).toEqual(await answer(plain))
      }
    }
  })
})
