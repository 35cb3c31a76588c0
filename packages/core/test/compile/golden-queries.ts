import type { Query } from '../../src/schema/query.ts'

const created = 'orders.created_at'
const thisYear: [string, string] = ['2026-01-01', '2026-12-31']

/** Questions about the shop whose statements are kept for every dialect; each file is named after its question. */
export const GOLDEN_QUERIES: Readonly<Record<string, Query>> = {
  'all-measures': {
    measures: ['orders.count', 'orders.revenue', 'orders.average', 'orders.buyers', 'orders.paid_share'],
  },
  'filtered-measures': { measures: ['orders.paid', 'orders.large_revenue', 'orders.smallest', 'orders.largest'] },
  'by-dimension': { measures: ['orders.revenue'], dimensions: ['orders.status'], limit: 20, offset: 1 },
  'ordered-both-ways': {
    measures: ['orders.revenue'],
    dimensions: ['orders.status', 'orders.is_gift'],
    order: [
      ['orders.revenue', 'desc'],
      ['orders.status', 'asc'],
    ],
  },
  'dimensions-alone': { dimensions: ['orders.status', 'buyer.region'] },
  'rows-of-a-time': { dimensions: ['orders.id', 'orders.created_at', 'orders.place'], ungrouped: true },
  'rows-of-measures': { dimensions: ['orders.id'], measures: ['orders.paid', 'orders.revenue'], ungrouped: true },
  'joined-roles': { measures: ['orders.count'], dimensions: ['buyer.name', 'payer.name'] },
  'months-in-utc': { measures: ['orders.count'], timeDimensions: [{ dimension: created, granularity: 'month' }] },
  'days-of-a-year-in-brussels': {
    measures: ['orders.count'],
    timeDimensions: [{ dimension: created, granularity: 'day', dateRange: thisYear }],
    timezone: 'Europe/Brussels',
  },
  'weeks-in-kolkata': {
    measures: ['orders.count'],
    timeDimensions: [{ dimension: created, granularity: 'week' }],
    timezone: 'Asia/Kolkata',
  },
  'quarters-and-hours': {
    measures: ['orders.count'],
    timeDimensions: [
      { dimension: created, granularity: 'quarter' },
      { dimension: 'orders.paid_at', granularity: 'hour' },
    ],
  },
  'text-equals': {
    measures: ['orders.count'],
    filters: [
      { member: 'orders.status', operator: 'equals', values: ['paid', "o'pen"] },
      { member: 'buyer.name', operator: 'notEquals', values: ['Ann'] },
    ],
  },
  'text-contains': {
    measures: ['orders.count'],
    filters: [
      { member: 'buyer.email', operator: 'contains', values: ['100%', 'a_b\\', '[a-z]!'] },
      { member: 'buyer.email', operator: 'startsWith', values: ['A'] },
      { member: 'buyer.email', operator: 'notEndsWith', values: ['c'] },
    ],
  },
  'numbers-compared': {
    measures: ['orders.count'],
    filters: [
      { member: 'orders.amount', operator: 'gte', values: ['-12.50'] },
      { member: 'orders.id', operator: 'equals', values: ['9007199254740993'] },
      { member: 'orders.unit_price', operator: 'lt', values: [1e300] },
      { member: 'orders.quantity', operator: 'notEquals', values: [1, 2] },
    ],
  },
  'booleans-and-nulls': {
    measures: ['orders.count'],
    filters: [
      { member: 'orders.is_gift', operator: 'equals', values: [true] },
      { member: 'orders.status', operator: 'set' },
      { member: 'orders.paid_at', operator: 'notSet' },
    ],
  },
  'times-compared': {
    measures: ['orders.count'],
    filters: [
      { member: created, operator: 'inDateRange', values: thisYear },
      { member: 'orders.paid_at', operator: 'notInDateRange', values: ['2026-03-01', '2026-03-31'] },
      { member: 'orders.paid_at', operator: 'afterDate', values: ['2026-03-29'] },
    ],
    timezone: 'Europe/Brussels',
  },
  'trees-of-conditions': {
    measures: ['orders.count', 'orders.revenue'],
    dimensions: ['orders.status'],
    segments: ['orders.gifts'],
    filters: [
      {
        or: [
          { member: 'orders.status', operator: 'equals', values: ['open'] },
          {
            and: [
              { member: 'orders.quantity', operator: 'gt', values: [1] },
              { member: 'buyer.region', operator: 'set' },
            ],
          },
        ],
      },
      { member: 'orders.revenue', operator: 'gt', values: [1] },
    ],
  },
  bins: { measures: ['orders.count'], bins: [{ dimension: 'orders.amount', width: 0.1, min: 0, max: 50 }] },
  total: { measures: ['orders.count'], dimensions: ['orders.status'], total: true, limit: 3 },
  subtotals: {
    measures: ['orders.revenue', 'orders.average'],
    dimensions: ['orders.status', 'orders.is_gift'],
    subtotals: true,
  },
  'top-values': {
    measures: ['orders.revenue'],
    dimensions: ['orders.status'],
    topN: { dimension: 'orders.status', limit: 1, others: true },
  },
  'filled-months': {
    measures: ['orders.count', 'orders.average'],
    timeDimensions: [{ dimension: created, granularity: 'month', dateRange: thisYear, fill: 'zero' }],
    timezone: 'America/New_York',
  },
  'compared-spans': {
    measures: ['orders.count'],
    timeDimensions: [
      {
        dimension: created,
        granularity: 'month',
        compareDateRange: [
          ['2026-01-01', '2026-02-28'],
          ['2026-03-01', '2026-04-30'],
        ],
      },
    ],
  },
  calculations: {
    measures: ['orders.count'],
    dimensions: ['orders.status'],
    calculations: [
      { name: 'each', expression: 'round(orders.revenue / orders.count, 2)' },
      { name: 'odd', expression: 'if(orders.count % 2 = 1 and orders.revenue > 0, 1, 0)' },
      {
        name: 'bounded',
        expression: 'least(greatest(sqrt(orders.revenue), ln(orders.count)), power(orders.count, 2))',
      },
    ],
    order: { 'calc.each': 'desc' },
  },
  'calendars-of-others': {
    measures: ['orders.count'],
    timeDimensions: [
      { dimension: created, granularity: 'week' },
      { dimension: 'orders.paid_at', granularity: 'year' },
    ],
    weekStart: 'sunday',
    fiscalYearStart: 4,
  },
  'mixed-conditions': {
    measures: ['orders.count'],
    dimensions: ['orders.status'],
    filters: [
      {
        or: [
          { member: 'orders.status', operator: 'equals', values: ['paid'] },
          { member: 'orders.count', operator: 'gt', values: [1] },
        ],
      },
    ],
  },
  'two-facts': { measures: ['orders.count', 'customers.count'] },
  'ordered-by-hidden': {
    measures: ['orders.count'],
    dimensions: ['orders.status'],
    order: { 'orders.revenue': 'desc' },
  },
}
