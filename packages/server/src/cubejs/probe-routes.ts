import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'

const Health = Type.Object({ health: Type.Literal('HEALTH') })
const Down = Type.Object({ health: Type.Literal('DOWN') })

/** `GET /livez` and `GET /readyz`: Cube's names and bodies for `/health` and `/ready`. */
export const probeRoutes: FastifyPluginAsyncTypebox<{
  /** Resolves when what requests need can be reached. */
  readonly check: () => Promise<void>
  /** Whether the server is about to stop. */
  readonly isDraining: () => boolean
}> = async (app, { check, isDraining }) => {
  app.get(
    '/livez',
    {
      schema: { tags: ['cube'], summary: 'Whether the process lives', response: { 200: Health } },
      config: { policy: { auth: ['none'], rateClass: 'health' } },
    },
    () => ({ health: 'HEALTH' as const }),
  )

  app.get(
    '/readyz',
    {
      schema: { tags: ['cube'], summary: 'Whether it should get traffic', response: { 200: Health, 503: Down } },
      config: { policy: { auth: ['none'], rateClass: 'health' } },
    },
    async (_request, reply) => {
      if (!isDraining() && (await succeeds(check))) return { health: 'HEALTH' as const }
      return reply.code(503).send({ health: 'DOWN' as const })
    },
  )
}

async function succeeds(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch {
    return false
  }
}
