import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CompiledQuery, compileQuery, nextCursor } from '../src/compile/index.ts'
import { AnalyticsError } from '../src/errors.ts'
import { parseModel } from '../src/model/index.ts'
import type { Query } from '../src/schema/query.ts'
import {
  adminSecurity,
  compileShop,
  embedSecurity,
  NOW,
  openDuckdb,
  openPostgres,
  type ShopDatabase,
} from './fixtures.ts'
import { parseSelect, refusal } from './matchers.ts'

const databases: ShopDatabase[] = []
beforeAll(async () => {
  databases.push(await openPostgres(), await openDuckdb())
})
afterAll(async () => {
  for (const database of databases) await database.close()
})

const PAYLOADS = [
  `orders.id"; drop table orders --`,
  'orders.id`; drop table orders --',
  'orders.id]; drop table orders --',
  `orders.status') or 1=1 --`,
  'orders.id) or (1=1',
  `' union select * from customers --`,
  `'; drop table public.orders; --`,
  `\\'; drop table public.orders; --`,
  '$1',
  '$$; drop table public.orders; $$',
  '*/ ; drop table public.orders; /*',
  'a\nb; drop table public.orders;',
  'sum(1)) from customers --',
  'pg_sleep(10)',
  'su/**/m',
  "query_to_xml('select 1', true, true, '')",
  "read_csv('/etc/passwd')",
  "current_setting('is_superuser')",
  '1 day; drop table public.orders',
  `day') , (select 1`,
  'desc, (select pg_sleep(10))',
  'asc nulls first; --',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'orders.__proto__',
  'orders.__proto__.x',
  'orders.constructor',
  '__proto__.toString',
  'orders.*',
  'ORDERS.COUNT',
  'orders.сount',
  'orders.count ',
  'orders..count',
  '.count',
  'orders.',
  '.',
  '💥',
  '\u202eorders.count',
  'x'.repeat(10_000),
  "UTC'; --",
  '../../etc/localtime',
  '+99:99',
  '-1',
  '1e400',
  'NaN',
  'Infinity',
  '0x1F',
  '1_000',
  '9'.repeat(400),
  '{ securityContext.tenant }',
  '{CUBE}.id',
  '%',
  '',
  ' ',
]

/** Every place of a query that takes something from outside. */
const PLACES: Record<string, (payload: string) => unknown> = {
  measure: (payload) => ({ measures: [payload] }),
  dimension: (payload) => ({ dimensions: [payload] }),
  segment: (payload) => ({ measures: ['orders.count'], segments: [payload] }),
  'time dimension': (payload) => ({ timeDimensions: [{ dimension: payload, granularity: 'day' }] }),
  granularity: (payload) => ({ timeDimensions: [{ dimension: 'orders.created_at', granularity: payload }] }),
  'date range': (payload) => ({
    measures: ['orders.count'],
    timeDimensions: [{ dimension: 'orders.created_at', dateRange: payload }],
  }),
  'date range start': (payload) => ({
    measures: ['orders.count'],
    timeDimensions: [{ dimension: 'orders.created_at', dateRange: [payload, '2026-01-01'] }],
  }),
  'bin dimension': (payload) => ({ bins: [{ dimension: payload, width: 1 }] }),
  'bin width': (payload) => ({ bins: [{ dimension: 'orders.amount', width: payload }] }),
  'bin bound': (payload) => ({ bins: [{ dimension: 'orders.amount', width: 1, min: payload }] }),
  'filter member': (payload) => ({ measures: ['orders.count'], filters: [{ member: payload, operator: 'set' }] }),
  'filter operator': (payload) => ({
    measures: ['orders.count'],
    filters: [{ member: 'orders.status', operator: payload, values: ['a'] }],
  }),
  'text value': (payload) => ({
    measures: ['orders.count'],
    filters: [{ member: 'orders.status', operator: 'equals', values: [payload] }],
  }),
  'text values': (payload) => ({
    measures: ['orders.count'],
    filters: [{ member: 'orders.status', operator: 'notEquals', values: [payload, 'a'] }],
  }),
  'part of a text': (payload) => ({
    measures: ['orders.count'],
    filters: [{ member: 'orders.status', operator: 'contains', values: [payload] }],
  }),
  'end of a text': (payload) => ({
    measures: ['orders.count'],
    filters: [{ member: 'orders.status', operator: 'notEndsWith', values: [payload] }],
  }),
  'number value': (payload) => ({
    measures: ['orders.count'],
    filters: [{ member: 'orders.amount', operator: 'gt', values: [payload] }],
  }),
  'boolean value': (payload) => ({
    measures: ['orders.count'],
    filters: [{ member: 'orders.is_gift', operator: 'equals', values: [payload] }],
  }),
  'time value': (payload) => ({
    measures: ['orders.count'],
    filters: [{ member: 'orders.created_at', operator: 'afterDate', values: [payload] }],
  }),
  'measure value': (payload) => ({
    measures: ['orders.count'],
    filters: [{ member: 'orders.count', operator: 'gt', values: [payload] }],
  }),
  'order member': (payload) => ({ measures: ['orders.count'], order: [[payload, 'asc']] }),
  'order key': (payload) => ({ measures: ['orders.count'], order: Object.fromEntries([[payload, 'asc']]) }),
  'order direction': (payload) => ({ measures: ['orders.count'], order: [['orders.count', payload]] }),
  limit: (payload) => ({ measures: ['orders.count'], limit: payload }),
  offset: (payload) => ({ measures: ['orders.count'], offset: payload }),
  timezone: (payload) => ({
    timeDimensions: [{ dimension: 'orders.created_at', granularity: 'day' }],
    timezone: payload,
  }),
  calculation: (payload) => ({ measures: ['orders.count'], calculations: [{ name: 'a', expression: payload }] }),
  'part of a calculation': (payload) => ({
    measures: ['orders.count'],
    calculations: [{ name: 'a', expression: `orders.count + (${payload})` }],
  }),
  'name of a calculation': (payload) => ({
    measures: ['orders.count'],
    calculations: [{ name: payload, expression: '1' }],
  }),
  'text of a calculation': (payload) => ({
    measures: ['orders.count'],
    calculations: [{ name: 'a', expression: `if(orders.count > 1, '${payload.replaceAll("'", "''")}', 'a')` }],
  }),
  subtotal: (payload) => ({ measures: ['orders.count'], dimensions: ['orders.status'], subtotals: [[payload]] }),
  'dimension of a top': (payload) => ({
    measures: ['orders.count'],
    dimensions: ['orders.status'],
    topN: { dimension: payload, limit: 1 },
  }),
  'measure of a top': (payload) => ({
    measures: ['orders.count'],
    dimensions: ['orders.status'],
    topN: { dimension: 'orders.status', limit: 1, measure: payload },
  }),
  'label of the rest': (payload) => ({
    measures: ['orders.count'],
    dimensions: ['orders.status'],
    topN: { dimension: 'orders.status', limit: 1, others: payload },
  }),
  'compared span': (payload) => ({
    measures: ['orders.count'],
    timeDimensions: [{ dimension: 'orders.created_at', compareDateRange: ['today', payload] }],
  }),
  fill: (payload) => ({
    measures: ['orders.count'],
    timeDimensions: [{ dimension: 'orders.created_at', granularity: 'day', dateRange: 'today', fill: payload }],
  }),
  'first month of the year': (payload) => ({ measures: ['orders.count'], fiscalYearStart: payload }),
  'first day of the week': (payload) => ({ measures: ['orders.count'], weekStart: payload }),
  cursor: (payload) => ({ measures: ['orders.count'], dimensions: ['orders.status'], cursor: payload }),
  'value of a cursor': (payload) => {
    const query: Query = { measures: ['orders.count'], dimensions: ['orders.status'] }
    return { ...query, cursor: nextCursor(compileShop(query), [payload, 1]) }
  },
  'direction of a top': (payload) => ({
    measures: ['orders.count'],
    dimensions: ['orders.status'],
    topN: { dimension: 'orders.status', limit: 1, direction: payload },
  }),
  'title of a calculation': (payload) => ({
    measures: ['orders.count'],
    calculations: [{ name: 'a', expression: 'orders.count + 1', title: payload }],
  }),
  'unit of a calculation': (payload) => ({
    measures: ['orders.count'],
    calculations: [{ name: 'a', expression: 'orders.count + 1', unit: payload, currency: payload }],
  }),
  'unknown key': (payload) => ({ measures: ['orders.count'], [payload]: payload }),
}

/** The statement, or `undefined` when the query was refused. Anything but a refusal fails the test. */
function attempt(query: unknown, dialect: ShopDatabase['dialect']): CompiledQuery | undefined {
  try {
    return compileShop(query as Query, { dialect })
  } catch (error) {
    expect(error).toBeInstanceOf(AnalyticsError)
    expect((error as Error).message.length).toBeLessThan(600)
    return undefined
  }
}

/** The attack that each kind of place belongs to, by a word of its name; members and keys are SQL-01 and SQL-02. */
const ATTACKS: readonly (readonly [RegExp, string])[] = [
  [/operator|fill/, 'SQL-03'],
  [/text|part of a text/, 'SQL-05'],
  [/order|direction/, 'SQL-06'],
  [/^limit|^offset/, 'SQL-07'],
  [/timezone/, 'SQL-08'],
  [/granularity|first|bin width/, 'SQL-09'],
  [/calculation/, 'SQL-10'],
  [/label|title|unit/, 'SQL-14'],
  [/number|bound|boolean|measure value/, 'SQL-18'],
  [/date|time value|span/, 'SQL-19'],
  [/cursor/, 'SQL-23'],
]
const attackOf = (place: string) => ATTACKS.find(([word]) => word.test(place))?.[1] ?? 'SQL-01 SQL-02'

describe.each(Object.keys(PLACES).map((place) => [attackOf(place), place]))('%s through a %s', (_, place) => {
  it('text never becomes SQL', async () => {
    const plain = attempt(PLACES[place]!('paid'), 'postgres')
    for (const payload of PAYLOADS) {
      for (const database of databases) {
        const compiled = attempt(PLACES[place]!(payload), database.dialect)
        if (compiled === undefined) continue
        parseSelect(compiled.sql.replaceAll(' as double)', ' as double precision)'))
        // A value changes parameters only.
        if (plain !== undefined && database.dialect === 'postgres') expect(compiled.sql).toBe(plain.sql)
        await database.run(compiled.sql, compiled.parameters)
      }
    }
    for (const database of databases) expect(await database.run('select count(*) from public.orders')).toEqual([[6]])
  })
})

it('accepts only what it should at each place', () => {
  const accepted = Object.fromEntries(
    Object.entries(PLACES).map(([place, query]) => [
      place,
      PAYLOADS.filter((payload) => attempt(query(payload), 'postgres') !== undefined).length,
    ]),
  )
  // An empty order and values of text conditions; everything else is closed. The number -1 is a number.
  const texts = PAYLOADS.length
  expect(accepted).toEqual({
    ...Object.fromEntries(Object.keys(PLACES).map((place) => [place, 0])),
    'text value': texts,
    'text values': texts,
    'part of a text': texts,
    'end of a text': texts,
    'number value': 1,
    'measure value': 1,
    // The name of a measure with a blank after it is an expression too.
    calculation: 2,
    'part of a calculation': 2,
    // Six payloads are identifiers, which name a column of the answer and nothing else.
    'name of a calculation': 6,
    // All but those that are too long, or empty.
    'text of a calculation': texts - 1,
    'label of the rest': texts - 3,
    'title of a calculation': texts - 3,
    'value of a cursor': texts,
  })
})

it('SQL-12 an attribute or a token filter never becomes SQL', async () => {
  for (const payload of PAYLOADS.filter((text) => text !== '')) {
    for (const database of databases) {
      const asAttribute = compileShop(
        { measures: ['orders.count'] },
        { dialect: database.dialect, security: embedSecurity({ attributes: { tenant: payload } }) },
      )
      const filters = [{ member: 'orders.status', operator: 'contains' as const, values: [payload] }]
      const asFilter = compileShop(
        { measures: ['orders.count'] },
        { dialect: database.dialect, security: adminSecurity({ filters }) },
      )
      expect(asAttribute.parameters[0]).toBe(payload)
      expect(await database.run(asAttribute.sql, asAttribute.parameters)).toEqual([[0]])
      await database.run(asFilter.sql, asFilter.parameters)
    }
  }
  for (const database of databases) expect(await database.run('select count(*) from public.orders')).toEqual([[6]])
})

it('SQL-12 a value that FILTER_PARAMS takes into the SQL of a cube stays a parameter', async () => {
  const text = (lambda: string) => `cubes:
  - name: orders
    sql: "select * from public.orders where {FILTER_PARAMS.orders.status.filter(${lambda})}"
    dimensions: [{ name: status, type: string, sql: status }]
    measures: [{ name: count, type: count }]`
  for (const argument of ["'status'", "lambda x: f'status = {x}'"]) {
    const model = parseModel([{ path: 'm.yml', text: text(argument) }])
    const plain = compileQuery(model, statusQuery('x'), {
      security: adminSecurity(),
      now: NOW,
      dialect: () => 'postgres',
    })
    expect(plain.sql).toContain('where ((status')
    for (const payload of PAYLOADS.filter((value) => value !== '')) {
      for (const database of databases) {
        const { sql, parameters } = compileQuery(model, statusQuery(payload), {
          security: adminSecurity(),
          now: NOW,
          dialect: () => database.dialect,
        })
        expect(parameters.slice(0, 2)).toEqual([payload, payload])
        if (database.dialect === 'postgres') expect(sql).toBe(plain.sql)
        expect(await database.run(sql, parameters)).toEqual([[0]])
      }
    }
  }
  for (const database of databases) expect(await database.run('select count(*) from public.orders')).toEqual([[6]])
})

const statusQuery = (value: string): Query => ({
  measures: ['orders.count'],
  filters: [{ member: 'orders.status', operator: 'equals', values: [value] }],
})

it('SQL-18 values that are no scalars are refused', () => {
  for (const value of [
    { toOperationNode: 'x' },
    { toOperationNode: () => ({ kind: 'RawNode' }) },
    ['a'],
    null,
    undefined,
    Symbol('a'),
    1n,
    Number.NaN,
  ]) {
    const query = {
      measures: ['orders.count'],
      filters: [{ member: 'orders.status', operator: 'equals', values: [value] }],
    }
    expect(refusal(() => compileShop(query as never)).code).toBe('invalid_filter')
  }
})

describe('SQL-11 SQL of the model', () => {
  const load = (sql: string) =>
    parseModel([
      {
        path: 'm.yml',
        text: JSON.stringify({
          cubes: [{ name: 'a', sql_table: 'a', dimensions: [{ name: 'x', type: 'string', sql }] }],
        }),
      },
    ])

  it.each([
    'x; drop table a',
    'x) from a; --',
    '(x',
    "x = 'a",
    '"x',
    'x /* ',
    '$1',
    'x, y',
    '$tag$ x',
    '{CUBE',
    '{CUBE}.x -- \n; select 1',
    '-- nothing',
    '{unknown}',
    '{a.b.c}',
    '{ SECURITY_CONTEXT.tenant.filter() }',
  ])('is refused: %j', (sql) => {
    expect(refusal(() => load(sql)).code).toBe('model_invalid')
  })

  it.each(["';'", '"a;b"', "E'\\';'", '$$;$$', 'x -- ;', 'x /* ; /* ( */ */', "coalesce({CUBE}.x, ',')", 'x[1]'])(
    'is accepted: %j',
    (sql) => {
      expect(load(sql).cubes.size).toBe(1)
    },
  )

  it.each(['a; drop table b', 'a b', 'a.b.c.d', '"a', 'a--', "a'", '', '(select 1)', `"${'é'.repeat(40)}"`])(
    'is no table name: %j',
    (name) => {
      const text = JSON.stringify({ cubes: [{ name: 'a', sql_table: name }] })
      expect(refusal(() => parseModel([{ path: 'm.yml', text }])).code).toBe('model_invalid')
    },
  )

  it.each([
    'insert into a values (1)',
    'with x as (delete from a returning *) select * from x',
    'select 1; select 2',
    'drop table a',
    'copy a to stdout',
    'do $$ begin end $$',
    'explain analyze select 1',
    'set statement_timeout = 0',
    'select 1 union select 2; --',
    'select * from a /* ',
    "select 'a",
  ])('of a cube only reads: %j', (sql) => {
    const text = JSON.stringify({ cubes: [{ name: 'a', sql }] })
    expect(refusal(() => parseModel([{ path: 'm.yml', text }])).code).toBe('model_invalid')
  })
})
