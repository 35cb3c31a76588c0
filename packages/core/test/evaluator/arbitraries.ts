import fc from 'fast-check'
import type { Asked, AskedFilter } from './evaluate.ts'
import { MEASURES, type Row, type World, type WorldCube, type WorldJoin } from './world.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e']
const TIMES = [
  '2025-12-31T23:30:00Z',
  '2026-01-31T12:00:00Z',
  '2026-02-28T22:45:00Z',
  '2026-03-28T23:30:00Z',
  '2026-03-29T00:30:00Z',
  '2026-03-29T01:30:00Z',
  '2026-04-01T00:00:00Z',
  '2026-05-15T09:00:00Z',
]

/** How two cubes are joined: which of them declares it, and how often. */
interface Edge {
  readonly parent: number
  readonly child: number
  readonly declaredBy: 'parent' | 'child' | 'one_to_one'
  readonly type: 'left' | 'inner'
  readonly hasAlias: boolean
}

/** Three to five cubes: trees and diamonds of joins, rows without parents, nulls, repeated keys on the many side. */
export const worlds: fc.Arbitrary<World> = fc.integer({ min: 3, max: 5 }).chain((count) => {
  const edge = fc
    .record({
      child: fc.integer({ min: 1, max: count - 1 }),
      up: fc.nat(),
      declaredBy: fc.constantFrom<Edge['declaredBy']>('child', 'child', 'parent', 'parent', 'one_to_one'),
      type: fc.constantFrom<Edge['type']>('left', 'left', 'left', 'inner'),
      hasAlias: fc.boolean(),
    })
    .map(({ up, ...rest }): Edge => ({ ...rest, parent: up % rest.child }))
  const row = fc.record({
    t: fc.constantFrom('x', 'y', null),
    n: fc.constantFrom(-1, 0, 1, 2, 3, null),
    seen: fc.option(fc.constantFrom(...TIMES), { nil: null, freq: 6 }),
    keys: fc.array(fc.constantFrom(1, 2, 3, 9, null), { minLength: 6, maxLength: 6 }),
  })
  return fc
    .record({
      edges: fc.array(edge, { minLength: count - 1, maxLength: count + 1 }),
      hasKey: fc.array(fc.constantFrom(true, true, true, false), { minLength: count, maxLength: count }),
      rows: fc.array(fc.array(row, { maxLength: 6 }), { minLength: count, maxLength: count }),
    })
    .map(({ edges, hasKey, rows }) => {
      const joins = NAMES.map((): WorldJoin[] => [])
      const columns = NAMES.map(() => ['id', 't', 'n', 'seen'])
      for (const [index, { parent, child, declaredBy, type, hasAlias }] of edges.entries()) {
        const [owner, target] = declaredBy === 'child' ? [child, parent] : [parent, child]
        const isTaken = joins[owner]!.some((join) => join.cube === NAMES[target])
        const node = hasAlias || isTaken ? `role_${index}` : NAMES[target]!
        const key = `k${index}`
        if (declaredBy !== 'one_to_one') columns[child]!.push(key)
        joins[owner]!.push({
          node,
          cube: NAMES[target]!,
          relationship: declaredBy === 'child' ? 'many_to_one' : declaredBy === 'parent' ? 'one_to_many' : 'one_to_one',
          type,
          from: declaredBy === 'child' ? key : 'id',
          to: declaredBy === 'parent' ? key : 'id',
        })
      }
      const cubes = NAMES.slice(0, count).map(
        (name, index): WorldCube => ({
          name,
          hasKey: hasKey[index]!,
          columns: columns[index]!,
          joins: joins[index]!,
          rows: rows[index]!.map(({ keys, ...cells }, at): Row => {
            const foreign = columns[index]!.slice(4).map((column) => [column, keys[Number(column.slice(1)) % 6]!])
            return { id: at + 1, ...cells, ...Object.fromEntries(foreign) }
          }),
        }),
      )
      return { cubes }
    })
})

/** Questions about a world. */
export function questions(world: World): fc.Arbitrary<Asked> {
  const nodes = [
    ...new Set([
      ...world.cubes.map((cube) => cube.name),
      ...world.cubes.flatMap((cube) => cube.joins.map((join) => join.node)),
    ]),
  ]
  const node = fc.constantFrom(...nodes)
  const measure = fc.tuple(node, fc.constantFrom(...Object.keys(MEASURES))).map((parts) => parts.join('.'))
  const text = node.map((name) => `${name}.t`)
  const number = node.map((name) => `${name}.n`)
  const filter: fc.Arbitrary<AskedFilter> = fc.oneof(
    fc.record({ member: text, operator: fc.constantFrom('equals', 'notEquals'), value: fc.constantFrom('x', 'y') }),
    fc.record({ member: number, operator: fc.constantFrom('gt', 'lte'), value: fc.constantFrom(0, 1, 2) }),
    fc.record({ member: fc.oneof(text, number), operator: fc.constantFrom('set', 'notSet') }),
    fc.record({ member: measure, operator: fc.constantFrom('gt', 'lte'), value: fc.constantFrom(0, 1, 2) }),
  )
  return fc
    .record(
      {
        measures: fc.uniqueArray(measure, { maxLength: 3 }),
        dimensions: fc.uniqueArray(fc.oneof(text, number), { maxLength: 2 }),
        time: fc.record(
          {
            dimension: node.map((name) => `${name}.seen`),
            granularity: fc.constantFrom('day', 'week', 'month', 'quarter', 'year'),
            dateRange: fc.constantFrom<readonly [string, string]>(
              ['2026-01-15', '2026-03-31'],
              ['2026-03-01', '2026-05-31'],
            ),
          },
          { requiredKeys: ['dimension', 'dateRange'] },
        ),
        filters: fc.array(filter, { maxLength: 2 }),
        timezone: fc.constantFrom('UTC', 'Europe/Brussels', 'America/New_York'),
      },
      { requiredKeys: ['measures', 'dimensions', 'filters', 'timezone'] },
    )
    .filter(
      ({ measures, dimensions, time }) => measures.length + dimensions.length > 0 || time?.granularity !== undefined,
    ) as fc.Arbitrary<Asked>
}
