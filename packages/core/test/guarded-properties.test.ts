import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type CompiledQuery, compileQuery, nextCursor } from '../src/compile/index.ts'
import { AnalyticsError } from '../src/errors.ts'
import { parseModel } from '../src/model/index.ts'
import type { Query } from '../src/schema/query.ts'
import { embedSecurity, NOW } from './fixtures.ts'
import { parseSelect, walk } from './matchers.ts'
import { comparedWith, scansOf } from './scans.ts'

/**
 * The properties of properties.test.ts for what answers a question in several steps: views, several facts, windows, shifts,
 * stages, ranks, sub-queries, subtotals, top values, filled and compared spans, cursors and calculations. Each step reads tables
 * anew, and each reading must carry the rules of its table.
 */
const MARK = 'zqx'
const RULE = `tenant_required: true
    access_policy: [{ role: "*", row_level: { filters: [{ member: tenant, operator: equals, values: ["{ securityContext.tenant }"] }] } }]`
const TENANT = '{ name: tenant, type: string, sql: "{CUBE}.tenant" }'
const model = parseModel([
  {
    path: 'guarded.yml',
    text: `
cubes:
  - name: orders
    sql_table: orders
    joins: [{ name: customers, relationship: many_to_one, sql: "{CUBE}.customer = {customers.id}" }]
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - ${TENANT}
      - { name: status, type: string, sql: "{CUBE}.status" }
      - { name: size, type: string, case: { when: [{ sql: "{CUBE}.amount > 10", label: large }], else: { label: small } } }
      - { name: amount, type: number, sql: "{CUBE}.amount" }
      - name: at
        type: time
        sql: "{CUBE}.at"
        granularities: [{ name: sprint, interval: 2 weeks, origin: "2026-01-05" }]
    measures:
      - { name: count, type: count }
      - { name: revenue, type: sum, sql: "{CUBE}.amount" }
      - { name: median, type: median, sql: "{CUBE}.amount" }
      - { name: running, type: sum, sql: "{CUBE}.amount", rolling_window: { trailing: unbounded } }
      - { name: month, type: count, rolling_window: { trailing: 1 month, leading: 2 day } }
      - { name: so_far, type: sum, sql: "{CUBE}.amount", rolling_window: { type: to_date, granularity: year } }
      - { name: before, type: number, multi_stage: true, sql: "{revenue}", time_shift: [{ interval: 1 year, type: prior }] }
      - { name: growth, type: number, sql: "{revenue} / nullif({before}, 0)" }
      - { name: of_all, type: sum, multi_stage: true, sql: "{revenue}", group_by: [status] }
      - { name: place, type: rank, multi_stage: true, order_by: [{ sql: "{revenue}", dir: desc }], reduce_by: [status] }
      - { name: each, type: number, sql: "{revenue} / nullif({customers.count}, 0)" }
    segments: [{ name: large, sql: "{CUBE}.amount >= 50" }]
    ${RULE}
  - name: customers
    sql_table: customers
    joins: [{ name: orders, relationship: one_to_many, sql: "{CUBE}.id = {orders}.customer" }]
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - ${TENANT}
      - { name: name, type: string, sql: "{CUBE}.name" }
      - { name: orders_made, type: number, sub_query: true, sql: "{orders.count}" }
      - { name: last_order, type: time, sub_query: true, propagate_filters_to_sub_query: true, sql: "{orders.latest}" }
    measures: [{ name: count, type: count }]
    ${RULE}
  - name: refunds
    sql: "select * from refunds where amount > 0"
    joins: [{ name: customers, relationship: many_to_one, sql: "{CUBE}.customer = {customers.id}" }]
    dimensions: [{ name: id, type: number, sql: "{CUBE}.id", primary_key: true }, ${TENANT}]
    measures: [{ name: count, type: count }, { name: paid_back, type: sum, sql: "{CUBE}.amount" }]
    ${RULE}
views:
  - name: sales
    cubes:
      - { join_path: orders, includes: [status, at, count, revenue, running, before] }
      - { join_path: orders.customers, prefix: true, includes: [name, orders_made] }
    access_policy: [{ role: "*", row_level: { filters: [{ member: status, operator: notEquals, values: [hidden-status] }] } }]
`.replace('- { name: median,', '- { name: latest, type: max, sql: "{CUBE}.at" }\n      - { name: median,'),
  },
])
const security = embedSecurity({ attributes: { tenant: ['tenant-a'] } })
const PROTECTED = ['orders', 'customers', 'refunds']

/** What the compiler and the model call. */
const FUNCTIONS = [
  'count',
  'sum',
  'max',
  'min',
  'rank',
  'round',
  'percentile_cont',
  'date_bin',
  'date_trunc',
  'generate_series',
  'make_interval',
  'pg_catalog.extract',
  'pg_catalog.like_escape',
  'pg_catalog.timezone',
]

const marked = fc.string().map((text) => `${MARK}${text.replaceAll('\0', '')}`)
const many = (names: string[], maxLength: number, minLength = 0) =>
  fc.uniqueArray(fc.constantFrom(...names), { maxLength, minLength })
const extras = (dimensions: readonly string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.oneof(
    fc.constant({}),
    fc.constant({ total: true, limit: 5 }),
    ...(dimensions.length === 0
      ? []
      : [
          fc.constant({ subtotals: true }),
          fc.constant({ subtotals: [[], [dimensions[0]]] }),
          fc.record({
            topN: fc.record({
              dimension: fc.constantFrom(...dimensions),
              limit: fc.integer({ min: 1, max: 5 }),
              others: fc.oneof(fc.constant(true), marked),
              direction: fc.constantFrom('asc', 'desc'),
            }),
          }),
        ]),
  )
const time = fc.record(
  {
    granularity: fc.constantFrom('day', 'month', 'year', 'sprint'),
    span: fc.constantFrom<Record<string, unknown>>(
      {},
      { dateRange: ['2026-01-01', '2026-03-31'] },
      { dateRange: ['2026-01-01', '2026-03-31'], fill: 'zero' },
      { compareDateRange: [['2026-01-01', '2026-01-31'], 'last 30 days'] },
    ),
  },
  { requiredKeys: ['granularity', 'span'] },
)

interface Asked {
  readonly cube: 'orders' | 'sales'
  readonly measures: string[]
  readonly dimensions: string[]
}
const MEASURES = [
  'count',
  'revenue',
  'median',
  'running',
  'month',
  'so_far',
  'before',
  'growth',
  'of_all',
  'place',
  'each',
]
const ofCubes: fc.Arbitrary<Asked> = fc.record({
  cube: fc.constant('orders' as const),
  measures: many(
    [...MEASURES.map((name) => `orders.${name}`), 'customers.count', 'refunds.count', 'refunds.paid_back'],
    4,
    1,
  ),
  dimensions: many(
    ['orders.status', 'orders.size', 'customers.name', 'customers.orders_made', 'customers.last_order'],
    2,
  ),
})
const ofView: fc.Arbitrary<Asked> = fc.record({
  cube: fc.constant('sales' as const),
  measures: many(['sales.count', 'sales.revenue', 'sales.running', 'sales.before'], 3, 1),
  dimensions: many(['sales.status', 'sales.customers_name', 'sales.customers_orders_made'], 2),
})
const query = fc.oneof({ weight: 3, arbitrary: ofCubes }, { weight: 1, arbitrary: ofView }).chain((asked) =>
  fc
    .record({
      time: fc.option(time, { nil: undefined }),
      extra: extras(asked.dimensions),
      timezone: fc.constantFrom('UTC', 'Europe/Brussels'),
      filters: fc.array(
        fc.oneof(
          fc.record({
            member: fc.constant(`${asked.cube}.status`),
            operator: fc.constantFrom('equals', 'contains', 'notStartsWith'),
            values: fc.array(marked, { minLength: 1, maxLength: 2 }),
          }),
          fc.record({
            member: fc.constant(`${asked.cube}.revenue`),
            operator: fc.constantFrom('gt', 'lte'),
            values: fc.constant([10]),
          }),
        ),
        { maxLength: 2 },
      ),
      calculations: fc.subarray([{ name: 'per', expression: `round(${asked.cube}.revenue / ${asked.cube}.count, 1)` }]),
    })
    .map(({ time, extra, ...rest }) => ({
      ...rest,
      ...extra,
      measures: asked.measures,
      dimensions: asked.dimensions,
      ...(time && {
        timeDimensions: [{ dimension: `${asked.cube}.at`, granularity: time.granularity, ...time.span }],
      }),
    })),
)

const compile = (asked: unknown) =>
  compileQuery(model, asked as Query, { security, now: NOW, dialect: () => 'postgres' })

/** The statement and, where there can be one, that of the page after its first row. */
function statementsOf(asked: Record<string, unknown>): CompiledQuery[] {
  try {
    const first = compile(asked)
    if (asked.subtotals !== undefined || asked.topN !== undefined || 'compareDateRange' in (first as object))
      return [first]
    try {
      const cursor = nextCursor(
        first,
        first.columns.map(() => null),
      )
      return cursor === undefined ? [first] : [first, compile({ ...asked, cursor })]
    } catch (error) {
      if (error instanceof AnalyticsError) return [first]
      throw error
    }
  } catch (error) {
    // Some mixtures have no meaning; any other error would become a 500.
    if (error instanceof AnalyticsError) return []
    throw error
  }
}

it('SQL-01 ISO-20 ISO-21 one SELECT over tables of the model, each reading with the rule of its table', () => {
  const read = new Map<string, number>()
  let [answered, pages] = [0, 0]
  const functions = new Set<string>()
  fc.assert(
    fc.property(query, (asked) => {
      const statements = statementsOf(asked as Record<string, unknown>)
      if (statements.length > 0) answered += 1
      if (statements.length > 1) pages += 1
      for (const statement of statements) {
        expect(statement.sql).not.toMatch(/zqx|tenant-a|hidden-status|--|\/\*/)
        for (const { sql, parameters } of statement.total === undefined ? [statement] : [statement, statement.total]) {
          const select = parseSelect(sql)
          const named = new Set<string>()
          for (const node of walk(select)) {
            const list = node.ctes as { CommonTableExpr: { ctename: string } }[] | undefined
            for (const { CommonTableExpr } of list ?? []) named.add(CommonTableExpr.ctename)
            const call = node.FuncCall as { funcname: { String: { sval: string } }[] } | undefined
            if (call !== undefined) functions.add(call.funcname.map((part) => part.String.sval).join('.'))
          }
          for (const { table, where } of scansOf(select)) {
            if (named.has(table)) continue
            expect(PROTECTED).toContain(table)
            // The cube written as a select is ruled from outside: its own text has no parameter.
            if (table === 'refunds') continue
            read.set(table, (read.get(table) ?? 0) + 1)
            expect(comparedWith(where, 'tenant', parameters), sql).toEqual(['tenant-a'])
          }
          const marks = [...sql.matchAll(/\$(\d+)/g)].map((match) => Number(match[1]))
          expect(marks).toEqual(parameters.map((_, index) => index + 1))
        }
      }
    }),
    { numRuns: 200 },
  )
  // Else the questions are such that most are refused.
  expect(answered).toBeGreaterThan(120)
  expect(pages).toBeGreaterThan(5)
  expect(read.get('orders')).toBeGreaterThan(200)
  expect(read.get('customers')).toBeGreaterThan(40)
  for (const name of functions) expect(FUNCTIONS).toContain(name)
})

it('ISO-20 a view keeps its own rule in every statement over it', () => {
  fc.assert(
    fc.property(ofView, ({ measures, dimensions }) => {
      const { sql, parameters } = compile({ measures, dimensions })
      const facts = sql.split('"orders" as').length - 1
      expect(parameters.filter((value) => value === 'hidden-status').length, sql).toBeGreaterThanOrEqual(
        facts > 0 ? 1 : 0,
      )
    }),
    { numRuns: 60 },
  )
})
