import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileQuery } from '../../src/compile/index.ts'
import { parseModel } from '../../src/model/index.ts'
import type { Query } from '../../src/schema/query.ts'
import type { Security } from '../../src/security.ts'
import { adminSecurity, embedSecurity, NOW, openDuckdb, openPostgres, type ShopDatabase } from '../fixtures.ts'
import { parseSelect, refusal } from '../matchers.ts'

const TABLES = `
create table regions (id integer, name varchar);
insert into regions values (1, 'north'), (2, 'south');
create table clients (id integer, name varchar, region_id integer, secret varchar);
insert into clients values (1, 'Ann', 1, 'a-1'), (2, 'Bob', 1, 'b-2'), (3, 'Cas', 2, 'c-3'), (4, 'Dee', null, 'd-4');
create table sales (id integer, client_id integer, day timestamp, amount integer, divisor integer);
insert into sales values
  (1, 1, '2025-01-31', 10, 1), (2, 1, '2025-02-10', 20, 1), (3, 2, '2025-02-28', 30, 1),
  (4, 3, '2026-01-15', 40, 1), (5, 1, '2026-02-28', 50, 1), (6, 9, '2026-02-01', 60, 0);
create table visits (id integer, client_id integer, day timestamp);
insert into visits values (1, 1, '2026-01-01'), (2, 1, '2026-02-01'), (3, 4, '2026-02-02');
`

const MODEL = parseModel([
  {
    path: 'model.yml',
    text: `
cubes:
  - name: regions
    sql_table: regions
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: name, type: string, sql: "{CUBE}.name" }
    access_policy: [{ role: "*" }]
  - name: clients
    sql_table: clients
    joins:
      - { name: regions, relationship: many_to_one, sql: "{CUBE}.region_id = {regions}.id" }
      - { name: sales, relationship: one_to_many, sql: "{CUBE}.id = {sales}.client_id" }
      - { name: visits, relationship: one_to_many, sql: "{CUBE}.id = {visits}.client_id" }
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: name, type: string, sql: "{CUBE}.name" }
      - { name: secret, type: string, sql: "{CUBE}.secret", mask: { sql: "concat('***', substr({CUBE}.secret, 2))" } }
      - { name: spent, type: number, sub_query: true, sql: "{sales.total}" }
      - { name: spent_then, type: number, sub_query: true, propagate_filters_to_sub_query: true, sql: "{sales.total}" }
      - name: size
        type: string
        case:
          when:
            - { sql: "{spent} >= 80", label: large }
            - { sql: "{spent} > 0", label: { sql: "lower('SMALL')" } }
          else: { label: none }
    measures:
      - { name: count, type: count }
      - { name: spent_on_average, type: avg, sql: "{spent}" }
      - { name: per_visit, type: number, sql: "1.0 * {sales.total} / nullif({visits.count}, 0)" }
    access_policy:
      - role: "*"
        member_level: { excludes: [secret] }
        member_masking: { includes: [secret] }
      - role: admin
        member_level: { includes: "*" }
  - name: sales
    sql_table: sales
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: day, type: time, sql: "{CUBE}.day" }
      - { name: ratio, type: number, sql: "{CUBE}.amount / {CUBE}.divisor" }
      - { name: client_id, type: number, sql: "{CUBE}.client_id" }
    measures:
      - { name: count, type: count }
      - { name: total, type: sum, sql: "{CUBE}.amount" }
      - { name: year_ago, type: number, multi_stage: true, sql: "{total}", time_shift: [{ interval: 1 year, type: prior }] }
      - { name: running, type: sum, sql: "{CUBE}.amount", rolling_window: { trailing: unbounded } }
      - { name: quarter_so_far, type: count, rolling_window: { type: to_date, granularity: quarter } }
      - { name: running_year_ago, type: number, multi_stage: true, sql: "{running}", time_shift: [{ interval: 1 year, type: prior }] }
      - { name: growth, type: number, sql: "{total} - {year_ago}" }
      - { name: of_region, type: sum, multi_stage: true, sql: "{total}", group_by: [regions.name] }
      - { name: of_all, type: number, multi_stage: true, sql: "{total}", group_by: [] }
      - { name: share, type: number, sql: "1.0 * {total} / {of_region}" }
      - { name: place, type: rank, multi_stage: true, order_by: [{ sql: "{total}", dir: desc }], reduce_by: [clients.name] }
      - { name: best_client, type: max, multi_stage: true, sql: "{total}", add_group_by: [clients.id] }
      - { name: median_amount, type: median, sql: "{CUBE}.amount" }
      - { name: high, type: percentile, percentile: 0.75, sql: "{CUBE}.amount" }
      - { name: is_big, type: boolean, sql: "sum({CUBE}.amount) > 70" }
    access_policy: [{ role: "*" }]
  - name: visits
    sql_table: visits
    public: false
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: day, type: time, sql: "{CUBE}.day" }
    measures: [{ name: count, type: count }]
    access_policy: [{ role: "*" }]
views:
  - name: overview
    cubes:
      - { join_path: clients, includes: [name, count, id] }
      - { join_path: clients.regions, includes: [{ name: name, alias: region }] }
      - { join_path: clients.sales, includes: [total, day, ratio] }
      - { join_path: clients.visits, includes: [{ name: count, alias: visits }] }
    access_policy:
      - role: "*"
        row_level: { filters: [{ member: region, operator: equals, values: ["{ securityContext.regions }"] }] }
      - role: admin
        row_level: { allow_all: true }
`,
  },
])

const databases: ShopDatabase[] = []
beforeAll(async () => {
  databases.push(await openPostgres(), await openDuckdb())
  for (const database of databases)
    for (const statement of TABLES.split(';')) if (statement.trim() !== '') await database.run(statement)
})
afterAll(async () => {
  for (const database of databases) await database.close()
})

const admin = adminSecurity()
const north = embedSecurity({ attributes: { regions: ['north'] } })

function compile(query: Query, security: Security = admin, dialect: 'postgres' | 'duckdb' = 'postgres') {
  return compileQuery(MODEL, query, { security, now: NOW, dialect: () => dialect })
}

/** Rows on both databases, which must agree. */
async function rows(query: Query, security?: Security): Promise<unknown[][]> {
  parseSelect(compile(query, security).sql)
  const answers = await Promise.all(
    databases.map(async (database) => {
      const { sql, parameters } = compile(query, security, database.dialect as 'postgres' | 'duckdb')
      return (await database.run(sql, parameters)).map((row) =>
        row.map((cell) => (typeof cell === 'number' ? Number(cell.toFixed(6)) : cell)),
      )
    }),
  )
  expect(answers[1]).toEqual(answers[0])
  return answers[0]!
}

const byName = [['clients.name', 'asc']] as Query['order'] & object

describe('sub-query dimensions', () => {
  it('answer a measure for each row, null where there is none', async () => {
    expect(await rows({ dimensions: ['clients.name', 'clients.spent'] })).toEqual([
      ['Ann', 80],
      ['Bob', 30],
      ['Cas', 40],
      ['Dee', null],
    ])
  })

  it('can be measured and grouped by, inside a case too', async () => {
    expect(
      await rows({ dimensions: ['clients.size'], measures: ['clients.count', 'clients.spent_on_average'] }),
    ).toEqual([
      ['small', 2, 35],
      ['large', 1, 80],
      ['none', 1, null],
    ])
  })

  it('keep to the conditions of the query only where they propagate them', async () => {
    const timeDimensions = [{ dimension: 'sales.day', dateRange: ['2026-01-01', '2026-12-31'] }]
    expect(await rows({ dimensions: ['clients.name', 'clients.spent', 'clients.spent_then'], timeDimensions })).toEqual(
      [
        ['Ann', 80, 50],
        ['Cas', 40, 40],
      ],
    )
  })
})

describe('measures of measures', () => {
  it('of two cubes are computed after each is aggregated', async () => {
    expect(await rows({ dimensions: ['clients.name'], measures: ['clients.per_visit'], order: byName })).toEqual([
      ['Ann', 40],
      ['Bob', null],
      ['Cas', null],
      ['Dee', null],
    ])
  })

  it('show another time, where the last days of months fall together', async () => {
    const query: Query = {
      measures: ['sales.total', 'sales.year_ago', 'sales.growth'],
      timeDimensions: [{ dimension: 'sales.day', granularity: 'month', dateRange: ['2026-01-01', '2026-02-28'] }],
    }
    expect(await rows(query)).toEqual([
      ['2026-01-01T00:00:00.000', 40, 10, 30],
      ['2026-02-01T00:00:00.000', 110, 50, 60],
    ])
  })

  it('aggregate what wider groups have', async () => {
    expect(
      await rows({
        dimensions: ['clients.name', 'regions.name'],
        measures: ['sales.total', 'sales.of_region', 'sales.share', 'sales.of_all'],
        order: byName,
      }),
    ).toEqual([
      // All sales, also the one of no client: a wider question is one of its own.
      ['Ann', 'north', 80, 110, 0.727273, 210],
      ['Bob', 'north', 30, 110, 0.272727, 210],
      ['Cas', 'south', 40, 40, 1, 210],
      ['Dee', null, null, null, null, 210],
    ])
  })

  it('rank within groups, and keep the best of finer ones', async () => {
    expect(
      await rows({
        dimensions: ['clients.name', 'regions.name'],
        measures: ['sales.place'],
        order: [
          ['regions.name', 'asc'],
          ['sales.place', 'asc'],
        ],
      }),
    ).toEqual([
      ['Ann', 'north', 1],
      ['Bob', 'north', 2],
      ['Cas', 'south', 1],
      ['Dee', null, 1],
    ])
    expect(await rows({ dimensions: ['regions.name'], measures: ['sales.best_client'] })).toEqual([
      ['north', 80],
      ['south', 40],
      [null, null],
    ])
  })

  it('are medians, percentiles and truths', async () => {
    expect(await rows({ measures: ['sales.median_amount', 'sales.high'] })).toEqual([[35, 47.5]])
    expect(
      await rows({ dimensions: ['clients.name'], measures: ['sales.is_big', 'clients.count'], order: byName }),
    ).toEqual([
      ['Ann', true, 1],
      ['Bob', false, 1],
      ['Cas', false, 1],
      ['Dee', null, 1],
    ])
  })
})

describe('windows', () => {
  it('go by the buckets that occur where no span is asked for', async () => {
    const query: Query = {
      measures: ['sales.running', 'sales.quarter_so_far'],
      timeDimensions: [{ dimension: 'sales.day', granularity: 'month' }],
    }
    expect(await rows(query)).toEqual([
      ['2025-01-01T00:00:00.000', 10, 1],
      ['2025-02-01T00:00:00.000', 60, 3],
      ['2026-01-01T00:00:00.000', 100, 1],
      ['2026-02-01T00:00:00.000', 210, 3],
    ])
  })

  it('can be of another time', async () => {
    const query: Query = {
      measures: ['sales.running', 'sales.running_year_ago'],
      timeDimensions: [{ dimension: 'sales.day', granularity: 'month', dateRange: ['2026-01-01', '2026-02-28'] }],
    }
    expect(await rows(query)).toEqual([
      ['2026-01-01T00:00:00.000', 100, 10],
      ['2026-02-01T00:00:00.000', 210, 60],
    ])
  })

  it('are all rows where no time is asked for', async () => {
    expect(await rows({ measures: ['sales.running'] })).toEqual([[210]])
  })
})

describe('views', () => {
  it('answer several facts, each by itself, along their own ways', async () => {
    const query: Query = {
      dimensions: ['overview.region'],
      measures: ['overview.total', 'overview.visits', 'overview.count'],
      order: [['overview.region', 'asc']],
    }
    expect(await rows(query)).toEqual([
      ['north', 110, 2, 2],
      ['south', 40, 0, 1],
      [null, null, 1, 1],
    ])
    expect(compile(query).columns.map((column) => column.name)).toEqual([
      'overview.region',
      'overview.total',
      'overview.visits',
      'overview.count',
    ])
  })

  it('hold every fact to their row rules', async () => {
    const query: Query = { measures: ['overview.total', 'overview.visits', 'overview.count'] }
    expect(await rows(query, north)).toEqual([[110, 2, 2]])
    expect(await rows({ dimensions: ['overview.name'] }, north)).toEqual([['Ann'], ['Bob']])
    expect(compile(query, north).policies).toContain('overview: role * (row rule)')
  })

  it('test nothing that can fail on rows that their rules hide', async () => {
    const query: Query = {
      dimensions: ['overview.name'],
      filters: [{ member: 'overview.ratio', operator: 'gt', values: [25] }],
    }
    expect(compile(query, north).sql).toContain('case when')
    expect(await rows(query, north)).toEqual([['Ann'], ['Bob']])
  })

  it('refuse a caller without the attribute, and name no cube that is not public', () => {
    const error = refusal(() => compile({ measures: ['overview.visits'] }, embedSecurity({ attributes: {} })))
    expect(error.code).toBe('missing_attribute')
    expect(error.message).not.toContain('visits')
  })

  it('say nothing of a way when one cube is asked alone', async () => {
    const { sql } = compile({ measures: ['overview.visits'] })
    expect(sql).not.toContain('clients')
    expect(await rows({ measures: ['overview.visits'] })).toEqual([[3]])
  })
})

describe('masks', () => {
  it('show what the model says in place of values', async () => {
    expect(await rows({ dimensions: ['clients.name', 'clients.secret'], limit: 2 }, embedSecurity())).toEqual([
      ['Ann', '***-1'],
      ['Bob', '***-2'],
      ['Cas', '***-3'],
    ])
    expect((await rows({ dimensions: ['clients.secret'], limit: 1 }))[0]).toEqual(['a-1'])
  })
})

describe('join types', () => {
  const joined = (type: string) =>
    parseModel([
      {
        path: 'joined.yml',
        text: `
cubes:
  - name: sales
    sql_table: sales
    joins: [{ name: clients, relationship: many_to_one, type: ${type}, sql: "{CUBE}.client_id = {clients}.id" }]
    dimensions: [{ name: id, type: number, sql: "{CUBE}.id", primary_key: true }]
    measures:
      - { name: count, type: count }
      - { name: doubled, type: sum, sql: "coalesce({CUBE}.amount, 1000) * 2" }
  - name: clients
    sql_table: clients
    dimensions: [{ name: name, type: string, sql: "{CUBE}.name" }]
`,
      },
    ])

  it.each<[string, unknown[][]]>([
    [
      'left',
      [
        ['Ann', 3, 160],
        ['Bob', 1, 60],
        ['Cas', 1, 80],
        [null, 1, 120],
      ],
    ],
    [
      'inner',
      [
        ['Ann', 3, 160],
        ['Bob', 1, 60],
        ['Cas', 1, 80],
      ],
    ],
    [
      'full',
      [
        ['Ann', 3, 160],
        ['Bob', 1, 60],
        ['Cas', 1, 80],
        ['Dee', 0, null],
        [null, 1, 120],
      ],
    ],
  ])('%s decides about rows without a match, and counts none that is not there', async (type, expected) => {
    const query: Query = {
      measures: ['sales.count', 'sales.doubled'],
      dimensions: ['clients.name'],
      order: byName,
    }
    for (const database of databases) {
      const options = { security: admin, now: NOW, dialect: () => database.dialect }
      const { sql, parameters } = compileQuery(joined(type), query, options)
      expect(await database.run(sql, parameters)).toEqual(expected)
    }
  })
})
