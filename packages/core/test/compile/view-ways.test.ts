import { expect, it } from 'vitest'
import { compileQuery } from '../../src/compile/index.ts'
import { parseModel } from '../../src/model/index.ts'
import { adminSecurity, NOW } from '../fixtures.ts'
import { refusal } from '../matchers.ts'

/** Joins lead from sales to places directly, and through people: the view takes the longer way. */
const model = parseModel([
  {
    path: 'ways.yml',
    text: `
cubes:
  - name: sales
    sql_table: sales
    joins:
      - { name: people, relationship: many_to_one, sql: "{CUBE}.person = {people.id}" }
      - { name: places, relationship: many_to_one, sql: "{CUBE}.place = {places.id}" }
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: kind, type: string, sql: "{CUBE}.kind" }
    measures: [{ name: count, type: count }]
  - name: people
    sql_table: people
    joins:
      - { name: places, relationship: many_to_one, sql: "{CUBE}.home = {places.id}" }
      - { name: sales, relationship: one_to_many, sql: "{CUBE}.id = {sales}.person" }
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: of_sale, type: string, sql: "{sales.kind}" }
    measures: [{ name: count, type: count }]
  - name: places
    sql_table: places
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: name, type: string, sql: "{CUBE}.name" }
      - { name: opened, type: time, sql: "{CUBE}.opened" }
    measures:
      - { name: count, type: count }
      - { name: area, type: sum, sql: "{CUBE}.area" }
      - { name: share, type: number, sql: "{area} / nullif({count}, 0)" }
      - { name: whole, type: sum, multi_stage: true, sql: "{area}", reduce_by: [name] }
      - { name: largest, type: max, multi_stage: true, sql: "{area}", add_group_by: [name] }
views:
  - name: v
    cubes:
      - { join_path: sales, includes: [kind] }
      - { join_path: sales.people, includes: [of_sale] }
      - { join_path: sales.people.places, prefix: true, includes: [opened, area, share, whole, largest] }
`,
  },
])
const compile = (measure: string, ...dimensions: string[]) =>
  compileQuery(
    model,
    { measures: [measure], dimensions: ['v.kind', ...dimensions] },
    {
      security: adminSecurity(),
      now: NOW,
      dialect: () => 'postgres',
    },
  )

it.each(['v.places_area', 'v.places_share', 'v.places_whole', 'v.places_largest'])(
  '%s is joined as the view says',
  (name) => {
    const { sql } = compile(name)
    expect(sql).toContain('left join "people" as "people" on ("sales".person = "people".id)')
    expect(sql).not.toContain('"sales".place')
  },
)

it('a compared time is joined as the view says', () => {
  const compareDateRange: [string, string][] = [
    ['2026-01-01', '2026-01-31'],
    ['2026-02-01', '2026-02-28'],
  ]
  const { sql } = compileQuery(
    model,
    { dimensions: ['v.kind'], timeDimensions: [{ dimension: 'v.places_opened', compareDateRange }] },
    { security: adminSecurity(), now: NOW, dialect: () => 'postgres' },
  )
  expect(sql).toContain('left join "people" as "people" on ("sales".person = "people".id)')
  expect(sql).not.toContain('"sales".place')
})

it('says that ways go in a circle, and which', () => {
  const { code, message } = refusal(() => compile('v.places_area', 'v.of_sale'))
  expect({ code, message }).toEqual({
    code: 'no_join_path',
    message: 'the ways to places and sales and people go in a circle',
  })
})
