import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Dimension, Measure, Model } from '../../src/model/index.ts'
import { findMember, parseModel } from '../../src/model/index.ts'

/** Models that use what Cube's documentation describes, in its format; each is read as it stands. */
const FOLDER = join(import.meta.dirname, '../models/cube-docs')
const FILES = readdirSync(FOLDER).sort()

function load(name: string): Model {
  const file = FILES.find((one) => one.includes(name))!
  return parseModel([{ path: file, text: readFileSync(join(FOLDER, file), 'utf8') }])
}
const measure = (model: Model, name: string) => findMember(model, name)!.member as Measure
const dimension = (model: Model, name: string) => findMember(model, name)!.member as Dimension

it('covers the documentation', () => {
  expect(FILES.length).toBeGreaterThanOrEqual(25)
})

it.each(FILES)('reads %s', (file) => {
  const model = load(file)
  expect(model.cubes.size).toBeGreaterThan(0)
})

describe('cubes', () => {
  it('puts one select into another', () => {
    const { rows } = load('cube-sql').cubes.get('owls')!
    expect(rows).toMatchObject({ kind: 'sql' })
    const text = rows.kind === 'sql' ? rows.sql.pieces.join('') : ''
    expect(text.replaceAll(/\s+/g, ' ')).toBe(
      "SELECT id, name, wingspan FROM ( SELECT * FROM creatures WHERE class = 'aves' ) AS birds WHERE family IN ('strigidae', 'tytonidae')",
    )
  })

  it('keeps what it says of itself', () => {
    expect(load('basic-cube').cubes.get('parcels')).toMatchObject({
      title: 'Parcels in transit',
      sqlAlias: 'prc',
      meta: { owner: 'logistics' },
      rows: {
        identifiers: [
          { text: 'logistics', isQuoted: false },
          { text: 'parcels', isQuoted: false },
        ],
      },
    })
    expect(dimension(load('basic-cube'), 'parcels.note').isPublic).toBe(false)
  })
})

describe('templates', () => {
  it('make members by loops and SQL by macros', () => {
    const { members, rows } = load('templates').cubes.get('takings')!
    expect([...members.keys()]).toEqual(['month', 'horizon', 'r3', 'r6', 'prior_r3', 'prior_r6', 'current'])
    const text = rows.kind === 'sql' ? rows.sql.pieces.join('').replaceAll(/\s+/g, ' ') : ''
    expect(text).toContain('host_prop.value AS host, (amount / 100)::NUMERIC(16, 2) AS amount')
    expect(text).toContain("LEFT JOIN UNNEST(properties) AS host_prop ON host_prop.key = 'host'")
  })
})

describe('context variables', () => {
  it('stand for conditions of the query, and for none in a refresh key', () => {
    const { rows, preAggregations } = load('context-variables').cubes.get('readings')!
    const pieces = rows.kind === 'sql' ? rows.sql.pieces : []
    expect(pieces[1]).toMatchObject({ kind: 'filters', params: [{ member: 'taken_at', arity: undefined }] })
    expect(preAggregations[0]!.refreshKey!.sql!.pieces.join('')).toBe(
      'SELECT max(taken_at) FROM readings WHERE (1 = 1)',
    )
  })
})

describe('references', () => {
  it('knows granularities of time dimensions', () => {
    const model = load('references')
    expect(dimension(model, 'readers.joined_year').sql.pieces).toEqual([
      { kind: 'member', node: undefined, member: 'joined_at', granularity: 'year' },
    ])
    expect(dimension(model, 'readers.joined_week').sql.pieces).toEqual([
      { kind: 'member', node: undefined, member: 'joined_at', granularity: 'sunday_week' },
    ])
  })

  it('follows a written path where there are two', () => {
    const model = load('join-paths')
    expect(dimension(model, 'shipments.city_by_sender').sql.pieces).toEqual([
      { kind: 'member', node: 'cities', member: 'name', path: ['senders', 'cities'] },
    ])
    expect(dimension(model, 'shipments.city_by_receiver').sql.pieces).toEqual([
      { kind: 'member', node: 'cities', member: 'name', path: ['receivers', 'cities'] },
    ])
  })
})

describe('dimensions', () => {
  it('have cases, with texts and with SQL', () => {
    const model = load('case-and-formats')
    expect(dimension(model, 'shirts.size').caseOf).toMatchObject({
      whens: [{ label: 'xl' }, { label: 'xxl' }],
      otherwise: 'Unknown',
    })
    expect(dimension(model, 'shirts.local_size').caseOf).toMatchObject({
      whens: [{ label: { isColumn: true } }],
      otherwise: { isColumn: true },
    })
    expect(dimension(model, 'shirts.photo').presentation).toEqual({ format: 'image_url' })
    expect(dimension(model, 'shirts.crm').presentation).toEqual({ format: 'link' })
  })

  it('hold measures of other cubes', () => {
    expect(dimension(load('sub-query'), 'accounts.recent_tickets')).toMatchObject({
      subQuery: true,
      propagatesFilters: true,
      touches: ['tickets'],
      uses: [{ node: 'tickets', member: 'count' }],
    })
  })

  it('have bucket sizes of their own', () => {
    const { granularities } = dimension(load('granularities'), 'events.time')
    expect(granularities.get('tax_year')).toEqual({
      name: 'tax_year',
      title: 'Tax year',
      interval: { months: 12, ms: 0 },
      offset: undefined,
      originMs: Date.UTC(2025, 3, 6),
    })
    expect(granularities.get('sunday_week')).toMatchObject({ offset: { months: 0, ms: -86_400_000 } })
    expect(granularities.get('shift')).toMatchObject({ originMs: Date.UTC(2025, 0, 1, 6) })
    expect(granularities.get('long')).toMatchObject({ interval: { months: 18, ms: 0 } })
  })

  it('have calendars', () => {
    const model = load('calendar')
    const { calendar, granularities } = dimension(model, 'retail_calendar.date')
    expect([...calendar!.granularities.keys()]).toEqual(['week', 'month'])
    expect([...granularities.keys()]).toEqual(['season'])
    expect(calendar!.shifts).toMatchObject([
      { interval: { months: -1 }, sql: { isColumn: true } },
      { name: 'six_weeks', interval: { ms: -42 * 86_400_000 }, sql: undefined },
      { name: '1_week_prior', interval: undefined },
    ])
  })
})

describe('measures', () => {
  it('have the type that is written, and number for number_agg', () => {
    const model = load('measure-types')
    expect(measure(model, 'sales.middle').type).toBe('number')
    expect(measure(model, 'sales.revenue').presentation).toEqual({ format: 'currency', currency: 'EUR' })
    expect(measure(model, 'sales.fees')).toMatchObject({ presentation: { format: 'currency', fractionDigits: 0 } })
    expect(measure(model, 'sales.middle')).toMatchObject({ formatPattern: 'abbr', presentation: {} })
    expect(measure(model, 'sales.paid_share')).toMatchObject({ presentation: { format: 'percent', fractionDigits: 1 } })
  })

  it('look through windows', () => {
    const model = load('rolling-windows')
    const window = (name: string) => measure(model, `visits.${name}`).rollingWindow
    expect(window('month_back')).toEqual({
      kind: 'range',
      trailing: { months: 1, ms: 0 },
      leading: undefined,
      offset: 'end',
    })
    expect(window('around')).toMatchObject({ offset: 'start', leading: { ms: 3 * 86_400_000 } })
    expect(window('so_far')).toMatchObject({ trailing: 'unbounded' })
    expect(window('yesterday_only')).toMatchObject({ leading: { ms: -86_400_000 } })
    expect(window('this_year')).toEqual({ kind: 'to_date', granularity: 'year' })
  })

  it('are made in stages', () => {
    const model = load('multi-stage')
    const stage = (name: string) => measure(model, `takings.${name}`).multiStage
    expect(stage('revenue')).toBeUndefined()
    expect(stage('revenue_year_before')!.timeShifts).toEqual([
      { timeDimension: { node: undefined, member: 'time' }, by: { months: -12, ms: 0 } },
    ])
    expect(stage('revenue_week_after')!.timeShifts).toEqual([
      { timeDimension: undefined, by: { months: 0, ms: 7 * 86_400_000 } },
    ])
    expect(stage('lagging')!.timeShifts).toHaveLength(2)
    const country = [{ node: undefined, member: 'country' }]
    expect(stage('country_revenue')).toMatchObject({ groupBy: country, reduceBy: undefined, addGroupBy: undefined })
    expect(stage('country_revenue_again')).toEqual(stage('country_revenue'))
    expect(stage('product_rank')).toMatchObject({
      reduceBy: [{ node: undefined, member: 'product' }],
      orderBy: [{ direction: 'desc' }],
    })
    expect(stage('rank_again')).toMatchObject({ reduceBy: [{ member: 'product' }], orderBy: [{ direction: 'asc' }] })
    expect(stage('average_per_buyer')).toMatchObject({ addGroupBy: [{ node: undefined, member: 'buyer' }] })
    expect(measure(model, 'takings.product_rank')).toMatchObject({
      type: 'rank',
      uses: [{ node: undefined, member: 'revenue' }],
    })
  })

  it('follow a switch', () => {
    const model = load('switch')
    expect(dimension(model, 'quotes.currency')).toMatchObject({ type: 'switch', values: ['USD', 'EUR', 'GBP'] })
    const found = measure(model, 'quotes.amount_in_currency')
    expect(found.multiStage!.switchOn).toMatchObject({
      dimension: { node: undefined, member: 'currency' },
      whens: [{ value: 'EUR' }, { value: 'GBP' }],
    })
    expect(found.uses.map((use) => use.member)).toEqual(['amount_eur', 'amount_gbp', 'amount_usd'])
  })

  it('filter their inner stages', () => {
    const filter = (name: string) => measure(load('stage-filters'), `bookings.${name}`).multiStage!.filter
    const status = { node: undefined, member: 'status' }
    expect(filter('total_of_all_statuses')).toEqual({ mode: 'relative', exclude: [status], include: [] })
    expect(filter('total_of_some')).toMatchObject({
      keepOnly: [{ member: 'city' }],
      include: [
        { kind: 'condition', of: { member: 'amount' }, operator: 'gt', values: ['0'] },
        { kind: 'or', conditions: [{ of: { member: 'city' } }, { of: { member: 'city' } }] },
      ],
    })
    expect(measure(load('stage-filters'), 'bookings.total_of_some').uses.map(({ member }) => member)).toEqual([
      'total',
      'amount',
      'city',
      'city',
    ])
  })

  it('shift by what a calendar says under a name', () => {
    const shifts = (name: string) => measure(load('calendar'), `receipts.${name}`).multiStage!.timeShifts
    expect(shifts('total_week_before')).toEqual([{ timeDimension: undefined, by: { name: '1_week_prior' } }])
    expect(shifts('total_six_weeks_before')).toEqual([{ timeDimension: undefined, by: { name: 'six_weeks' } }])
    expect(shifts('total_month_before')).toMatchObject([{ by: { months: -1 } }])
  })

  it('say what they drill into', () => {
    expect(measure(load('joins'), 'orders.count').drillMembers).toEqual(['orders.id', 'customers.country', 'lines.sku'])
  })
})

it('joins read each spelling of a relationship', () => {
  const model = load('06-joins')
  const joins = (cube: string) => model.cubes.get(cube)!.joins.map(({ target, relationship }) => [target, relationship])
  expect(joins('orders')).toEqual([
    ['customers', 'many_to_one'],
    ['lines', 'one_to_many'],
    ['invoices', 'one_to_one'],
  ])
  expect(joins('customers')).toEqual([
    ['profiles', 'one_to_one'],
    ['visits', 'one_to_many'],
  ])
  expect(joins('lines')).toEqual([['products', 'many_to_one']])
  expect(joins('visits')).toEqual([['products', 'many_to_one']])
})

describe('views', () => {
  it('show members under their own names, with what they say otherwise', () => {
    const view = load('17-views').views.get('orders')!
    expect([...view.members.keys()]).toEqual([
      'status',
      'created_date',
      'total_amount',
      'count',
      'quantity',
      'product',
      'users_id',
      'users_city',
      'users_count',
      'buyer_company',
    ])
    expect(view.members.get('product')).toMatchObject({
      title: 'My product',
      description: 'As customers call it',
      presentation: { format: 'link' },
      meta: { some: 'custom' },
      node: 'products',
      path: ['base_orders', 'line_items', 'products'],
    })
    expect(view.members.get('total_amount')!.presentation).toEqual({ format: 'currency' })
  })

  it('are found by name, with the cube behind', () => {
    const model = load('17-views')
    expect(findMember(model, 'orders.users_city')).toMatchObject({
      node: { name: 'users' },
      member: { name: 'city' },
      view: { name: 'orders' },
      viewMember: { name: 'users_city' },
    })
    for (const name of ['orders.city', 'orders.__proto__', 'order.status', 'orders.'])
      expect(findMember(model, name)).toBeUndefined()
  })

  it('have measures of their own, made of several facts', () => {
    const view = load('view-measures').views.get('gate')!
    expect([...view.members.keys()]).toEqual([
      'tickets_count',
      'tickets_revenue',
      'tickets_state',
      'refunds_count',
      'refunds_share',
      'town',
      'day',
      'revenue_per_refund',
    ])
    expect(view.members.get('revenue_per_refund')!.madeOf!.map(({ name }) => name)).toEqual([
      'tickets_revenue',
      'refunds_count',
    ])
    expect(view.hierarchies).toMatchObject([{ name: 'tickets_states', levels: [{ member: 'tickets_state' }] }])
    expect(view.folders[0]!.members).toEqual(['revenue_per_refund', 'refunds_count', 'refunds_share'])
  })

  it('pass on members, measures of their own and what is said of them', () => {
    const { views } = load('view-measures')
    expect(views.get('gate_base')).toMatchObject({ isPublic: false })
    const sales = views.get('gate_sales')!
    expect(sales).toMatchObject({ isPublic: true, description: 'What both teams count' })
    expect([...sales.members.keys()]).toEqual([
      'tickets_revenue',
      'refunds_count',
      'town',
      'tickets_count',
      'tickets_state',
      'revenue_per_refund',
    ])
    expect(sales.folders.map(({ name }) => name)).toEqual(['Tickets'])
    const support = views.get('gate_support')!
    expect(support.description).toBe('What support counts')
    const texts = [sales, support].map((view) => {
      const { member } = view.members.get('revenue_per_refund')!
      return member.kind === 'measure' && String(member.sql!.pieces[0])
    })
    expect(texts[1]).toBe('1.0 * ')
    expect(texts[0]).not.toBe(texts[1])
  })

  it('have folders and hierarchies', () => {
    const view = load('folders').views.get('travellers')!
    expect(
      view.folders.map(({ name, members, folders }) => [name, members, folders.map((inner) => inner.members)]),
    ).toEqual([
      ['Basic details', ['created_at', 'place', 'trips_status'], []],
      [
        'Who and where',
        [],
        [
          ['name', 'gender'],
          ['address', 'city'],
        ],
      ],
      ['Trips', ['trips_status', 'trips_price', 'trips_count'], []],
      ['Everything', [...view.members.keys()], []],
    ])
    expect(view.hierarchies).toMatchObject([
      {
        name: 'place',
        levels: [
          { node: undefined, member: 'city' },
          { node: undefined, member: 'address' },
        ],
      },
    ])
    const library = load('hierarchies').views.get('library')!
    expect(library.hierarchies.map((one) => [one.name, one.levels.map((level) => level.member)])).toEqual([
      ['location', ['state', 'city']],
      ['statuses', ['status', 'loans_status']],
      ['hidden', ['city']],
    ])
  })

  it('belong to groups', () => {
    const { views, viewGroups } = load('view-groups')
    expect(views.get('overview')!.groups).toEqual(['sales'])
    expect(views.get('revenue')!.groups).toEqual(['sales', 'finance'])
    expect([...viewGroups.values()].map((group) => group.title)).toEqual(['Sales', 'Finance'])
  })
})

it('extends keeps and replaces members by name', () => {
  const { cubes, views } = load('extends')
  expect([...cubes.get('busy_page_views')!.members.keys()]).toEqual([
    'timestamp',
    'path',
    'count',
    'double_count',
    'recent',
  ])
  expect(cubes.get('busy_page_views')!.rows).toMatchObject({ name: 'page_views' })
  expect(cubes.get('busy_page_views')!.members.get('count')).toMatchObject({ type: 'count_distinct' })
  expect(cubes.get('page_views')!.members.get('count')).toMatchObject({ type: 'count' })
  expect(cubes.get('purchases')!.joins).toHaveLength(1)
  expect(cubes.get('purchases')!.policies).toMatchObject([{ roles: ['staff'] }])
  expect([...views.get('wide_events_view')!.members.keys()]).toEqual([
    'timestamp',
    'product',
    'count',
    'recent',
    'name',
  ])
})

it('pre-aggregations are read in full', () => {
  const { preAggregations, refreshKey } = load('21-pre').cubes.get('clicks')!
  const find = (name: string) => preAggregations.find((one) => one.name === name)
  expect(find('main')).toMatchObject({
    kind: 'rollup',
    measures: [{ node: undefined, member: 'count' }, { member: 'visitors' }],
    dimensions: [
      { node: undefined, member: 'device' },
      { node: 'campaigns', member: 'name' },
    ],
    segments: [{ node: undefined, member: 'paid' }],
    timeDimensions: [{ dimension: { member: 'clicked_at' }, granularity: 'day' }],
    partitionGranularity: 'month',
    refreshKey: { everyMs: 86_400_000, isIncremental: true, updateWindow: { ms: 7 * 86_400_000 } },
    buildRangeStart: { pieces: ["SELECT NOW() - INTERVAL '365 day'"] },
    indexes: [{ name: 'by_device', isAggregate: false }, { isAggregate: true }],
    allowsLooseRanges: true,
  })
  expect(find('lambda')).toMatchObject({ kind: 'rollup_lambda', rollups: ['clicks.main'] })
  expect(find('joined')).toMatchObject({ kind: 'rollup_join', rollups: ['campaigns.names', 'clicks.by_device'] })
  expect(find('several_times')!.timeDimensions).toHaveLength(2)
  expect(find('raw')!.refreshKey).toMatchObject({
    cron: { expression: '30 5 * * 5', timezone: 'America/Los_Angeles' },
    everyMs: undefined,
  })
  expect(refreshKey).toMatchObject({ everyMs: 3_600_000, isImmutable: false })
  const details = load('rollup-details').cubes.get('purchases')!.preAggregations
  expect(details.map(({ name }) => name)).toEqual([
    'lambda',
    'hot',
    'purchases_rollup',
    'purchases_with_buyers',
    'hourly',
    'original',
  ])
  expect(details.find(({ name }) => name === 'hot')).toMatchObject({
    allowsLooseRanges: false,
    partitionGranularity: 'day',
    refreshKey: { everyMs: 600_000, isIncremental: true, updateWindow: { months: 3 } },
    indexes: [{ name: 'by_state', isAggregate: true }],
  })
  expect(load('refresh-keys').cubes.get('never')!.refreshKey).toMatchObject({ isImmutable: true })
})
