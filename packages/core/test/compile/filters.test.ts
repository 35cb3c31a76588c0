import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Filter } from '../../src/schema/filter.ts'
import { adminSecurity, compileShop, openDuckdb, openPostgres, type ShopDatabase } from '../fixtures.ts'
import { rowsOf } from '../matchers.ts'

const databases: ShopDatabase[] = []
beforeAll(async () => {
  databases.push(await openPostgres(), await openDuckdb())
})
afterAll(async () => {
  for (const database of databases) await database.close()
})

/** Ids of the orders (or products) that a filter keeps, the same on both databases. */
async function ids(filter: Filter, timezone = 'UTC', dimension = 'orders.id'): Promise<unknown[]> {
  const answers = await Promise.all(
    databases.map(({ dialect }, index) =>
      rowsOf(
        databases[index]!,
        compileShop(
          { dimensions: [dimension], filters: [filter], timezone },
          { dialect, security: adminSecurity({ roles: [], attributes: { tenant: 'a', regions: ['north'] } }) },
        ),
      ),
    ),
  )
  expect(answers[1]).toEqual(answers[0])
  return answers[0]!.map(([id]) => id)
}

const on = (member: string, operator: string, ...values: (string | number | boolean)[]): Filter =>
  ({ member, operator, ...(values.length > 0 && { values }) }) as Filter

describe('numbers, texts and booleans', () => {
  it.each<[string, Filter, number[]]>([
    ['equals one', on('orders.status', 'equals', 'paid'), [1, 2]],
    ['equals any', on('orders.status', 'equals', 'paid', 'open'), [1, 2, 3, 4]],
    ['notEquals keeps nulls', on('orders.status', 'notEquals', 'paid'), [3, 4, 5]],
    ['notEquals none of', on('orders.status', 'notEquals', 'paid', 'open'), [5]],
    ['set', on('orders.status', 'set'), [1, 2, 3, 4]],
    ['notSet', on('orders.status', 'notSet'), [5]],
    ['gt', on('orders.amount', 'gt', 60.5), [3]],
    ['gte', on('orders.amount', 'gte', '60.50'), [2, 3]],
    ['lt', on('orders.amount', 'lt', 10), [5]],
    ['lte', on('orders.amount', 'lte', 10), [1, 5]],
    ['negative numbers', on('orders.amount', 'equals', -5.25), [5]],
    ['exponents', on('orders.amount', 'equals', '7e1'), [3]],
    ['beyond 2^53', on('orders.id', 'lt', '9007199254740993'), [1, 2, 3, 4, 5]],
    ['beyond 64 bits', on('orders.id', 'lt', '99999999999999999999'), [1, 2, 3, 4, 5]],
    ['booleans', on('orders.is_gift', 'equals', true), [3]],
    ['booleans as text', on('orders.is_gift', 'equals', 'false'), [1, 2, 4]],
    ['geo notSet', on('orders.place', 'notSet'), [4]],
    ['a computed dimension', on('orders.unit_price', 'gt', 30), [2, 3]],
    ['a dimension of another cube', on('orders.buyer_name', 'equals', 'ANN'), [1, 2]],
    ['measureFilter', on('orders.paid', 'measureFilter'), [1, 2]],
    ['measureFilter of all rows', on('orders.count', 'measureFilter'), [1, 2, 3, 4, 5]],
    [
      'measureFilter of all rows in "and"',
      { and: [on('orders.count', 'measureFilter'), on('orders.amount', 'lte', 10)] },
      [1, 5],
    ],
    [
      'measureFilter of all rows in "or"',
      { or: [on('orders.count', 'measureFilter'), on('orders.amount', 'lte', 10)] },
      [1, 2, 3, 4, 5],
    ],
  ])('%s', async (_, filter, expected) => {
    expect(await ids(filter)).toEqual(expected)
  })

  it('joins groups by and and or', async () => {
    const paid = on('orders.status', 'equals', 'paid')
    const large = on('orders.amount', 'gt', 50)
    expect(await ids({ or: [paid, large] })).toEqual([1, 2, 3])
    expect(await ids({ and: [paid, large] })).toEqual([2])
    expect(await ids({ or: [{ and: [paid, large] }, { and: [on('orders.status', 'notSet')] }] })).toEqual([2, 5])
  })
})

describe('parts of texts', () => {
  const product = (operator: string, ...values: string[]) =>
    ids(on('products.name', operator, ...values), 'UTC', 'products.id')
  it.each<[string, string[], number[]]>([
    ['contains', ['WOOL'], [1]],
    ['contains', ['%'], [1]],
    ['contains', ['_'], [2]],
    ['contains', ['\\'], [2]],
    ['contains', ['b\\c'], [2]],
    ['contains', ['!'], [3]],
    ['contains', ['b!'], [3]],
    ['contains', ['[a-z]'], []],
    ['contains', ["'"], []],
    ['contains', ['zb', '0%'], [1, 3]],
    ['startsWith', ['a'], [2, 3]],
    ['startsWith', ['a_'], [2]],
    ['endsWith', ['C'], [2, 3]],
    ['endsWith', ['\\c'], [2]],
    ['notContains', ['b'], [1]],
    ['notStartsWith', ['a_', '1'], [3]],
    ['notEndsWith', ['!c'], [1, 2]],
  ])('%s %j', async (operator, values, expected) => {
    expect(await product(operator, ...values)).toEqual(expected)
  })

  it('keeps nulls where the negation holds', async () => {
    expect(await ids(on('orders.status', 'notContains', 'AI', 'x'))).toEqual([3, 4, 5])
  })
})

describe('times', () => {
  const brussels = 'Europe/Brussels'
  it.each<[string, Filter, string, number[]]>([
    ['a day', on('orders.created_at', 'equals', '2026-02-01'), 'UTC', [2]],
    ['a day in a zone', on('orders.created_at', 'equals', '2026-02-01'), brussels, [1, 2]],
    ['a day of a column with zone', on('orders.paid_at', 'equals', '2026-02-01'), brussels, [1, 2]],
    ['a minute', on('orders.created_at', 'equals', '2026-02-01T01:30'), brussels, [2]],
    ['an instant', on('orders.created_at', 'equals', '2026-02-01T00:30:00.000Z'), brussels, [2]],
    ['another day', on('orders.created_at', 'notEquals', '2026-02-01'), brussels, [3, 4, 5]],
    ['inDateRange', on('orders.created_at', 'inDateRange', '2026-02-01', '2026-03-29'), brussels, [1, 2, 3, 4]],
    ['inDateRange of one day', on('orders.paid_at', 'inDateRange', '2026-03-29'), brussels, [3, 4]],
    ['inDateRange of words', on('orders.created_at', 'inDateRange', 'last 2 days'), 'UTC', [3, 4]],
    ['notInDateRange', on('orders.created_at', 'notInDateRange', 'this month'), 'UTC', [1, 2, 5]],
    ['beforeDate', on('orders.created_at', 'beforeDate', '2026-02-01'), 'UTC', [1]],
    ['beforeOrOnDate', on('orders.created_at', 'beforeOrOnDate', '2026-02-01'), 'UTC', [1, 2]],
    ['afterDate', on('orders.created_at', 'afterDate', '2026-02-01'), 'UTC', [3, 4, 5]],
    ['afterOrOnDate', on('orders.paid_at', 'afterOrOnDate', '2026-03-29'), 'UTC', [3, 4, 5]],
    ['gt as afterDate', on('orders.created_at', 'gt', '2026-03-29'), 'UTC', [5]],
    ['lte as beforeOrOnDate', on('orders.created_at', 'lte', '2026-01-31'), 'UTC', [1]],
    ['set', on('orders.paid_at', 'set'), 'UTC', [1, 2, 3, 4, 5]],
  ])('%s', async (_, filter, timezone, expected) => {
    expect(await ids(filter, timezone)).toEqual(expected)
  })
})
