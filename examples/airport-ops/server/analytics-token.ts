import type { EmbedTokenRequest } from '@datainsight/core'
import type { FastifyBaseLogger } from 'fastify'
import type { Account } from './accounts.ts'

/** Longest wait for the analytics API, milliseconds. */
const TIMEOUT_MS = 10_000

/** Where tokens come from. */
export interface TokenSource {
  readonly apiUrl: string
  readonly apiKey: string
  readonly logger: FastifyBaseLogger
}

/**
 * Asks DataInsight for a token with which the account's browser may open the dashboard “departures”, see its own airport,
 * and nothing else. The API key stays on this server. Undefined when the API does not answer with a token; the log says why.
 */
export async function mintAnalyticsToken(
  source: TokenSource,
  account: Account,
  origin: string,
): Promise<string | undefined> {
  const request: EmbedTokenRequest = {
    subject: account.email,
    resources: [{ type: 'dashboard', id: 'departures' }],
    attributes: { airport: [account.airport] },
    actions: ['view', 'filter'],
    origins: [origin],
    locale: 'en-US',
  }
  try {
    const response = await fetch(new URL('/api/v1/embed/tokens', source.apiUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': source.apiKey },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body: unknown = await response.json()
    const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined
    if (response.ok && typeof token === 'string') return token
    source.logger.error({ status: response.status, problem: body }, 'analytics api refused to mint a token')
  } catch (error) {
    source.logger.error({ error }, 'analytics api could not be reached')
  }
  return undefined
}
