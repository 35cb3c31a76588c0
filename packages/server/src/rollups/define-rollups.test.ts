import type { RollupShape } from '@datainsight/core/compile'
import { parseModel } from '@datainsight/core/model'
import { expect, it } from 'vitest'
import { defineRollups } from './define-rollups.ts'
import { isRefreshDue } from './refresh-due.ts'

const model = parseModel([
  {
    path: 'sales.yml',
    text: `cubes:
  - name: sales
    sql_table: sales
    refresh_key: { every: 2 hours }
    joins: [{ name: stores, relationship: many_to_one, sql: "{CUBE}.store = {stores}.id" }]
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: at, type: time, sql: "{CUBE}.at" }
    measures: [{ name: count, type: count }, { name: kinds, type: count_distinct, sql: "{CUBE}.kind" }]
    pre_aggregations:
      - { name: by_day, measures: [count], time_dimension: at, granularity: day, refresh_key: { every: 0 8 * * *, timezone: Europe/Brussels } }
      - { name: by_hour, measures: [count], time_dimension: at, granularity: hour, refresh_key: { immutable: true } }
      - { name: by_store, measures: [count], dimensions: [stores.name] }
      - { name: by_week, measures: [kinds], time_dimension: at, granularity: week, partition_granularity: month }
  - name: stores
    sql_table: stores
    refresh_key: { sql: select max(changed) from stores }
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: name, type: string, sql: "{CUBE}.name" }
`,
  },
])
const place = { dialect: 'postgres' as const, target: 't', schema: undefined }
const definitions = defineRollups(model, ['Europe/Brussels', 'America/New_York'], () => place)
const shapeOf = (name: string): RollupShape => definitions.find((one) => one.name === name)!.shape!

it('defines a rollup for each zone, one where it serves every zone', () => {
  expect(definitions.map(({ name, shape, problems }) => [name, shape?.timezone, problems])).toEqual([
    ['sales.by_day', 'Europe/Brussels', []],
    ['sales.by_day@America/New_York', 'America/New_York', []],
    ['sales.by_hour', 'UTC', []],
    ['sales.by_store', 'UTC', []],
    [
      'sales.by_week',
      undefined,
      [
        'sales.by_week: partitions of a month cut buckets of sales.at in two, and kinds (count_distinct) does not add up',
      ],
    ],
  ])
  expect(new Set(definitions.map(({ hash }) => hash)).size).toBe(5)
})

it.each<[string, string, string, boolean, number]>([
  ['sales.by_day', '2026-03-25T08:00Z', '2026-03-26T06:59:59Z', false, 0],
  ['sales.by_day', '2026-03-25T08:00Z', '2026-03-26T07:00:00Z', true, 0],
  ['sales.by_hour', '2026-03-25T08:00Z', '2027-03-25T08:00:00Z', false, 0],
  // The refresh keys of both cubes count: every two hours, and what the select says every minute.
  ['sales.by_store', '2026-03-25T08:00Z', '2026-03-25T08:00:30Z', false, 0],
  ['sales.by_store', '2026-03-25T08:00Z', '2026-03-25T08:02:00Z', false, 1],
  ['sales.by_store', '2026-03-25T08:00Z', '2026-03-25T10:00:00Z', true, 0],
])('%s, built at %s, is due at %s: %s', async (name, builtAt, now, isDue, times) => {
  const at = new Date(builtAt)
  let asked = 0
  const ask = async () => {
    asked += 1
    return 'same'
  }
  const build = { startedAt: at, endedAt: at, refreshValue: 'same' }
  expect(await isRefreshDue(shapeOf(name), build, Date.parse(now), ask)).toBe(isDue)
  expect(asked).toBe(times)
})

it('is due when the answer of the refresh key changed', async () => {
  const at = new Date('2026-03-25T08:00Z')
  const build = { startedAt: at, endedAt: at, refreshValue: 'old' }
  expect(await isRefreshDue(shapeOf('sales.by_store'), build, at.getTime() + 60_000, async () => 'new')).toBe(true)
})
