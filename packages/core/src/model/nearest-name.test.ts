import { expect, it } from 'vitest'
import { didYouMean, nearestNames } from './nearest-name.ts'

const known = ['orders.count', 'orders.revenue', 'orders.status', 'customers.name']

it.each([
  ['orders.cuont', ['orders.count']],
  ['ORDERS.COUNT', ['orders.count']],
  ['order.revenu', ['orders.revenue']],
  ['zzz', []],
  ['', []],
  ['x'.repeat(10_000), []],
])('%s', (name, expected) => {
  expect(nearestNames(name, known)).toEqual(expected)
})

it('names the nearest first, at most three', () => {
  expect(nearestNames('m0', ['m1', 'm2', 'm3', 'm4', 'm0x'])).toHaveLength(3)
  expect(didYouMean('orders.statu', known)).toBe('; did you mean orders.status?')
  expect(didYouMean('zzz', known)).toBe('')
})
