import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CompiledQuery } from '../src/compile/index.ts'
import { AnalyticsError } from '../src/errors.ts'
import { FILTER_OPERATORS } from '../src/schema/filter.ts'
import { GRANULARITIES, type Query, WEEK_DAYS } from '../src/schema/query.ts'
import { compileShop, embedSecurity, shop } from './fixtures.ts'
import { parseSelect, walk } from './matchers.ts'
import { comparedWith, scansOf } from './scans.ts'

/** A text that no statement holds by itself, so that finding it in one means it came from the request. */
const MARK = 'zqx'

const members = [...shop.nodes.values()].flatMap((node) =>
  [...node.cube.members.keys()].map((member) => `${node.name}.${member}`),
)
const memberName = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...members) },
  fc.string().map((text) => `${MARK}${text}`),
)
const value = fc.oneof(
  fc.string().map((text) => `${MARK}${text}`),
  fc.constantFrom('2026-03-29', '2026-03-29T02:30', 'last 7 days', 'true', "';", '12.5', '$1', '%'),
  fc.integer(),
  fc.double(),
  fc.boolean(),
)
const operator = fc.oneof({ weight: 20, arbitrary: fc.constantFrom<string>(...FILTER_OPERATORS) }, fc.string())
const condition = fc.record(
  { member: memberName, operator, values: fc.array(value, { maxLength: 3 }) },
  { requiredKeys: ['member', 'operator'] },
)
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc.record({ and: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
  ),
}))
const dateRange = fc.oneof(
  fc.constantFrom<string | string[]>(
    'today',
    'last 7 days',
    'this quarter',
    'from 30 days ago to now',
    ['2026-01-01', '2026-12-31'],
    ['2026-03-29'],
  ),
  fc.string(),
)
const query = fc.record(
  {
    measures: fc.array(
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom('orders.count', 'orders.revenue', 'orders.paid_share', 'buyer.count') },
        memberName,
      ),
      { maxLength: 3 },
    ),
    dimensions: fc.array(memberName, { maxLength: 3 }),
    segments: fc.array(fc.oneof(fc.constant('orders.gifts'), memberName), { maxLength: 1 }),
    timeDimensions: fc.array(
      fc.record(
        {
          dimension: fc.constantFrom('orders.created_at', 'orders.paid_at'),
          granularity: fc.constantFrom(...GRANULARITIES),
          dateRange,
        },
        { requiredKeys: ['dimension'] },
      ),
      { maxLength: 2 },
    ),
    bins: fc.array(
      fc.record(
        {
          dimension: fc.constantFrom('orders.amount', 'orders.unit_price'),
          width: fc.constantFrom(0.1, 1, 25),
          min: fc.constantFrom(0, -50),
        },
        { requiredKeys: ['dimension', 'width'] },
      ),
      { maxLength: 1 },
    ),
    filters: fc.array(tree, { maxLength: 3 }),
    order: fc.array(fc.tuple(memberName, fc.constantFrom('asc', 'desc')), { maxLength: 2 }),
    limit: fc.integer({ min: -1, max: 60_000 }),
    offset: fc.integer({ min: 0, max: 10 }),
    total: fc.boolean(),
    ungrouped: fc.boolean(),
    timezone: fc.constantFrom('UTC', 'Europe/Brussels', 'America/St_Johns', 'Asia/Kolkata', `${MARK}/Nowhere`),
    calculations: fc.array(
      fc.record({
        name: fc.oneof(
          fc.constant('a'),
          fc.string().map((text) => `${MARK}${text}`),
        ),
        expression: fc.oneof(
          fc.constant('orders.revenue / orders.count'),
          fc.string().map((text) => `${MARK}${text}`),
        ),
      }),
      { maxLength: 1 },
    ),
    subtotals: fc.oneof(fc.constant(true), fc.array(fc.array(memberName, { maxLength: 2 }), { maxLength: 2 })),
    topN: fc.record(
      { dimension: memberName, limit: fc.integer({ min: 0, max: 5 }), others: fc.oneof(fc.boolean(), fc.string()) },
      { requiredKeys: ['dimension', 'limit'] },
    ),
    cursor: fc.base64String(),
    weekStart: fc.oneof(fc.constantFrom(...WEEK_DAYS), fc.string()),
    fiscalYearStart: fc.integer({ min: 0, max: 13 }),
  },
  { requiredKeys: [] },
)

const marked = fc.string().map((text) => `${MARK}${text.replaceAll('\0', '')}`)
const fitting = (names: string[], operators: string[], values: fc.Arbitrary<unknown[]>) =>
  fc.record({ member: fc.constantFrom(...names), operator: fc.constantFrom(...operators), values })
const texts = ['orders.status', 'orders.tenant', 'buyer.name', 'payer.email', 'orders.buyer_name']
const numbers = ['orders.amount', 'orders.unit_price', 'orders.id']
const times = ['orders.created_at', 'orders.paid_at']
const many = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 })
const one = <T>(item: fc.Arbitrary<T>) => item.map((it): unknown[] => [it])
const day = fc
  .date({ min: new Date('0500-01-01'), max: new Date('3000-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const number = fc.oneof(
  fc.integer(),
  fc.integer().map(String),
  fc.constantFrom('1e6', '-12.50', '12345678901234567890'),
)
const fittingCondition = fc.oneof(
  fitting(
    texts,
    ['equals', 'notEquals', 'contains', 'notContains', 'startsWith', 'notStartsWith', 'endsWith', 'notEndsWith'],
    many(marked),
  ),
  fitting(numbers, ['equals', 'notEquals'], many(number)),
  fitting(numbers, ['gt', 'gte', 'lt', 'lte'], one(number)),
  fitting(times, ['equals', 'notEquals'], many(day)),
  fitting(
    times,
    ['beforeDate', 'beforeOrOnDate', 'afterDate', 'afterOrOnDate', 'inDateRange', 'notInDateRange', 'gt'],
    one(day),
  ),
  fitting(['orders.is_gift'], ['equals', 'notEquals'], many(fc.boolean())),
  fitting([...texts, ...numbers, ...times], ['set', 'notSet'], fc.constant([])),
)
const { fittingTree } = fc.letrec((tie) => ({
  fittingTree: fc.oneof(
    { depthSize: 'small' },
    fittingCondition,
    fc.record({ and: fc.array(tie('fittingTree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('fittingTree'), { minLength: 1, maxLength: 3 }) }),
  ),
}))
const measures = [
  'orders.count',
  'orders.revenue',
  'orders.average',
  'orders.buyers',
  'orders.paid_share',
  'orders.large_revenue',
  'buyer.count',
]
/** Queries that can be answered: names exist, values fit. */
const fittingQuery = fc
  .record({
    measures: fc.uniqueArray(fc.constantFrom(...measures), { minLength: 1, maxLength: 3 }),
    dimensions: fc.uniqueArray(
      fc.constantFrom(...texts, ...numbers, ...times, 'orders.place', 'orders.is_gift', 'payer.region'),
      { maxLength: 3 },
    ),
    segments: fc.subarray(['orders.gifts']),
    timeDimensions: fc.array(
      fc.record(
        {
          dimension: fc.constantFrom(...times),
          granularity: fc.constantFrom(...GRANULARITIES),
          dateRange: fc.oneof(day, fc.constantFrom('last 7 days', 'this quarter', 'from 30 days ago to now')),
        },
        { requiredKeys: ['dimension'] },
      ),
      { maxLength: 2 },
    ),
    bins: fc.array(
      fc.record(
        {
          dimension: fc.constantFrom('orders.amount', 'orders.unit_price'),
          width: fc.constantFrom(0.1, 1, 25),
          min: fc.constantFrom(0, -50),
        },
        { requiredKeys: ['dimension', 'width'] },
      ),
      { maxLength: 1 },
    ),
    filters: fc.array(fc.oneof(fittingTree, fitting(measures, ['gt', 'lte'], one(number))), { maxLength: 3 }),
    limit: fc.integer({ min: 1, max: 50_000 }),
    offset: fc.integer({ min: 0, max: 10 }),
    total: fc.boolean(),
    timezone: fc.constantFrom('UTC', 'Europe/Brussels', 'America/St_Johns', 'Asia/Kolkata'),
    weekStart: fc.constantFrom(...WEEK_DAYS),
    fiscalYearStart: fc.integer({ min: 1, max: 12 }),
    calculations: fc.subarray([
      { name: 'ratio', expression: 'round(orders.revenue / (orders.buyers - 1), 1)' },
      { name: 'label', expression: `if(orders.count > 1, '${MARK} -- ;', '${MARK}''')` },
    ]),
  })
  .chain((fit) => {
    const isGrouped =
      fit.dimensions.length + fit.bins.length + fit.timeDimensions.filter((it) => it.granularity).length > 0
    return fc.record({
      fit: fc.constant(fit),
      order: fc.subarray([...fit.measures, ...fit.dimensions, ...fit.calculations.map(({ name }) => `calc.${name}`)]),
      hidden: fc.subarray(['orders.count', 'orders.status'], { maxLength: 1 }),
      subtotals: isGrouped ? fc.constantFrom(undefined, undefined, undefined, true) : fc.constant(undefined),
      topN:
        fit.dimensions.length === 0
          ? fc.constant(undefined)
          : fc.option(
              fc.record({
                dimension: fc.constantFrom(...fit.dimensions),
                limit: fc.integer({ min: 1, max: 1_000 }),
                others: fc.oneof(fc.boolean(), marked),
              }),
              { nil: undefined, freq: 1 },
            ),
      time: fc.constantFrom('plain', 'plain', 'plain', 'compared', 'filled'),
    })
  })
  .map(({ fit, order, hidden, subtotals, topN, time }) => ({
    ...fit,
    timeDimensions: fit.timeDimensions.map((entry, index) =>
      around(entry, index === 0 ? time : 'plain', fit.timeDimensions),
    ),
    ...(order.length > 0 && { order: [...new Set([...order, ...hidden])].map((name) => [name, 'desc']) }),
    ...(subtotals && { subtotals }),
    ...(topN && { topN: { ...topN, others: topN.others === '' ? true : topN.others } }),
  }))

interface TimeEntry {
  readonly dimension: string
  readonly granularity?: string
  readonly dateRange?: string
}

/** A time dimension that compares spans, or is filled where its span has few buckets, also of other sizes. */
function around(entry: TimeEntry, time: string, all: readonly TimeEntry[]): unknown {
  const { dateRange, ...rest } = entry
  if (dateRange === undefined) return entry
  if (time === 'compared') return { ...rest, compareDateRange: [dateRange, 'today'] }
  const isCoarse = (granularity = '') => ['day', 'week', 'month', 'quarter', 'year'].includes(granularity)
  const sizes = all.flatMap((other) => (other.dimension === entry.dimension ? (other.granularity ?? []) : []))
  return time === 'filled' && isCoarse(entry.granularity) && sizes.every((size) => isCoarse(size))
    ? { ...entry, fill: 'zero' }
    : entry
}

const security = embedSecurity({ attributes: { tenant: ['tenant-a'], regions: ['north', 'south'] } })

function compiled(asked: unknown, dialect: 'postgres' | 'duckdb' = 'postgres'): CompiledQuery | undefined {
  try {
    return compileShop(asked as Query, { security, dialect })
  } catch (error) {
    // Any other error would become a 500.
    if (error instanceof AnalyticsError) return undefined
    throw error
  }
}

/** Checks statements of queries that fit, and of the few wild ones that are not refused. */
function everyStatement(check: (statement: CompiledQuery) => void, dialect: 'postgres' | 'duckdb' = 'postgres'): void {
  fc.assert(
    fc.property(fittingQuery, (asked) => check(compileShop(asked as Query, { security, dialect }))),
    { numRuns: 300 },
  )
  fc.assert(
    fc.property(query, (asked) => {
      const statement = compiled(asked, dialect)
      if (statement !== undefined) check(statement)
    }),
    { numRuns: 1_000 },
  )
}

/** The row rule that each protected table must carry: column and number of values. */
const RULES: ReadonlyMap<string, { readonly column: string; readonly values: readonly string[] }> = new Map([
  ['orders', { column: 'tenant', values: ['tenant-a'] }],
  ['customers', { column: 'region', values: ['north', 'south'] }],
])

it('every statement and every total is exactly one SELECT', () => {
  everyStatement(({ sql, total }) => {
    parseSelect(sql)
    if (total !== undefined) parseSelect(total.sql)
  })
})

it('every scan of a protected table carries its row rule, with the values of the caller', () => {
  let scans = 0
  everyStatement((statement) => {
    for (const { sql, parameters } of statement.total === undefined ? [statement] : [statement, statement.total]) {
      for (const { table, where } of scansOf(parseSelect(sql))) {
        const rule = RULES.get(table)
        if (rule === undefined) continue
        scans += 1
        expect(comparedWith(where, rule.column, parameters)).toEqual(rule.values)
      }
    }
  })
  expect(scans).toBeGreaterThan(100)
})

it('reads no table but those of the model, and calls no function but those of the compiler and the model', () => {
  const functions = new Set<string>()
  const tables = new Set<string>()
  everyStatement(({ sql }) => {
    for (const node of walk(parseSelect(sql))) {
      const call = node.FuncCall as { funcname: { String: { sval: string } }[] } | undefined
      if (call !== undefined) functions.add(call.funcname.map((part) => part.String.sval).join('.'))
      const range = node.RangeVar as { relname: string } | undefined
      if (range !== undefined) tables.add(range.relname)
    }
  })
  for (const table of tables) expect(['orders', 'customers', 'countries']).toContain(table)
  for (const name of functions) {
    expect([
      'count',
      'sum',
      'avg',
      'min',
      'max',
      'date_trunc',
      'floor',
      'round',
      'make_interval',
      'date_bin',
      'pg_catalog.extract',
      'upper',
      'pg_catalog.timezone',
      'pg_catalog.like_escape',
    ]).toContain(name)
  }
})

it.each(['postgres', 'duckdb'] as const)('nothing a request says is in the text, on %s', (dialect) => {
  everyStatement(({ sql, total, tables, policies }) => {
    expect(sql).not.toContain(MARK)
    expect(`${total?.sql}${tables.join()}${policies.join()}`).not.toContain(MARK)
    expect(sql).not.toMatch(/tenant-a|north/)
  }, dialect)
})

it('marks stand for every parameter exactly once, in order', () => {
  everyStatement(({ sql, parameters }) => {
    const marks = [...sql.matchAll(/\$(\d+)/g)].map((match) => Number(match[1]))
    expect(marks).toEqual(parameters.map((_, index) => index + 1))
    for (const parameter of parameters) expect(['string', 'number', 'boolean']).toContain(typeof parameter)
  })
})

it('the same query gives the same statement', () => {
  fc.assert(
    fc.property(fittingQuery, (asked) => {
      expect(compiled(asked)?.sql).toBe(compiled(structuredClone(asked))?.sql)
    }),
    { numRuns: 300 },
  )
})

it('anything at all is a statement or a refusal', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.object()), (asked) => void compiled(asked)),
    { numRuns: 1_000 },
  )
})
