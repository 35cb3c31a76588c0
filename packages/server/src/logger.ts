import type { FastifyBaseLogger } from 'fastify'
import { type DestinationStream, pino } from 'pino'
import type { Config } from './config.ts'
import { serializeError } from './serialize-error.ts'

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
  'headers',
]

/**
 * JSON lines on standard output. A line says who (organization), what (route, code) and how long, never with which
 * credential, filter or data: such fields are censored, and errors are written by {@link serializeError}.
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
      serializers: { err: serializeError },
    },
    stream ?? pino.destination({ fd: 1, sync: true }),
  )
}
