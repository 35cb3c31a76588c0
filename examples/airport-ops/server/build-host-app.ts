import { randomBytes } from 'node:crypto'
import fastify, { type FastifyInstance, type FastifyRequest, type FastifyServerOptions } from 'fastify'
import { readAirportDirectory } from './airport-directory.ts'
import { serveAssets } from './assets.ts'
import { addBrowserSession } from './browser-session.ts'
import { ownOrigin } from './own-origin.ts'
import { pageRoutes } from './page-routes.ts'
import { readTheme } from './read-theme.ts'
import { refuseCrossSite } from './refuse-cross-site.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { sessionRoutes } from './session-routes.ts'
import { createSessionStore } from './session-store.ts'
import { tokenRoutes } from './token-routes.ts'
import { messagePage } from './views/message-page.ts'

/** What the host app needs to run. */
export interface HostAppOptions {
  /** Where DataInsight listens, such as `http://localhost:4000`. Browsers and this server reach it there. */
  readonly apiUrl: string
  /** An API key of DataInsight with the permission `embed:issue`. Never leaves this server. */
  readonly apiKey: string
  /** Folder with the SDK's script-tag build: `packages/embed/dist/cdn`. */
  readonly embedDir: string
  /** Signs cookies and CSRF tokens; 32 characters or more. A random one when absent, so a restart signs everybody out. */
  readonly secret?: string
  /** The address people use, such as `https://apron.example`. The address of each request on this machine when absent. */
  readonly publicUrl?: string
  /** Fastify's logger option; silent when absent. */
  readonly logger?: FastifyServerOptions['logger']
}

/** Builds the product “Apron”: a SaaS for airports with DataInsight inside. The caller listens and closes. */
export async function buildHostApp(options: HostAppOptions): Promise<FastifyInstance> {
  const secret = options.secret ?? randomBytes(32).toString('base64url')
  if (secret.length < 32) throw new Error(`secret is too short: ${secret.length} characters, at least 32 are needed`)
  const app = fastify({ logger: options.logger ?? false, bodyLimit: 16 * 1024 })
  const sessions = createSessionStore(secret)
  const origin = (request: FastifyRequest) => ownOrigin(request, options.publicUrl)
  const secure = options.publicUrl?.startsWith('https:') ?? false

  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)))
  })
  await addSecurityHeaders(app, options.apiUrl)
  await addBrowserSession(app, { secret, sessions, secure })
  refuseCrossSite(app, sessions, origin)
  await serveAssets(app, options.embedDir)
  const directory = await readAirportDirectory()
  await app.register(pageRoutes, { sessions, directory, apiUrl: options.apiUrl })
  await app.register(sessionRoutes, { sessions, secure })
  await app.register(tokenRoutes, { apiUrl: options.apiUrl, apiKey: options.apiKey, origin })
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type('text/html')
      .send(
        messagePage({
          theme: readTheme(request),
          code: 404,
          title: 'Nothing parked here',
          text: 'This address does not exist.',
        }),
      ),
  )
  return app
}
