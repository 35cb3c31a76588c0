import { describe, expect, it } from 'vitest'
import { compileQuery } from '../../src/compile/index.ts'
import { parseModel } from '../../src/model/index.ts'
import { adminSecurity, NOW } from '../fixtures.ts'

const MODEL = parseModel([
  {
    path: 'trips.yml',
    text: `cubes:
  - name: places
    sql_table: places
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: name, type: string, sql: name, title: { en: Name, de: Bezeichnung } }
  - name: trips
    sql_table: trips
    joins:
      - { name: places, alias: goal, title: Goal, relationship: many_to_one, sql: "{CUBE}.goal_id = {goal.id}" }
    dimensions:
      - name: started_at
        type: time
        sql: started_at
        granularities:
          - { name: shift, title: { en: Shift, de: Schicht }, interval: 8 hours }
    measures:
      - { name: count, type: count, title: { en: Trips, de: Fahrten, de-ch: Fährtli } }
      - { name: km, type: sum, sql: km }
views:
  - name: overview
    cubes:
      - { join_path: trips, includes: [count, { name: km, title: { en: Distance, nl: Afstand } }] }
`,
  },
])

function titles(locale: string | undefined): (string | undefined)[] {
  const { columns } = compileQuery(
    MODEL,
    {
      measures: ['trips.count'],
      dimensions: ['goal.name'],
      timeDimensions: [{ dimension: 'trips.started_at', granularity: 'shift' }],
    },
    { security: adminSecurity(), now: NOW, dialect: () => 'postgres', locale },
  )
  return columns.map((column) => column.granularityTitle ?? column.title)
}

describe('titles of columns', () => {
  it.each([
    [undefined, ['Shift', 'Goal name', 'Trips']],
    ['en-GB', ['Shift', 'Goal name', 'Trips']],
    ['de', ['Schicht', 'Goal bezeichnung', 'Fahrten']],
    ['de-CH', ['Schicht', 'Goal bezeichnung', 'Fährtli']],
    ['fr', ['Shift', 'Goal name', 'Trips']],
  ])('in %s', (locale, expected) => {
    expect(titles(locale)).toEqual(expected)
  })

  it('of a view are the view’s own', () => {
    const options = { security: adminSecurity(), now: NOW, dialect: () => 'postgres' as const }
    const query = { measures: ['overview.km', 'overview.count'] }
    const { columns } = compileQuery(MODEL, query, { ...options, locale: 'nl' })
    expect(columns.map(({ title }) => title)).toEqual(['Afstand', 'Trips'])
  })

  it('do not change the statement', () => {
    const options = { security: adminSecurity(), now: NOW, dialect: () => 'postgres' as const }
    const query = { measures: ['trips.count'] }
    expect(compileQuery(MODEL, query, { ...options, locale: 'de' }).sql).toBe(compileQuery(MODEL, query, options).sql)
  })
})
