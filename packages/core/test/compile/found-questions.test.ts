import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseModel } from '../../src/model/index.ts'
import { databaseOutcome, expectedOutcome } from '../evaluator/check-question.ts'
import type { Asked } from '../evaluator/evaluate.ts'
import { EVERYTHING } from '../evaluator/policies.ts'
import { modelOf, type Row, tablesOf, type World, type WorldCube, type WorldJoin } from '../evaluator/world.ts'
import { openDuckdb, type ShopDatabase } from '../fixtures.ts'

/** Questions that random worlds found: the walk through all rows and the database once answered them differently. */
let database: ShopDatabase
beforeAll(async () => {
  database = await openDuckdb()
})
afterAll(() => database.close())

function cube(name: string, rows: readonly Row[], joins: readonly WorldJoin[] = []): WorldCube {
  const columns = [...new Set(['id', 't', 'n', 'seen', ...rows.flatMap((row) => Object.keys(row))])]
  return { name, hasKey: true, columns, joins, rows, extras: {}, other: undefined, masks: {}, policies: [] }
}

const one = (node: string, from: string): WorldJoin => ({
  ...{ node, cube: node, relationship: 'many_to_one', type: 'left', from, to: 'id' },
})

async function answer(world: World, asked: Partial<Asked>) {
  const question: Asked = {
    ...{ measures: [], dimensions: [], times: [], segments: [], filters: [], calculations: [] },
    ...{ timezone: 'UTC', weekStart: 'monday', fiscalYearStart: 1 },
    ...asked,
  }
  for (const statement of tablesOf(world).split(';')) if (statement.trim() !== '') await database.run(statement)
  const { outcome } = await databaseOutcome(parseModel(modelOf(world)), EVERYTHING, question, database)
  expect(outcome).toEqual(expectedOutcome(world, EVERYTHING, question))
  return outcome
}

const flights = cube(
  'flights',
  [
    { id: 1, n: 1, town: 1, plane: 1, seen: '2026-01-31T12:00:00Z' },
    { id: 2, n: 2, town: 2, plane: 1, seen: '2026-02-28T12:00:00Z' },
    { id: 3, n: 3, town: 2, plane: 2, seen: '2026-03-31T12:00:00Z' },
    { id: 4, n: 4, town: 9, plane: 2, seen: null },
  ],
  [one('towns', 'town'), one('planes', 'plane')],
)
const planes = cube(
  'planes',
  [
    { id: 1, n: 5, base: 1, first: 2 },
    { id: 2, n: 6, base: 2, first: 3 },
  ],
  [one('towns', 'base'), one('flights', 'first')],
)
const towns = cube('towns', [
  { id: 1, n: 2, t: 'x' },
  { id: 2, n: 1, t: 'y' },
])

it('two ways of a view to one cube, each in the filter of a measure', async () => {
  const members = ['t', 'n', 'seen', 'count', 'total', 'large']
  const path = (...nodes: string[]) => ({
    path: ['flights', ...nodes],
    prefix: nodes.length === 0 ? undefined : nodes.join('_'),
    includes: members,
  })
  const parts = [path(), path('towns'), path('planes', 'towns')]
  const world = { cubes: [flights, planes, towns], views: [{ name: 'v', parts, policies: [] }] }
  const large = (name: string) => ({ member: `v.${name}_large`, operator: 'measureFilter' as const })
  // Flight 1 starts from a large town with a plane that is based in one, flight 2 has such a plane alone.
  expect(
    await answer(world, { measures: ['v.total'], filters: [{ or: [large('towns'), large('planes_towns')] }] }),
  ).toEqual({ rows: ['[3]'] })
  expect(
    await answer(world, {
      dimensions: ['v.towns_t', 'v.planes_towns_t'],
      measures: ['v.total', 'v.planes_towns_total'],
    }),
  ).toEqual({ rows: ['["x","x",1,2]', '["y","x",2,2]', '["y","y",3,1]', '[null,"y",4,1]'] })
})

it('a window is about a bounded time that is joined as the view says', async () => {
  const members = ['t', 'seen', 'total', 'last_week']
  const parts = [
    { path: ['flights'], prefix: undefined, includes: members },
    { path: ['flights', 'planes'], prefix: 'planes', includes: members },
  ]
  const world = { cubes: [flights, planes, towns], views: [{ name: 'v', parts, policies: [] }] }
  // The planes of flights in the last week of January, not those whose first flight was then.
  expect(
    await answer(world, {
      measures: ['v.planes_total', 'v.planes_last_week'],
      times: [{ dimension: 'v.seen', dateRange: ['2026-01-01', '2026-01-31'] }],
    }),
  ).toEqual({ rows: ['[5,5]'] })
})
