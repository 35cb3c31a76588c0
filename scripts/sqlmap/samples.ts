/** A request that a route accepts, with a value for each parameter it takes. */
export interface Sample {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly ifMatch?: string
  /** The status it is answered, when that is not 200 to 299. */
  readonly status?: number
}

/** Ids of what was stored for the attack, and where its PostgreSQL is. */
export interface Stored {
  readonly dashboard: string
  readonly draft: string
  readonly source: string
  readonly logEntry: string
  readonly email: string
  readonly password: string
  readonly publicKey: string
  readonly postgres: URL
}

/** A question with most of what questions can have. */
const QUERY = {
  measures: ['flights.count', 'flights.avg_delay'],
  dimensions: ['flights.origin', 'destination_airport.city'],
  timeDimensions: [{ dimension: 'flights.date', granularity: 'day', dateRange: ['2001-01-01', '2001-01-31'] }],
  calculations: [
    {
      name: 'ratio',
      expression: 'if(flights.count > 1, flights.avg_delay, coalesce(flights.count, 0))',
      title: 'Ratio',
    },
  ],
  filters: [
    { member: 'flights.origin', operator: 'equals', values: ['SEA', 'DEN'] },
    {
      or: [
        { member: 'destination_airport.city', operator: 'contains', values: ['a'] },
        { member: 'flights.delay', operator: 'gt', values: ['-60'] },
      ],
    },
    { member: 'flights.count', operator: 'gt', values: ['0'] },
  ],
  order: [
    ['calc.ratio', 'desc'],
    ['flights.origin', 'asc'],
  ],
  limit: 10,
  offset: 0,
  timezone: 'Europe/Brussels',
  weekStart: 'monday',
}

/** What {@link QUERY} leaves out. */
const TOP = {
  measures: ['flights.count'],
  dimensions: ['flights.destination'],
  bins: [{ dimension: 'flights.distance', width: 100 }],
  timeDimensions: [{ dimension: 'flights.date', compareDateRange: ['last 2 years', ['2001-01-01', '2001-03-31']] }],
  topN: { dimension: 'flights.destination', limit: 2, measure: 'flights.count', direction: 'desc', others: 'Rest' },
}

const CUBE_QUERY = {
  measures: ['flights.count'],
  dimensions: ['flights.origin'],
  timeDimensions: [{ dimension: 'flights.date', granularity: 'month', dateRange: ['2001-01-01', '2001-01-31'] }],
  filters: [{ member: 'flights.origin', operator: 'notEquals', values: ['DEN'] }],
  order: { 'flights.count': 'desc' },
  timezone: 'UTC',
}

const LOG_FILTERS = {
  from: '2026-01-01T00:00:00Z',
  to: '2099-01-01T00:00:00Z',
  source: 'default',
  dashboard: 'attacked',
  member: 'flights.count',
  shape: '0123456789abcdef',
  cache: 'miss',
  kind: 'query',
  caller: 'embed',
  tenant: '0123456789abcdef',
  error: 'query_failed',
  failed: 'false',
  minMs: '0',
}

/** A dashboard for the attack, with a filter of each kind. */
export const DASHBOARD = {
  slug: 'attacked',
  title: 'Attacked',
  description: 'One widget.',
  timezone: 'UTC',
  filters: [
    { id: 'origin', type: 'multi_select', member: 'flights.origin', title: 'Origin', orderMeasure: 'flights.count' },
    {
      id: 'period',
      type: 'date_range',
      member: 'flights.date',
      title: 'Period',
      default: ['2001-01-01', '2001-06-30'],
    },
  ],
  widgets: [
    {
      id: 'flights',
      title: 'Flights',
      layout: { x: 0, y: 0, w: 3, h: 3 },
      query: { measures: ['flights.count'], dimensions: ['flights.origin'] },
      visualization: { type: 'table' },
    },
  ],
}

/** One file of a model, as drafts hold them. */
export const FILES = [
  {
    path: 'trips.yml',
    text: 'cubes: [{ name: trips, sql_table: flights, measures: [{ name: count, type: count }] }]',
  },
]

/** Samples of every route that takes parameters, by method and address as in our OpenAPI description. */
export function samplesOf(stored: Stored): Readonly<Record<string, readonly Sample[]>> {
  const connection = {
    host: stored.postgres.hostname,
    port: Number(stored.postgres.port),
    database: 'postgres',
    user: 'postgres',
    tls: 'off',
  }
  const credentials = { password: 'unused' }
  const settings = {
    concurrency: 4,
    cacheTtlSeconds: 60,
    limits: { tenantConcurrency: 2 },
    rollups: { schema: 'rollups' },
  }
  const source = { id: stored.source }
  const draft = { id: stored.draft }
  const fromCube: readonly Sample[] = [{ query: { query: JSON.stringify(CUBE_QUERY) } }]
  const loadCube: readonly Sample[] = [
    { query: { query: JSON.stringify(CUBE_QUERY), queryType: 'multi', cache: 'stale-if-slow' } },
  ]
  const badCursor: Sample = { query: { cursor: 'eyJ2IjoxfQ' }, status: 400 }
  const postCube: readonly Sample[] = [{ body: { query: CUBE_QUERY, queryType: 'multi', cache: 'stale-if-slow' } }]
  return {
    'POST /api/v1/query': [{ body: { query: QUERY } }, { body: { query: TOP } }],
    'POST /api/v1/query/suggest': [
      {
        body: {
          member: 'flights.origin',
          search: 'S',
          limit: 10,
          filters: [{ member: 'flights.destination', operator: 'notEquals', values: ['XXX'] }],
          timeDimensions: [{ dimension: 'flights.date', dateRange: ['2001-01-01', '2001-06-30'] }],
          timezone: 'UTC',
        },
      },
    ],
    'POST /api/v1/query/batch': [{ body: { queries: [{ id: 'a', query: TOP }] } }],
    'POST /api/v1/query/export': [
      { body: { query: { ...QUERY, limit: 10 }, format: 'csv', fileName: 'flights', bom: true } },
    ],
    'GET /cubejs-api/v1/load': loadCube,
    'POST /cubejs-api/v1/load': postCube,
    'GET /cubejs-api/v1/subscribe': loadCube,
    'POST /cubejs-api/v1/subscribe': postCube,
    'GET /cubejs-api/v1/dry-run': fromCube,
    'POST /cubejs-api/v1/dry-run': [{ body: { query: CUBE_QUERY } }],
    'GET /cubejs-api/v1/sql': fromCube,
    'POST /cubejs-api/v1/sql': [{ body: { query: CUBE_QUERY } }],
    'GET /cubejs-api/v1/meta': [{ query: { onlyViews: 'true' } }],
    'POST /api/v1/query/sql': [{ body: { query: QUERY, explain: true, analyze: false } }],
    'GET /api/v1/query/stats': [{ query: { ...LOG_FILTERS, limit: '10', by: 'member', order: 'p95', offset: '0' } }],
    'GET /api/v1/query/timeline': [
      {
        query: {
          ...LOG_FILTERS,
          from: '2026-01-01T00:00:00Z',
          to: '2026-12-31T00:00:00Z',
          bucket: 'day',
          timezone: 'Europe/Brussels',
        },
      },
    ],
    'GET /api/v1/query/log': [{ query: { ...LOG_FILTERS, limit: '10' } }, badCursor],
    'GET /api/v1/query/log/{id}': [{ path: { id: stored.logEntry } }],
    'GET /api/v1/dashboards': [{ query: { search: 'att', limit: '10' } }, badCursor],
    'POST /api/v1/dashboards': [{ body: { ...DASHBOARD, slug: 'attacked-too' } }],
    'GET /api/v1/dashboards/{id}': [{ path: { id: 'attacked' } }],
    'PATCH /api/v1/dashboards/{id}': [
      { path: { id: stored.dashboard }, body: { ...DASHBOARD, slug: 'changed' }, ifMatch: '*' },
    ],
    // Found and then refused for its version, so that it is still there for the next request.
    'DELETE /api/v1/dashboards/{id}': [{ path: { id: stored.dashboard }, ifMatch: '"99999"', status: 412 }],
    'POST /api/v1/dashboards/{id}/query': [
      {
        path: { id: 'attacked' },
        body: {
          widgets: ['flights'],
          filters: [{ member: 'flights.origin', operator: 'equals', values: ['SEA'] }],
          timezone: 'UTC',
          renewQuery: true,
        },
      },
    ],
    'POST /api/v1/dashboards/{id}/filters/{filterId}/options': [
      { path: { id: 'attacked', filterId: 'origin' }, body: { search: 'S', limit: 10 } },
    ],
    'GET /api/v1/data-sources': [{ query: { limit: '10' } }, badCursor],
    'POST /api/v1/data-sources': [{ body: { name: 'added', type: 'postgres', connection, credentials, ...settings } }],
    'POST /api/v1/data-sources/test': [{ body: { type: 'postgres', connection, credentials } }],
    'GET /api/v1/data-sources/{id}': [{ path: source }],
    'PATCH /api/v1/data-sources/{id}': [
      {
        path: source,
        body: { name: 'attacked', type: 'postgres', connection, credentials, ...settings },
        ifMatch: '"99999"',
        status: 412,
      },
    ],
    'DELETE /api/v1/data-sources/{id}': [{ path: source, ifMatch: '"99999"', status: 412 }],
    'POST /api/v1/data-sources/{id}/test': [{ path: source, body: {} }],
    'GET /api/v1/data-sources/{id}/schema': [
      { path: source, query: { search: 'fli', schema: 'public', limit: '10' } },
      { ...badCursor, path: source },
    ],
    'POST /api/v1/data-sources/{id}/model': [
      { path: source, body: { tables: [{ schema: 'public', name: 'flights' }] } },
    ],
    'POST /api/v1/data-sources/{name}/data-changed': [{ path: { name: 'default' }, body: { tables: ['flights'] } }],
    'POST /api/v1/cache/inspect': [{ body: { query: QUERY } }],
    'POST /api/v1/cache/invalidate': [
      { body: { source: 'default', tables: ['flights'], tags: ['flights'] } },
      { body: { all: true } },
    ],
    'POST /api/v1/rollups/{name}/build': [{ path: { name: 'trips.by_origin' } }],
    'POST /api/v1/models/validate': [{ body: { files: FILES } }],
    'POST /api/v1/models/drafts': [{ body: { title: 'Draft', files: FILES } }],
    'GET /api/v1/models/drafts/{id}': [{ path: draft }],
    'PATCH /api/v1/models/drafts/{id}': [
      { path: draft, body: { title: 'Changed', files: FILES }, ifMatch: '*' },
      { path: draft, body: { changes: [{ path: 'more.yml', text: 'cubes: []' }] }, ifMatch: '*' },
    ],
    'DELETE /api/v1/models/drafts/{id}': [{ path: draft, ifMatch: '"99999"', status: 412 }],
    'GET /api/v1/models/drafts/{id}/diff': [{ path: draft }],
    'POST /api/v1/models/drafts/{id}/publish': [
      { path: draft, body: { message: 'Why', allowBrokenDashboards: true }, ifMatch: '"99999"', status: 412 },
    ],
    'GET /api/v1/models/versions': [{ query: { before: '10', limit: '10' } }],
    'GET /api/v1/models/versions/{number}': [{ path: { number: '0' } }],
    'POST /api/v1/models/versions/{number}/restore': [
      { path: { number: '0' }, body: { message: 'Why', allowBrokenDashboards: true } },
    ],
    'GET /api/v1/audit': [{ query: { action: 'dashboard.create', limit: '10' } }, badCursor],
    'PATCH /api/v1/organizations/current/limits': [
      { body: { tenantConcurrency: 4, tenantQueue: 100, queue: 200, queueWaitMs: 1000 } },
    ],
    'POST /api/v1/embed/tokens': [
      {
        body: {
          subject: 'user-1',
          resources: [{ type: 'dashboard', id: 'attacked' }],
          attributes: { airport: 'SEA' },
          filters: [{ member: 'flights.destination', operator: 'notEquals', values: ['XXX'] }],
          members: { deny: ['flights.hour'], mask: ['flights.delay'] },
          actions: ['view', 'explore'],
          origins: ['https://app.example.com'],
          locale: 'en',
          limits: { rows: 100, rpm: 100 },
          ttlSeconds: 600,
          timezone: 'UTC',
        },
      },
    ],
    'POST /api/v1/embed/tokens/revoke': [{ body: { jti: 'unknown' } }],
    'POST /api/v1/embed/keys': [
      { body: { algorithm: 'EdDSA', publicKey: stored.publicKey } },
      { body: { algorithm: 'HS256' } },
    ],
    'DELETE /api/v1/embed/keys/{kid}': [{ path: { kid: 'unknown' }, status: 404 }],
    'POST /api/v1/auth/login': [
      { body: { email: stored.email, password: stored.password } },
      { body: { email: stored.email, password: stored.password, otp: '123456' } },
    ],
  }
}
