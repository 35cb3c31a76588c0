import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config.ts'

/** What every part of the server is opened with. */
export interface Context {
  readonly config: Config
  readonly logger: FastifyBaseLogger
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** What is opened later is closed earlier. */
  readonly onClose: (close: () => unknown) => void
}
