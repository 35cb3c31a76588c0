import type { FastifyPluginAsync } from 'fastify'
import { findAccount } from './accounts.ts'
import { clearSessionCookie, setSessionCookie } from './browser-session.ts'
import { readTheme } from './read-theme.ts'
import type { SessionStore } from './session-store.ts'
import { signInPage } from './views/sign-in-page.ts'

/** What opens and closes sessions. `secure` is true behind https. */
export interface SessionRoutesOptions {
  readonly sessions: SessionStore
  readonly secure: boolean
}

/** `POST /sign-in` and `POST /sign-out`, both from forms. */
export const sessionRoutes: FastifyPluginAsync<SessionRoutesOptions> = async (app, { sessions, secure }) => {
  app.post('/sign-in', (request, reply) => {
    const email = request.body instanceof URLSearchParams ? (request.body.get('email') ?? '') : ''
    const account = findAccount(email)
    if (!account) {
      const problem = `No account for “${email}”. Choose a demo account below.`
      const csrf = sessions.csrfToken(request.browserId)
      return reply
        .code(422)
        .type('text/html')
        .send(signInPage({ theme: readTheme(request), csrf, email, problem }))
    }
    if (request.session) sessions.close(request.session.id)
    setSessionCookie(reply, sessions.open(account), secure)
    return reply.redirect('/departures', 303)
  })

  app.post('/sign-out', (request, reply) => {
    if (request.session) sessions.close(request.session.id)
    clearSessionCookie(reply)
    return reply.redirect('/sign-in', 303)
  })
}
