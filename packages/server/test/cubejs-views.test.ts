import type { CubeApi, Query } from '@cubejs-client/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { comparable, rowsOf, startDocumentedModel, truthOf } from './cubejs-documented-model.ts'
import type { CubejsServer } from './cubejs-server.ts'

/** Views through Cube's client. */
let server: CubejsServer
let client: CubeApi

beforeAll(async () => {
  server = await startDocumentedModel()
  client = server.keyClient()
})
afterAll(() => server.close())

describe('views', () => {
  it('answer under their own names', async () => {
    const members = ['sales.users_city', 'sales.status', 'sales.count', 'sales.revenue']
    const query: Query = {
      dimensions: members.slice(0, 2),
      measures: members.slice(2),
      segments: ['sales.completed'],
      order: { 'sales.users_city': 'asc', 'sales.status': 'asc' },
    }
    const truth = await truthOf(
      `select city, status, count(*)::varchar, sum(amount)::double::varchar from orders left join users on user_id = users.id
       where status = 'completed' group by 1, 2 order by 1 nulls last, 2`,
    )
    expect((await rowsOf(client, query, ...members)).map(comparable)).toEqual(truth.map(comparable))
    const { dimensions } = (await client.load(query)).annotation()
    expect(dimensions['sales.status']).toMatchObject({ title: 'Sales State', shortTitle: 'State' })
  })

  it('have the granularities of their members', async () => {
    const result = await client.load({
      measures: ['sales.count'],
      timeDimensions: [
        { dimension: 'sales.created_at', granularity: 'fiscal_year', dateRange: ['2023-04-01', '2024-04-30'] },
      ],
    } as Query)
    expect(result.chartPivot().map((row) => [row.x, row['sales.count']])).toEqual([
      ['2023-04-01T00:00:00.000', 6],
      ['2024-04-01T00:00:00.000', 2],
    ])
  })
})
