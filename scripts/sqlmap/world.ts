import { generateKeyPairSync } from 'node:crypto'
import type { Product } from '../../bench/product/start-product.ts'
import { DASHBOARD, FILES, type Sample, type Stored } from './samples.ts'

/** Tokens are renewed when they are this old; access tokens live 15 minutes. */
const RENEWAL_MS = 10 * 60_000

/** What the attack finds on the server, and its credentials. */
export interface World {
  readonly stored: Stored
  /** Headers of a request with this kind of credential, as our OpenAPI description names it; `none` is no credential. */
  readonly headersOf: (credential: string, sample: Sample) => Promise<Record<string, string>>
}

/** Stores a dashboard, a draft and a data source, and asks a question that is logged. */
export async function openWorld(product: Product, postgres: URL): Promise<World> {
  const send = async (headers: Record<string, string>, method: string, path: string, body?: unknown) => {
    const response = await fetch(product.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Record<string, unknown>
  }
  const accessToken = renewed(async () => {
    const who = { email: product.adminEmail, password: product.adminPassword }
    return String((await send({}, 'POST', '/api/v1/auth/login', who)).accessToken)
  })
  const asAdmin = async (method: string, path: string, body?: unknown) =>
    send({ authorization: `Bearer ${await accessToken()}` }, method, path, body)
  const idOf = async (path: string, body: unknown) => String((await asAdmin('POST', path, body)).id)

  await idOf('/api/v1/dashboards', DASHBOARD)
  const stored: Stored = {
    dashboard: await idOf('/api/v1/dashboards', { ...DASHBOARD, slug: 'changed' }),
    draft: await idOf('/api/v1/models/drafts', { title: 'Draft', files: FILES }),
    source: await idOf('/api/v1/data-sources', {
      name: 'attacked',
      type: 'postgres',
      connection: {
        host: postgres.hostname,
        port: Number(postgres.port),
        database: 'postgres',
        user: 'postgres',
        tls: 'off',
      },
      credentials: { password: 'unused' },
    }),
    logEntry: await loggedQuestion(asAdmin),
    email: product.adminEmail,
    password: product.adminPassword,
    publicKey: String(generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })),
    postgres,
  }

  const embedToken = renewed(async () => {
    const token = {
      subject: 'attacker',
      resources: [{ type: 'dashboard', id: 'attacked' }],
      attributes: { airport: 'SEA' },
      actions: ['view', 'filter', 'explore', 'export:csv'],
    }
    return String((await asAdmin('POST', '/api/v1/embed/tokens', token)).token)
  })
  let requests = 0
  const headersOf = async (credential: string, sample: Sample) => {
    requests += 1
    const credentials: Record<string, () => Promise<Record<string, string>>> = {
      accessToken: async () => ({ authorization: `Bearer ${await accessToken()}` }),
      apiKey: async () => ({ 'x-api-key': product.apiKey }),
      embedToken: async () => ({ authorization: `Bearer ${await embedToken()}` }),
    }
    return {
      // One address each, or sign-in would refuse the address after a hundred.
      'x-forwarded-for': `10.${(requests >> 16) & 255}.${(requests >> 8) & 255}.${requests & 255}`,
      ...(sample.body !== undefined && { 'content-type': 'application/json' }),
      ...(sample.ifMatch !== undefined && { 'if-match': sample.ifMatch }),
      ...(await credentials[credential]?.()),
    }
  }
  return { stored, headersOf }
}

async function loggedQuestion(
  asAdmin: (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>,
) {
  await asAdmin('POST', '/api/v1/query', { query: { measures: ['flights.count'] } })
  for (let tries = 0; tries < 100; tries += 1) {
    const log = await asAdmin('GET', '/api/v1/query/log')
    const [entry] = Object.values(log).find(Array.isArray) as { id: string }[]
    if (entry !== undefined) return entry.id
    await new Promise((wake) => setTimeout(wake, 100))
  }
  throw new Error('the question was not logged')
}

function renewed(make: () => Promise<string>): () => Promise<string> {
  let made: { readonly atMs: number; readonly token: Promise<string> } | undefined
  return () => {
    if (made === undefined || Date.now() - made.atMs > RENEWAL_MS) made = { atMs: Date.now(), token: make() }
    return made.token
  }
}
