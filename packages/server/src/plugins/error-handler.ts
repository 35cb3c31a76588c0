import { AnalyticsError, type ErrorCode } from '@datainsight/core'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { clientRequestId } from '../client-request-id.ts'
import { type ErrorForm, type Fault, STATUS_OF, toErrorBody } from '../errors.ts'
import { type LoggedError, serializeError } from '../serialize-error.ts'
import { allowedMethods, type KnownRoute } from './allowed-methods.ts'

/** Fastify's own faults, as ours. */
const FASTIFY_FAULTS: Readonly<Record<string, Fault>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'unsupported_media_type', message: 'the body must be application/json' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'invalid_request',
    message: 'the body is not as long as Content-Length says',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'payload_too_large', message: 'the body is too large' },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    code: 'invalid_request',
    message: 'the body is empty but its type is application/json',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'invalid_request', message: 'the body is not valid JSON' },
  FST_ERR_BAD_URL: { code: 'invalid_request', message: 'the address is not a valid URL path' },
  FST_ERR_ASYNC_CONSTRAINT: { code: 'invalid_request', message: 'the request cannot be routed' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'not_found', message: 'there is nothing at this address' },
}

/** The database or the network to it is away; a retry may find it back. */
const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08003',
  '08006',
])

/** Turns whatever was thrown into a problem document. Unknown faults become a 500 without text; the log has the rest. */
export const errorHandler = fp<{ routes: readonly KnownRoute[] }>(
  async (app, { routes }) => {
    app.setErrorHandler<FastifyError>((error, request, reply) => sendFault(toFault(error), error, request, reply))
    app.setNotFoundHandler((request, reply) => {
      const path = request.url.split('?', 1)[0]!
      const methods = allowedMethods(routes, path)
      if (methods.length === 0 || methods.includes(request.method)) {
        return sendFault({ code: 'not_found', message: 'there is nothing at this address' }, undefined, request, reply)
      }
      reply.header('allow', methods.join(', '))
      const fault: Fault = {
        code: 'method_not_allowed',
        message: `${request.method} is not possible here; ${methods.join(', ')} is`,
      }
      return sendFault(fault, undefined, request, reply)
    })
  },
  { name: 'error-handler' },
)

/** What the caller is told about `error`. */
export function toFault(error: unknown): Fault & { readonly retryAfterSeconds?: number | undefined } {
  if (error instanceof AnalyticsError) return error
  const { code, statusCode, message } = error as Partial<FastifyError>
  const known = code === undefined ? undefined : FASTIFY_FAULTS[code]
  if (known !== undefined) return known
  if (isUnavailable(error)) {
    return { code: 'overloaded', message: 'the server cannot reach its database', retryAfterSeconds: 5 }
  }
  // Messages of 4xx that Fastify and its plugins throw are written for callers, such as "Object contains forbidden prototype property".
  if (error instanceof SyntaxError && statusCode === 400)
    return { code: 'invalid_request', message: 'the body is not valid JSON' }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { code: codeOfStatus(statusCode), message: message ?? 'the request is not valid' }
  }
  return {
    code: 'internal_error',
    message: 'something went wrong on our side',
    hint: 'quote the requestId when you report it',
  }
}

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as NodeJS.ErrnoException
  if (code !== undefined && UNAVAILABLE.has(code)) return true
  return /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout)/.test(error.message)
}

function codeOfStatus(status: number): ErrorCode {
  const [code] = Object.entries(STATUS_OF).find(([, value]) => value === status) ?? ['invalid_request']
  return code as ErrorCode
}

const PROBLEMS: ErrorForm<FastifyRequest> = {
  contentType: 'application/problem+json; charset=utf-8',
  status: ({ code }) => STATUS_OF[code],
  body: (fault, request) => toErrorBody(fault, request.id),
}

/** Answers a fault in another form than a problem document; logged all the same. */
export function answerFault(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  form: ErrorForm<FastifyRequest>,
): FastifyReply {
  return sendFault(toFault(error), error, request, reply, form)
}

function sendFault(
  fault: ReturnType<typeof toFault>,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  form = PROBLEMS,
): FastifyReply {
  const status = form.status(fault)
  const about = {
    requestId: request.id,
    clientRequestId: clientRequestId(request),
    method: request.method,
    route: request.routeOptions.url,
    organizationId: request.principal?.organizationId,
    code: fault.code,
    status,
  }
  if (status >= 500 && fault.code === 'internal_error') request.log.error({ ...about, err: error }, 'request failed')
  else request.log.info({ ...about, cause: causeOf(error) }, 'request refused')
  if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', String(fault.retryAfterSeconds))
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  reply.removeHeader('etag').removeHeader('content-encoding').removeHeader('content-length')
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(form.contentType)
    .send(JSON.stringify(form.body(fault, request)))
}

function causeOf(error: unknown): LoggedError | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  return cause === undefined ? undefined : serializeError(cause)
}

/** Answers what Fastify refuses before it has routes and hooks: addresses that are not valid. */
export function answerFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  sendFault(toFault(error), error, request, reply)
}

/** Answers what is not HTTP, or has too many headers, on the bare socket. */
export function answerClientError(
  this: FastifyInstance,
  error: Error & { code?: string },
  socket: import('node:net').Socket,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, text] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout']
        : [400, 'Bad Request']
  socket.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
