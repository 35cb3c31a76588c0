import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AnalyticsError, type Problem } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENVIRONMENT, loadConfig } from './config.ts'

const SECRET = 'k3Vn8Qp0xW7yZ2aB5cD9eF4gH6jL1mN0'

describe('configuration', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'datainsight-config-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const load = (env: Record<string, string | undefined> = {}) => loadConfig({ DATAINSIGHT_DATA_DIR: folder, ...env })
  const problemsOf = (env: Record<string, string | undefined>): readonly Problem[] => {
    try {
      load(env)
      return []
    } catch (error) {
      expect(error).toBeInstanceOf(AnalyticsError)
      return (error as AnalyticsError).problems
    }
  }

  it('needs nothing, and cannot be changed', () => {
    const config = load()
    expect(config).toMatchObject({
      production: false,
      port: 4_000,
      host: 'localhost',
      dataDir: folder,
      databaseUrl: undefined,
      redisUrl: undefined,
      adminEmail: 'admin@example.com',
      allowedOrigins: [],
      trustedProxies: [],
      logLevel: 'info',
    })
    expect(Object.isFrozen(config)).toBe(true)
  })

  it('keeps a generated secret in the data folder, for its owner only', () => {
    const { secret } = load()
    expect(Buffer.byteLength(secret)).toBeGreaterThanOrEqual(32)
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(secret)
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
    expect(load().secret).toBe(secret)
  })

  it('refuses a stored secret that is too short', () => {
    const other = mkdtempSync(join(tmpdir(), 'datainsight-config-'))
    writeFileSync(join(other, 'secret'), 'short')
    expect(() => loadConfig({ DATAINSIGHT_DATA_DIR: other })).toThrow('must have 32 bytes or more, not 5')
    rmSync(other, { recursive: true })
  })

  it('reports every problem at once, and no secret', () => {
    const problems = problemsOf({
      NODE_ENV: 'production',
      PORT: '65536',
      DATABASE_URL: 'mysql://user:hunter22@host/db',
      REDIS_URL: 'localhost',
      DATAINSIGHT_ADMIN_PASSWORD: 'short-one',
      DATAINSIGHT_ALLOWED_ORIGINS: 'https://app.example.com, https://bad.example/path',
      DATAINSIGHT_TRUSTED_PROXIES: '10.0.0.0/8,10.0.0.0/40',
      DATAINSIGHT_MAX_ROWS: '1e9',
      DATAINSIGHT_PROT: '1',
      LOG_LEVEL: 'loud',
    })
    expect(problems).toEqual([
      { path: 'DATAINSIGHT_PROT', message: 'is not a known variable' },
      { path: 'PORT', message: 'must be an integer from 0 to 65535, not 65536' },
      { path: 'DATABASE_URL', message: 'must be an address such as postgres://user@host:5432/database' },
      { path: 'REDIS_URL', message: 'must be an address such as redis://host:6379' },
      { path: 'DATAINSIGHT_ADMIN_PASSWORD', message: 'must have 12 characters or more' },
      {
        path: 'DATAINSIGHT_ALLOWED_ORIGINS',
        message: 'must list origins such as https://app.example.com, not "https://bad.example/path"',
      },
      { path: 'DATAINSIGHT_TRUSTED_PROXIES', message: 'must list IP addresses or CIDR ranges, not "10.0.0.0/40"' },
      { path: 'DATAINSIGHT_MAX_ROWS', message: 'must be an integer from 1 to 1000000, not "1e9"' },
      { path: 'LOG_LEVEL', message: 'must be one of silent, fatal, error, warn, info, debug, trace, not "loud"' },
      {
        path: 'DATAINSIGHT_SECRET',
        message: 'is required in production: 32 random bytes or more, such as the output of openssl rand -base64 48',
      },
    ])
    expect(JSON.stringify(problems)).not.toContain('hunter22')
    expect(JSON.stringify(problems)).not.toContain('short-one')
  })

  it.each([
    ['missing', undefined, /^is required in production/],
    ['empty', '', /^is required in production/],
    ['short', 'abc', /^must have 32 bytes or more, not 3$/],
    ['31 bytes', SECRET.slice(1), /^must have 32 bytes or more, not 31$/],
    ['a sample', 'changeme-changeme-changeme-changeme', /^must not be a sample value: it contains "changeme"$/],
    ['another sample', 'your-secret-that-is-long-enough-to-pass', /^must not be a sample value/],
    ['one letter', 'a'.repeat(64), /^must not repeat a few characters/],
  ])('TOK-16 does not start in production with a secret that is %s', (_, secret, message) => {
    const problems = problemsOf({ NODE_ENV: 'production', DATAINSIGHT_SECRET: secret })
    expect(problems).toEqual([{ path: 'DATAINSIGHT_SECRET', message: expect.stringMatching(message) }])
  })

  it('TOK-16 does not take one value for two purposes', () => {
    expect(problemsOf({ DATAINSIGHT_SECRET: SECRET, DATAINSIGHT_API_KEY: SECRET })).toEqual([
      { path: 'DATAINSIGHT_API_KEY', message: 'must differ from DATAINSIGHT_SECRET' },
    ])
  })

  it('takes a good secret', () => {
    expect(load({ NODE_ENV: 'production', DATAINSIGHT_SECRET: SECRET })).toMatchObject({
      production: true,
      secret: SECRET,
    })
  })

  it('is what docs/reference/configuration.md says', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/configuration.md'), 'utf8')
    const documented = [...page.matchAll(/^\| `([A-Z_]+)` \| (.*) \|$/gm)].map(([, name, text]) => [name, text?.trim()])
    const known = Object.entries(ENVIRONMENT).map(([name, { description }]) => [name, description])
    expect(documented).toEqual(known)
  })
})
