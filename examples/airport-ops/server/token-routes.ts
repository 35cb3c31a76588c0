import type { FastifyPluginAsync, onRequestHookHandler } from 'fastify'
import { mintAnalyticsToken } from './analytics-token.ts'
import type { OwnOrigin } from './refuse-cross-site.ts'

/** What a token is minted with. */
export interface TokenRoutesOptions {
  readonly apiUrl: string
  readonly apiKey: string
  readonly origin: OwnOrigin
}

/** `POST /analytics/token` → `{ token }`: a short-lived token for the airport that is signed in; 401 when nobody is. */
export const tokenRoutes: FastifyPluginAsync<TokenRoutesOptions> = async (app, { apiUrl, apiKey, origin }) => {
  // Before the CSRF check: a page that outlived its session must learn that it has ended, not that it is foreign.
  const onRequest: onRequestHookHandler = (request, reply, done) => {
    if (request.session) done()
    else reply.code(401).send({ error: 'signed_out', message: 'sign in first' })
  }

  app.post('/analytics/token', { onRequest }, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    if (!request.session) throw new Error('the session vanished between two hooks of one request')
    const source = { apiUrl, apiKey, logger: request.log }
    const token = await mintAnalyticsToken(source, request.session.account, origin(request))
    if (!token)
      return reply.code(502).send({ error: 'analytics_unavailable', message: 'analytics do not answer; try again' })
    return { token }
  })
}
