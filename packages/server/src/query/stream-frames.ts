import { Readable } from 'node:stream'
import type { Query } from '@datainsight/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptsGzip, varyBy } from './accepts-gzip.ts'
import { asCompleted } from './as-completed.ts'
import type { Caller, QueryEngine } from './create-query-engine.ts'
import { type FrameContent, type FramePart, FrameWriter } from './frame-writer.ts'
import type { Plan } from './plan-memo.ts'
import { NO_OBSERVER, QueryTrace } from './query-trace.ts'
import { requestSignal } from './request-signal.ts'
import { toFrameError } from './to-frame-error.ts'
import { wantsDictionaries } from './wire/negotiate-form.ts'

/** One frame to answer. The functions are called when its turn comes; what they throw becomes the frame's error. */
export interface FrameRequest {
  readonly id: string
  readonly result: () => Query
  readonly comparison?: () => Query | undefined
  readonly trend?: () => Query | undefined
}

/** How frames are answered. */
export interface StreamOptions {
  readonly engine: QueryEngine
  readonly caller: Caller
  /** Frames worked on at the same time. */
  readonly concurrency: number
  /** Asks the data source for all of them. */
  readonly renew?: boolean
  /** Begins the record of one query. */
  readonly trace?: (query: Query) => QueryTrace
}

interface PlannedPart {
  readonly plan: Plan
  readonly renew: boolean
  readonly trace: QueryTrace
}

interface PlannedFrame {
  readonly id: string
  readonly result: PlannedPart
  readonly comparison: PlannedPart | undefined
  readonly trend: PlannedPart | undefined
}

/**
 * Answers frames as NDJSON: those in memory at once, the others as they complete, started in the order of the list. Stops the
 * statements when the client goes away, and starts no new ones while it does not read.
 */
export function streamFrames(
  request: FastifyRequest,
  reply: FastifyReply,
  frames: readonly FrameRequest[],
  options: StreamOptions,
): FastifyReply {
  const signal = requestSignal(reply)
  const gzip = acceptsGzip(request.headers['accept-encoding'])
  const dictionary = wantsDictionaries(request.headers.accept)
  const writer = new FrameWriter({ requestId: request.id, elapsedMs: () => reply.elapsedTime, gzip, dictionary })
  const lines = async function* (): AsyncGenerator<Buffer, void, undefined> {
    for await (const frame of answerFrames(frames, signal, request, options)) {
      if (signal.aborted) return
      yield writer.write(frame)
    }
    const end = writer.end()
    if (end.length > 0) yield end
  }
  reply.header('content-type', 'application/x-ndjson; charset=utf-8')
  // Proxies that collect answers before they pass them on would undo the streaming.
  reply.header('x-accel-buffering', 'no')
  varyBy(reply, 'Accept, Accept-Encoding')
  if (gzip) reply.header('content-encoding', 'gzip')
  return reply.send(Readable.from(lines(), { objectMode: false, highWaterMark: 65_536 }))
}

async function* answerFrames(
  frames: readonly FrameRequest[],
  signal: AbortSignal,
  request: FastifyRequest,
  options: StreamOptions,
): AsyncGenerator<FrameContent, void, undefined> {
  const { engine, concurrency } = options
  const toError = (id: string, error: unknown): FrameContent => ({
    id,
    error: toFrameError(error, request.id, request.log),
  })
  const missing: PlannedFrame[] = []
  for (const frame of frames) {
    let answered: FrameContent | undefined
    try {
      const planned = planFrame(frame, options)
      answered = peekFrame(planned, engine)
      if (answered === undefined) missing.push(planned)
    } catch (error) {
      answered = toError(frame.id, error)
    }
    if (answered !== undefined) yield answered
  }
  yield* asCompleted(missing, concurrency, async (frame): Promise<FrameContent> => {
    try {
      return await runFrame(frame, signal, options)
    } catch (error) {
      return toError(frame.id, error)
    }
  })
}

function planFrame(frame: FrameRequest, options: StreamOptions): PlannedFrame {
  const planPart = (query: Query | undefined): PlannedPart | undefined => {
    if (query === undefined) return undefined
    const renew = options.renew === true || query.renewQuery === true
    const trace = options.trace?.(query) ?? untraced(query)
    return { plan: trace.plan(() => options.engine.plan(query, options.caller, JSON.stringify(query))), renew, trace }
  }
  return {
    id: frame.id,
    result: planPart(frame.result()) as PlannedPart,
    comparison: planPart(frame.comparison?.()),
    trend: planPart(frame.trend?.()),
  }
}

/** The frame, if memory has all of its parts. */
function peekFrame(frame: PlannedFrame, engine: QueryEngine): FrameContent | undefined {
  const parts: Partial<Record<'result' | 'comparison' | 'trend', FramePart>> = {}
  for (const name of ['result', 'comparison', 'trend'] as const) {
    const planned = frame[name]
    if (planned === undefined) continue
    const answer = planned.renew ? undefined : engine.peek(planned.plan)
    if (answer === undefined) return undefined
    parts[name] = { answer, state: 'hit' }
  }
  for (const name of ['result', 'comparison', 'trend'] as const) {
    const answer = parts[name]?.answer
    if (answer !== undefined) frame[name]?.trace.hit(answer)
  }
  return parts.result === undefined ? undefined : { ...parts, id: frame.id, result: parts.result }
}

async function runFrame(frame: PlannedFrame, signal: AbortSignal, options: StreamOptions): Promise<FrameContent> {
  const run = async (part: PlannedPart | undefined) =>
    part?.trace.run(
      options.engine.run(part.plan, options.caller, { signal, renew: part.renew, timings: part.trace.timings }),
    )
  const [result, comparison, trend] = await Promise.all([run(frame.result), run(frame.comparison), run(frame.trend)])
  return { id: frame.id, result: result as FramePart, comparison, trend }
}

function untraced(query: Query): QueryTrace {
  const principal = { kind: 'embed', organizationId: '', subject: '', security: { attributes: {} } } as const
  return new QueryTrace(NO_OBSERVER, { principal, kind: 'batch', requestId: '' }, query)
}
