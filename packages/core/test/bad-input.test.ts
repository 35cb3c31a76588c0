import { describe, expect, it } from 'vitest'
import { compileQuery, DIALECT_NAMES, type DialectName } from '../src/compile/index.ts'
import { parseModel } from '../src/model/index.ts'
import { EXPRESSION_FUNCTIONS } from '../src/query/expression/functions.ts'
import type { Query } from '../src/schema/query.ts'
import { adminSecurity, compileShop } from './fixtures.ts'
import { refusal } from './matchers.ts'

const security = adminSecurity()
const refused = (query: unknown) => refusal(() => compileShop(query as Query, { security }))
const count = { measures: ['orders.count'] }
const filter = (member: string, operator: string, ...values: unknown[]) => ({
  ...count,
  filters: [{ member, operator, values }],
})
const calculation = (expression: string) => ({ ...count, calculations: [{ name: 'a', expression }] })
const range = (dateRange: unknown, timezone = 'UTC') => ({
  ...count,
  timeDimensions: [{ dimension: 'orders.created_at', dateRange }],
  timezone,
})

it.each<[string, unknown, string, string, RegExp]>([
  [
    'a misspelt measure',
    { measures: ['orders.revenu'] },
    'unknown_member',
    'measures[0]',
    /^unknown measure: orders.revenu; did you mean orders.revenue\?$/,
  ],
  [
    'a misspelt cube',
    { dimensions: ['order.status'] },
    'unknown_member',
    'dimensions[0]',
    /did you mean orders.status/,
  ],
  [
    'a member that resembles none',
    { dimensions: ['zzz'] },
    'unknown_member',
    'dimensions[0]',
    /^unknown dimension: zzz$/,
  ],
  [
    'a dimension as a measure',
    { measures: ['orders.status'] },
    'invalid_request',
    'measures[0]',
    /is a dimension, not a measure/,
  ],
  [
    'a text as a time',
    { timeDimensions: [{ dimension: 'orders.status', granularity: 'day' }] },
    'invalid_request',
    'timeDimensions[0].dimension',
    /is a string, not a time/,
  ],
  [
    'a text in bins',
    { bins: [{ dimension: 'orders.status', width: 1 }] },
    'invalid_request',
    'bins[0].dimension',
    /is a string, not a number/,
  ],
  ['nothing', {}, 'invalid_request', '', /asks for nothing/],
  [
    'a date range only',
    { timeDimensions: [{ dimension: 'orders.created_at', dateRange: 'today' }] },
    'invalid_request',
    '',
    /asks for nothing/,
  ],
  [
    'an unknown key',
    { ...count, measure: [] },
    'invalid_request',
    'measure',
    /unknown key: measure; did you mean measures\?/,
  ],
  [
    'a text for a list',
    { measures: 'orders.count' },
    'invalid_request',
    'measures',
    /expected a list, not "orders.count"/,
  ],
  ['no object', 'orders.count', 'invalid_request', '', /expected a mapping/],
  ['null', null, 'invalid_request', '', /expected a mapping, not nothing/],
  ['a number for a name', { measures: [1] }, 'invalid_request', 'measures[0]', /expected a text, not 1/],
  [
    'too many measures',
    { measures: Array.from({ length: 51 }, () => 'orders.count') },
    'invalid_request',
    'measures',
    /at most 50 items/,
  ],
  ['a limit of nothing', { ...count, limit: 0 }, 'invalid_request', 'limit', /at least 1, not 0/],
  ['a limit too high', { ...count, limit: 1e9 }, 'invalid_request', 'limit', /at most 50000, not 1000000000/],
  ['a broken limit', { ...count, limit: 1.5 }, 'invalid_request', 'limit', /whole number, not 1.5/],
  ['a limit as a text', { ...count, limit: '10' }, 'invalid_request', 'limit', /expected a number, not "10"/],
  ['a limit of null', { ...count, limit: null }, 'invalid_request', 'limit', /expected a number/],
  ['a limit beyond 2^53', { ...count, limit: 2 ** 53 }, 'invalid_request', 'limit', /9007199254740992/],
  ['a negative offset', { ...count, offset: -1 }, 'invalid_request', 'offset', /at least 0, not -1/],
  [
    'an unknown granularity',
    { timeDimensions: [{ dimension: 'orders.created_at', granularity: 'dya' }] },
    'invalid_request',
    'timeDimensions[0].granularity',
    /did you mean day\?/,
  ],
  [
    'an unknown direction',
    { ...count, order: { 'orders.count': 'down' } },
    'invalid_request',
    'order["orders.count"]',
    /"down" is not one of asc, desc/,
  ],
  [
    'an order by a calculation that is not there',
    { ...count, order: [['calc.nothing', 'asc']] },
    'unknown_member',
    'order[0]',
    /unknown member: calc.nothing/,
  ],
  [
    'an order by a measure per row',
    { dimensions: ['orders.status'], ungrouped: true, order: [['orders.count', 'asc']] },
    'invalid_request',
    'order[0]',
    /orders rows only where it is asked for/,
  ],
  ['an unknown week day', { ...count, weekStart: 'funday' }, 'invalid_request', 'weekStart', /not one of monday/],
  ['a thirteenth month', { ...count, fiscalYearStart: 13 }, 'invalid_request', 'fiscalYearStart', /at most 12/],
  [
    'a calculation that does not parse',
    calculation('sum(1)) from secrets'),
    'invalid_request',
    'calculations[0].expression',
    /unknown function at character 1: sum/,
  ],
  [
    'a calculation with an unknown measure',
    calculation('1 + orders.cuont'),
    'invalid_request',
    'calculations[0].expression',
    /unknown measure: orders.cuont; did you mean orders.count\?, at character 5/,
  ],
  [
    'a calculation with a dimension',
    calculation('1 + orders.amount'),
    'invalid_request',
    'calculations[0].expression',
    /orders.amount is a dimension, not a measure, at character 5/,
  ],
  [
    'a calculation of another',
    {
      calculations: [
        { name: 'a', expression: '1' },
        { name: 'b', expression: 'calc.a' },
      ],
    },
    'invalid_request',
    'calculations[1].expression',
    /cannot use another/,
  ],
  [
    'a calculation named twice',
    {
      calculations: [
        { name: 'a', expression: '1' },
        { name: 'a', expression: '2' },
      ],
    },
    'invalid_request',
    'calculations[1].name',
    /a is named twice/,
  ],
  [
    'a calculation with a strange name',
    { calculations: [{ name: 'a"; drop', expression: '1' }] },
    'invalid_request',
    'calculations[0].name',
    /does not have the form/,
  ],
  [
    'a calculation of nothing',
    { calculations: [{ name: 'a', expression: '1 + 1' }] },
    'invalid_request',
    'calculations',
    /use no measure/,
  ],
  [
    'a calculation per row',
    { dimensions: ['orders.status'], calculations: [{ name: 'a', expression: '1' }], ungrouped: true },
    'invalid_request',
    'calculations',
    /about groups/,
  ],
  [
    'subtotals of nothing that groups',
    { ...count, subtotals: true },
    'invalid_request',
    'subtotals',
    /need 1 to 20 columns that group, not 0/,
  ],
  [
    'subtotals by what does not group',
    { ...count, dimensions: ['orders.status'], subtotals: [['orders.tenant']] },
    'invalid_request',
    'subtotals[0][0]',
    /orders.tenant is not a column that groups/,
  ],
  [
    'a top of what is not asked for',
    { ...count, topN: { dimension: 'orders.status', limit: 3 } },
    'invalid_request',
    'topN.dimension',
    /not one of the query's dimensions/,
  ],
  [
    'a top without a measure',
    { dimensions: ['orders.status'], topN: { dimension: 'orders.status', limit: 3 } },
    'invalid_request',
    'topN',
    /needs a measure to rank by/,
  ],
  [
    'a top of too many',
    { ...count, dimensions: ['orders.status'], topN: { dimension: 'orders.status', limit: 1_001 } },
    'invalid_request',
    'topN.limit',
    /at most 1000/,
  ],
  [
    'one span to compare',
    { ...count, timeDimensions: [{ dimension: 'orders.created_at', compareDateRange: ['today'] }] },
    'invalid_request',
    'timeDimensions[0].compareDateRange',
    /at least 2 items/,
  ],
  [
    'spans to compare that cannot be read',
    { ...count, timeDimensions: [{ dimension: 'orders.created_at', compareDateRange: ['today', 'last wek'] }] },
    'invalid_date_range',
    'timeDimensions[0].compareDateRange[1]',
    /is not a date range/,
  ],
  [
    'a span besides those to compare',
    {
      ...count,
      timeDimensions: [
        { dimension: 'orders.created_at', dateRange: 'today', compareDateRange: ['today', 'yesterday'] },
      ],
    },
    'invalid_request',
    'timeDimensions[0].dateRange',
    /leave one out/,
  ],
  [
    'a filled span without an end',
    { ...count, timeDimensions: [{ dimension: 'orders.created_at', granularity: 'day', fill: 'zero' }] },
    'invalid_request',
    'timeDimensions[0].fill',
    /needs a dateRange/,
  ],
  [
    'a filled span without buckets',
    { ...count, timeDimensions: [{ dimension: 'orders.created_at', dateRange: 'today', fill: 'null' }] },
    'invalid_request',
    'timeDimensions[0].fill',
    /needs a granularity/,
  ],
  ['a cursor and an offset', { ...count, cursor: 'x', offset: 1 }, 'invalid_request', 'offset', /leave one out/],
  [
    'a measure filter of a dimension',
    filter('orders.status', 'measureFilter'),
    'invalid_filter',
    'filters[0].member',
    /measureFilter takes a measure/,
  ],
  [
    'an unknown operator',
    filter('orders.status', 'equal', 'a'),
    'invalid_filter',
    'filters[0].operator',
    /did you mean equals/,
  ],
  [
    'an operator of another type',
    filter('orders.status', 'gt', 'a'),
    'invalid_filter',
    'filters[0].operator',
    /gt does not compare a string/,
  ],
  [
    'a part of a number',
    filter('orders.amount', 'contains', '1'),
    'invalid_filter',
    'filters[0].operator',
    /contains does not compare a number/,
  ],
  ['no values', filter('orders.status', 'equals'), 'invalid_filter', 'filters[0].values', /at least one value/],
  ['values for none', filter('orders.status', 'set', 'a'), 'invalid_filter', 'filters[0].values', /takes no values/],
  ['two bounds', filter('orders.amount', 'gt', 1, 2), 'invalid_filter', 'filters[0].values', /takes one value, not 2/],
  [
    'a text for a number',
    filter('orders.amount', 'gt', 'abc'),
    'invalid_filter',
    'filters[0].values[0]',
    /"abc" is not a number/,
  ],
  [
    'a text for a number, later',
    filter('orders.amount', 'equals', 1, '2', 'x'),
    'invalid_filter',
    'filters[0].values[2]',
    /"x" is not a number/,
  ],
  [
    'a text for a boolean',
    filter('orders.is_gift', 'equals', 'yes'),
    'invalid_filter',
    'filters[0].values[0]',
    /neither true nor false/,
  ],
  [
    'a number for a date',
    filter('orders.created_at', 'afterDate', 20260101),
    'invalid_date_range',
    'filters[0].values[0]',
    /is not a date/,
  ],
  [
    'a filter by a segment',
    filter('orders.gifts', 'equals', true),
    'invalid_request',
    'filters[0].member',
    /is a segment/,
  ],
  ['a NUL', filter('orders.status', 'equals', 'a\0b'), 'invalid_filter', 'filters[0].values[0]', /NUL/],
  ['a NUL in a name', { measures: ['orders.count\0'] }, 'invalid_request', 'measures[0]', /NUL/],
  [
    'a mixed "or"',
    {
      ...count,
      filters: [
        {
          or: [
            { member: 'orders.count', operator: 'set' },
            { member: 'orders.status', operator: 'set' },
          ],
        },
      ],
    },
    'invalid_filter',
    'filters[0].or[1].member',
    /orders.status stands in an "or" with a measure/,
  ],
  [
    'an empty group',
    { ...count, filters: [{ or: [] }] },
    'invalid_filter',
    'filters[0].or',
    /at least 1 item is needed/,
  ],
  [
    'an unknown zone',
    range('today', 'Europe/Brussel'),
    'invalid_time_zone',
    'timezone',
    /did you mean Europe\/Brussels/,
  ],
  [
    'a zone in lower case',
    range('today', 'europe/brussels'),
    'invalid_time_zone',
    'timezone',
    /did you mean Europe\/Brussels/,
  ],
  ['an offset', range('today', '+02:00'), 'invalid_time_zone', 'timezone', /unknown time zone/],
  ['a path', range('today', '../../etc/localtime'), 'invalid_time_zone', 'timezone', /unknown time zone/],
  ['posixrules', range('today', 'posixrules'), 'invalid_time_zone', 'timezone', /unknown time zone/],
  [
    'a date that does not exist',
    range('2026-02-30'),
    'invalid_date_range',
    'timeDimensions[0].dateRange',
    /2026-02-30 does not exist in the calendar/,
  ],
  ['month 13', range('2026-13-01'), 'invalid_date_range', 'timeDimensions[0].dateRange', /does not exist/],
  ['year 0', range('0000-00-00'), 'invalid_date_range', 'timeDimensions[0].dateRange', /does not exist/],
  [
    'hour 24',
    range(['2026-01-01T24:00', '2026-01-02']),
    'invalid_date_range',
    'timeDimensions[0].dateRange',
    /does not exist/,
  ],
  ['infinity', range('infinity'), 'invalid_date_range', 'timeDimensions[0].dateRange', /is not a date range/],
  ['a five-digit year', range('+275760-09-13'), 'invalid_date_range', 'timeDimensions[0].dateRange', /is not a date/],
  ['a week date', range('2026-W53'), 'invalid_date_range', 'timeDimensions[0].dateRange', /is not a date/],
  [
    'an end before the start',
    range(['2026-02-01', '2026-01-01']),
    'invalid_date_range',
    'timeDimensions[0].dateRange',
    /ends before it starts/,
  ],
  [
    'a time that clocks skip',
    range(['2026-03-29T02:30', '2026-03-30'], 'Europe/Brussels'),
    'invalid_date_range',
    'timeDimensions[0].dateRange',
    /clocks skip it/,
  ],
  [
    'three dates',
    range(['2026-01-01', '2026-01-02', '2026-01-03']),
    'invalid_request',
    'timeDimensions[0].dateRange',
    /at most 2 items/,
  ],
  ['zero days', range('last 0 days'), 'invalid_date_range', 'timeDimensions[0].dateRange', /from 1 to 10000/],
  [
    'too many years',
    range('last 9999 years'),
    'invalid_date_range',
    'timeDimensions[0].dateRange',
    /outside the years/,
  ],
  ['misspelt words', range('last wek'), 'invalid_date_range', 'timeDimensions[0].dateRange', /is not a date range/],
  [
    'a width of zero',
    { bins: [{ dimension: 'orders.amount', width: 0 }] },
    'invalid_request',
    'bins[0].width',
    /more than 0/,
  ],
  [
    'a bound where no bin starts',
    { bins: [{ dimension: 'orders.amount', width: 10, min: 5 }] },
    'invalid_request',
    'bins[0].min',
    /not a multiple of the width/,
  ],
  [
    'bounds the wrong way round',
    { bins: [{ dimension: 'orders.amount', width: 10, min: 20, max: 10 }] },
    'invalid_request',
    'bins[0].max',
    /not above min/,
  ],
  [
    'a calculated measure per row',
    { measures: ['orders.paid_share'], ungrouped: true },
    'invalid_request',
    'measures[0]',
    /no value for a single row/,
  ],
  [
    'a group filter per row',
    { ...filter('orders.count', 'gt', 1), ungrouped: true },
    'invalid_filter',
    'filters[0].member',
    /ungrouped/,
  ],
])('%s', (_, query, code, path, message) => {
  const error = refused(query)
  expect({ code: error.code, problems: error.problems }).toEqual({
    code,
    problems: [{ path, message: expect.stringMatching(message) }],
  })
  expect(error.message).toBe(error.problems[0]!.message)
})

it('reports every problem at once, each at its place', () => {
  const error = refused({
    measures: ['orders.cuont'],
    dimensions: ['orders.count'],
    timeDimensions: [{ dimension: 'orders.created_at', dateRange: '2026-02-30' }],
    filters: [
      { member: 'orders.amount', operator: 'gt', values: ['abc'] },
      {
        or: [
          { member: 'orders.nothing', operator: 'set' },
          { and: [{ member: 'orders.created_at', operator: 'inDateRange', values: ['2026-01-01', '2026-99-01'] }] },
        ],
      },
    ],
  })
  expect(error.problems.map((problem) => problem.path).sort()).toEqual([
    'dimensions[0]',
    'filters[0].values[0]',
    'filters[1].or[0].member',
    'filters[1].or[1].and[0].values[1]',
    'measures[0]',
    'timeDimensions[0].dateRange',
  ])
})

describe('bounds on filters', () => {
  const leaf = { member: 'orders.status', operator: 'set' }
  const nest = (depth: number): unknown => (depth === 0 ? leaf : { and: [nest(depth - 1)] })

  it('refuses deep trees, however deep', () => {
    expect(compileShop({ ...count, filters: [nest(8)] } as Query, { security }).sql).toContain('where')
    for (const depth of [9, 1_000]) {
      expect(refused({ ...count, filters: [nest(depth)] })).toMatchObject({
        code: 'invalid_filter',
        message: 'filters nest deeper than 8 groups',
      })
    }
  })

  it('refuses more than a hundred conditions, counted over all groups', () => {
    const groups = (perGroup: number) => ({
      ...count,
      filters: [{ and: Array.from({ length: 50 }, () => leaf) }, { or: Array.from({ length: perGroup }, () => leaf) }],
    })
    expect(compileShop(groups(50) as Query, { security }).sql).toContain('where')
    expect(refused({ ...count, filters: [...groups(50).filters, leaf] }).message).toBe('more than 100 conditions')
  })

  it('refuses more than a thousand values', () => {
    const values = (length: number) =>
      filter('orders.status', 'equals', ...Array.from({ length }, (_, index) => `v${index}`))
    expect(compileShop(values(1_000) as Query, { security }).parameters).toHaveLength(1_001)
    expect(refused(values(1_001)).problems[0]!.path).toBe('filters[0].values')
  })

  const lists = (count: number, length = 1_000) => [
    {
      and: Array.from({ length: count }, () => ({
        member: 'orders.status',
        operator: 'equals',
        values: Array.from({ length }, (_, index) => `v${index}`),
      })),
    },
  ]

  it('DOS-01 refuses more than ten thousand values in all', () => {
    expect(compileShop({ ...count, filters: lists(10) } as Query, { security }).parameters).toHaveLength(10_001)
    expect(refused({ ...count, filters: lists(11) })).toMatchObject({
      code: 'invalid_filter',
      message: 'more than 10000 values in all, 11000',
    })
  })

  it('DOS-01 refuses values that subtotals and compared spans ask for again and again', () => {
    const subtotals = { ...count, dimensions: ['orders.status'], subtotals: [[], [], [], []] }
    const spans = {
      dimension: 'orders.created_at',
      compareDateRange: ['today', 'yesterday', 'last week', 'last month'],
    }
    for (const query of [subtotals, { ...count, timeDimensions: [spans] }])
      expect(refused({ ...query, filters: lists(8) })).toMatchObject({
        code: 'invalid_filter',
        message: expect.stringMatching(/^8000 values for [45] subtotals and compared spans are (?:32000|40000), more/),
      })
    expect(refused({ ...subtotals, filters: lists(7) }).message).toMatch(/^7000 values for 5/)
    expect(compileShop({ ...subtotals, filters: lists(5) } as Query, { security }).sql).toContain('union all')
  })

  it('DOS-01 refuses columns that subtotals and compared spans ask for again and again', () => {
    const names = (prefix: string, length: number) => Array.from({ length }, (_, index) => `orders.${prefix}${index}`)
    const spans = Array.from({ length: 8 }, (_, index) => [`20${10 + index}-01-01`, `20${10 + index}-12-31`])
    const timeDimensions = [{ dimension: 'orders.created_at', granularity: 'day', compareDateRange: spans }]
    const query = { measures: names('m', 50), dimensions: names('d', 18), timeDimensions, subtotals: true }
    expect(refused(query)).toMatchObject({
      code: 'invalid_request',
      message: '160 subtotals and compared spans have 11040 columns in all, more than 3000',
    })
    expect(refused({ ...query, subtotals: undefined }).code).toBe('unknown_member')
  })

  it('DOS-01 makes no statement with more parameters than databases take', () => {
    const shifted = ['1 year', '2 year', '3 year', '4 year']
      .map(
        (interval, index) =>
          `{ name: ago_${index}, multi_stage: true, type: number, sql: "{count}", time_shift: [{ interval: ${interval}, type: prior }] }`,
      )
      .join(', ')
    const text = `cubes: [{ name: orders, sql_table: orders, dimensions: [{ name: status, type: string, sql: status },
      { name: at, type: time, sql: at }], measures: [{ name: count, type: count }, ${shifted}],
      access_policy: [{ role: "*", member_level: { includes: "*" } }] }]`
    const model = parseModel([{ path: 'orders.yml', text }])
    const compile = (conditions: number) => {
      const measures = [0, 1, 2, 3].map((index) => `orders.ago_${index}`)
      const timeDimensions = [{ dimension: 'orders.at', granularity: 'day', dateRange: 'last 7 days' }]
      const query = { measures, timeDimensions, filters: lists(conditions) } as Query
      return compileQuery(model, query, { security, now: new Date(), dialect: () => 'postgres' })
    }
    expect(compile(5).parameters.length).toBeGreaterThan(20_000)
    expect(() => compile(10)).toThrow(/^the statement would have 4\d{4} parameters, more than 32766/)
  })
})

describe('bounds on the work before a statement', () => {
  it('DOS-01 refuses buckets to fill that compared spans and subtotals multiply', () => {
    const spans = Array.from({ length: 8 }, (_, index) => `last ${9_000 + index} hours`)
    const sizes = ['day', 'week', 'month'].map((granularity) => ({ dimension: 'orders.created_at', granularity }))
    const hours = { dimension: 'orders.created_at', granularity: 'hour', fill: 'zero' }
    const asked = { ...count, timeDimensions: [{ ...hours, compareDateRange: spans }, ...sizes], subtotals: true }
    expect(refused(asked)).toMatchObject({
      code: 'invalid_date_range',
      message: expect.stringMatching(/^the buckets to fill have more than 80000 values over all spans and subtotals; /),
    })
    const timeDimensions = [{ ...hours, dateRange: 'last 9999 hours' }, ...sizes]
    expect(compileShop({ ...count, timeDimensions } as Query, { security }).sql).toContain('values')
  })

  it('DOS-04 writes a chain of calls once for each, in every dialect', () => {
    const lengthOf = (dialect: DialectName, expression: string) =>
      compileShop({ calculations: [{ name: 'a', expression }] } as Query, { security, dialect }).sql.length
    const chain = (depth: number, start: string, end: string) =>
      `${start.repeat(depth)}orders.paid_share${end.repeat(depth)}`
    for (const dialect of DIALECT_NAMES)
      for (const [start, end] of [
        ...Object.entries(EXPRESSION_FUNCTIONS)
          .filter(([name, { takes }]) => name !== 'if' && takes[0] !== 'boolean')
          .map(([name, { fewest }]) => [`${name}(`, fewest > 1 ? ', 2)' : ')'] as const),
        ['round(', ', 1)'] as const,
        ['if(orders.count > 1, ', ', 0)'] as const,
      ]) {
        const [short, middle, long] = [10, 20, 30].map((depth) => lengthOf(dialect, chain(depth, start, end)))
        expect(long! - middle!, `${dialect}: ${start}`).toBeLessThan((middle! - short!) * 1.5 + 100)
      }
  })

  it('DOS-04 makes no statement longer than databases take', () => {
    const text = `cubes: [{ name: a, sql_table: a, measures: [{ name: count, type: count }],
      dimensions: [{ name: long, type: string, sql: "'${'x'.repeat(19_000)}'" }, { name: t, type: string, sql: t }],
      access_policy: [{ role: "*", member_level: { includes: "*" } }] }]`
    const model = parseModel([{ path: 'a.yml', text }])
    const ask = (member: string) => {
      const values = Array.from({ length: 500 }, (_, index) => `${index}`)
      const query: Query = { measures: ['a.count'], filters: [{ member, operator: 'contains', values }] }
      return compileQuery(model, query, { security, now: new Date(), dialect: () => 'postgres' }).sql
    }
    expect(() => ask('a.long')).toThrow(/^the statement would have more than 8000000 characters$/)
    // What was given up leaves nothing behind.
    expect(ask('a.t')).toMatch(/^select/)
  })

  it('DOS-17 counts what members are made of, once for each subtotal, span and text', () => {
    const sums = Array.from(
      { length: 11 },
      (_, at) => `{ name: d${at + 1}, type: string, sql: "{d${at}} || {d${at}}" }`,
    )
    const text = `cubes: [{ name: a, sql_table: a, measures: [{ name: count, type: count }],
      dimensions: [{ name: d0, type: string, sql: x }, { name: t, type: time, sql: t }, ${sums.join(', ')}],
      access_policy: [{ role: "*", member_level: { includes: "*" } }] }]`
    const model = parseModel([{ path: 'a.yml', text }])
    const ask = (query: Query) => compileQuery(model, query, { security, now: new Date(), dialect: () => 'postgres' })
    const filter = (length: number) => ({
      member: 'a.d11',
      operator: 'contains' as const,
      values: Array.from({ length }, (_, index) => `${index}`),
    })
    const spans = { dimension: 'a.t', compareDateRange: ['today', 'yesterday', 'last week'] }
    expect(ask({ dimensions: ['a.d11'], filters: [filter(2)] }).parameters).toHaveLength(3)
    expect(() => ask({ measures: ['a.count'], filters: [filter(20)] })).toThrow(
      /^the members asked for are made of 81901 others in all, more than 50000$/,
    )
    expect(() => ask({ dimensions: ['a.d11', 'a.d10'], timeDimensions: [spans], subtotals: true })).toThrow(
      /^the members asked for are made of 55278 others/,
    )
  })
})

it('answers a query full of unknown names without reading the model for each', () => {
  const name = (index: number) => `orders.cuont${index}`
  const error = refused({
    measures: Array.from({ length: 50 }, (_, index) => name(index)),
    dimensions: Array.from({ length: 50 }, (_, index) => name(index)),
  })
  expect(error.problems).toHaveLength(50)
  expect(error.problems.filter((problem) => problem.message.includes('did you mean')).length).toBeLessThanOrEqual(10)
})
