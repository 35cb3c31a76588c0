import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * Puts the strictest useful policy on every answer: no inline script or style, nothing from other origins but the
 * analytics API. The embedded dashboards run under it without a single exception.
 */
export async function addSecurityHeaders(app: FastifyInstance, apiUrl: string): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'", new URL(apiUrl).origin],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
}
