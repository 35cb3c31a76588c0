import { ErrorBody, Meta } from '@datainsight/core'
import { type Model, readMeta } from '@datainsight/core/model'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

/** `GET /meta`: the model as the caller may see it. */
export const modelRoutes: FastifyPluginAsyncTypebox<{ readonly model: (organizationId: string) => Model }> = async (
  app,
  { model },
) => {
  app.get(
    '/meta',
    {
      schema: {
        tags: ['query'],
        summary: 'The model as this caller may see it',
        response: { 200: Meta, '4xx': ErrorBody },
      },
      config: {
        policy: {
          auth: ['user', 'api-key', 'embed'],
          permission: 'query:run',
          action: 'explore',
          rateClass: 'read',
        },
      },
    },
    ({ principal, headers }, reply) => {
      reply.header('vary', 'Accept-Language')
      const locale = principal.locale ?? firstLanguage(headers['accept-language'])
      return readMeta(model(principal.organizationId), principal.security, { locale })
    },
  )
}

/** The language a browser wants most; it lists that first. */
function firstLanguage(header: string | undefined): string | undefined {
  return /^\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)/.exec(header ?? '')?.[1]
}
