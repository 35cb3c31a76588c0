import { AnalyticsError } from '@datainsight/core'
import fastifyUnderPressure from '@fastify/under-pressure'
import fp from 'fastify-plugin'

/** When a process counts as overloaded. */
export interface OverloadOptions {
  /** Mean delay of the event loop over a window from which on it does, milliseconds; 0 for never. */
  readonly maxDelayMs: number
  /** Length of a window, milliseconds; 5,000 when absent. */
  readonly windowMs?: number
}

/**
 * Turns requests away while the event loop is so far behind that waiting for an answer makes no sense. `/health` is always answered:
 * a busy process still lives, and restarting it would only add to the load of the others.
 */
export const overload = fp<OverloadOptions>(
  async (app, { maxDelayMs, windowMs = 5_000 }) => {
    await app.register(fastifyUnderPressure, {
      maxEventLoopDelay: maxDelayMs,
      sampleInterval: windowMs,
      pressureHandler: (request, _reply, _type, delayMs) => {
        // No sample in a whole window is one long task, which is over: those who waited for it need not be turned away too.
        if (request.url === '/health' || delayMs === Number.POSITIVE_INFINITY) return
        throw new AnalyticsError('overloaded', 'the server is overloaded', { retryAfterSeconds: 5 })
      },
    })
  },
  { name: 'overload' },
)
