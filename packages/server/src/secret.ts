import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Shortest secret, bytes. */
export const SECRET_MIN_BYTES = 32

/** Words of sample configurations; a secret that is built of one is public knowledge. */
const SAMPLE_WORDS = [
  'changeme',
  'change-me',
  'change_me',
  'your-secret',
  'yoursecret',
  'replace-me',
  'replaceme',
  'example',
  'password',
  'insecure',
  'datainsight',
]

/** What makes `secret` unfit, as the end of a sentence that starts with its name; undefined when nothing does. */
export function weaknessOf(secret: string): string | undefined {
  const bytes = Buffer.byteLength(secret)
  if (bytes < SECRET_MIN_BYTES) return `must have ${SECRET_MIN_BYTES} bytes or more, not ${bytes}`
  const lower = secret.toLowerCase()
  const sample = SAMPLE_WORDS.find((word) => lower.includes(word))
  if (sample !== undefined) return `must not be a sample value: it contains ${JSON.stringify(sample)}`
  if (new Set(secret).size < 8) return 'must not repeat a few characters; take the output of openssl rand -base64 48'
  return undefined
}

/**
 * The secret of a development server: read from `secret` in the data directory, or generated there, readable by its owner only.
 * @throws Error when the file exists but cannot be read or holds an unfit secret.
 */
export function resolveSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  try {
    // `wx`: of two processes that start together one writes and the other reads what it wrote.
    const secret = randomBytes(48).toString('base64url')
    writeFileSync(file, secret, { mode: 0o600, flag: 'wx' })
    return secret
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  chmodSync(file, 0o600)
  const secret = readFileSync(file, 'utf8').trim()
  const weakness = weaknessOf(secret)
  if (weakness !== undefined) throw new Error(`the secret in ${file} ${weakness}`)
  return secret
}
