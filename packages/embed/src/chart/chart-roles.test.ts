import type { Column, ResultSet } from '@datainsight/core'
import { expect, it } from 'vitest'
import { chartRoles } from './chart-roles.ts'

const column = (name: string, kind: Column['kind'], type: Column['type']): Column => ({ name, kind, type, title: name })
const result = {
  columns: [
    column('orders.status', 'dimension', 'string'),
    column('$grouping', 'grouping', 'integer'),
    column('$other', 'flag', 'boolean'),
    column('$period', 'period', 'integer'),
    column('orders.count', 'measure', 'integer'),
  ],
  data: [[], [], [], [], []],
} as unknown as ResultSet

it.each(['bar', 'line', 'pie', 'heatmap'] as const)('draws no mark of subtotals, others or periods in a %s', (type) => {
  const { x, series, y } = chartRoles({ type }, result)
  expect(x?.column.name).toBe('orders.status')
  expect(series).toBeUndefined()
  expect(y.map((role) => role.column.name)).toEqual(['orders.count'])
})
