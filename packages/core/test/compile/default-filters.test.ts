import { describe, expect, it } from 'vitest'
import { compileQuery } from '../../src/compile/index.ts'
import { AnalyticsError } from '../../src/errors.ts'
import { parseModel } from '../../src/model/index.ts'
import type { Query } from '../../src/schema/query.ts'
import { adminSecurity, embedSecurity, NOW } from '../fixtures.ts'

const load = (defaults: string, rest = '') =>
  parseModel([
    {
      path: 'm.yml',
      text: `
cubes:
  - name: orders
    sql_table: orders
    joins: [{ name: buyers, relationship: many_to_one, sql: "{CUBE}.buyer = {buyers.id}" }]
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: status, type: string, sql: status }
      - { name: amount, type: number, sql: amount }
      - { name: at, type: time, sql: at }
      - { name: unit, type: switch, values: [eur, usd] }
    segments: [{ name: large, sql: "{CUBE}.amount > 100" }]
    measures:
      - { name: count, type: count }
      - { name: eur, type: sum, sql: eur }
      - { name: usd, type: sum, sql: usd }
      - { name: value, type: number, multi_stage: true, case: { switch: "{CUBE.unit}", when: [{ value: usd, sql: "{usd}" }], else: { sql: "{eur}" } } }
    access_policy: [{ role: "*", member_level: { excludes: [status] } }, { role: admin }]
  - name: buyers
    sql_table: buyers
    dimensions: [{ name: id, type: number, sql: id, primary_key: true }, { name: city, type: string, sql: city }]
    access_policy: [{ role: "*" }]
views:
  - name: sales
    cubes:
      - { join_path: orders, includes: "*" }
      - { join_path: orders.buyers, prefix: true, includes: [city] }
    default_filters: ${defaults}
  ${rest}
`,
    },
  ])

const open = '{ member: status, operator: equals, values: [open] }'
const released = '{ member: status, operator: equals, values: [open], unless: [status, sales.at, large] }'

function where(model: ReturnType<typeof load>, query: Query, security = adminSecurity()) {
  const { sql, parameters } = compileQuery(model, query, { security, now: NOW, dialect: () => 'postgres' })
  return [/ where (.*?)(?: group by| order by|$)/.exec(sql)?.[1], ...parameters.slice(0, -1)]
}
const count: Query = { measures: ['sales.count'] }

describe('default filters of a view', () => {
  it('are conditions of queries through it, and of no others', () => {
    expect(where(load(`[${open}]`), count)).toEqual(['"orders".status = $1', 'open'])
    expect(where(load(`[${open}]`), { measures: ['orders.count'] })).toEqual([undefined])
  })

  it('hold for a query that names the view in a condition or a calculation only', () => {
    const filters: Query['filters'] = [{ member: 'sales.amount', operator: 'gt', values: [1] }]
    expect(where(load(`[${open}]`), { measures: ['orders.count'], filters })[0]).toContain('"orders".status = ')
    const calculations = [{ name: 'twice', expression: 'sales.count * 2' }]
    expect(JSON.stringify(where(load(`[${open}]`), { calculations }))).toContain('open')
    const order: Query['order'] = [['sales.count', 'desc']]
    expect(JSON.stringify(where(load(`[${open}]`), { dimensions: ['orders.amount'], order }))).toContain('open')
  })

  it('stay beside the conditions of the query, without unless', () => {
    const filters: Query['filters'] = [{ member: 'sales.status', operator: 'equals', values: ['paid'] }]
    expect(where(load(`[${open}]`), { ...count, filters })).toEqual([
      '"orders".status = $1 and "orders".status = $2',
      'paid',
      'open',
    ])
  })

  it.each<[string, Query]>([
    ['a condition', { ...count, filters: [{ member: 'sales.status', operator: 'set' }] }],
    [
      'a condition in a tree',
      {
        ...count,
        filters: [
          {
            or: [
              { member: 'sales.status', operator: 'notSet' },
              { member: 'sales.amount', operator: 'gt', values: [1] },
            ],
          },
        ],
      },
    ],
    ['a condition under the name of the cube', { ...count, filters: [{ member: 'orders.status', operator: 'set' }] }],
    ['a span of time', { ...count, timeDimensions: [{ dimension: 'sales.at', dateRange: 'today' }] }],
    ['a segment', { ...count, segments: ['sales.large'] }],
  ])('are released by %s on a member of unless', (_, query) => {
    expect(JSON.stringify(where(load(`[${released}]`), query))).not.toContain('open')
    expect(JSON.stringify(where(load(`[${open}]`), query))).toContain('open')
  })

  it('are not released by a time that is grouped only', () => {
    const query: Query = { ...count, timeDimensions: [{ dimension: 'sales.at', granularity: 'day' }] }
    expect(JSON.stringify(where(load(`[${released}]`), query))).toContain('open')
  })

  it('choose the value of a switch', () => {
    const unit = '{ member: orders.unit, operator: equals, values: [usd], unless: [orders.unit] }'
    const value = (query: Query) =>
      compileQuery(load(`[${unit}]`), query, { security: adminSecurity(), now: NOW, dialect: () => 'postgres' }).sql
    expect(value({ measures: ['sales.value'] })).toContain('select sum("orders".usd) as "c0"')
    const filters: Query['filters'] = [{ member: 'sales.unit', operator: 'equals', values: ['eur'] }]
    expect(value({ measures: ['sales.value'], filters })).toContain('select sum("orders".eur) as "c0"')
    expect(value({ dimensions: ['sales.amount'], ungrouped: true })).not.toContain('usd')
  })

  it('are read with the words of their dates, which bound how long an answer is right', () => {
    const today = '{ member: at, operator: inDateRange, values: [today] }'
    const { validUntilMs, parameters } = compileQuery(load(`[${today}]`), count, {
      security: adminSecurity(),
      now: NOW,
      dialect: () => 'postgres',
    })
    expect(parameters[0]).toBe('2026-03-31T00:00:00.000Z')
    expect(validUntilMs).toBe(Date.parse('2026-04-01T00:00:00.000Z'))
  })

  it('hold for callers too who may not name the member', () => {
    expect(where(load(`[${open}]`), count, embedSecurity())).toEqual(['"orders".status = $1', 'open'])
    const named: Query = { ...count, filters: [{ member: 'sales.status', operator: 'set' }] }
    expect(() => where(load(`[${released}]`), named, embedSecurity())).toThrow(/unknown member: sales.status/)
  })

  it('join the cube that they test', () => {
    const city = '{ member: buyers_city, operator: equals, values: [Ghent] }'
    const { sql } = compileQuery(load(`[${city}]`), count, {
      security: adminSecurity(),
      now: NOW,
      dialect: () => 'postgres',
    })
    expect(sql).toContain('left join "buyers"')
  })

  it('are taken over by a view that extends', () => {
    const heir = '- { name: heir, extends: sales }'
    expect(where(load(`[${open}]`, heir), { measures: ['heir.count'] })).toEqual(['"orders".status = $1', 'open'])
  })

  it.each([
    ['{ member: nope, operator: equals, values: [a] }', /unknown member: nope/],
    ['{ member: count, operator: equals, values: [1] }', /count is a measure, not a dimension/],
    ['{ member: status, operator: gt, values: [a] }', /gt/],
    ['{ member: amount, operator: gt, values: [a] }', /"a" is not a number/],
    ['{ member: unit, operator: equals, values: [yen] }', /"yen" is none of the values of unit/],
    ['{ member: status, operator: equals, values: ["{ securityContext.x }"] }', /belongs in access_policy/],
    ['{ member: status, operator: equals, values: [a], unless: [nope] }', /unknown member: nope/],
  ])('refuses %s', (text, message) => {
    const error = (() => {
      try {
        load(`[${text}]`)
      } catch (thrown) {
        return thrown as AnalyticsError
      }
      return undefined
    })()
    expect(error).toBeInstanceOf(AnalyticsError)
    expect(error!.problems.map((problem) => problem.message)).toContainEqual(expect.stringMatching(message))
    expect(error!.problems[0]!.path).toMatch(/views\[0\]\.default_filters\[0\]/)
  })
})
