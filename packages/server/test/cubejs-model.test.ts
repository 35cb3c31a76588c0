import type { CubeApi, Query } from '@cubejs-client/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { comparable, DATABASES, iso, rowsOf, startDocumentedModel, truthOf } from './cubejs-documented-model.ts'
import type { CubejsServer } from './cubejs-server.ts'

/** A model as Cube's documentation writes one, asked through Cube's client and compared with SQL by hand. */
describe.each(DATABASES)('numbers of %s', (database) => {
  let server: CubejsServer
  let client: CubeApi

  beforeAll(async () => {
    server = await startDocumentedModel(database)
    client = server.keyClient()
  })
  afterAll(() => server.close())

  it('of measures, filtered and calculated, by a joined dimension', async () => {
    const members = [
      'users.country',
      'orders.count',
      'orders.completed_count',
      'orders.completed_share',
      'orders.revenue',
      'orders.buyers',
      'orders.first_order',
    ]
    const query: Query = {
      dimensions: members.slice(0, 1),
      measures: members.slice(1),
      order: { 'users.country': 'asc' },
    }
    const truth = await truthOf(
      `select country, count(*)::varchar, (count(*) filter (status = 'completed'))::varchar,
       ((count(*) filter (status = 'completed')) / count(*))::double::varchar, sum(amount)::double::varchar,
       count(distinct user_id)::varchar, ${iso('min(created_at)')}
       from orders left join users on user_id = users.id group by 1 order by 1 nulls last`,
    )
    expect((await rowsOf(client, query, ...members)).map(comparable)).toEqual(truth.map(comparable))
  })

  it('of two facts at their own grain', async () => {
    const members = ['orders.status', 'orders.revenue', 'line_items.quantity']
    const query: Query = {
      dimensions: members.slice(0, 1),
      measures: members.slice(1),
      order: { 'orders.status': 'asc' },
    }
    const truth = await truthOf(
      `select status, (select sum(amount) from orders o where o.status = s.status)::double::varchar,
       (select sum(quantity) from line_items l join orders o on o.id = l.order_id where o.status = s.status)::varchar
       from (select distinct status from orders) s order by 1`,
    )
    expect((await rowsOf(client, query, ...members)).map(comparable)).toEqual(truth.map(comparable))
  })

  it('of orders by product, each order once for each product', async () => {
    const members = ['products.name', 'orders.revenue', 'orders.count']
    const query: Query = {
      dimensions: members.slice(0, 1),
      measures: members.slice(1),
      order: { 'products.name': 'asc' },
    }
    const truth = await truthOf(
      `select name, sum(amount)::double::varchar, count(*)::varchar from (
         select distinct p.name, o.id, o.amount from line_items l join orders o on o.id = l.order_id join products p on p.id = l.product_id
       ) group by 1 order by 1`,
    )
    const found = (await rowsOf(client, query, ...members)).filter(([product]) => product !== null)
    expect(found.map(comparable)).toEqual(truth.map(comparable))
  })

  it('of segments, alone and together', async () => {
    const query: Query = { measures: ['orders.count'], segments: ['orders.completed', 'orders.from_oslo'] }
    const truth = await truthOf(
      `select count(*)::varchar from orders join users on user_id = users.id where status = 'completed' and city = 'Oslo'`,
    )
    expect(await rowsOf(client, query, 'orders.count')).toEqual(truth)
    expect((await client.load(query)).annotation().segments).toMatchObject({
      'orders.completed': { shortTitle: 'Completed' },
    })
  })

  it('of booleans, with null apart', async () => {
    const query: Query = {
      measures: ['users.count'],
      dimensions: ['users.is_member'],
      order: { 'users.is_member': 'asc' },
    }
    const truth = await truthOf(`select is_member, count(*)::varchar from users group by 1 order by 1 nulls last`)
    expect(truth).toHaveLength(3)
    expect(await rowsOf(client, query, 'users.is_member', 'users.count')).toEqual(truth)
  })
})

describe('what a caller may see', () => {
  let server: CubejsServer
  let client: CubeApi

  beforeAll(async () => {
    server = await startDocumentedModel()
    client = server.keyClient()
  })
  afterAll(() => server.close())

  it('is listed as cubes and views with all that the client’s types name', async () => {
    const { cubes, cubesMap } = await client.meta()
    expect(cubes.map(({ name, type }) => [name, type]).sort()).toEqual([
      ['line_items', 'cube'],
      ['orders', 'cube'],
      ['products', 'cube'],
      ['sales', 'view'],
      ['users', 'cube'],
    ])
    const orders = cubes.find(({ name }) => name === 'orders')
    expect(orders).toMatchObject({
      title: 'Orders',
      description: 'All orders ever made',
      meta: { owner: 'sales' },
      public: true,
      isVisible: true,
      connectedComponent: expect.any(Number),
      hierarchies: [
        {
          name: 'orders.geography',
          title: 'Where the buyer lives',
          levels: ['users.country', 'users.city'],
          public: true,
        },
      ],
      segments: [
        { name: 'orders.completed', title: 'Orders Completed', shortTitle: 'Completed' },
        { name: 'orders.from_oslo' },
      ],
    })
    expect(
      new Set(cubes.filter(({ type }) => type === 'cube').map(({ connectedComponent }) => connectedComponent)).size,
    ).toBe(1)
    expect(cubesMap.orders?.measures['orders.count']).toEqual({
      name: 'orders.count',
      title: 'Orders Count',
      shortTitle: 'Count',
      type: 'number',
      aggType: 'count',
      cumulative: false,
      cumulativeTotal: false,
      drillMembers: ['orders.id', 'orders.status', 'users.city', 'orders.created_at', 'orders.count'],
      drillMembersGrouped: {
        measures: ['orders.count'],
        dimensions: ['orders.id', 'orders.status', 'users.city', 'orders.created_at'],
      },
      public: true,
      isVisible: true,
    })
    expect(cubesMap.orders?.measures['orders.rolling_revenue']).toMatchObject({ cumulative: true })
    expect(cubesMap.orders?.measures['orders.buyers']).toMatchObject({ aggType: 'countDistinct' })
    expect(cubesMap.orders?.measures['orders.first_order']).toMatchObject({ type: 'time', aggType: 'time' })
    expect(cubesMap.orders?.measures['orders.revenue']).toMatchObject({ format: 'currency' })
    expect(cubesMap.orders?.dimensions['orders.id']).toMatchObject({ type: 'number', primaryKey: true })
    expect(cubesMap.orders?.dimensions['orders.status']).toMatchObject({ type: 'string', meta: { colour: true } })
    expect(cubesMap.orders?.dimensions['orders.user_id']).toBeUndefined()
    expect(cubesMap.orders?.dimensions['orders.created_at']).toMatchObject({
      type: 'time',
      granularities: [
        { name: 'sunday_week', title: 'Week from Sunday' },
        { name: 'fiscal_year', title: 'Fiscal year' },
        { name: 'quarter_hour' },
      ],
    })
    expect(cubesMap.users?.dimensions['users.location']).toMatchObject({ type: 'geo' })
  })

  it('is in views by the members they are made of', async () => {
    const meta = await client.meta({ onlyViews: true })
    expect(meta.cubes).toHaveLength(1)
    expect(meta.cubes[0]).toMatchObject({
      name: 'sales',
      type: 'view',
      description: 'Orders with their buyers',
      meta: { audience: 'everyone' },
      folders: [
        { name: 'Money', members: ['sales.revenue', 'sales.rolling_revenue'] },
        { name: 'Buyer', members: ['sales.users_city', 'sales.users_country'] },
      ],
    })
    expect(meta.resolveMember('sales.status', 'dimensions')).toMatchObject({
      title: 'Sales State',
      shortTitle: 'State',
      description: 'Where the order stands',
      aliasMember: 'orders.status',
    })
    expect(meta.resolveMember('sales.users_location', 'dimensions')).toMatchObject({ error: expect.any(String) })
    expect(meta.defaultTimeDimensionNameFor('sales.count')).toBe('sales.created_at')
    expect(meta.filterOperatorsForMember('sales.status', 'dimensions').map(({ name }) => name)).toContain('contains')
  })

  it('is what its policies say, in rows, members, drill members and metadata', async () => {
    const token = await server.token({ attributes: {} })
    const viewer = server.client(token)
    const result = await viewer.load({ measures: ['orders.count'], dimensions: ['orders.status'] })
    expect(result.rawData()).toEqual([{ 'orders.status': 'completed', 'orders.count': '6' }])
    await expect(viewer.load({ measures: ['orders.average_order'] })).rejects.toMatchObject({ status: 400 })
    const { cubesMap } = await viewer.meta()
    expect(cubesMap.orders?.measures['orders.average_order']).toBeUndefined()
    expect((await client.meta()).cubesMap.orders?.measures['orders.average_order']).toBeDefined()
    const hidden = await server.token({ attributes: {}, members: { deny: ['users.city'] } })
    const annotation = (await server.client(hidden).load({ measures: ['orders.completed_count'] })).annotation()
    expect(annotation.measures['orders.completed_count']).toMatchObject({
      drillMembers: ['orders.id'],
      drillMembersGrouped: { measures: [], dimensions: ['orders.id'] },
    })
  })
})
