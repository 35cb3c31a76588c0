import { randomBytes } from 'node:crypto'

/** Makes ids for requests: random per process, then counted, because a random id per request costs more than it tells. */
export function createRequestIds(): () => string {
  const prefix = randomBytes(6).toString('hex')
  let count = 0
  return () => `${prefix}-${(++count).toString(36)}`
}
