import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { Value } from '@sinclair/typebox/value'
import { describe, expect, it } from 'vitest'
import { Meta, ModelSource } from '../../src/index.ts'
import { type JsonSchema, memberTypes, modelJsonSchema, parseModel, readMeta } from '../../src/model/index.ts'
import { readModelFile } from '../../src/model/read-model-file.ts'
import type { Security } from '../../src/security.ts'

const FOLDER = join(import.meta.dirname, '../models/cube-docs')
const TEXTS = new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]))

const USER: Security = {
  organizationId: 'org',
  kind: 'user',
  roles: ['owner'],
  attributes: {},
  filters: [],
  deniedMembers: [],
  maskedMembers: [],
  maxRows: 100,
}

const SHOP = parseModel([
  {
    path: 'shop.yml',
    text: `
cubes:
  - name: orders
    title: { en: Orders, de: Bestellungen }
    sql_table: orders
    joins:
      - { name: people, alias: buyer, title: { en: Buyer, de: Käufer }, relationship: many_to_one, sql: "{CUBE}.b = {buyer.id}" }
    dimensions:
      - { name: id, type: integer, sql: id, primary_key: true }
      - { name: state, type: switch, values: [open, "it's paid"], sql: state, order: desc }
      - { name: price, type: currency, sql: price, currency: EUR, title: { en: Price, de: Preis } }
      - name: at
        type: time
        sql: at
        format: "%Y"
        granularities: [{ name: fiscal, interval: 1 year, origin: "2026-04-01", title: { en: Fiscal year, de: Geschäftsjahr } }, { name: shift, interval: 8 hours, offset: -2 hours }]
      - { name: card, type: string, sql: card, classification: pii, meta: { hint: last digits } }
    measures:
      - { name: count, type: count, drill_members: [id, buyer.name, card] }
      - { name: so_far, type: sum, sql: price, better: higher, rolling_window: { trailing: unbounded } }
    segments: [{ name: recent, sql: "true" }]
    hierarchies: [{ name: who, levels: [buyer.name, id] }, { name: none, public: false, levels: [id] }]
  - name: people
    sql_table: people
    dimensions: [{ name: id, type: integer, sql: id, primary_key: true }, { name: name, type: string, sql: name, public: true }]
    access_policy: [{ role: owner }]
views:
  - name: sales
    title: Sales
    description: What we sold
    view_group: money
    cubes:
      - { join_path: orders, includes: "*", excludes: [state] }
      - { join_path: orders.buyer, includes: [{ name: name, alias: customer, title: Customer }] }
    folders:
      - { name: Time, includes: [at] }
      - { name: People, includes: [{ name: Buyers, includes: [customer, who] }] }
view_groups: [{ name: money, title: Money }]
`,
  },
])
const cubeOf = (security: Security, name: string, locale?: string) =>
  readMeta(SHOP, security, { locale }).cubes.find((cube) => cube.name === name)

describe('readMeta', () => {
  it('describes a view and what is behind its members', () => {
    expect(cubeOf(USER, 'sales')).toEqual({
      name: 'sales',
      type: 'view',
      title: 'Sales',
      description: 'What we sold',
      viewGroups: ['money'],
      connectedComponent: 1,
      measures: [
        {
          name: 'sales.count',
          title: 'Sales Count',
          shortTitle: 'Count',
          aliasMember: 'orders.count',
          type: 'integer',
          aggType: 'count',
          drillMembers: ['sales.id', 'sales.customer', 'sales.card'],
        },
        {
          name: 'sales.so_far',
          title: 'Sales So far',
          shortTitle: 'So far',
          aliasMember: 'orders.so_far',
          type: 'number',
          aggType: 'sum',
          better: 'higher',
          cumulative: true,
        },
      ],
      dimensions: [
        {
          name: 'sales.id',
          title: 'Sales Id',
          shortTitle: 'Id',
          aliasMember: 'orders.id',
          type: 'integer',
          primaryKey: true,
        },
        {
          name: 'sales.price',
          title: 'Sales Price',
          shortTitle: 'Price',
          aliasMember: 'orders.price',
          type: 'currency',
          format: 'currency',
          currency: 'EUR',
        },
        {
          name: 'sales.at',
          title: 'Sales At',
          shortTitle: 'At',
          aliasMember: 'orders.at',
          type: 'time',
          formatPattern: '%Y',
          granularities: [
            { name: 'fiscal', title: 'Fiscal year', interval: '1 year', origin: '2026-04-01T00:00:00.000' },
            { name: 'shift', title: 'Shift', interval: '8 hours', offset: '-2 hours' },
          ],
        },
        {
          name: 'sales.card',
          title: 'Sales Card',
          shortTitle: 'Card',
          aliasMember: 'orders.card',
          type: 'string',
          masked: true,
          meta: { hint: 'last digits' },
        },
        {
          name: 'sales.customer',
          title: 'Sales Customer',
          shortTitle: 'Customer',
          aliasMember: 'buyer.name',
          type: 'string',
        },
      ],
      segments: [{ name: 'sales.recent', title: 'Sales Recent', shortTitle: 'Recent', aliasMember: 'orders.recent' }],
      hierarchies: [{ name: 'sales.who', title: 'Who', levels: ['sales.customer', 'sales.id'] }],
      folders: [
        { name: 'Time', title: 'Time', members: ['sales.at'], folders: [] },
        {
          name: 'People',
          title: 'People',
          members: [],
          folders: [{ name: 'Buyers', title: 'Buyers', members: ['sales.customer', 'sales.who'], folders: [] }],
        },
      ],
    })
  })

  it('titles in the language of the caller, or of its kin, or in the default one', () => {
    const titles = (locale?: string) => {
      const orders = cubeOf(USER, 'orders', locale)!
      const at = orders.dimensions.find((one) => one.name === 'orders.at')!
      return [
        orders.title,
        orders.dimensions[2]!.title,
        at.granularities![0]!.title,
        cubeOf(USER, 'buyer', locale)!.title,
      ]
    }
    expect(titles('de-AT')).toEqual(['Bestellungen', 'Bestellungen Preis', 'Geschäftsjahr', 'Käufer'])
    expect(titles('DE')).toEqual(titles('de-AT'))
    for (const locale of [undefined, 'en', 'fr', 'x'])
      expect(titles(locale)).toEqual(['Orders', 'Orders Price', 'Fiscal year', 'Buyer'])
  })

  it('leaves out what the caller may not see, wherever it is named', () => {
    const stranger = { ...USER, roles: [] }
    expect(cubeOf(stranger, 'people')).toBeUndefined()
    const orders = cubeOf(stranger, 'orders')!
    expect(orders.measures[0]!.drillMembers).toEqual(['orders.id', 'orders.card'])
    expect(orders.hierarchies).toEqual([{ name: 'orders.who', title: 'Who', levels: ['orders.id'] }])
    const sales = cubeOf(stranger, 'sales')!
    expect(JSON.stringify(sales)).not.toMatch(/sales\.customer|buyer\.name/)
    expect(readMeta(SHOP, { ...USER, kind: 'embed', roles: [] })).toEqual({ cubes: [] })
  })

  it.each([...TEXTS])('answers by its schema for %s', (path, text) => {
    const meta = readMeta(parseModel([{ path, text }]), USER)
    expect([...Value.Errors(Meta, meta)]).toEqual([])
  })
})

it('ISO-19 tells of links what they are called and where they lead, and none of the SQL that makes their addresses', () => {
  const name = '05-case-and-formats.yml'
  const meta = readMeta(parseModel([{ path: name, text: TEXTS.get(name)! }]), USER)
  const designer = meta.cubes[0]!.dimensions.find((one) => one.name.endsWith('.designer'))!
  expect(designer.links).toEqual([
    {
      name: 'search',
      label: 'Search the web',
      icon: 'brand-safari',
      target: 'blank',
      primary: true,
      address: 'shirts.designer___link_search_url',
    },
    { name: 'board', label: 'Open the board', dashboard: 'KSqDYdUz6Ble', params: [{ key: 'designer' }] },
  ])
  expect(meta.cubes[0]!.dimensions.find(({ name }) => name === 'shirts.designer___link_search_url')).toMatchObject({
    title: 'Shirts Search the web',
    type: 'string',
    format: 'link',
  })
  expect(JSON.stringify(meta)).not.toMatch(/CONCAT|search\.example|\{CUBE\}/i)
})

describe('modelJsonSchema', () => {
  const schema = modelJsonSchema()

  it('is plain JSON with definitions for what holds itself', () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
    expect(Object.keys(schema.$defs as object).sort()).toEqual(['FolderSource', 'PolicyFilter'])
    const refs = [...JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1])
    expect(new Set(refs)).toEqual(new Set(['#/$defs/FolderSource', '#/$defs/PolicyFilter']))
  })

  it.each([...TEXTS])('accepts %s, as the loader does', (_, text) => {
    const { value } = readModelFile('m.yml', text)
    expect(Value.Check(ModelSource, value)).toBe(true)
    expect(fits(schema, value, schema)).toBe(true)
  })

  it('refuses unknown keys and wrong words', () => {
    for (const value of [
      { cube: [] },
      { cubes: [{ name: 'a', tabel: 'a' }] },
      { cubes: [{ name: 'a', measures: [{ name: 'm', type: 'tally' }] }] },
      { views: [{ name: 'v', folders: [{ name: 'f', includes: [{ nome: 'x' }] }] }] },
    ])
      expect(fits(schema, value, schema)).toBe(false)
  })

  it('explains its keys', () => {
    const cubes = (
      schema.properties as Record<string, { items: { properties: Record<string, { description?: string }> } }>
    ).cubes!
    for (const key of ['sql_table', 'tenant_required', 'calendar', 'public', 'title'])
      expect(cubes.items.properties[key]!.description).toMatch(/\w/)
  })
})

/** As much of JSON Schema as ours uses, so that the schema is tested as an editor reads it. */
function fits(schema: JsonSchema, value: unknown, root: JsonSchema): boolean {
  if (typeof schema.$ref === 'string')
    return fits((root.$defs as Record<string, JsonSchema>)[schema.$ref.slice('#/$defs/'.length)]!, value, root)
  if (Array.isArray(schema.anyOf)) return schema.anyOf.some((one: JsonSchema) => fits(one, value, root))
  if ('const' in schema) return value === schema.const
  if (schema.type === 'string') {
    const {
      maxLength = Number.POSITIVE_INFINITY,
      minLength = 0,
      pattern = '',
    } = schema as { maxLength?: number; minLength?: number; pattern?: string }
    return (
      typeof value === 'string' &&
      value.length <= maxLength &&
      value.length >= minLength &&
      new RegExp(pattern).test(value)
    )
  }
  if (schema.type === 'boolean') return typeof value === 'boolean'
  if (schema.type === 'number' || schema.type === 'integer') return typeof value === 'number'
  if (schema.type === 'array')
    return Array.isArray(value) && value.every((item) => fits(schema.items as JsonSchema, item, root))
  if (schema.type !== 'object') return true
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>
  const [pattern] = Object.entries((schema.patternProperties ?? {}) as Record<string, JsonSchema>)
  if (!((schema.required ?? []) as string[]).every((key) => key in value)) return false
  return Object.entries(value).every(([key, item]) => {
    if (properties[key] !== undefined) return fits(properties[key], item, root)
    if (pattern !== undefined && new RegExp(pattern[0]).test(key)) return fits(pattern[1], item, root)
    return schema.additionalProperties !== false && pattern === undefined
  })
}

describe('memberTypes', () => {
  it('names public members with the types of their values', async () => {
    const source = memberTypes(SHOP)
    expect(stripTypeScriptTypes(source)).not.toContain('interface')
    await expect(source).toMatchFileSnapshot('../models/shop-members.txt')
  })

  it('is the same text whatever the order of files, and hostile titles stay comments', () => {
    const file = (name: string) => ({
      path: name,
      text: `cubes: [{ name: ${name}, sql_table: t, measures: [{ name: m, type: count, title: "*/ export const x = 1 /*" }] }]`,
    })
    const [one, two] = [
      memberTypes(parseModel([file('a'), file('b')])),
      memberTypes(parseModel([file('b'), file('a')])),
    ]
    expect(one).toBe(two)
    expect(one).toContain('/** * / export const x = 1 /* */')
  })
})
