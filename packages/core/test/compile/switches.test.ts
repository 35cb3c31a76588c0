import { describe, expect, it } from 'vitest'
import { compileQuery } from '../../src/compile/index.ts'
import { AnalyticsError } from '../../src/errors.ts'
import { parseModel } from '../../src/model/index.ts'
import type { Query } from '../../src/schema/query.ts'
import type { Security } from '../../src/security.ts'
import { adminSecurity, embedSecurity, NOW } from '../fixtures.ts'
import { refusal } from '../matchers.ts'

const model = parseModel([
  {
    path: 'quotes.yml',
    text: `
cubes:
  - name: quotes
    sql_table: quotes
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: status, type: string, sql: status }
      - { name: currency, type: switch, values: [USD, EUR, GBP] }
    measures:
      - { name: usd, type: sum, sql: usd }
      - { name: eur, type: sum, sql: eur }
      - name: amount
        type: number
        multi_stage: true
        case: { switch: "{CUBE.currency}", when: [{ value: EUR, sql: "{CUBE.eur}" }], else: { sql: "{CUBE.usd}" } }
    access_policy: [{ role: "*" }]
  - name: clients
    sql_table: clients
    joins: [{ name: quotes, relationship: one_to_many, sql: "{CUBE}.id = {quotes}.client" }]
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: quoted, type: number, sub_query: true, sql: "{quotes.amount}" }
`,
  },
])

function compile(query: Query, security: Security = adminSecurity()) {
  return compileQuery(model, query, { security, now: NOW, dialect: () => 'postgres' })
}

describe('a switch without a column', () => {
  it('chooses one measure where it has one value, and leaves no trace in the statement', () => {
    const pinned = (value: string) =>
      compile({
        measures: ['quotes.amount'],
        filters: [{ member: 'quotes.currency', operator: 'equals', values: [value] }],
      })
    expect(pinned('EUR').sql).toBe(
      'select sum("quotes".eur) as "c0" from "quotes" as "quotes" order by 1 desc nulls last limit $1',
    )
    expect(pinned('EUR').parameters).toEqual([10_001])
    expect(pinned('GBP').sql).toContain('sum("quotes".usd)')
  })

  it.each<[string, Query, string]>([
    ['rows as they are', { dimensions: ['quotes.currency'], ungrouped: true }, 'dimensions[0]'],
    [
      'conditions on rows as they are',
      { dimensions: ['quotes.id'], ungrouped: true, filters: [{ member: 'quotes.currency', operator: 'set' }] },
      'filters[0].member',
    ],
    ['an order by it alone', { measures: ['quotes.usd'], order: [['quotes.currency', 'asc']] }, 'order[0]'],
    ['subtotals over it', { dimensions: ['quotes.currency'], measures: ['quotes.usd'], subtotals: true }, 'subtotals'],
    [
      'top ones',
      { dimensions: ['quotes.currency'], measures: ['quotes.usd'], topN: { dimension: 'quotes.currency', limit: 1 } },
      'topN.dimension',
    ],
  ])('refuses %s', (_, query, path) => {
    const error = refusal(() => compile(query))
    expect(error.problems).toMatchObject([{ path, message: expect.stringMatching(/currency is a switch/) }])
  })

  it('is no filter of a token', () => {
    const filters = [{ member: 'quotes.currency', operator: 'equals' as const, values: ['EUR'] }]
    const error = refusal(() => compile({ measures: ['quotes.usd'] }, embedSecurity({ filters })))
    expect(error).toMatchObject({ code: 'forbidden' })
  })

  it('must have one value where a measure is answered for each row', () => {
    const error = refusal(() => compile({ dimensions: ['clients.quoted'] }))
    expect(error).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('clients.quoted depends on'),
    })
  })

  it('stands in no SQL, which is about rows', () => {
    const read = () =>
      parseModel([
        {
          path: 'm.yml',
          text: `
cubes:
  - name: c
    sql_table: c
    dimensions:
      - { name: kind, type: switch, values: [a, b] }
      - { name: twice, type: string, sql: "{kind} || {kind}" }
    measures:
      - { name: count, type: count }
      - name: chosen
        type: number
        multi_stage: true
        group_by: [twice]
        case: { switch: "{kind}", when: [{ value: a, sql: "{count}" }], else: { sql: "{count}" } }
    pre_aggregations: [{ name: all, measures: [count], dimensions: [kind] }]
`,
        },
      ])
    expect(read).toThrow(AnalyticsError)
    const messages = (refusal(read).problems ?? []).map(({ message }) => message)
    expect(messages).toContainEqual(expect.stringMatching(/\{CUBE.kind\} is a switch without sql/))
    expect(messages).toContain('a case has no group_by; give it to a measure that is made of this one')
  })
})
