import type { FastifyRequest } from 'fastify'

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/

/**
 * The origin under which the browser knows us. Without a configured address the request's own is used, but only a loopback
 * one, because `Host` is whatever the sender writes.
 * @throws Error (status 421) for another host.
 */
export function ownOrigin(request: FastifyRequest, publicUrl: string | undefined): string {
  if (publicUrl) return new URL(publicUrl).origin
  const url = new URL(`${request.protocol}://${request.host}`)
  if (LOOPBACK.test(url.hostname)) return url.origin
  throw Object.assign(new Error(`unknown host: ${request.host}`), { statusCode: 421 })
}
