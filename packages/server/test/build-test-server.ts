import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { DashboardInput, EmbedTokenRequest, ErrorBody, Permission, Session, UserRole } from '@datainsight/core'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import { hashPassword } from '../src/auth/password.ts'
import { type BuildOptions, buildServer } from '../src/build-server.ts'
import { type Config, loadConfig } from '../src/config.ts'
import { hashApiKey } from '../src/identity/repository.ts'
import { uuidV7 } from '../src/uuid-v7.ts'
import { createTestDatabase, DATABASES, type TestDatabaseKind } from './test-databases.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
export const ADMIN = { email: 'admin@example.com', password: 'correct horse battery staple' } as const
export const ALLOWED_ORIGIN = 'https://app.example.com'

/** A dashboard of the test model. */
export const SALES: DashboardInput = {
  slug: 'sales',
  title: 'Sales',
  widgets: [
    {
      id: 'orders',
      title: 'Orders',
      layout: { x: 0, y: 0, w: 3, h: 3 },
      query: { measures: ['orders.count'] },
      visualization: { type: 'metric' },
    },
  ],
}

/** A server as production builds it, on a database of its own, with one organization. */
export interface TestServer {
  readonly app: FastifyInstance
  readonly config: Config
  readonly apiKey: string
  readonly organizationId: string
  /** Sends a request with the API key. */
  asKey(request: InjectOptions): Promise<LightMyRequestResponse>
  /** Sends a request with a token. */
  asToken(token: string, request: InjectOptions): Promise<LightMyRequestResponse>
  /** Signs the administrator in. */
  signIn(): Promise<Session>
  /** Mints an embed token; sensible grants where none are given. */
  mint(request?: Partial<EmbedTokenRequest>): Promise<string>
  /** Stores a person; answers an access token. */
  addUser(role: UserRole, organizationId?: string): Promise<{ id: string; token: string; email: string }>
  /** Stores another organization with an API key, of these scopes besides the usual ones, and the dashboard `sales`. */
  addOrganization(allowedOrigins?: string[], scopes?: Permission[]): Promise<{ organizationId: string; apiKey: string }>
  close(): Promise<void>
}

export interface TestServerOptions extends BuildOptions {
  /** PostgreSQL where the set-up found one when absent: PGlite starts in seconds. */
  readonly database?: TestDatabaseKind
  readonly config?: Partial<Config>
  /** Whether to store {@link SALES}; true when absent. */
  readonly withDashboard?: boolean
}

/** Builds a test server. */
export async function buildTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const {
    database: kind = DATABASES.at(-1) ?? 'pglite',
    config: overrides,
    withDashboard = true,
    ...buildOptions
  } = options
  const database = await createTestDatabase(kind, 'migrated')
  const apiKey = `di_test_${randomBytes(24).toString('hex')}`
  const config: Config = Object.freeze({
    ...loadConfig({
      DATAINSIGHT_DATA_DIR: database.dataDir,
      DATABASE_URL: database.databaseUrl,
      DATAINSIGHT_ADMIN_EMAIL: ADMIN.email,
      DATAINSIGHT_ADMIN_PASSWORD: ADMIN.password,
      DATAINSIGHT_API_KEY: apiKey,
      DATAINSIGHT_ALLOWED_ORIGINS: ALLOWED_ORIGIN,
      DATAINSIGHT_MODEL_DIR: join(FIXTURES, 'model'),
      DATAINSIGHT_RATE_LOGIN: '100000',
      // The tests keep the process busy, not the requests.
      DATAINSIGHT_MAX_LOOP_DELAY_MS: '0',
      LOG_LEVEL: options.logStream === undefined ? 'silent' : 'trace',
    }),
    ...overrides,
  })
  const app = await buildServer(config, {
    dataSources: [{ type: 'duckdb', name: 'default', tables: { orders: { file: join(FIXTURES, 'data/orders.csv') } } }],
    ...buildOptions,
  })
  const { id: organizationId } = await app.db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()

  const asKey: TestServer['asKey'] = (request) =>
    app.inject({ ...request, headers: { 'x-api-key': apiKey, ...request.headers } })
  const asToken: TestServer['asToken'] = (token, request) =>
    app.inject({ ...request, headers: { authorization: `Bearer ${token}`, ...request.headers } })
  const signInAs = async (email: string, password: string) => {
    const response = await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: { email, password } })
    expect(response.statusCode).toBe(200)
    return response.json<Session>()
  }

  if (withDashboard) {
    const created = await asKey({ method: 'POST', url: '/api/v1/dashboards', payload: SALES })
    expect(created.statusCode).toBe(201)
  }

  return {
    app,
    config,
    apiKey,
    organizationId,
    asKey,
    asToken,
    signIn: () => signInAs(ADMIN.email, ADMIN.password),
    mint: async (request) => {
      const payload: EmbedTokenRequest = {
        subject: 'user-42',
        resources: [{ type: 'dashboard', id: 'sales' }],
        attributes: { region: ['north'] },
        actions: ['view', 'filter'],
        ...request,
      }
      const response = await asKey({ method: 'POST', url: '/api/v1/embed/tokens', payload })
      expect(response.statusCode, response.body).toBe(200)
      return response.json<{ token: string }>().token
    },
    addUser: async (role, inOrganization = organizationId) => {
      const id = uuidV7()
      const email = `${id}@example.com`
      const password = randomBytes(12).toString('hex')
      await app.db
        .insertInto('users')
        .values({
          id,
          organization_id: inOrganization,
          email,
          name: role,
          role,
          password_hash: await hashPassword(password),
        })
        .execute()
      return { id, email, token: (await signInAs(email, password)).accessToken }
    },
    addOrganization: async (allowedOrigins = [], scopes = []) => {
      const id = uuidV7()
      const key = `di_test_${randomBytes(24).toString('hex')}`
      await app.db.insertInto('organizations').values({ id, name: 'Other', allowed_origins: allowedOrigins }).execute()
      await app.db
        .insertInto('api_keys')
        .values({
          id: uuidV7(),
          organization_id: id,
          name: 'key',
          key_hash: hashApiKey(key),
          prefix: key.slice(0, 8),
          scopes: ['dashboards:read', 'dashboards:write', 'query:run', ...scopes],
        })
        .execute()
      await app.inject({ method: 'POST', url: '/api/v1/dashboards', headers: { 'x-api-key': key }, payload: SALES })
      await app.refreshIdentities()
      return { organizationId: id, apiKey: key }
    },
    close: async () => {
      await app.close()
      await database.remove()
    },
  }
}

/** What every error answer must look like; fields that vary are given. */
export function problem(
  expected: Pick<ErrorBody, 'code' | 'status' | 'title' | 'detail'> & Partial<ErrorBody>,
): ErrorBody {
  return {
    type: `https://datainsight.dev/reference/errors#${expected.code}`,
    requestId: expect.stringMatching(/^[0-9a-f]{12}-[0-9a-z]+$/),
    ...expected,
  }
}

/** The one body for a credential that is not good here. */
export const INVALID_TOKEN = problem({
  code: 'invalid_token',
  status: 401,
  title: 'Invalid token',
  detail: 'the credential is not valid here',
})
