import type { FastifyReply } from 'fastify'

/** A signal that aborts when the client goes away before it has its answer, or has gone already. */
export function requestSignal(reply: FastifyReply): AbortSignal {
  const { raw } = reply
  if (raw.closed && !raw.writableFinished) return AbortSignal.abort()
  const controller = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort()
  })
  return controller.signal
}
