import { expect, it } from 'vitest'
import { buildPlan } from '../../src/compile/build-plan.ts'
import { dialectOf } from '../../src/compile/dialects/index.ts'
import { sourcesOf } from '../../src/compile/map-plan.ts'
import { planSource } from '../../src/compile/plan-source.ts'
import { rewritePlan } from '../../src/compile/rewrite/rewrite-plan.ts'
import { normalizeQuery } from '../../src/query/normalize-query.ts'
import { resolveQuery } from '../../src/query/resolve-query.ts'
import { embedSecurity, NOW, shop } from '../fixtures.ts'

const security = embedSecurity()
const clock = { nowMs: NOW.getTime(), timezone: 'UTC' }

function plans() {
  const query = {
    measures: ['orders.paid_share'],
    dimensions: ['buyer.name', 'orders.place'],
    timeDimensions: [{ dimension: 'orders.created_at', granularity: 'day', dateRange: 'this year' }],
    bins: [{ dimension: 'orders.amount', width: 5, min: 0 }],
    filters: [
      {
        or: [
          { member: 'orders.unit_price', operator: 'gt', values: [1] },
          { member: 'payer.name', operator: 'contains', values: ['a'] },
        ],
      },
    ],
    segments: ['orders.gifts'],
    timezone: 'Europe/Brussels',
  }
  const resolved = resolveQuery(normalizeQuery(query, { maxRows: 100 }), shop, security, NOW)
  const { plan } = buildPlan(resolved, shop, { security, clock, columns: [], question: '' })
  return [plan, rewritePlan(plan, dialectOf('postgres')), rewritePlan(plan, dialectOf('duckdb'))]
}

it('is plain data that can be stored and read again', () => {
  for (const plan of plans()) expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
})

it('is frozen in every part once it is rewritten', () => {
  const isFrozen = (value: unknown): boolean =>
    typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozen))
  expect(plans().slice(1).map(isFrozen)).toEqual([true, true])
})

it('keeps the rules of every source through all rewrites', () => {
  const [plan, ...rewritten] = plans()
  const rules = ({ relation }: NonNullable<typeof plan>) =>
    [...sourcesOf(relation)].map((source) => JSON.stringify(source.kind === 'source' && source.where))
  const before = rules(plan!)
  expect(before.every((rule) => rule.includes('"a"') || rule.includes('"north"'))).toBe(true)
  for (const after of rewritten)
    for (const [index, rule] of rules(after).entries()) expect(rule).toContain(before[index])
})

it('has no source without a rule for a caller who has one', () => {
  const node = shop.nodes.get('orders')!
  const { source } = planSource({ model: shop, node, members: new Set(['count']), clock }, security)
  expect(source).toMatchObject({
    alias: 'orders',
    where: { kind: 'equals', values: [{ type: 'text', value: 'a' }] },
    policies: ['orders: role * (row rule)'],
  })
})
