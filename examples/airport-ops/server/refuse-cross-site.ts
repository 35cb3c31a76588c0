import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readTheme } from './read-theme.ts'
import type { SessionStore } from './session-store.ts'
import { messagePage } from './views/message-page.ts'

/** Header in which scripts send the CSRF token. Forms send the field `csrf`. */
export const CSRF_HEADER = 'x-csrf-token'

/**
 * Lets a change through only if it comes from our own page: no other origin named by the browser, and the CSRF token of
 * this browser. Answers 403 otherwise.
 */
export function refuseCrossSite(app: FastifyInstance, sessions: SessionStore, ownOrigin: OwnOrigin): void {
  app.addHook('preHandler', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    const site = request.headers['sec-fetch-site']
    const origin = request.headers.origin
    const foreign =
      (site !== undefined && site !== 'same-origin') || (origin !== undefined && origin !== ownOrigin(request))
    if (foreign || !sessions.checkCsrf(request.browserId, readToken(request))) return refuse(request, reply)
  })
}

/** The origin under which this request reached us, such as `http://localhost:4001`. */
export type OwnOrigin = (request: FastifyRequest) => string

function readToken(request: FastifyRequest): unknown {
  const body = request.body
  if (body instanceof URLSearchParams) return body.get('csrf')
  return request.headers[CSRF_HEADER]
}

function refuse(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.code(403)
  if (!(request.body instanceof URLSearchParams)) {
    return reply.send({ error: 'forbidden', message: 'this request did not come from a page of this site' })
  }
  const text = 'It was open for too long, or the request came from elsewhere. Nothing was changed.'
  return reply
    .type('text/html')
    .send(messagePage({ theme: readTheme(request), code: 403, title: 'This page has expired', text }))
}
