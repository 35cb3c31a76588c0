import { describe, expect, it } from 'vitest'
import { compileQuery } from '../../src/compile/index.ts'
import { memberTypes, parseModel, readMeta } from '../../src/model/index.ts'
import type { Query } from '../../src/schema/query.ts'
import { adminSecurity, embedSecurity, NOW } from '../fixtures.ts'
import { refusal } from '../matchers.ts'

const read = (cubes: string) =>
  parseModel([
    {
      path: 'ways.yml',
      text: `
cubes:
  - name: flights
    sql_table: flights
    joins:
      - { name: planes, relationship: many_to_one, sql: "{CUBE}.plane = {planes.id}" }
      - { name: pilots, relationship: many_to_one, sql: "{CUBE}.pilot = {pilots.id}" }
    dimensions: [{ name: id, type: number, sql: id, primary_key: true }]
    measures: [{ name: count, type: count }]
    access_policy: [{ role: "*" }]
  - name: planes
    sql_table: planes
    joins: [{ name: towns, relationship: many_to_one, sql: "{CUBE}.base = {towns}.id" }]
    dimensions: [{ name: id, type: number, sql: id, primary_key: true }]
    access_policy: [{ role: "*" }]
  - name: pilots
    sql_table: pilots
    joins: [{ name: towns, relationship: many_to_one, sql: "{CUBE}.town = {towns.id}" }]
    dimensions: [{ name: id, type: number, sql: id, primary_key: true }]
    access_policy: [{ role: "*" }]
  - name: towns
    sql_table: towns
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: name, type: string, sql: "{CUBE}.name" }
    access_policy:
      - role: "*"
        row_level: { filters: [{ member: id, operator: equals, values: ["{ securityContext.towns }"] }] }
views:
  - name: board
    cubes:
      - { join_path: flights, includes: [count] }
${cubes}
`,
    },
  ])

const model = read(`
      - { join_path: flights.planes.towns, prefix: true, alias: base, includes: [name] }
      - { join_path: flights.pilots.towns, prefix: true, alias: home, includes: [name] }
`)

describe('a cube that a view reaches in two ways', () => {
  const both: Query = { dimensions: ['board.base_name', 'board.home_name'], measures: ['board.count'] }

  it('is a node for each way', () => {
    const { members } = model.views.get('board')!
    expect(members.get('base_name')).toMatchObject({ node: 'towns', path: ['flights', 'planes', 'towns'] })
    expect(members.get('home_name')).toMatchObject({
      node: 'pilots_towns',
      path: ['flights', 'pilots', 'pilots_towns'],
    })
    const { sql } = compileQuery(model, both, {
      security: adminSecurity({ attributes: { towns: 1 } }),
      now: NOW,
      dialect: () => 'postgres',
    })
    expect(sql).toContain('"pilots".town = "pilots_towns".id')
  })

  it('is read by its row rule in both', () => {
    const security = embedSecurity({ attributes: { towns: [7, 8] } })
    const { parameters, sql } = compileQuery(model, both, { security, now: NOW, dialect: () => 'postgres' })
    expect(parameters.filter((value) => value === 7 || value === '7')).toHaveLength(2)
    expect(sql.match(/from "towns"/g)).toHaveLength(2)
    const error = refusal(() =>
      compileQuery(model, both, { security: embedSecurity({ attributes: {} }), now: NOW, dialect: () => 'postgres' }),
    )
    expect(error.code).toBe('missing_attribute')
  })

  it('has a second name that nobody else can use', () => {
    const query: Query = { dimensions: ['pilots_towns.name'] }
    const error = refusal(() =>
      compileQuery(model, query, { security: adminSecurity(), now: NOW, dialect: () => 'postgres' }),
    )
    expect(error.code).toBe('unknown_member')
    expect(error.message).not.toContain('did you mean pilots_towns')
    expect(JSON.stringify(readMeta(model, adminSecurity()))).not.toContain('pilots_towns')
    expect(memberTypes(model)).not.toContain('pilots_towns')
    expect(readMeta(model, adminSecurity()).cubes.find(({ name }) => name === 'board')!.dimensions).toMatchObject([
      { name: 'board.base_name', aliasMember: 'towns.name' },
      { name: 'board.home_name', aliasMember: 'towns.name' },
    ])
  })

  it('needs names that tell the ways apart', () => {
    const messages = refusal(() =>
      read(`
      - { join_path: flights.planes.towns, includes: [name] }
      - { join_path: flights.pilots.towns, includes: [name] }
`),
    ).problems!.map(({ message }) => message)
    expect(messages).toEqual([
      'duplicate member: board.name is both flights.planes.towns.name and flights.pilots.towns.name; give one an alias or a prefix',
    ])
  })
})
