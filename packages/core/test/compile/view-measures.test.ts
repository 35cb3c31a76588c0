import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileQuery } from '../../src/compile/index.ts'
import { parseModel, readMeta } from '../../src/model/index.ts'
import type { Query } from '../../src/schema/query.ts'
import type { Security } from '../../src/security.ts'
import { adminSecurity, embedSecurity, NOW } from '../fixtures.ts'
import { refusal } from '../matchers.ts'

interface Parts {
  readonly measures?: string
  readonly view?: string
  readonly sales?: string
  readonly baskets?: string
}

const AOV = '{ name: aov, type: number, multi_stage: true, sql: "{CUBE.amount} / NULLIF({CUBE.baskets}, 0)" }'

function read({ measures = `[${AOV}]`, view = '[{ role: "*" }]', sales = view, baskets = view }: Parts = {}) {
  return parseModel([
    {
      path: 'retail.yml',
      text: `
cubes:
  - name: shops
    sql_table: shops
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: region, type: string, sql: region }
    access_policy: [{ role: "*" }]
  - name: sales
    sql_table: sales
    public: false
    joins: [{ name: shops, relationship: many_to_one, sql: "{CUBE}.shop = {shops.id}" }]
    dimensions: [{ name: tenant, type: string, sql: tenant }, { name: day, type: string, sql: day }]
    measures: [{ name: amount, type: sum, sql: amount }, { name: entries, type: count }]
    segments: [{ name: weekend, sql: "{CUBE}.day = 'sunday'" }]
    access_policy: ${sales}
  - name: receipts
    sql_table: receipts
    public: false
    joins: [{ name: shops, relationship: many_to_one, sql: "{CUBE}.shop = {shops.id}" }]
    dimensions: [{ name: tenant, type: string, sql: tenant }]
    measures:
      - { name: baskets, type: count_distinct, sql: basket, filters: [{ sql: "{CUBE}.kind <> 'exchange'" }] }
    access_policy: ${baskets}
views:
  - name: retail
    cubes:
      - { join_path: sales, includes: [amount, entries, day, weekend] }
      - { join_path: receipts, includes: [baskets] }
      - { join_path: shops, includes: [region] }
    measures: ${measures}
    access_policy: ${view}
`,
    },
  ])
}

const model = read()
const BY_REGION: Query = { measures: ['retail.aov'], dimensions: ['retail.region'], order: { 'retail.region': 'asc' } }

let database: DuckDBInstance
beforeAll(async () => {
  database = await DuckDBInstance.create(':memory:')
  const connection = await database.connect()
  await connection.run(`
    create table shops as select * from (values (1, 'north'), (2, 'south'), (3, 'west')) as t(id, region);
    create table sales as select * from (values
      (1, 'a', 'monday', 10.0), (1, 'a', 'sunday', 30.0), (1, 'b', 'monday', 500.0), (2, 'a', 'monday', 7.0)
    ) as t(shop, tenant, day, amount);
    create table receipts as select * from (values
      (1, 'a', 'b1', 'sale'), (1, 'a', 'b1', 'sale'), (1, 'a', 'b2', 'sale'), (1, 'a', 'b3', 'exchange'),
      (1, 'b', 'b4', 'sale'), (3, 'a', 'b5', 'sale')
    ) as t(shop, tenant, basket, kind);
  `)
  connection.closeSync()
})
afterAll(() => database.closeSync())

async function ask(query: Query, security: Security = adminSecurity(), of = model) {
  const { sql, parameters } = compileQuery(of, query, { security, now: NOW, dialect: () => 'duckdb' })
  const connection = await database.connect()
  try {
    const reader = await connection.runAndReadAll(sql, parameters as never[])
    return reader.getRowsJS().map((row) => row.map((cell) => (typeof cell === 'bigint' ? Number(cell) : cell)))
  } finally {
    connection.closeSync()
  }
}

function refuse(query: Query, security: Security, of = model) {
  return refusal(() => compileQuery(of, query, { security, now: NOW, dialect: () => 'duckdb' }))
}

const NUMBER = (rows: unknown[][]) =>
  rows.map((row) => row.map((cell) => (cell === null || Number.isNaN(Number(cell)) ? cell : Number(cell))))

describe('a measure of a view', () => {
  it('is computed of facts that are each aggregated by themselves', async () => {
    expect(NUMBER(await ask(BY_REGION))).toEqual([
      ['north', 180],
      ['south', null],
      ['west', null],
    ])
    expect(NUMBER(await ask({ measures: ['retail.aov', 'retail.amount', 'retail.baskets'] }))).toEqual([
      [136.75, 547, 4],
    ])
  })

  it('filters, orders and calculates like any other', async () => {
    const rows = await ask({
      measures: ['retail.aov'],
      dimensions: ['retail.region'],
      filters: [{ member: 'retail.aov', operator: 'gt', values: [100] }],
      calculations: [{ name: 'twice', expression: 'retail.aov * 2' }],
      order: { 'retail.aov': 'desc' },
    })
    expect(NUMBER(rows)).toEqual([['north', 180, 360]])
  })

  it('may be made of another one, of measures of its cubes by their own names, and of one fact', async () => {
    const of = read({
      measures: `[${AOV},
        { name: twice, type: number, sql: "2 * {aov}" },
        { name: average, type: number, sql: "{retail.amount} / {sales.entries}" }]`,
    })
    expect(NUMBER(await ask({ measures: ['retail.twice', 'retail.average'] }, adminSecurity(), of))).toEqual([
      [273.5, 136.75],
    ])
  })

  it('is described as a measure without a cube behind it', () => {
    const meta = readMeta(model, adminSecurity()).cubes.find(({ name }) => name === 'retail')!
    const aov = meta.measures.find(({ name }) => name === 'retail.aov')!
    expect(aov).toMatchObject({ type: 'number', aggType: 'number' })
    expect(aov).not.toHaveProperty('aliasMember')
  })

  it('has no value for a row', () => {
    const query: Query = { measures: ['retail.aov'], dimensions: ['retail.region'], ungrouped: true }
    expect(refuse(query, adminSecurity()).problems).toEqual([
      { path: 'measures[0]', message: 'retail.aov has no value for a single row (number)' },
    ])
  })

  it('comes along when another view extends this one', () => {
    const text = `
cubes:
  - { name: a, sql_table: a, measures: [{ name: n, type: count }] }
views:
  - { name: base, cubes: [{ join_path: a, includes: "*" }], measures: [{ name: double, type: number, sql: "2 * {n}" }] }
  - { name: heir, extends: base, measures: [{ name: triple, type: number, sql: "{CUBE.n} + {double}" }] }
`
    const { views } = parseModel([{ path: 'heirs.yml', text }])
    expect([...views.get('heir')!.members.keys()]).toEqual(['n', 'double', 'triple'])
  })
})

describe('policies on a measure of a view', () => {
  const TENANT =
    '[{ role: "*", row_level: { filters: [{ member: tenant, operator: equals, values: ["{ securityContext.tenant }"] }] } }]'
  const total: Query = { measures: ['retail.aov'] }
  const opening = (members: string, masked = '[]') =>
    `[{ role: "*", member_level: { includes: ${members} }, member_masking: { includes: ${masked} } }]`
  const unknown = { code: 'unknown_member' }

  it('limit the rows of every cube it is made of', async () => {
    const of = read({ view: '[{ role: "*" }]', sales: TENANT, baskets: TENANT })
    expect(NUMBER(await ask(BY_REGION, embedSecurity(), of))).toEqual([
      ['north', 20],
      ['south', null],
      ['west', null],
    ])
    const lacking = embedSecurity({ attributes: {} })
    expect(refuse(total, lacking, of)).toMatchObject({ code: 'missing_attribute' })
  })

  it.each([
    ['no policy of a cube opens a part', { sales: opening('[entries, tenant, day]'), view: '[{ role: "*" }]' }],
    ['the view does not open it', { view: opening('[amount, baskets, region]'), sales: TENANT, baskets: TENANT }],
    ['the view does not open a part', { view: opening('[aov, baskets, region]'), sales: TENANT, baskets: TENANT }],
  ])('hide it where %s', (_, parts) => {
    expect(refuse(total, embedSecurity(), read({ baskets: '[{ role: "*" }]', ...parts }))).toMatchObject(unknown)
  })

  it.each([
    ['a cube masks a part', { sales: opening('[entries]', '[amount]'), view: '[{ role: "*" }]' }],
    ['the view masks a part', { view: opening('[aov, baskets]', '[amount]'), sales: TENANT }],
    ['the view masks it', { view: opening('[amount, baskets]', '[aov]'), sales: TENANT }],
  ])('mask it where %s', async (_, parts) => {
    const of = read({ baskets: '[{ role: "*" }]', ...parts })
    expect(await ask(total, embedSecurity(), of)).toEqual([[null]])
    const query: Query = { ...BY_REGION, filters: [{ member: 'retail.aov', operator: 'gt', values: [1] }], order: {} }
    expect(refuse({ ...query, dimensions: [] }, embedSecurity(), of)).toMatchObject({ code: expect.any(String) })
    const meta = readMeta(of, embedSecurity()).cubes.find(({ name }) => name === 'retail')!
    expect(meta.measures.find(({ name }) => name === 'retail.aov')).toMatchObject({ masked: true })
  })

  it.each(['sales.amount', 'retail.amount', 'retail.aov'])('of a token hide or mask it by %s', async (name) => {
    expect(refuse(total, embedSecurity({ deniedMembers: [name] }))).toMatchObject(unknown)
    expect(await ask(total, embedSecurity({ maskedMembers: [name] }))).toEqual([[null]])
  })

  it('never leave a fact without the rule of the view', () => {
    const of = read({
      view: '[{ role: "*", row_level: { filters: [{ member: day, operator: equals, values: [sunday] }] } }]',
      sales: '[{ role: "*" }]',
      baskets: '[{ role: "*" }]',
    })
    expect(refuse(total, embedSecurity(), of)).toMatchObject({ code: 'no_join_path' })
  })
})

describe('a condition that only one fact of a view reaches', () => {
  const both: Query = { measures: ['retail.amount', 'retail.baskets'] }
  const on = (member: string, value: string) => ({ member, operator: 'equals' as const, values: [value] })
  const monday = on('retail.day', 'monday')

  it.each([
    ['a filter', { filters: [monday] }, [517, 4]],
    ['a segment', { segments: ['retail.weekend'] }, [30, 4]],
    ['an "or"', { filters: [{ or: [monday, on('retail.day', 'friday')] }] }, [517, 4]],
    ['an "and" with one that both reach', { filters: [{ and: [monday, on('retail.region', 'north')] }] }, [510, 3]],
  ])('is asked of that fact: %s', async (_, more, expected) => {
    expect(NUMBER(await ask({ ...both, ...more }))).toEqual([expected])
  })

  it('leaves the groups of the others, and limits what measures of the view are made of', async () => {
    const query: Query = {
      measures: ['retail.amount', 'retail.baskets', 'retail.aov'],
      dimensions: ['retail.region'],
      segments: ['retail.weekend'],
      order: { 'retail.region': 'asc' },
    }
    expect(NUMBER(await ask(query))).toEqual([
      ['north', 30, 3, 10],
      ['west', null, 1, null],
    ])
  })

  it.each([
    ['a grouping', both, { dimensions: ['retail.day'] }],
    ['a filter where that fact is not asked for', { measures: ['retail.baskets'] }, { filters: [monday] }],
    ['an "or" with one that both reach', both, { filters: [{ or: [monday, on('retail.region', 'north')] }] }],
  ])('is refused with the way out: %s', (_, query, more) => {
    const refused = refuse({ ...query, ...more }, adminSecurity())
    expect(refused.code).toBe('no_join_path')
    expect(refused.message).toContain('no joins connect receipts, whose measures are asked for, with')
    expect(refused.hint).toContain('hold for every fact')
  })

  it('holds where that fact alone is asked for', async () => {
    expect(NUMBER(await ask({ measures: ['retail.amount'], filters: [monday] }))).toEqual([[517]])
  })
})

describe('a measure of a view that cannot be', () => {
  it.each([
    ['{ name: m, type: sum, sql: "{amount}" }', 'measures[0].type', 'define a sum in a cube'],
    ['{ name: m, type: number }', 'measures[0]', 'needs sql'],
    ['{ name: m, type: number, sql: "1" }', 'measures[0].sql', 'made of its measures'],
    ['{ name: m, type: number, sql: "{region}" }', 'measures[0].sql', '{region} is a dimension'],
    ['{ name: m, type: number, sql: "{amont}" }', 'measures[0].sql', 'did you mean amount'],
    ['{ name: m, type: number, sql: "{receipts.count}" }', 'measures[0].sql', 'no measure that the view has'],
    ['{ name: m, type: number, sql: "{CUBE}.amount" }', 'measures[0].sql', 'no measure that the view has'],
    ['{ name: m, type: number, sql: "max({amount})" }', 'measures[0].sql', 'aggregated already'],
    ['{ name: m, type: number, sql: "{amount}; drop table sales" }', 'measures[0].sql', '; is not allowed'],
    ['{ name: m, type: number, sql: "{m}" }', 'measures[0].sql', 'no measure that the view has'],
    ['{ name: amount, type: number, sql: "{baskets}" }', 'measures[0].name', 'duplicate member: retail.amount'],
    [
      '{ name: m, type: number, sql: "{amount}", filters: [{ sql: "1 = 1" }] }',
      'measures[0].filters',
      'has no filters',
    ],
    ['{ name: m, type: number, sql: "{amount}", mask: { sql: "{CUBE}.x" } }', 'measures[0].mask', 'not sql'],
    ['{ name: m, type: number, sql: "{amount}", drill_members: [nobody] }', 'drill_members[0]', 'unknown dimension'],
  ])('%s', (measure, path, message) => {
    const { code, problems } = refusal(() => read({ measures: `[${measure}]` }))
    expect(code).toBe('model_invalid')
    expect(
      problems.some((one) => one.path.includes(path) && one.message.includes(message)),
      JSON.stringify(problems),
    ).toBe(true)
  })
})
