import type { CacheState, ResultMeta, ResultSet, ResultWarning } from '@datainsight/core'
import type { FastifyReply } from 'fastify'
import type { Answer } from '../../cache/answer.ts'
import { varyBy } from '../accepts-gzip.ts'
import { sendAnswer } from '../send-answer.ts'
import { contentDisposition } from './content-disposition.ts'
import { dictionaryForm } from './dictionary-form.ts'
import type { WireForm } from './negotiate-form.ts'
import { CONTENT_TYPES, createResultWriter, FILE_ENDINGS } from './result-writer.ts'

/** Sends a stored answer in the form that was asked for; as the stored bytes where it is JSON. */
export function sendForm(reply: FastifyReply, answer: Answer, state: CacheState, form: WireForm): FastifyReply {
  const { format } = form
  varyBy(reply, 'Accept, Accept-Encoding')
  if (format === 'json') return sendAnswer(reply, form.dictionary ? dictionaryForm(answer) : answer, state, answer.etag)
  const { columns, data, meta: facts } = readAnswer(answer)
  const meta: ResultMeta = { ...facts, cache: state, durationMs: reply.elapsedTime, requestId: reply.request.id }
  const writer = createResultWriter(format, columns, form)
  reply.header('content-type', CONTENT_TYPES[format])
  // Those who read a file have no other place for it.
  if (meta.warnings !== undefined && format !== 'ndjson') reply.header('x-result-warnings', headerOf(meta.warnings))
  reply.header('content-disposition', contentDisposition(`result.${FILE_ENDINGS[format]}`))
  return reply.send(Buffer.concat([writer.head(), writer.rows(data, meta.rowCount), writer.end(meta)]))
}

/** Columns, cells and facts of a stored answer. */
export function readAnswer({ head }: Answer): Pick<ResultSet, 'columns' | 'data'> & {
  readonly meta: Omit<ResultMeta, 'cache' | 'durationMs' | 'requestId'>
} {
  return JSON.parse(`${head}}}`)
}

/** Names are of ASCII, sentences need not be. */
function headerOf(warnings: readonly ResultWarning[]): string {
  return JSON.stringify(warnings.map(({ code, column, count }) => ({ code, column, count })))
}
