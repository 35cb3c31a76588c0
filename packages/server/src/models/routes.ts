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
    (request) => readMeta(model(request.principal.organizationId), request.principal.security),
  )
}
