import { describe, expect, it } from 'vitest'
import { compileQuery } from '../../src/compile/index.ts'
import { parseModel } from '../../src/model/index.ts'
import type { Query } from '../../src/schema/query.ts'
import type { Security } from '../../src/security.ts'
import { adminSecurity, embedSecurity, NOW } from '../fixtures.ts'
import { refusal } from '../matchers.ts'

const BOUND = '{ member: tenant, operator: equals, values: ["{ securityContext.tenant }"] }'
const model = parseModel([
  {
    path: 'tenants.yml',
    text: `
cubes:
  - name: orders
    sql_table: orders
    joins: [{ name: customers, relationship: many_to_one, sql: "{CUBE}.customer = {customers}.id" }]
    tenant_required: true
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: tenant, type: string, sql: tenant }
    measures: [{ name: count, type: count }]
    access_policy:
      - { role: "*", row_level: { filters: [${BOUND}] } }
      - { role: staff }
      - { role: region, row_level: { filters: [{ member: id, operator: gt, values: [10] }] } }
      - { role: partner, row_level: { filters: [{ member: tenant, operator: equals, values: ["{ securityContext.partner }"] }] } }
  - name: customers
    sql_table: customers
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: made, type: number, sub_query: true, sql: "{orders.count}" }
    measures: [{ name: count, type: count }]
    access_policy: [{ role: "*" }]
views:
  - name: sales
    cubes: [{ join_path: orders, includes: [count] }, { join_path: orders.customers, prefix: true, includes: [made] }]
    access_policy: [{ role: "*" }, { role: staff }]
`,
  },
])

function compile(query: Query, security: Partial<Security>) {
  return compileQuery(model, query, {
    security: embedSecurity({ attributes: { tenant: 'a', partner: 'b' }, ...security }),
    now: NOW,
    dialect: () => 'postgres',
  })
}

describe('tenant_required, while a query is asked', () => {
  const queries: readonly Query[] = [
    { measures: ['orders.count'] },
    { dimensions: ['orders.id'], ungrouped: true },
    { measures: ['sales.count'] },
    { dimensions: ['sales.customers_made'] },
    { dimensions: ['customers.made'], measures: ['customers.count'] },
    { dimensions: ['orders.id', 'customers.id'] },
  ]

  it.each(queries)('reads by the attribute: %j', (query) => {
    expect(compile(query, {}).sql).toContain('tenant = $')
    expect(compile(query, { roles: ['partner'] }).parameters).toEqual(expect.arrayContaining(['a', 'b']))
  })

  it.each(queries)('refuses an embed token of a role whose policy binds nothing: %j', (query) => {
    for (const role of ['staff', 'region']) {
      const error = refusal(() => compile(query, { roles: [role] }))
      expect(error).toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('rows of orders belong to tenants'),
      })
    }
  })

  it('leaves the policies of users and keys as they are', () => {
    const sql = (kind: Security['kind']) =>
      compile(
        { measures: ['orders.count'] },
        { ...adminSecurity(), kind, roles: ['staff'], attributes: { tenant: 'a' } },
      ).sql
    expect(sql('user')).not.toContain('tenant')
    expect(sql('api-key')).not.toContain('tenant')
  })

  it('asks nothing of queries that do not read the cube', () => {
    expect(compile({ measures: ['customers.count'] }, { roles: ['staff'] }).cubes).toEqual(['customers'])
  })

  it('is needed by cubes that are made of its rows', () => {
    const made = (keys: string) =>
      parseModel([
        {
          path: 'm.yml',
          text: `
cubes:
  - name: orders
    sql_table: orders
    tenant_required: true
    dimensions: [{ name: tenant, type: string, sql: tenant }]
    access_policy: [{ role: "*", row_level: { filters: [${BOUND}] } }]
  - name: large
    sql: "select * from {orders.sql()} as o where amount > 5"
    dimensions: [{ name: tenant, type: string, sql: tenant }]
    access_policy: [{ role: "*"${keys}
`,
        },
      ])
    expect(() => made(' }]')).toThrow(/orders has tenant_required, so large, which reads its rows, needs it too/)
    expect(() => made(`, row_level: { filters: [${BOUND}] } }]\n    tenant_required: true`)).not.toThrow()
  })
})
