import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import closeWithGrace from 'close-with-grace'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'

/** Longest time for requests under way after SIGTERM, milliseconds. */
const DRAIN_TIMEOUT_MS = 30_000

/**
 * Listens, and answers the server's origin, such as `http://localhost:4000`.
 * @param variable the environment variable that says the port, for the message.
 * @throws Error with a readable message when the port is taken.
 */
export async function listen(
  app: Pick<FastifyInstance, 'listen' | 'server'>,
  config: Pick<Config, 'host' | 'port'>,
  variable = 'PORT',
): Promise<string> {
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(`port ${config.port} is taken by another process; stop it, or set ${variable} to a free one`, {
      cause: error,
    })
  }
  const { port } = app.server.address() as AddressInfo
  const host = ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(config.host) ? 'localhost' : config.host
  return `http://${host}:${port}`
}

/**
 * Ends the process well on SIGTERM, SIGINT or a fault nobody caught: `/ready` turns false at once, the server goes on for
 * `drainDelayMs`, then takes no more connections, lets requests under way finish for at most 30 s and exits with 0
 * (1 after a fault). A second signal ends it at once with 1.
 */
export function closeOnSignals(
  app: FastifyInstance,
  config: Pick<Config, 'drainDelayMs'>,
  closeFirst: () => Promise<void> = async () => undefined,
): void {
  closeWithGrace({ delay: config.drainDelayMs + DRAIN_TIMEOUT_MS, logger: false }, async ({ err, signal }) => {
    if (err === undefined) app.log.info({ signal }, 'stopping')
    else app.log.fatal({ err }, 'stopping after a fault')
    app.startDraining()
    if (err === undefined && config.drainDelayMs > 0) await sleep(config.drainDelayMs)
    await closeFirst()
    await app.close()
  })
}
