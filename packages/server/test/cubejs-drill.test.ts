import type { CubeApi, Query } from '@cubejs-client/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { iso, rowsOf, startDocumentedModel, truthOf } from './cubejs-documented-model.ts'
import type { CubejsServer } from './cubejs-server.ts'

/** The client's own drill-down, from a number to its rows. */
let server: CubejsServer
let client: CubeApi

beforeAll(async () => {
  server = await startDocumentedModel()
  client = server.keyClient()
})
afterAll(() => server.close())

describe('drilling down', () => {
  it('asks for the rows behind a number', async () => {
    const result = await client.load({
      measures: ['orders.completed_count'],
      dimensions: ['users.country'],
      timeDimensions: [
        { dimension: 'orders.created_at', granularity: 'quarter', dateRange: ['2023-01-01', '2024-06-30'] },
      ],
    })
    const query = result.drillDown({ xValues: ['2023-01-01T00:00:00.000'], yValues: ['NO', 'orders.completed_count'] })
    expect(query).toMatchObject({ dimensions: ['orders.id', 'users.city'] })
    const truth = await truthOf(
      `select orders.id::varchar, city from orders join users on user_id = users.id
       where status = 'completed' and country = 'NO' and created_at < '2023-04-01' order by 1`,
    )
    expect(truth).toHaveLength(2)
    expect(
      await rowsOf(client, { ...query, order: { 'orders.id': 'asc' } } as Query, 'orders.id', 'users.city'),
    ).toEqual(truth)
  })

  it('goes from a plain count to its rows, with measures among the members', async () => {
    const result = await client.load({ measures: ['orders.count'], dimensions: ['orders.status'] })
    const query = result.drillDown({ xValues: ['shipped'] })
    expect(query).toMatchObject({
      dimensions: ['orders.id', 'orders.status', 'users.city', 'orders.created_at'],
      measures: ['orders.count'],
    })
    const found = await rowsOf(
      client,
      { ...query, order: { 'orders.id': 'asc' } } as Query,
      'orders.id',
      'users.city',
      'orders.created_at',
      'orders.count',
    )
    expect(found).toEqual(
      await truthOf(
        `select orders.id::varchar, city, ${iso('created_at')}, '1' from orders join users on user_id = users.id where status = 'shipped' order by 1`,
      ),
    )
  })

  it('is not offered where the model names no members', async () => {
    const result = await client.load({ measures: ['orders.revenue'], dimensions: ['orders.status'] })
    expect(result.drillDown({ xValues: ['shipped'] })).toBeNull()
  })
})
