import { parseModel } from '@datainsight/core/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Dialect } from './data-source.ts'
import type { ForeignKey, TableInfo } from './discover.ts'
import { draftModel } from './draft-model.ts'

const KINDS = ['string', 'integer', 'number', 'boolean', 'time', 'other'] as const
const AWKWARD = [
  'id',
  'ID',
  'Id',
  'order',
  'Order',
  'ORDER',
  'select',
  'count',
  'total_amount',
  'amount',
  'CUBE',
  'cube',
  'TABLE',
  'table',
  'security_context',
  'securityContext',
  'FILTER_PARAMS',
  '__proto__',
  'constructor',
  'toString',
  'a"b',
  'a`b',
  "a'b",
  'a{b}',
  '{CUBE}',
  ['$', '{x}'].join(''),
  'a;b',
  'a--b',
  'a/*b',
  '(',
  ')',
  '$1',
  '$$',
  '?',
  '\\',
  'new\nline',
  '# comment',
  ': colon',
  '- dash',
  'null',
  'true',
  '1',
  '日本',
  'é',
  '😀',
  ' ',
  'x'.repeat(300),
  'customer_id',
  'customers',
  'customer',
]
const name = fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }))

const table: fc.Arbitrary<TableInfo> = fc
  .record({
    schema: fc.oneof(fc.constant('public'), name),
    name,
    kind: fc.constantFrom('table' as const, 'view' as const),
    comment: fc.string(),
    columns: fc.uniqueArray(
      fc.record({
        name,
        type: fc.constant('any'),
        kind: fc.constantFrom(...KINDS),
        nullable: fc.boolean(),
        comment: fc.string(),
      }),
      { selector: (column) => column.name, maxLength: 12 },
    ),
  })
  .chain((shape) => {
    const names = shape.columns.map((column) => column.name)
    return fc
      .subarray(names, { maxLength: Math.min(2, names.length) })
      .map((primaryKey) => ({ ...shape, primaryKey, foreignKeys: [] }))
  })

const schema = fc
  .uniqueArray(table, { selector: (item) => `${item.schema}.${item.name}`, minLength: 1, maxLength: 6 })
  .chain((tables) => {
    // A foreign key from anywhere to anywhere, itself included.
    const key = fc.record({ from: fc.nat(tables.length - 1), to: fc.nat(tables.length - 1), pick: fc.nat() })
    return fc.array(key, { maxLength: 6 }).map((keys) =>
      tables.map((from, index): TableInfo => {
        const foreignKeys = keys.flatMap(({ from: owner, to, pick }): ForeignKey[] => {
          const target = tables[to]!
          const width = target.primaryKey.length
          if (owner !== index || width === 0 || from.columns.length < width) return []
          const start = pick % (from.columns.length - width + 1)
          return [
            {
              columns: from.columns.slice(start, start + width).map((column) => column.name),
              references: { schema: target.schema, name: target.name, columns: target.primaryKey },
            },
          ]
        })
        return { ...from, foreignKeys }
      }),
    )
  })

describe('a draft model', () => {
  it('SQL-16 loads, whatever the names, and leaves out only what it notes', () => {
    fc.assert(
      fc.property(schema, fc.constantFrom<Dialect>('postgres', 'mysql', 'sqlite', 'duckdb'), (tables, dialect) => {
        const draft = draftModel(tables, { dataSource: 'shop', dialect })
        const model = parseModel([{ path: 'draft.yml', text: draft.yaml }])
        expect(model.cubes.size).toBe(draft.cubes.length)
        const dimensions = [...model.cubes.values()]
          .flatMap((cube) => [...cube.members.values()])
          .filter((member) => member.kind === 'dimension').length
        const columns = tables.reduce((sum, { columns }) => sum + columns.length, 0)
        const isWhole = draft.notes.length === 0
        if (isWhole) expect(dimensions).toBe(columns)
        else expect(dimensions).toBeLessThanOrEqual(columns)
      }),
      { numRuns: 150, endOnFailure: true },
    )
  })

  it('gives tables of one name in two schemas two cubes', () => {
    const column = { name: 'id', type: 'int', kind: 'integer', nullable: false } as const
    const orders = (schema: string): TableInfo => ({
      schema,
      name: 'orders',
      kind: 'table',
      columns: [column],
      primaryKey: ['id'],
      foreignKeys: [],
    })
    const { yaml, cubes } = draftModel([orders('a'), orders('B')], { dataSource: 'default', dialect: 'postgres' })
    expect(cubes).toEqual(['orders', 'orders_2'])
    expect(yaml).toBe(`cubes:
  - name: orders
    title: Orders
    sql_table: a.orders
    dimensions:
      - name: id
        title: Id
        sql: "{CUBE}.id"
        type: number
        primary_key: true
    measures:
      - name: count
        title: Count
        type: count
  - name: orders_2
    title: Orders
    sql_table: '"B".orders'
    dimensions:
      - name: id
        title: Id
        sql: "{CUBE}.id"
        type: number
        primary_key: true
    measures:
      - name: count
        title: Count
        type: count
`)
  })
})
