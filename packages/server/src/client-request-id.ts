import type { FastifyRequest } from 'fastify'

const HARMLESS = /^[A-Za-z0-9._:-]{1,128}$/

/** The name a client gave its request by `X-Request-Id`; undefined without one, or when it is not plain text. */
export function clientRequestId({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const given = headers['x-request-id']
  return typeof given === 'string' && HARMLESS.test(given) ? given : undefined
}
