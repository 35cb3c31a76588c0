import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileQuery } from '../../src/compile/index.ts'
import { parseModel } from '../../src/model/index.ts'
import type { Query } from '../../src/schema/query.ts'
import { adminSecurity, compileShop, embedSecurity, NOW, openPostgres, type ShopDatabase } from '../fixtures.ts'
import { refusal, rowsOf } from '../matchers.ts'

let postgres: ShopDatabase
beforeAll(async () => {
  postgres = await openPostgres()
})
afterAll(() => postgres.close())

const admin = adminSecurity()

describe('joins', () => {
  it('joins one cube in two roles', async () => {
    const compiled = compileShop(
      { measures: ['orders.count'], dimensions: ['buyer.name', 'payer.name'] },
      { security: admin },
    )
    expect(compiled.sql).toMatchInlineSnapshot(
      `"select "buyer".name as "c0", "payer".name as "c1", count(*) as "c2" from "public"."orders" as "orders" left join "customers" as "buyer" on ("orders".buyer_id = "buyer".id) left join "customers" as "payer" on ("orders".payer_id = "payer".id) group by 1, 2 order by 3 desc nulls last, 1 asc nulls last, 2 asc nulls last limit $1"`,
    )
    expect(await rowsOf(postgres, compiled)).toEqual([
      ['Ann', 'Ann', 1],
      ['Ann', 'Bob', 1],
      ['Ann', 'Cas', 1],
      ['Bob', 'Bob', 1],
      ['Cas', 'Ann', 1],
      [null, 'Ann', 1],
    ])
  })

  it('finds the cube between two roles when no measure names it', async () => {
    const compiled = compileShop({ dimensions: ['buyer.name', 'payer.name'], limit: 2 }, { security: admin })
    expect(compiled.sql).toContain('from "public"."orders" as "orders" left join')
    expect(await rowsOf(postgres, compiled)).toHaveLength(3)
  })

  it('asks a role alone as its cube alone', () => {
    expect(compileShop({ measures: ['buyer.count'] }, { security: admin }).sql).toBe(
      'select count(*) as "c0" from "customers" as "buyer" order by 1 desc nulls last limit $1',
    )
  })

  it('joins in the order of the way, and the cube written as a select', async () => {
    const compiled = compileShop({ dimensions: ['buyer.name', 'parent.name'] }, { security: admin })
    expect(compiled.sql).toMatchInlineSnapshot(
      `"select "buyer".name as "c0", "parent".name as "c1" from "customers" as "buyer" left join "customers" as "parent" on ("buyer".parent_id = "parent".id) group by 1, 2 order by 1 asc nulls last, 2 asc nulls last limit $1"`,
    )
    const direct = compileShop({ dimensions: ['customers.name', 'countries.name'] }, { security: admin })
    expect(direct.tables).toEqual(['customers', '*'])
    expect(await rowsOf(postgres, direct)).toEqual([
      ['Ann', 'Belgium'],
      ['Bob', 'Netherlands'],
      ['Cas', null],
    ])
  })
})

describe('facts', () => {
  it('counts each row of the one side once in each group', async () => {
    const compiled = compileShop({ measures: ['products.count'], dimensions: ['orders.status'] }, { security: admin })
    expect(compiled.sql).toMatchInlineSnapshot(
      `"select "keys"."g0" as "c0", count("products".id) as "c1" from (select "orders".status as "g0", "products".id as "k0" from "public"."orders" as "orders" left join "products" as "products" on ("orders".product_id = "products".id) group by 1, 2) as "keys" left join "products" as "products" on "keys"."k0" = "products".id group by 1 order by 2 desc nulls last, 1 asc nulls last limit $1"`,
    )
    expect(await rowsOf(postgres, compiled)).toEqual([
      ['paid', 2],
      ['open', 1],
      [null, 1],
    ])
  })

  it('needs no key for what repeats do not change', () => {
    const { sql } = compileShop({ measures: ['products.last'], dimensions: ['orders.status'] }, { security: admin })
    expect(sql).not.toContain('keys')
  })

  it('answers each fact by itself and puts them together', async () => {
    const compiled = compileShop({ measures: ['orders.count', 'products.count'] }, { security: admin })
    expect(compiled.sql).toMatchInlineSnapshot(
      `"select max("q"."m0") as "c0", max("q"."m1") as "c1" from (select count(*) as "m0", null as "m1" from "public"."orders" as "orders" union all select null as "m0", count(*) as "m1" from "products" as "products") as "q" order by 1 desc nulls last limit $1"`,
    )
    expect(await rowsOf(postgres, compiled)).toEqual([[6, 3]])
  })

  it('keeps groups of every fact, nulls as one', async () => {
    const query = {
      measures: ['buyer.count', 'orders.revenue'],
      dimensions: ['buyer.name'],
      order: [['buyer.name', 'asc']],
    }
    const compiled = compileShop(query as Query, { security: admin })
    expect(await rowsOf(postgres, compiled)).toEqual([
      ['Ann', 1, 1069.5],
      ['Bob', 1, 70],
      ['Cas', 1, null],
      [null, null, -5.25],
    ])
  })

  it('filters groups by a measure of another cube', async () => {
    const filters = [{ member: 'products.count', operator: 'gt' as const, values: [2] }]
    const compiled = compileShop({ measures: ['orders.count'], filters }, { security: admin })
    expect(await rowsOf(postgres, compiled)).toEqual([[6]])
  })
})

describe('DOS-02 refuses to count rows twice or to guess', () => {
  it('two ways of one length', () => {
    const error = refusal(() =>
      compileShop({ measures: ['orders.count'], dimensions: ['countries.name'] }, { security: admin }),
    )
    expect(error).toMatchObject({
      code: 'no_join_path',
      message: 'two ways lead from orders to countries: orders → buyer → countries and orders → payer → countries',
    })
  })

  it('a cube that is reached in roles only, and says which', () => {
    const error = refusal(() =>
      compileShop({ measures: ['orders.count'], dimensions: ['customers.name'] }, { security: admin }),
    )
    expect(error).toMatchObject({ code: 'no_join_path', hint: expect.stringMatching(/buyer or payer/) })
  })

  it('cubes without any join', () => {
    const error = refusal(() => compileShop({ dimensions: ['countries.name', 'products.name'] }, { security: admin }))
    expect(error.code).toBe('no_join_path')
  })

  it('two data sources', () => {
    const model = parseModel([
      {
        path: 'm.yml',
        text: `
cubes:
  - name: a
    sql_table: a
    joins: [{ name: b, relationship: many_to_one, sql: "{CUBE}.b_id = {b.id}" }]
    measures: [{ name: count, type: count }]
  - name: b
    sql_table: b
    data_source: other
    dimensions: [{ name: id, type: number, sql: "{CUBE}.id" }]
`,
      },
    ])
    const options = { security: admin, now: NOW, dialect: () => 'postgres' as const }
    const error = refusal(() => compileQuery(model, { measures: ['a.count'], dimensions: ['b.id'] }, options))
    expect(error).toMatchObject({
      code: 'no_join_path',
      message: 'a and b live in different data sources: default and other',
    })
  })

  const compileText = (text: string, query: Query) =>
    compileQuery(parseModel([{ path: 'm.yml', text }]), query, {
      security: admin,
      now: NOW,
      dialect: () => 'postgres',
    }).sql

  it('many rows of one for many of the other, without a key', () => {
    const many = (key: string) => `cubes:
  - name: a
    sql_table: a
    joins: [{ name: links, relationship: one_to_many, sql: "{CUBE}.id = {links}.a" }]
    dimensions: [{ name: id, type: number, sql: id${key} }]
    measures: [{ name: total, type: sum, sql: x }]
  - name: links
    sql_table: links
    joins: [{ name: b, relationship: many_to_one, sql: "{CUBE}.b = {b.id}" }]
  - name: b
    sql_table: b
    dimensions: [{ name: id, type: number, sql: id, primary_key: true }]`
    const query: Query = { measures: ['a.total'], dimensions: ['b.id'] }
    expect(refusal(() => compileText(many(''), query))).toMatchObject({
      code: 'no_join_path',
      message: expect.stringContaining('rows of a would be counted more than once'),
    })
    expect(compileText(many(', primary_key: true'), query)).toContain('"a".id as "k0" from')
  })

  it('no more cubes than lie on the way, in a circle of twelve', () => {
    const circle = Array.from(
      { length: 12 },
      (_, at) => `  - name: c${at}
    sql_table: c${at}
    joins: [{ name: c${(at + 1) % 12}, relationship: many_to_one, sql: "{CUBE}.next = {c${(at + 1) % 12}.id}" }]
    dimensions: [{ name: id, type: number, sql: id, primary_key: true }]
    measures: [{ name: count, type: count }]`,
    )
    const text = `cubes:\n${circle.join('\n')}`
    const joined = (sql: string) => sql.match(/ join /g)?.length
    expect(joined(compileText(text, { measures: ['c0.count'], dimensions: ['c11.id'] }))).toBe(11)
    expect(joined(compileText(text, { measures: ['c11.count'], dimensions: ['c0.id'] }))).toBe(1)
  })

  it('a cube joined with itself, once for each name', () => {
    const text = `cubes:
  - name: people
    sql_table: people
    joins: [{ name: people, alias: boss, relationship: many_to_one, sql: "{CUBE}.boss = {boss.id}" }]
    dimensions: [{ name: id, type: number, sql: id, primary_key: true }]
    measures: [{ name: count, type: count }]`
    expect(compileText(text, { measures: ['people.count'], dimensions: ['boss.id'] }).match(/ join /g)).toHaveLength(1)
    expect(refusal(() => compileText(text.replace('alias: boss, ', ''), {})).message).toMatch(
      /a join of people with itself needs an alias/,
    )
  })

  it('names no cube that the caller may not see', () => {
    const error = refusal(() =>
      compileShop({ measures: ['orders.count'], dimensions: ['products.name'] }, { security: embedSecurity() }),
    )
    expect(error).toMatchObject({ code: 'unknown_member', message: 'unknown dimension: products.name' })
  })
})
