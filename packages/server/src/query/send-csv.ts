import type { ResultSet } from '@datainsight/core'
import type { FastifyReply } from 'fastify'
import type { Answer } from '../cache/answer.ts'
import { toCsv } from './to-csv.ts'

/** Sends an answer as CSV. */
export function sendCsv(reply: FastifyReply, answer: Answer): FastifyReply {
  const { columns, data } = readAnswer(answer)
  reply.header('content-type', 'text/csv; charset=utf-8; header=present')
  reply.header('content-disposition', 'attachment; filename="result.csv"')
  // An array of bytes: a text would be serialised by the schema of the JSON answer.
  return reply.send(Buffer.from(toCsv(columns, data)))
}

/** Columns, cells and facts of a stored answer. */
export function readAnswer({ head }: Answer): Pick<ResultSet, 'columns' | 'data'> & {
  readonly meta: Pick<ResultSet['meta'], 'truncated' | 'rowCount'>
} {
  return JSON.parse(`${head}}}`)
}
