import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileQuery } from '../../src/compile/index.ts'
import { parseModel } from '../../src/model/index.ts'
import type { Query } from '../../src/schema/query.ts'
import { adminSecurity, NOW } from '../fixtures.ts'

const model = parseModel([
  {
    path: 'balances.yml',
    text: `
cubes:
  - name: calendar
    sql_table: calendar
    dimensions:
      - { name: day, sql: day, type: time, primary_key: true }
      - { name: year, sql: year, type: number }
      - { name: month, sql: month, type: number }
  - name: snapshots
    sql_table: snapshots
    joins: [{ name: calendar, relationship: many_to_one, sql: "{CUBE}.day = {calendar.day}" }]
    dimensions:
      - { name: day, sql: day, type: time }
      - { name: stream, sql: stream, type: number }
      - { name: account, sql: account, type: string }
    measures:
      - { name: balance, sql: balance, type: sum }
      - name: day_rank
        public: false
        multi_stage: true
        type: rank
        order_by: [{ sql: "{day}", dir: desc }]
        grain: { include: [day, stream], keep_only: [stream, calendar.year, calendar.month] }
      - name: closing
        multi_stage: true
        type: sum
        sql: "{balance}"
        grain: { include: [day, stream] }
        filters: [{ sql: "{day_rank} = 1" }]
      - name: closing_of_all
        multi_stage: true
        type: sum
        sql: "{balance}"
        grain: { include: [day, stream], exclude: [account] }
        filters: [{ sql: "{day_rank} = 1" }]
      - name: large
        multi_stage: true
        type: count
        sql: "{balance}"
        grain: { include: [day] }
        filters: [{ sql: "{balance} > 600" }, { sql: "{balance} < 1200" }]
`,
  },
])

let database: DuckDBInstance
beforeAll(async () => {
  database = await DuckDBInstance.create(':memory:')
  const connection = await database.connect()
  await connection.run(`
    create table snapshots as select * from (values
      (timestamp '2024-01-30', 'a', 1000, 1), (timestamp '2024-01-30', 'c', 70, 1),
      (timestamp '2024-01-31', 'a', 1200, 1), (timestamp '2024-01-31', 'b', 500, 1),
      (timestamp '2024-02-29', 'a', 900, 1),
      (timestamp '2024-01-31', 'a', 1150, 2), (timestamp '2024-02-28', 'a', 880, 2)
    ) as t(day, account, balance, stream);
    create table calendar as select distinct day, year(day) as year, month(day) as month from snapshots;
  `)
  connection.closeSync()
})
afterAll(() => database.closeSync())

async function ask(query: Query) {
  const filters: Query['filters'] = [{ member: 'snapshots.stream', operator: 'equals', values: [1] }]
  const { sql, parameters } = compileQuery(
    model,
    { filters, ...query },
    { security: adminSecurity(), now: NOW, dialect: () => 'duckdb' },
  )
  const connection = await database.connect()
  try {
    const reader = await connection.runAndReadAll(sql, parameters as never[])
    return reader
      .getRowsJS()
      .map((row) =>
        row.map((cell) => (cell === null || (typeof cell === 'string' && /\D/.test(cell)) ? cell : Number(cell))),
      )
  } finally {
    connection.closeSync()
  }
}

describe('filters of a multi-stage measure', () => {
  it('take the last day of whatever period groups', async () => {
    const order: Query['order'] = { 'calendar.month': 'asc' }
    expect(await ask({ measures: ['snapshots.closing'], dimensions: ['calendar.month'], order })).toEqual([
      [1, 1700],
      [2, 900],
    ])
    expect(await ask({ measures: ['snapshots.closing'], dimensions: ['calendar.year'] })).toEqual([[2024, 900]])
    expect(await ask({ measures: ['snapshots.closing'] })).toEqual([[900]])
  })

  it('keep streams apart, each with its own last day', async () => {
    const query: Query = {
      measures: ['snapshots.closing'],
      dimensions: ['calendar.month', 'snapshots.stream'],
      order: { 'calendar.month': 'asc', 'snapshots.stream': 'asc' },
      filters: [],
    }
    expect(await ask(query)).toEqual([
      [1, 1, 1700],
      [1, 2, 1150],
      [2, 1, 900],
      [2, 2, 880],
    ])
  })

  it('leave a group without a value that has none on that day', async () => {
    const query: Query = {
      measures: ['snapshots.closing', 'snapshots.closing_of_all', 'snapshots.balance'],
      dimensions: ['snapshots.account'],
      filters: [
        { member: 'snapshots.stream', operator: 'equals', values: [1] },
        { member: 'calendar.month', operator: 'equals', values: [1] },
      ],
      order: { 'snapshots.account': 'asc' },
    }
    expect(await ask(query)).toEqual([
      ['a', 1200, 1700, 2200],
      ['b', 500, 1700, 500],
      ['c', null, 1700, 70],
    ])
  })

  it('hold together, and are no conditions on rows', async () => {
    expect(await ask({ measures: ['snapshots.large'] })).toEqual([[2]])
    const filters: Query['filters'] = [{ member: 'snapshots.large', operator: 'measureFilter' }]
    expect(await ask({ measures: ['snapshots.balance'], filters })).toEqual([[5700]])
  })
})
