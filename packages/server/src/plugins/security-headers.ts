import fp from 'fastify-plugin'

/** How long browsers remember to use HTTPS only, seconds: one year. */
const HSTS_SECONDS = 31_536_000

/**
 * Headers of every answer that is data and not a page: nothing in it may run, be framed, be sniffed or be kept.
 * The same as helmet sends, but computed once: helmet's dozen calls per request cost more than the rest of a cached answer.
 */
export const securityHeaders = fp<{ readonly production: boolean }>(
  async (app, { production }) => {
    const headers: Record<string, string> = {
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    }
    if (production) headers['strict-transport-security'] = `max-age=${HSTS_SECONDS}; includeSubDomains`
    app.addHook('onRequest', (request, reply, done) => {
      reply.headers(headers)
      reply.header('x-request-id', request.id)
      done()
    })
  },
  { name: 'security-headers' },
)
