import { hkdfSync } from 'node:crypto'

/** Each use of the server's secret. A new purpose gets a new name; names never change. */
export const KEY_PURPOSES = [
  'access-tokens',
  'stored-secrets',
  'login-throttle',
  'list-cursors',
  'answer-cache',
  'data-source-keys',
  'query-log-callers',
  'example-api-key',
  'example-app',
] as const
export type KeyPurpose = (typeof KEY_PURPOSES)[number]

/** 32 bytes for one purpose, by HKDF-SHA-256 (RFC 5869): no two purposes share a key, and none reveals the secret. */
export function deriveKey(secret: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'datainsight', purpose, 32))
}
