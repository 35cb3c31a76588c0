import fastifyHelmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/** Sources by directive of a content security policy, such as `scriptSrc: ["'self'"]`. */
export type PageSources = Readonly<Record<string, readonly string[]>>

/**
 * Gives the routes of `app` the headers of pages instead of those of data: helmet's, with a policy that allows the server's
 * own files and what `sources` adds or replaces.
 */
export async function usePageHeaders(
  app: FastifyInstance,
  production: boolean,
  sources: PageSources = {},
): Promise<void> {
  // Before helmet, which writes to the response underneath: what the reply holds would win over it.
  app.addHook('onRequest', (_request, reply, done) => {
    reply
      .removeHeader('content-security-policy')
      .removeHeader('x-frame-options')
      .removeHeader('strict-transport-security')
    done()
  })
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...Object.fromEntries(Object.entries(sources).map(([name, list]) => [name, [...list]])),
      },
    },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: production,
  })
}
