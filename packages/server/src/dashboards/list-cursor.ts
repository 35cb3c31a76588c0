import { createHmac, timingSafeEqual } from 'node:crypto'
import { AnalyticsError } from '@datainsight/core'
import type { ListPosition } from './repository.ts'

const SIGNATURE_BYTES = 16

/** A position of the list as opaque text, signed so that nobody can make one up. */
export function encodeCursor(key: Buffer, position: ListPosition): string {
  const body = Buffer.from(JSON.stringify([position.title, position.id]))
  return Buffer.concat([sign(key, body), body]).toString('base64url')
}

/** Reads what {@link encodeCursor} made. @throws AnalyticsError `invalid_request` */
export function decodeCursor(key: Buffer, cursor: string): ListPosition {
  const bytes = Buffer.from(cursor, 'base64url')
  const body = bytes.subarray(SIGNATURE_BYTES)
  if (bytes.length <= SIGNATURE_BYTES || !timingSafeEqual(bytes.subarray(0, SIGNATURE_BYTES), sign(key, body))) {
    throw new AnalyticsError('invalid_request', 'cursor is not one this list gave out', {
      problems: [{ path: 'cursor', message: 'is not one this list gave out' }],
    })
  }
  const [title, id] = JSON.parse(body.toString()) as [string, string]
  return { title, id }
}

function sign(key: Buffer, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(body).digest().subarray(0, SIGNATURE_BYTES)
}
