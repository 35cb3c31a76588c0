import type { FastifyBaseLogger } from 'fastify'
import { type DestinationStream, pino } from 'pino'
import type { Config } from './config.ts'

/** Names whose values never reach a log, wherever a line has them. */
const SECRET_NAMES = [
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'password',
  'otp',
  'token',
  'accessToken',
  'refreshToken',
  'apiKey',
  'secret',
  'key',
  'attributes',
  'filters',
  'values',
  'parameters',
  'rows',
  'data',
  'body',
]
/** Texts that look like credentials, inside messages of others. */
const CREDENTIAL_TEXT = /eyJ[\w-]{8,}\.[\w-]+\.[\w-]*|di_[\w-]{20,}|(?<=:\/\/[^\s:@/]{0,100}:)[^\s@/]+(?=@)/g

/**
 * JSON lines on standard output. A line says who (organization, subject), what (route, code) and how long, never with
 * which credential, filter or data: names of secrets are censored and texts that look like credentials are cut out.
 */
export function createLogger(level: Config['logLevel'], stream?: DestinationStream): FastifyBaseLogger {
  const censored = SECRET_NAMES.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`])
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: censored, censor: '[redacted]' },
      serializers: {
        req: (request: { method: string; url: string; id: string }) => ({
          method: request.method,
          // The query string may hold what a user searched for.
          path: request.url?.split('?', 1)[0],
          requestId: request.id,
        }),
        res: (reply: { statusCode: number }) => ({ statusCode: reply.statusCode }),
        err: serializeError,
      },
    },
    stream ?? pino.destination({ fd: 1, sync: true }),
  )
}

/** Type, text and place of an error and its causes; drivers hang statements and values on theirs, which stay behind. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as { code?: unknown }
  // A duplicate-key `detail` and the like quote rows; the driver's message alone may too, for values that do not parse.
  const isDriver = 'severity' in error
  return {
    type: error.name,
    message: isDriver ? `database error ${String(code)}` : error.message.replace(CREDENTIAL_TEXT, '[redacted]'),
    ...(typeof code === 'string' && { code }),
    stack: error.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 12)
      .join('\n'),
    ...(error.cause !== undefined && { cause: serializeError(error.cause) }),
  }
}
