import type { CacheState } from '@datainsight/core'
import type { FastifyReply } from 'fastify'
import { type Answer, answerTail, matchesEtag, plainBytes } from '../cache/answer.ts'
import { brotliWithTail } from '../cache/brotli.ts'
import { acceptsBrotli, acceptsGzip } from './accepts-gzip.ts'
import { gzipWithTail } from './gzip-stream.ts'

/**
 * Sends an answer as the bytes it is stored as; no serialisation, no compression. Whoever has it already, by `If-None-Match`,
 * is sent none. `etag` is the answer's own when absent.
 */
export function sendAnswer(
  reply: FastifyReply,
  answer: Answer,
  state: CacheState,
  etag: string | undefined = answer.etag,
): FastifyReply {
  const { request } = reply
  if (etag !== undefined) {
    reply.header('etag', etag)
    // Kept by the caller's own browser at most, and asked about each time: what may be seen is decided here.
    reply.header('cache-control', 'private, no-cache')
    const known = request.headers['if-none-match']
    if (known !== undefined && matchesEtag(known, etag)) return reply.code(304).send()
  }
  const tail = answerTail(request.id, state, reply.elapsedTime)
  reply.header('content-type', 'application/json; charset=utf-8')
  const accepted = request.headers['accept-encoding']
  if (answer.brotli !== undefined && acceptsBrotli(accepted)) {
    reply.header('content-encoding', 'br')
    return reply.send(brotliWithTail(answer.brotli, tail))
  }
  // Asked in this order: an answer is compressed when this is first read.
  const deflated = acceptsGzip(accepted) ? answer.deflated : undefined
  if (deflated === undefined) return reply.send(plainBytes(answer, tail))
  reply.header('content-encoding', 'gzip')
  return reply.send(gzipWithTail(deflated, tail))
}
