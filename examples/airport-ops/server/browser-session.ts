import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createId, type Session, type SessionStore } from './session-store.ts'

/** Names the session; signed, HttpOnly, never sent with another site's request. */
export const SESSION_COOKIE = 'apron_session'
/** Names a browser that has not signed in, so that the sign-in form has a CSRF token too. */
export const VISITOR_COOKIE = 'apron_visitor'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; null when nobody is. */
    session: Session | null
    /** What CSRF tokens of this browser are made from. */
    browserId: string
  }
}

/** Options of {@link addBrowserSession}. `secure` puts `Secure` on the cookies (https). */
export interface BrowserSessionOptions {
  readonly secret: string
  readonly sessions: SessionStore
  readonly secure: boolean
}

/** Reads the cookies of every request, and gives a browser without any a visitor id. */
export async function addBrowserSession(app: FastifyInstance, options: BrowserSessionOptions): Promise<void> {
  await app.register(cookie, { secret: options.secret })
  app.decorateRequest('session', null)
  app.decorateRequest('browserId', '')
  app.addHook('onRequest', async (request, reply) => {
    const sessionId = readSigned(request, SESSION_COOKIE)
    request.session = (sessionId && options.sessions.find(sessionId)) || null
    const visitorId = readSigned(request, VISITOR_COOKIE)
    request.browserId = request.session?.id ?? visitorId ?? createId()
    if (!request.session && !visitorId && request.method === 'GET') {
      setSigned(reply, VISITOR_COOKIE, request.browserId, options.secure)
    }
  })
}

/** Hands the browser its session. */
export function setSessionCookie(reply: FastifyReply, session: Session, secure: boolean): void {
  setSigned(reply, SESSION_COOKIE, session.id, secure)
}

/** Makes the browser forget its session. */
export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, { path: '/' })
}

function setSigned(reply: FastifyReply, name: string, value: string, secure: boolean): void {
  reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', signed: true, secure })
}

function readSigned(request: FastifyRequest, name: string): string | undefined {
  const raw = request.cookies[name]
  if (!raw) return undefined
  const { valid, value } = request.unsignCookie(raw)
  return valid ? value : undefined
}
