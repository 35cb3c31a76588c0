import type { CubeApi, Query } from '@cubejs-client/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { comparable, iso, rowsOf, startDocumentedModel, truthOf } from './cubejs-documented-model.ts'
import type { CubejsServer } from './cubejs-server.ts'

/** Members computed from others, through Cube's client, compared with SQL by hand. */
let server: CubejsServer
let client: CubeApi

beforeAll(async () => {
  server = await startDocumentedModel()
  client = server.keyClient()
})
afterAll(() => server.close())

describe('numbers', () => {
  it('by cases and by numbers of another cube', async () => {
    const members = ['orders.size', 'orders.items', 'orders.count']
    const query: Query = {
      dimensions: members.slice(0, 2),
      measures: members.slice(2),
      order: { 'orders.size': 'asc', 'orders.items': 'asc' },
    }
    const truth = await truthOf(
      `select size, items::varchar, count(*)::varchar from (
         select case when amount >= 100 then 'large' when amount >= 20 then 'medium' else 'small' end size,
         (select sum(quantity) from line_items l where l.order_id = orders.id) items from orders
       ) group by size, items order by size, items nulls last`,
    )
    expect(await rowsOf(client, query, ...members)).toEqual(truth)
  })

  it('of rolling windows, years to date and the year before', async () => {
    const members = [
      'orders.created_at.month',
      'orders.revenue',
      'orders.rolling_revenue',
      'orders.revenue_to_date',
      'orders.revenue_last_year',
    ]
    const query: Query = {
      measures: members.slice(1),
      timeDimensions: [
        { dimension: 'orders.created_at', granularity: 'month', dateRange: ['2024-01-01', '2024-04-30'] },
      ],
    }
    const sum = (where: string) => `(select sum(amount) from orders where ${where})::double::varchar`
    const truth = await truthOf(
      `select ${iso('m')}, ${sum('created_at >= m and created_at < m + interval 1 month')},
       ${sum('created_at >= m - interval 1 month and created_at < m + interval 1 month')},
       ${sum("created_at >= date_trunc('year', m) and created_at < m + interval 1 month")},
       ${sum('created_at >= m - interval 1 year and created_at < m - interval 11 month')}
       from generate_series(timestamp '2024-01-01', timestamp '2024-04-01', interval 1 month) s(m) order by 1`,
    )
    expect((await rowsOf(client, query, ...members)).map(comparable)).toEqual(truth.map(comparable))
  })
})
