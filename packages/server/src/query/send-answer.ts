import type { CacheState } from '@datainsight/core'
import type { FastifyReply } from 'fastify'
import { type Answer, answerTail, plainBytes } from '../cache/answer.ts'
import { acceptsGzip, varyByEncoding } from './accepts-gzip.ts'
import { gzipWithTail } from './gzip-stream.ts'

/** Sends an answer as the bytes it is stored as; no serialisation, no compression. */
export function sendAnswer(reply: FastifyReply, answer: Answer, state: CacheState): FastifyReply {
  const { request } = reply
  const tail = answerTail(request.id, state, reply.elapsedTime)
  reply.header('content-type', 'application/json; charset=utf-8')
  varyByEncoding(reply)
  if (answer.deflated === undefined || !acceptsGzip(request.headers['accept-encoding'])) {
    return reply.send(plainBytes(answer, tail))
  }
  reply.header('content-encoding', 'gzip')
  return reply.send(gzipWithTail(answer.deflated, tail))
}
