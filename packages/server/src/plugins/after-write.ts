import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Principal } from '../principal.ts'

/** A change that was made and is about to be acknowledged. */
export interface AcknowledgedWrite {
  readonly principal: Principal
  readonly action: string
  readonly target: Readonly<Record<string, string>>
  readonly requestId: string
}

/** What happens between a change and its acknowledgement. */
export interface AfterWriteOptions {
  /** When it fails, the client is told that the request failed: what is acknowledged is always on record. */
  readonly acknowledge: (write: AcknowledgedWrite) => Promise<void>
}

/** Calls `acknowledge` for each successful request to a route whose policy names an `audit` action. */
export const afterWrite = fp<AfterWriteOptions>(
  async (app, { acknowledge }) => {
    app.addHook('onRoute', (route) => {
      const action = route.config?.policy?.audit
      if (action === undefined) return
      const hook = async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
        if (reply.statusCode < 400)
          await acknowledge({
            principal: request.principal,
            action,
            target: targetOf(request, reply),
            requestId: request.id,
          })
        return payload
      }
      route.onSend = [...[route.onSend ?? []].flat(), hook]
    })
  },
  { name: 'after-write', dependencies: ['guard'] },
)

/** The route's parameters, and the id that a new thing got. */
function targetOf(request: FastifyRequest, reply: FastifyReply): Record<string, string> {
  const location = reply.getHeader('location')
  const id = typeof location === 'string' ? location.split('/').at(-1) : undefined
  return { ...(request.params as Record<string, string>), ...(id !== undefined && { id }) }
}
