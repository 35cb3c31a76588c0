import { ERROR_CODES, type ErrorCode } from '@datainsight/core'
import fastifySwagger from '@fastify/swagger'
import fastifySwaggerUi from '@fastify/swagger-ui'
import type { FastifyPluginAsync } from 'fastify'
import fp from 'fastify-plugin'
import { STATUS_OF } from '../errors.ts'
import type { RoutePolicy } from '../route-policy.ts'
import { usePageHeaders } from './page-headers.ts'

const SECURITY_SCHEMES = {
  accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From POST /api/v1/auth/login.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  embedToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'From POST /api/v1/embed/tokens, or signed offline.',
  },
} as const
const SCHEME_OF = { user: 'accessToken', 'api-key': 'apiKey', embed: 'embedToken' } as const

/** Collects the routes' schemas. Register before routes; {@link openapiRoutes} serves the result. */
export const openapi = fp<{ readonly version: string }>(
  async (app, { version }) => {
    await app.register(fastifySwagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'DataInsight',
          version,
          description: `Errors are application/problem+json with one of these codes: ${ERROR_CODES.map((code) => `${code} (${STATUS_OF[code as ErrorCode]})`).join(', ')}.`,
        },
        tags: ['auth', 'dashboards', 'query', 'embed', 'cube', 'health'].map((name) => ({ name })),
        components: { securitySchemes: SECURITY_SCHEMES },
      },
      transform: ({ schema, url, route }) => {
        const policy = (route.config as { policy?: RoutePolicy } | undefined)?.policy
        const kinds = policy?.auth.filter((kind) => kind !== 'none') ?? []
        const needs =
          policy?.permission === undefined
            ? ''
            : `Needs the permission \`${policy.permission}\`${policy.action === undefined ? '' : ` or, for embed tokens, the action \`${policy.action}\``}.`
        return {
          schema: {
            ...schema,
            ...(needs !== '' && { description: needs }),
            security: kinds.map((kind) => ({ [SCHEME_OF[kind]]: [] })),
          } as typeof schema,
          url,
        }
      },
    })
  },
  { name: 'openapi' },
)

/** `GET /openapi.json` and the page under `/docs`. */
export const openapiRoutes: FastifyPluginAsync<{ readonly production: boolean }> = async (app, { production }) => {
  const policy = { auth: ['none'], rateClass: 'static' } as const
  let text: string | undefined
  app.get('/openapi.json', { schema: { hide: true }, config: { policy } }, (_request, reply) => {
    text ??= JSON.stringify(app.swagger())
    return reply.type('application/json; charset=utf-8').send(text)
  })
  await app.register(async (pages) => {
    // The page's routes are its own; they get the policy they cannot declare.
    pages.addHook('onRoute', (route) => {
      route.config = { ...route.config, policy }
    })
    // swagger-ui sets style attributes and has no setting against it.
    await usePageHeaders(pages, production, { styleSrc: ["'self'", "'unsafe-inline'"] })
    await pages.register(fastifySwaggerUi, {
      routePrefix: '/docs',
      uiConfig: { url: '/openapi.json', persistAuthorization: false },
      logLevel: 'silent',
    })
  })
}
