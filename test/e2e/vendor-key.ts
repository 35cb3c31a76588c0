import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type EmbedGrant, signEmbedToken } from '@datainsight/core/token'
import type { ExampleAddress } from './start-example.ts'

/** A key with which a vendor signs tokens on its own server. */
export interface VendorKey {
  readonly kid: string
  readonly organizationId: string
  readonly privateKey: KeyObject
}

/** Makes a key pair and registers the public half, as the administrator. */
export async function registerVendorKey(example: ExampleAddress): Promise<VendorKey> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { accessToken } = await post<{ accessToken: string }>(`${example.serverUrl}/api/v1/auth/login`, undefined, {
    email: example.adminEmail,
    password: example.adminPassword,
  })
  const registered = await post<{ kid: string; organizationId: string }>(
    `${example.serverUrl}/api/v1/embed/keys`,
    accessToken,
    { algorithm: 'EdDSA', publicKey: publicKey.export({ type: 'spki', format: 'pem' }) },
  )
  return { ...registered, privateKey }
}

/** Signs a token for the dashboard of the customer at SEA; `grant` replaces parts of it. */
export function signToken(key: VendorKey, grant: Partial<EmbedGrant> = {}, now: Date = new Date()): Promise<string> {
  return signEmbedToken(
    {
      iss: key.organizationId,
      sub: 'user-42',
      resources: [{ type: 'dashboard', id: 'departures' }],
      attributes: { airport: ['SEA'] },
      actions: ['view', 'filter'],
      ...grant,
    },
    { alg: 'EdDSA', kid: key.kid, key: key.privateKey },
    now,
  )
}

async function post<Answer>(url: string, token: string | undefined, body: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as Answer
}
