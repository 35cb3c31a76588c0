import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMeta } from '../../src/model/index.ts'
import type { Query } from '../../src/schema/query.ts'
import type { Security } from '../../src/security.ts'
import {
  adminSecurity,
  compileShop,
  embedSecurity,
  openDuckdb,
  openPostgres,
  type ShopDatabase,
  shop,
} from '../fixtures.ts'
import { refusal, rowsOf } from '../matchers.ts'

const databases: ShopDatabase[] = []
beforeAll(async () => {
  databases.push(await openPostgres(), await openDuckdb())
})
afterAll(async () => {
  for (const database of databases) await database.close()
})

async function rows(query: Query, security: Security): Promise<unknown[][]> {
  const answers = await Promise.all(
    databases.map((database) => rowsOf(database, compileShop(query, { dialect: database.dialect, security }))),
  )
  expect(answers[1]).toEqual(answers[0])
  return answers[0]!
}

const count: Query = { measures: ['orders.count'] }
const names = (security: Security) =>
  readMeta(shop, security).cubes.flatMap((cube) =>
    [...cube.measures, ...cube.dimensions, ...cube.segments].map((member) => member.name),
  )

describe('row rules', () => {
  it('shows each tenant its own rows', async () => {
    expect(await rows(count, embedSecurity())).toEqual([[5]])
    expect(await rows(count, embedSecurity({ attributes: { tenant: 'b' } }))).toEqual([[1]])
    expect(await rows(count, embedSecurity({ attributes: { tenant: ['a', 'b'] } }))).toEqual([[6]])
    expect(await rows(count, embedSecurity({ attributes: { tenant: 'nobody' } }))).toEqual([[0]])
    expect(await rows(count, adminSecurity())).toEqual([[6]])
  })

  it('keeps a left join a left join: hidden rows of the joined cube join as nothing', async () => {
    const query: Query = { dimensions: ['orders.id', 'buyer.name'] }
    expect(compileShop(query).sql).toContain(
      `left join (select * from "customers" as "buyer" where "buyer".region = $2) as "buyer" on ("orders".buyer_id = "buyer".id)`,
    )
    expect(await rows(query, embedSecurity())).toEqual([
      [1, 'Ann'],
      [2, 'Ann'],
      [3, 'Bob'],
      [4, null],
      [5, null],
    ])
  })

  it.each<[string, Security['attributes']]>([
    ['missing', {}],
    ['null', { tenant: null as never }],
    ['empty', { tenant: '' }],
    ['an empty list', { tenant: [] }],
    ['a list with an empty text', { tenant: ['a', ''] }],
    ['a list with null', { tenant: ['a', null as never] }],
    ['an object', { tenant: { a: 1 } as never }],
    ['a nested list', { tenant: [['a']] as never }],
    ['inherited', Object.create({ tenant: 'a' }) as Security['attributes']],
    ['not a number', { tenant: Number.NaN }],
    ['a text with NUL', { tenant: 'a\0' }],
  ])('refuses when the attribute is %s', (_, attributes) => {
    const error = refusal(() => compileShop(count, { security: embedSecurity({ attributes }) }))
    expect(error).toMatchObject({ code: 'missing_attribute', problems: [{ path: 'attributes.tenant' }] })
  })

  it('also when the attribute is needed on a joined cube only', () => {
    const security = embedSecurity({ attributes: { tenant: 'a' } })
    const error = refusal(() => compileShop({ dimensions: ['orders.id', 'buyer.name'] }, { security }))
    expect(error.problems.map((problem) => problem.path)).toEqual(['attributes.regions'])
  })

  it('opens rows only to queries on members that the same policy opens', async () => {
    const auditor = embedSecurity({ kind: 'user', roles: ['auditor'], attributes: {} })
    expect(await rows({ measures: ['orders.count'], dimensions: ['orders.status'] }, auditor)).toHaveLength(3)
    const both = embedSecurity({ kind: 'user', roles: ['auditor'] })
    expect(await rows(count, both)).toEqual([[6]])
    expect(await rows({ measures: ['orders.count', 'orders.revenue'] }, both)).toEqual([[5, 135.25]])
  })

  it('closes a cube without policies to embed callers, and one with policies to users whom none matches', () => {
    expect(refusal(() => compileShop({ measures: ['products.count'] })).message).toBe('unknown measure: products.count')
    expect(compileShop({ measures: ['products.count'] }, { security: adminSecurity({ roles: [] }) }).policies).toEqual(
      [],
    )
  })
})

describe('conditions that can fail', () => {
  it('never test rows that the rule hides', async () => {
    // Order 6 of tenant b has quantity 0: dividing by it would tell tenant a that it exists.
    const query: Query = {
      dimensions: ['orders.id'],
      filters: [{ member: 'orders.unit_price', operator: 'lt', values: [0] }],
    }
    expect(compileShop(query).sql).toContain('where "orders".tenant = $1 offset 0) as "orders" where')
    expect(await rows(query, embedSecurity())).toEqual([[5]])
  })

  it('keep plain conditions inside the fence, where indexes serve them', async () => {
    const query: Query = {
      dimensions: ['orders.id'],
      filters: [
        { member: 'orders.unit_price', operator: 'gt', values: [0] },
        { member: 'orders.status', operator: 'equals', values: ['paid'] },
        { member: 'buyer.name', operator: 'equals', values: ['Ann'] },
      ],
    }
    expect(compileShop(query).sql).toMatchInlineSnapshot(
      `"select "orders".id as "c0" from (select * from "public"."orders" as "orders" where ("orders".tenant = $1 and "orders".status = $2) offset 0) as "orders" left join (select * from "customers" as "buyer" where "buyer".region = $3 offset 0) as "buyer" on ("orders".buyer_id = "buyer".id) where ("orders".amount / "orders".quantity) > cast($4 as bigint) and "buyer".name = $5 group by 1 order by 1 asc nulls last limit $6"`,
    )
    expect(await rows(query, embedSecurity())).toEqual([[1], [2]])
  })

  it('need no fence where nothing can fail or nothing is hidden', () => {
    const status: Query = {
      dimensions: ['orders.id'],
      filters: [{ member: 'orders.status', operator: 'equals', values: ['paid'] }],
    }
    expect(compileShop(status).sql).not.toContain('offset')
    const price: Query = {
      dimensions: ['orders.id'],
      filters: [{ member: 'orders.unit_price', operator: 'gt', values: [0] }],
    }
    expect(compileShop(price, { security: adminSecurity() }).sql).not.toContain('offset')
  })
})

describe('token filters', () => {
  const locked = (...filters: Security['filters']) => adminSecurity({ filters })

  it('are part of every source of their cube, in each of its roles', async () => {
    const security = locked({ member: 'customers.name', operator: 'equals', values: ['Ann'] })
    expect(await rows({ dimensions: ['orders.id', 'buyer.name', 'payer.name'], limit: 3 }, security)).toEqual([
      [1, 'Ann', null],
      [2, 'Ann', null],
      [3, null, null],
      [4, null, 'Ann'],
    ])
    expect(await rows({ dimensions: ['customers.name'] }, security)).toEqual([['Ann']])
  })

  it('cannot be widened by the query', async () => {
    const security = locked({ or: [{ member: 'orders.status', operator: 'equals', values: ['paid'] }] })
    const query: Query = {
      ...count,
      filters: [{ member: 'orders.status', operator: 'equals', values: ['open', 'paid'] }],
    }
    expect(await rows(query, security)).toEqual([[3]])
  })

  it('join the row rule by and', async () => {
    const security = embedSecurity({ filters: [{ member: 'orders.tenant', operator: 'equals', values: ['b'] }] })
    expect(await rows(count, security)).toEqual([[0]])
  })

  it('may hide members that the caller cannot name', async () => {
    const security = adminSecurity({
      deniedMembers: ['orders.status'],
      filters: [{ member: 'orders.status', operator: 'equals', values: ['paid'] }],
    })
    expect(await rows(count, security)).toEqual([[3]])
  })

  it.each<[string, Security['filters'][number]]>([
    ['an unknown member', { member: 'orders.nothing', operator: 'equals', values: ['a'] }],
    ['an unknown cube', { member: 'nothing.status', operator: 'equals', values: ['a'] }],
    ['a measure', { member: 'orders.count', operator: 'gt', values: [1] }],
    ['a segment', { member: 'orders.gifts', operator: 'set' }],
    ['a role', { member: 'buyer.name', operator: 'equals', values: ['Ann'] }],
    ['another cube through a reference', { member: 'orders.buyer_name', operator: 'equals', values: ['ANN'] }],
    ['a value of the wrong type', { member: 'orders.amount', operator: 'gt', values: ['much'] }],
    ['no values', { member: 'orders.status', operator: 'equals', values: [] }],
    ['an empty group', { and: [] }],
    [
      'two cubes at once',
      {
        or: [
          { member: 'orders.status', operator: 'set' },
          { member: 'customers.name', operator: 'set' },
        ],
      },
    ],
  ])('refuse everything when they name %s', (_, filter) => {
    expect(refusal(() => compileShop(count, { security: locked(filter) })).code).toBe('forbidden')
  })
})

describe('denied and hidden members', () => {
  const denied = embedSecurity({ deniedMembers: ['orders.amount', 'customers.name'] })

  it.each([
    ['denied', 'orders.amount', denied],
    ['made of a denied one', 'orders.revenue', denied],
    ['made of one made of a denied one', 'orders.unit_price', denied],
    ['denied by its cube, in a role', 'buyer.name', denied],
    ['made of a denied one of another cube', 'orders.buyer_name', denied],
    ['not public', 'orders.internal_note', embedSecurity()],
  ])('a member that is %s looks like one that does not exist', (_, name, security) => {
    const member = name.split('.')[1]!
    const unknown = name.replace(member, 'zzzzzzzzzz')
    for (const ask of [
      (it: string): Query => ({ measures: [it] }),
      (it: string): Query => ({ dimensions: [it] }),
      (it: string): Query => ({ ...count, filters: [{ member: it, operator: 'set' }] }),
      (it: string): Query => ({ ...count, order: { [it]: 'asc' } }),
      (it: string): Query => ({ timeDimensions: [{ dimension: it, granularity: 'day' }] }),
      (it: string): Query => ({ bins: [{ dimension: it, width: 1 }] }),
      (it: string): Query => ({ ...count, segments: [it] }),
    ]) {
      const hidden = refusal(() => compileShop(ask(name), { security }))
      const absent = refusal(() => compileShop(ask(unknown), { security }))
      const strip = (text: string) =>
        text
          .replaceAll(/; did you mean .*/g, '')
          .replaceAll(name, '?')
          .replaceAll(unknown, '?')
      expect([hidden.code, strip(hidden.message)]).toEqual([absent.code, strip(absent.message)])
      expect(hidden.message).not.toMatch(new RegExp(`did you mean.*${name.replace('.', '\\.')}`))
    }
    expect(names(security)).not.toContain(name)
  })

  it('are absent from the model as the caller may see it', () => {
    const seen = names(embedSecurity())
    expect(seen).toContain('buyer.name')
    expect(seen).toContain('orders.count')
    expect(seen.some((name) => name.startsWith('products.') || name.startsWith('rates.'))).toBe(false)
    const auditor = names(embedSecurity({ kind: 'user', roles: ['auditor'], attributes: {} }))
    expect(auditor).toContain('orders.count')
    expect(names(adminSecurity())).toContain('products.name')
  })
})

describe('masked members', () => {
  const masked = adminSecurity({ maskedMembers: ['customers.name', 'orders.amount'] })

  it('are null, also in what is made of them', async () => {
    const query: Query = {
      dimensions: ['orders.status', 'buyer.name', 'orders.buyer_name'],
      measures: ['orders.revenue', 'orders.count'],
    }
    const compiled = compileShop(query, { security: masked })
    expect(compiled.columns.map((column) => column.masked)).toEqual([undefined, true, true, true, undefined])
    expect(compiled.sql).not.toMatch(/\.name|amount/)
    expect(await rows(query, masked)).toEqual([
      ['paid', null, null, null, 3],
      ['open', null, null, null, 2],
      [null, null, null, null, 1],
    ])
  })

  it('give one row when nothing but masked measures is asked', async () => {
    expect(await rows({ measures: ['orders.revenue'] }, masked)).toEqual([[null]])
    expect(await rows({ measures: ['orders.revenue'], ungrouped: true, limit: 2 }, masked)).toEqual([
      [null],
      [null],
      [null],
    ])
  })

  it.each<[string, Query]>([
    ['filter', { ...count, filters: [{ member: 'buyer.name', operator: 'startsWith', values: ['A'] }] }],
    ['filter groups', { ...count, filters: [{ member: 'orders.revenue', operator: 'gt', values: [5] }] }],
    ['order', { dimensions: ['buyer.name'], order: [['buyer.name', 'asc']] }],
    ['bin', { ...count, bins: [{ dimension: 'orders.amount', width: 10 }] }],
    [
      'filter by what is made of them',
      { ...count, filters: [{ member: 'orders.unit_price', operator: 'gt', values: [5] }] },
    ],
  ])('cannot be used to %s', (_, query) => {
    expect(refusal(() => compileShop(query, { security: masked })).code).toBe('forbidden')
  })

  it('cannot be used through a segment or a date range', () => {
    const security = adminSecurity({ maskedMembers: ['orders.is_gift', 'orders.created_at'] })
    expect(refusal(() => compileShop({ ...count, segments: ['orders.gifts'] }, { security })).code).toBe('forbidden')
    const timeDimensions = [{ dimension: 'orders.created_at', dateRange: 'today' }]
    expect(refusal(() => compileShop({ ...count, timeDimensions }, { security })).code).toBe('forbidden')
  })
})
