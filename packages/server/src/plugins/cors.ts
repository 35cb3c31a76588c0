import fp from 'fastify-plugin'
import type { IdentityDirectory } from '../identity/identity-directory.ts'

const PREFLIGHT_HEADERS = Object.freeze({
  'access-control-allow-methods': 'GET, HEAD, POST, PATCH, DELETE',
  'access-control-allow-headers':
    'Accept, Accept-Language, Authorization, Content-Type, If-Match, If-None-Match, X-Request-Id',
  'access-control-max-age': '600',
  'content-length': '0',
})
const EXPOSED = 'ETag, Location, Retry-After, X-Request-Id, X-Result-Warnings'

/**
 * Answers browsers of other origins: an exact list, per organization, never with cookies.
 * Not `@fastify/cors`, because whether an origin may read an answer depends on who asks, which is known after its hook has run.
 * A preflight carries no credential, so it passes when any organization allows the origin; the request itself
 * is readable only if the caller's own organization does.
 */
export const cors = fp<{ readonly directory: IdentityDirectory }>(
  async (app, { directory }) => {
    app.addHook('onRequest', (request, reply, done) => {
      const { origin } = request.headers
      // Files under /embed/v1/ answer every origin by their own headers.
      if (
        request.method !== 'OPTIONS' ||
        request.headers['access-control-request-method'] === undefined ||
        request.url.startsWith('/embed/v1/')
      ) {
        return done()
      }
      reply.header('vary', 'Origin')
      if (origin === undefined || !directory.isKnownOrigin(origin)) {
        reply.code(204).header('content-length', '0').send()
        return
      }
      reply.code(204).header('access-control-allow-origin', origin).headers(PREFLIGHT_HEADERS).send()
    })
    app.addHook('onSend', (request, reply, payload, done) => {
      const { origin } = request.headers
      if (!reply.hasHeader('access-control-allow-origin')) {
        const vary = reply.getHeader('vary')
        if (vary === undefined) reply.header('vary', 'Origin')
        else if (!String(vary).includes('Origin')) reply.header('vary', `${vary}, Origin`)
        if (origin !== undefined && request.method !== 'OPTIONS') {
          const { principal } = request
          const allowed =
            principal === null
              ? directory.isKnownOrigin(origin)
              : directory.allowsOrigin(principal.organizationId, origin)
          if (allowed)
            reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', EXPOSED)
        }
      }
      done(null, payload)
    })
  },
  { name: 'cors', dependencies: ['guard'] },
)
