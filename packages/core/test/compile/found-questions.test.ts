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
  return 'rows' in outcome ? { rows: outcome.rows } : outcome
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
  ).toEqual({ rows: ['[null,"y",4,1]', '["y","y",3,1]', '["y","x",2,2]', '["x","x",1,2]'] })
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

it('a window starts its joins where other measures do: from the cube of the date range, before that of a filter', async () => {
  const stays = cube(
    'stays',
    [{ id: 1, guest: 1, meal: 1, seen: '2026-01-30T12:00:00Z' }],
    [one('guests', 'guest'), one('meals', 'meal')],
  )
  const meals = cube('meals', [{ id: 1, guest: 2, stay: 1, t: 'x' }], [one('guests', 'guest'), one('stays', 'stay')])
  const guests = cube('guests', [
    { id: 1, n: 1 },
    { id: 2, n: 2 },
  ])
  const asked = {
    measures: ['guests.total', 'guests.last_week'],
    times: [{ dimension: 'stays.seen', dateRange: ['2026-01-01', '2026-01-31'] as const }],
    filters: [{ member: 'meals.t', operator: 'equals' as const, values: ['x'] }],
  }
  // The guest of the stay, not of the meal.
  expect(await answer({ cubes: [stays, meals, guests], views: [] }, asked)).toEqual({ rows: ['[1,1]'] })
})

it('a full join keeps what it adds, in whatever order a question names what an inner join is beside it', async () => {
  const stays = cube(
    'stays',
    [
      { id: 1, n: 1, guest: 1, room: 1 },
      { id: 2, n: 2, guest: 9, room: 9 },
    ],
    [
      { ...one('guests', 'guest'), type: 'full' },
      { ...one('rooms', 'room'), type: 'inner' },
    ],
  )
  const guests = cube('guests', [
    { id: 1, t: 'x' },
    { id: 2, t: 'y' },
  ])
  const rooms = cube('rooms', [{ id: 1, t: 'x' }])
  const world = { cubes: [stays, guests, rooms], views: [] }
  const measures = ['stays.total']
  expect(await answer(world, { measures, dimensions: ['guests.t', 'rooms.t'] })).toEqual({
    rows: ['["x","x",1]', '["y",null,null]'],
  })
  expect(await answer(world, { measures, dimensions: ['rooms.t', 'guests.t'] })).toEqual({
    rows: ['["x","x",1]', '[null,"y",null]'],
  })
})

it('what stages make of nothing stands beside each value of a switch, as other totals do', async () => {
  const asked = {
    ...{ dimensions: ['stays.pick'], measures: ['stays.count', 'stays.sizes', 'stays.best_n'] },
    filters: [{ member: 'stays.t', operator: 'equals' as const, values: ['none'] }],
  }
  expect(await answer({ cubes: [cube('stays', [{ id: 1, n: 1, t: 'x' }])], views: [] }, asked)).toEqual({
    rows: ['["A",0,0,null]', '["B",0,0,null]', '["C",0,0,null]'],
  })
  const { measures } = asked
  expect(await answer({ cubes: [cube('stays', [])], views: [] }, { measures: measures.slice(1) })).toEqual({
    rows: ['[0,null]'],
  })
})

it('rows of a switch that no column shows stand in the order of what they show, and no cursor names one', async () => {
  const stays = cube('stays', [
    { id: 1, n: 5, t: 'x' },
    { id: 2, n: 2, t: 'x' },
  ])
  const range = ['2026-01-01', '2026-01-31'] as const
  const asked = {
    ...{ measures: ['stays.count', 'stays.chosen'], limit: 4, isPaged: true },
    ...{ order: [['stays.count', 'desc']] as const, dimensions: ['stays.t'] },
  }
  expect(await answer({ cubes: [stays], views: [] }, asked)).toEqual({ rows: ['["x",2,2]', '["x",2,5]', '["x",2,7]'] })
  expect(await answer({ cubes: [stays], views: [] }, { ...asked, limit: 3, isPaged: false, dimensions: [] })).toEqual({
    rows: ['[2,2]', '[2,5]', '[2,7]'],
  })
  const empty = { cubes: [cube('stays', [])], views: [] }
  const times = [{ dimension: 'stays.seen', compare: [range, range] }]
  expect(await answer(empty, { ...asked, isPaged: false, dimensions: [], times })).toEqual({
    rows: ['[0,0,0]', '[0,0,null]', '[0,0,null]', '[1,0,0]'],
  })
})

it('of a row that is not there nothing counts, when rows are asked for as they are', async () => {
  const guests = cube('guests', [
    { id: 1, t: 'x' },
    { id: 2, t: 'y' },
  ])
  const stays = cube('stays', [{ id: 1, n: 1, t: null, guest: 1 }])
  const joined: WorldJoin = { ...one('stays', 'id'), relationship: 'one_to_many', to: 'guest' }
  for (const hasKey of [true, false]) {
    const world = {
      views: [],
      cubes: [
        { ...guests, joins: [joined] },
        { ...stays, hasKey },
      ],
    }
    const asked = {
      ...{ dimensions: ['guests.t'], measures: ['guests.count', 'stays.count', 'stays.untold', 'stays.total'] },
      isUngrouped: true,
    }
    expect(await answer(world, asked)).toEqual({ rows: ['["x",1,1,1,1]', '["y",1,null,null,null]'] })
  }
})

it('a window by week and month is about the days that both have in common', async () => {
  const visits = cube('visits', [
    { id: 1, n: 1, seen: '2026-01-30T12:00:00Z' },
    { id: 2, n: 2, seen: '2026-02-01T12:00:00Z' },
    { id: 3, n: 3, seen: '2026-02-10T12:00:00Z' },
  ])
  const world = { cubes: [visits], views: [] }
  const by = (dateRange?: readonly [string, string]) => ({
    measures: ['visits.total', 'visits.running', 'visits.last_week', 'visits.this_week'],
    times: [
      { dimension: 'visits.seen', granularity: 'month', ...(dateRange && { dateRange }) },
      { dimension: 'visits.seen', granularity: 'week' },
    ],
  })
  const [january, february] = ['2026-01-01T00:00:00.000', '2026-02-01T00:00:00.000']
  const [first, second, third] = ['2026-01-26T00:00:00.000', '2026-02-02T00:00:00.000', '2026-02-09T00:00:00.000']
  const row = (...cells: unknown[]) => JSON.stringify(cells)
  // January has seen one visit when it ends, the week two.
  const occurring = [
    row(january, first, 1, 1, 1, 1),
    row(february, first, 2, 2, 3, 2),
    row(february, third, 3, 3, 3, 1),
  ]
  expect(await answer(world, by())).toEqual({ rows: occurring })
  expect(await answer(world, by(['2026-01-31', '2026-02-10']))).toEqual({
    rows: [
      // Those rows alone that lie in the range are in the total; windows are about whole buckets.
      row(january, first, null, 1, 1, 1),
      row(february, first, 2, 2, 3, 2),
      row(february, second, null, 2, null, 0),
      row(february, third, 3, 3, 3, 1),
    ],
  })
})

it('filling weeks beside their months has no week in a month that it does not touch', async () => {
  const visits = cube('visits', [
    { id: 1, n: 1, t: 'x', seen: '2026-01-30T12:00:00Z' },
    { id: 2, n: 2, t: 'y', seen: '2026-02-10T12:00:00Z' },
  ])
  const world = { cubes: [visits], views: [] }
  const asked = {
    measures: ['visits.total'],
    times: [
      {
        ...{ dimension: 'visits.seen', granularity: 'week', fill: 'zero' as const },
        dateRange: ['2026-01-28', '2026-02-10'] as const,
      },
      { dimension: 'visits.seen', granularity: 'month' },
    ],
  }
  const [january, february] = ['2026-01-01T00:00:00.000', '2026-02-01T00:00:00.000']
  const [first, second, third] = ['2026-01-26T00:00:00.000', '2026-02-02T00:00:00.000', '2026-02-09T00:00:00.000']
  const row = (...cells: unknown[]) => JSON.stringify(cells)
  expect(await answer(world, asked)).toEqual({
    rows: [row(first, january, 1), row(first, february, 0), row(second, february, 0), row(third, february, 2)],
  })
  // Each subtotal has its own buckets: weeks alone, then none.
  expect(await answer(world, { ...asked, subtotals: true })).toEqual({
    rows: [
      row(first, january, 0, 1),
      row(first, february, 0, 0),
      row(first, null, 2, 1),
      row(second, february, 0, 0),
      row(second, null, 2, 0),
      row(third, february, 0, 2),
      row(third, null, 2, 2),
      row(null, null, 3, 3),
    ],
  })
})
