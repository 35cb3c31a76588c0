import { randomBytes } from 'node:crypto'
import type { DashboardInput, EmbedTokenRequest, Frame, Query } from '@datainsight/core'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { buildServer } from '../src/build-server.ts'
import { loadConfig } from '../src/config.ts'
import type { DataSourceOptions } from '../src/data-sources/read-data-sources.ts'
import { DATA, MODEL } from './query-flights.ts'
import { createTestDatabase } from './test-databases.ts'

const API_KEY = `di_${'k'.repeat(43)}`
const server = process.env.TEST_DATABASE_URL as string

/** The flights as a DuckDB source named `default`. */
export const DUCKDB_FLIGHTS: DataSourceOptions = {
  type: 'duckdb',
  name: 'default',
  tables: { flights: { file: `${DATA}flights-3m.parquet` }, airports: { file: `${DATA}airports.csv` } },
}

/** A database of its own on the test server. */
export async function createDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `query_${randomBytes(6).toString('hex')}`
  await run(`create database ${name}`)
  return {
    url: Object.assign(new URL(server), { pathname: name }).href,
    // PostgreSQL waits a moment for sessions that are on their way out: a pool says it is closed before they are gone, and would
    // hear the end of the database as a fault.
    drop: () => run(`drop database ${name}`).catch(() => run(`drop database ${name} with (force)`)),
  }
}

async function run(sql: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** A production server with its own metadata database, and short ways to ask it. */
export interface QueryServer {
  readonly app: FastifyInstance
  /** A key that may do everything a host application's back end needs. */
  readonly apiKey: string
  /** An embed token with the actions of an explorer unless told otherwise. */
  token(request?: Partial<EmbedTokenRequest>): Promise<string>
  post(path: string, body: unknown, token?: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  query(query: Query, token?: string): Promise<LightMyRequestResponse>
  frames(path: string, body: unknown, token?: string): Promise<Frame[]>
  createDashboard(input: DashboardInput): Promise<string>
  close(): Promise<void>
}

/** Builds a server over one data source; `env` overrides the configuration. */
export async function startQueryServer(
  source: DataSourceOptions = DUCKDB_FLIGHTS,
  env: Record<string, string> = {},
): Promise<QueryServer> {
  const database = await createTestDatabase('postgres', 'migrated')
  const config = loadConfig({
    DATABASE_URL: database.databaseUrl,
    DATAINSIGHT_DATA_DIR: database.dataDir,
    DATAINSIGHT_SECRET: randomBytes(48).toString('base64'),
    DATAINSIGHT_API_KEY: API_KEY,
    DATAINSIGHT_MODEL_DIR: MODEL,
    DATAINSIGHT_RATE_QUERY: '1000000',
    // The tests keep the process busy, not the requests.
    DATAINSIGHT_MAX_LOOP_DELAY_MS: '0',
    LOG_LEVEL: 'silent',
    ...env,
  })
  const app = await buildServer(config, { dataSources: [source] })
  const post: QueryServer['post'] = (path, body, token, headers = {}) =>
    app.inject({
      method: 'POST',
      url: `/api/v1${path}`,
      headers: {
        ...(token === undefined ? { 'x-api-key': API_KEY } : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      payload: body as object,
    })
  return {
    app,
    apiKey: API_KEY,
    post,
    async token(request = {}) {
      const response = await post('/embed/tokens', {
        subject: 'tester',
        resources: [],
        attributes: { airport: ['SEA'] },
        actions: ['view', 'filter', 'explore'],
        ...request,
      })
      if (response.statusCode >= 300) throw new Error(response.body)
      return response.json<{ token: string }>().token
    },
    query: (query, token) => post('/query', { query }, token),
    async frames(path, body, token) {
      const response = await post(path, body, token)
      if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${response.body}`)
      return readFrames(response.body)
    },
    async createDashboard(input) {
      const response = await post('/dashboards', input)
      if (response.statusCode >= 300) throw new Error(response.body)
      return response.json<{ id: string }>().id
    },
    async close() {
      await app.close()
      await database.remove()
    },
  }
}

/** The frames of an NDJSON answer. */
export function readFrames(text: string): Frame[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Frame)
}
