import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { AirportDirectory } from './airport-directory.ts'
import { readTheme } from './read-theme.ts'
import type { Session, SessionStore } from './session-store.ts'
import { airportPage } from './views/airport-page.ts'
import { departuresPage } from './views/departures-page.ts'
import { signInPage } from './views/sign-in-page.ts'

/** What the pages are made from. */
export interface PageRoutesOptions {
  readonly sessions: SessionStore
  readonly directory: AirportDirectory
  readonly apiUrl: string
}

/** The pages people see. Whoever is not signed in is sent to the sign-in page. */
export const pageRoutes: FastifyPluginAsync<PageRoutesOptions> = async (app, { sessions, directory, apiUrl }) => {
  const shellOf = (request: FastifyRequest, { account }: Session) => {
    const airport = directory.get(account.airport)
    if (!airport) throw new Error(`airport is not in the directory: ${account.airport}`)
    return { account, airport, theme: readTheme(request), csrf: sessions.csrfToken(request.browserId) }
  }

  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })

  app.get('/', (request, reply) => reply.redirect(request.session ? '/departures' : '/sign-in'))

  app.get<{ Querystring: { reason?: string } }>('/sign-in', (request, reply) => {
    if (request.session) return reply.redirect('/departures')
    const notice = request.query.reason === 'ended' ? { notice: 'Your session has ended. Sign in again.' } : {}
    const csrf = sessions.csrfToken(request.browserId)
    return reply.type('text/html').send(signInPage({ theme: readTheme(request), csrf, ...notice }))
  })

  app.get('/departures', (request, reply) => {
    if (!request.session) return reply.redirect('/sign-in')
    return reply.type('text/html').send(departuresPage({ ...shellOf(request, request.session), apiUrl }))
  })

  app.get('/airport', (request, reply) => {
    if (!request.session) return reply.redirect('/sign-in')
    return reply.type('text/html').send(airportPage({ ...shellOf(request, request.session), directory }))
  })
}
