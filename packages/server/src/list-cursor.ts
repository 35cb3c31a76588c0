import { createHmac, timingSafeEqual } from 'node:crypto'
import { AnalyticsError } from '@datainsight/core'
import { Type } from '@sinclair/typebox'

const SIGNATURE_BYTES = 16

/** Schema of a cursor in a query string. */
export const Cursor = Type.String({ minLength: 1, maxLength: 4_000, pattern: '^[A-Za-z0-9_-]+$' })

/**
 * A position of a list as opaque text, signed so that nobody can make one up. `list` says which list it is of; the position is
 * what the list is ordered by, such as a title and an id.
 */
export function encodeCursor(key: Buffer, list: string, position: readonly string[]): string {
  const body = Buffer.from(JSON.stringify(position))
  return Buffer.concat([sign(key, list, body), body]).toString('base64url')
}

/** Reads what {@link encodeCursor} made for the same list. @throws AnalyticsError `invalid_request` */
export function decodeCursor(key: Buffer, list: string, cursor: string): string[] {
  const bytes = Buffer.from(cursor, 'base64url')
  const body = bytes.subarray(SIGNATURE_BYTES)
  if (bytes.length <= SIGNATURE_BYTES || !timingSafeEqual(bytes.subarray(0, SIGNATURE_BYTES), sign(key, list, body))) {
    throw new AnalyticsError('invalid_request', 'cursor is not one this list gave out', {
      problems: [{ path: 'cursor', message: 'is not one this list gave out' }],
    })
  }
  return JSON.parse(body.toString()) as string[]
}

function sign(key: Buffer, list: string, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(list).update('\0').update(body).digest().subarray(0, SIGNATURE_BYTES)
}
