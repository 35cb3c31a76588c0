import type { CubeApi, Query } from '@cubejs-client/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDocumentedModel } from './cubejs-documented-model.ts'
import type { CubejsServer } from './cubejs-server.ts'

/** The model's own granularities: the client lays out the same buckets as the server. */
let server: CubejsServer
let client: CubeApi

beforeAll(async () => {
  server = await startDocumentedModel()
  client = server.keyClient()
})
afterAll(() => server.close())

describe('custom granularities', () => {
  it.each([
    [
      'sunday_week',
      ['2023-12-31', '2024-01-20'],
      ['2023-12-31T00:00:00.000', '2024-01-07T00:00:00.000', '2024-01-14T00:00:00.000'],
    ],
    ['fiscal_year', ['2023-04-01', '2024-04-30'], ['2023-04-01T00:00:00.000', '2024-04-01T00:00:00.000']],
    [
      'quarter_hour',
      ['2024-04-02T09:00:00.000', '2024-04-02T09:29:59.999'],
      ['2024-04-02T09:00:00.000', '2024-04-02T09:15:00.000'],
    ],
  ] as const)('%s: the client finds the buckets of the server', async (granularity, dateRange, buckets) => {
    const result = await client.load({
      measures: ['orders.count'],
      timeDimensions: [{ dimension: 'orders.created_at', granularity, dateRange: [...dateRange] }],
    } as Query)
    const own = result.rawData().map((row) => (row as Record<string, unknown>)[`orders.created_at.${granularity}`])
    expect(own.length).toBeGreaterThan(0)
    expect(buckets).toEqual(expect.arrayContaining(own))
    const pivot = result.chartPivot()
    expect(pivot.map(({ x }) => x)).toEqual(buckets)
    const counted = result
      .rawData()
      .reduce((sum, row) => sum + Number((row as Record<string, unknown>)['orders.count']), 0)
    expect(pivot.reduce((sum, row) => sum + row['orders.count'], 0)).toBe(counted)
    expect(result.tableColumns()[0]).toMatchObject({ key: `orders.created_at.${granularity}`, granularity })
  })
})
