import { createHash, timingSafeEqual } from 'node:crypto'
import { AnalyticsError, ErrorBody } from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { Metrics } from './create-metrics.ts'

/** `GET /metrics`, for Prometheus. With a token only for those who send it as `Authorization: Bearer …`. */
export const metricsRoutes: FastifyPluginAsyncTypebox<{
  readonly metrics: Metrics
  /** Open to everybody when undefined. */
  readonly token: string | undefined
}> = async (app, { metrics, token }) => {
  const expected = token === undefined ? undefined : digest(`Bearer ${token}`)
  app.get(
    '/metrics',
    {
      schema: {
        tags: ['health'],
        summary: 'Figures for Prometheus',
        response: { 200: Type.String(), '4xx': ErrorBody },
      },
      config: { policy: { auth: ['none'], rateClass: 'health' } },
    },
    async (request, reply) => {
      if (expected !== undefined && !timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
        throw new AnalyticsError('unauthenticated', 'metrics need the metrics token')
      }
      reply.header('content-type', metrics.contentType)
      // Bytes, so that the text is not written as JSON.
      return reply.send(Buffer.from(await metrics.text()) as never)
    },
  )
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
