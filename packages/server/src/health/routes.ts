import { AnalyticsError, ErrorBody } from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'

const Status = Type.Object({ status: Type.Literal('ok') })

/** `GET /health`: the process lives. `GET /ready`: it should get traffic. */
export const healthRoutes: FastifyPluginAsyncTypebox<{
  /** Resolves when what requests need can be reached. */
  readonly check: () => Promise<void>
  /** Whether the server is about to stop. */
  readonly isDraining: () => boolean
}> = async (app, { check, isDraining }) => {
  app.get(
    '/health',
    {
      schema: { tags: ['health'], summary: 'Whether the process lives', response: { 200: Status } },
      config: { policy: { auth: ['none'], rateClass: 'health' } },
    },
    () => ({ status: 'ok' as const }),
  )

  app.get(
    '/ready',
    {
      schema: {
        tags: ['health'],
        summary: 'Whether it should get traffic',
        response: { 200: Status, '5xx': ErrorBody },
      },
      config: { policy: { auth: ['none'], rateClass: 'health' } },
    },
    async () => {
      if (isDraining()) throw new AnalyticsError('overloaded', 'the server is stopping', { retryAfterSeconds: 5 })
      try {
        await check()
      } catch (cause) {
        throw new AnalyticsError('overloaded', 'the server cannot reach its database', { retryAfterSeconds: 5, cause })
      }
      return { status: 'ok' as const }
    },
  )
}
