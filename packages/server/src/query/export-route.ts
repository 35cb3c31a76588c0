import { Readable } from 'node:stream'
import { AnalyticsError, ErrorBody, ExportFormat, Query } from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Principal } from '../principal.ts'
import { compressPieces } from './compress-pieces.ts'
import type { Caller, QueryEngine } from './create-query-engine.ts'
import { NO_OBSERVER, type QueryObserver, QueryTrace } from './query-trace.ts'
import { requestSignal } from './request-signal.ts'
import { toFrameError } from './to-frame-error.ts'
import { contentDisposition } from './wire/content-disposition.ts'
import { CONTENT_TYPES, createResultWriter, FILE_ENDINGS, type ResultWriter } from './wire/result-writer.ts'
import { watchReader } from './wire/watch-reader.ts'
import { type StreamProgress, writeStream } from './wire/write-stream.ts'

/** Bounds of an export. */
export interface ExportLimits {
  /** Rows; a token's own `limits.rows` can only lower it. */
  readonly maxRows: number
  readonly maxBytes: number
  /** For the statement, from its start to the last row sent, milliseconds. */
  readonly timeoutMs: number
  /** How long a piece may stay unread, milliseconds. */
  readonly idleMs: number
}

/** Body of `POST /query/export`. */
export const ExportRequest = Type.Object(
  {
    query: Query,
    format: ExportFormat,
    fileName: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 300,
        description: 'Of the download, without its ending; `export` when absent.',
      }),
    ),
    bom: Type.Optional(Type.Boolean({ description: 'CSV: start with a byte order mark; false when absent.' })),
  },
  { additionalProperties: false },
)
export type ExportRequest = Static<typeof ExportRequest>

/**
 * `POST /query/export`: all rows of a query as a file, written while they are read. Memory does not grow with the file: the
 * next rows are read from the database when the client has taken the last ones.
 */
export const exportRoute: FastifyPluginAsyncTypebox<{
  engine: QueryEngine
  limits: ExportLimits
  /** Hears of each export; nobody when absent. */
  observer?: QueryObserver
}> = async (app, { engine, limits, observer = NO_OBSERVER }) => {
  app.post(
    '/query/export',
    {
      schema: {
        tags: ['query'],
        summary: 'All rows of a query as a file, past the limit of answers',
        body: ExportRequest,
        response: { '4xx': ErrorBody, '5xx': ErrorBody },
      },
      config: {
        policy: {
          auth: ['user', 'api-key', 'embed'],
          permission: 'query:export',
          action: 'explore',
          rateClass: 'query',
        },
      },
    },
    async (request, reply) => sendExport(request.body, request, reply, { engine, limits, observer }),
  )
}

async function sendExport(
  { query, format, fileName = 'export', bom = false }: ExportRequest,
  request: FastifyRequest,
  reply: FastifyReply,
  { engine, limits, observer }: { engine: QueryEngine; limits: ExportLimits; observer: QueryObserver },
): Promise<FastifyReply> {
  const { principal } = request
  requireExportAction(principal, format)
  const caller = exportCaller(principal, limits.maxRows)
  const { maxRows } = caller.security
  const trace = new QueryTrace(observer, { principal, kind: 'export', requestId: request.id }, query)
  const plan = trace.plan(() => engine.plan(query, caller, `export:${JSON.stringify(query)}`, { limit: maxRows }))
  const stop = new AbortController()
  const signal = AbortSignal.any([requestSignal(reply), stop.signal])
  const writer = createResultWriter(format, plan.compiled.columns, { bom })
  const progress: StreamProgress = { rows: 0, bytes: 0 }
  const { timings } = trace
  const rows = engine.stream(plan, caller, { signal, timeoutMs: limits.timeoutMs, timings })
  const terms = {
    // A limit that the query names is an answer of its own; ours would leave a file that looks whole.
    limitIsFault: (query.limit ?? Number.POSITIVE_INFINITY) > maxRows,
    maxBytes: limits.maxBytes,
    requestId: request.id,
    elapsedMs: () => reply.elapsedTime,
    refreshedAt: engine.now().toISOString(),
    timings,
  }
  const pieces = recorded(writeStream(rows, plan.compiled, writer, terms, progress), trace, progress)
  // Faults up to the first rows still get a status of their own.
  const first = await pieces.next()
  const watched = watchReader(compressPieces(reply, continued(first, pieces, request, writer)), limits.idleMs, () => {
    request.log.warn({ requestId: request.id, rows: progress.rows, bytes: progress.bytes }, 'export not read: closed')
    stop.abort()
    reply.raw.destroy()
  })
  reply.header('content-type', CONTENT_TYPES[format])
  reply.header('content-disposition', contentDisposition(`${fileName}.${FILE_ENDINGS[format]}`))
  reply.header('x-accel-buffering', 'no')
  return reply.send(Readable.from(watched, { objectMode: false, highWaterMark: 65_536 }))
}

/**
 * The first piece and the rest. A fault on the way is said in the form's own words where it has any; otherwise the connection
 * breaks off, since a file that ends early would look whole.
 */
async function* continued(
  first: IteratorResult<Buffer, void>,
  rest: AsyncGenerator<Buffer, void, undefined>,
  request: FastifyRequest,
  writer: ResultWriter,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    if (first.done === true) return
    yield first.value
    yield* rest
  } catch (error) {
    const last = writer.fail(toFrameError(error, request.id, request.log))
    if (last === undefined) throw error
    yield last
  } finally {
    await rest.return()
  }
}

/** Passes pieces on and leaves a record of the end, whoever made it. */
async function* recorded(
  pieces: AsyncGenerator<Buffer, void, undefined>,
  trace: QueryTrace,
  progress: StreamProgress,
): AsyncGenerator<Buffer, void, undefined> {
  // What leaves a generator without a fault or an end is a client that went away.
  let fault: unknown = new AnalyticsError('query_cancelled', 'the export was cancelled')
  try {
    yield* pieces
    fault = undefined
  } catch (error) {
    fault = error
    throw error
  } finally {
    trace.streamed(progress, fault)
  }
}

function requireExportAction(principal: Principal, format: ExportFormat): void {
  if (principal.kind === 'embed' && !principal.actions.has(`export:${format}`)) {
    throw new AnalyticsError('forbidden', `the token does not allow the action export:${format}`)
  }
}

/** The caller with the rows of an export instead of those of an answer. A token's own limit stays what it is. */
function exportCaller(principal: Principal, maxRows: number): Caller {
  const rows = Math.min(principal.ownRowLimit ?? maxRows, maxRows)
  return {
    security: { ...principal.security, maxRows: rows },
    securityKey: `${principal.securityKey}:export:${rows}`,
    timezone: principal.timezone,
  }
}
