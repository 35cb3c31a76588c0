import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { AnalyticsError, type Problem } from '@datainsight/core'
import { isTimeZone } from '@datainsight/core/compile'
import { FormatRegistry, type Static, type TSchema, Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { resolveSecret, SECRET_MIN_BYTES, weaknessOf } from './secret.ts'

/** Shortest API key that may be given from outside, in characters. */
export const API_KEY_MIN_LENGTH = 32
/** Room for answers in the metadata database where nothing else is shared by nodes, bytes. */
const DEFAULT_TABLE_BYTES = 268_435_456
/** Shortest password that may be given for the first administrator, in characters. */
export const PASSWORD_MIN_LENGTH = 12

FormatRegistry.Set('datainsight:origin', isOrigin)
FormatRegistry.Set('datainsight:postgres-url', (text) => hasProtocol(text, ['postgres:', 'postgresql:']))
FormatRegistry.Set('datainsight:redis-url', (text) => hasProtocol(text, ['redis:', 'rediss:']))
FormatRegistry.Set('datainsight:time-zone', isTimeZone)
FormatRegistry.Set('datainsight:proxy', isProxy)
FormatRegistry.Set('datainsight:source-host', isSourceHost)
FormatRegistry.Set('datainsight:encryption-key', isEncryptionKey)

const integer = (minimum: number, maximum: number, standard: number, description: string) =>
  Type.Integer({ minimum, maximum, default: standard, description: `${description} ${standard} when absent.` })
const text = (description: string, options: { default?: string; minLength?: number; format?: string } = {}) =>
  Type.String({ minLength: 1, description, ...options })
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

/**
 * Every environment variable the server reads, except `NODE_ENV`. The descriptions are the reference page:
 * a test compares them with `docs/reference/configuration.md`.
 */
export const ENVIRONMENT = {
  PORT: integer(0, 65_535, 4_000, 'Port to listen on; 0 takes a free one.'),
  HOST: text('Address to listen on.', { default: 'localhost' }),
  DATAINSIGHT_DATA_DIR: text('Folder for the embedded database and the generated secret.', { default: '.datainsight' }),
  DATAINSIGHT_SECRET: Type.Optional(
    text(
      'What all keys are derived from; 32 bytes or more. Required in production; generated into the data folder otherwise.',
    ),
  ),
  DATABASE_URL: Type.Optional(
    text('PostgreSQL 15 or later for metadata; the embedded database when absent.', {
      format: 'datainsight:postgres-url',
    }),
  ),
  DATAINSIGHT_DATABASE_CONNECTIONS: integer(1, 500, 10, 'Most connections to `DATABASE_URL` and to each replica.'),
  DATABASE_REPLICA_URLS: Type.Array(Type.String({ format: 'datainsight:postgres-url' }), {
    default: [],
    description: 'Comma-separated streaming replicas of `DATABASE_URL` that lists are read from. None when absent.',
  }),
  DATAINSIGHT_AUDIT_RETENTION_DAYS: integer(1, 36_500, 400, 'How long changes stay in the audit log, days.'),
  REDIS_URL: Type.Optional(
    text('Redis shared by all nodes for caching and rate limits; memory of each node when absent.', {
      format: 'datainsight:redis-url',
    }),
  ),
  DATAINSIGHT_ORGANIZATION: text('Name of the organization made at first start.', { default: 'Default organization' }),
  DATAINSIGHT_ADMIN_EMAIL: text('E-mail of the administrator made at first start.', {
    default: 'admin@example.com',
    minLength: 3,
  }),
  DATAINSIGHT_ADMIN_PASSWORD: Type.Optional(
    text('Password of that administrator; generated and printed once when absent.', { minLength: PASSWORD_MIN_LENGTH }),
  ),
  DATAINSIGHT_API_KEY: Type.Optional(
    text('API key that must exist after start; one is generated and printed at first start when absent.', {
      minLength: API_KEY_MIN_LENGTH,
    }),
  ),
  DATAINSIGHT_MODEL_DIR: Type.Optional(text('Folder with the semantic model, `*.yml`.')),
  DATAINSIGHT_DATA_SOURCES: Type.Optional(text('YAML file that names the data sources.')),
  DATAINSIGHT_ENCRYPTION_KEYS: Type.Array(Type.String({ format: 'datainsight:encryption-key' }), {
    default: [],
    description:
      'Comma-separated keys that encrypt the credentials of data sources, newest first: `<id>:<32 bytes in Base64>`. Derived from `DATAINSIGHT_SECRET` when absent.',
  }),
  DATAINSIGHT_ALLOW_PRIVATE_SOURCES: Type.Union([Type.Literal('true'), Type.Literal('false')], {
    default: 'false',
    description:
      'Whether stored data sources may be at any address, private ones and our own stores too. false when absent.',
  }),
  DATAINSIGHT_ALLOWED_SOURCE_HOSTS: Type.Array(Type.String({ format: 'datainsight:source-host' }), {
    default: [],
    description:
      'Comma-separated host names, addresses and CIDR ranges that stored data sources may be at although they are private. None when absent.',
  }),
  DATAINSIGHT_SOURCE_FILES_DIR: Type.Optional(
    text('Folder whose files stored data sources of type `sqlite` and `duckdb` may read; none when absent.'),
  ),
  DATAINSIGHT_ALLOWED_ORIGINS: Type.Array(Type.String({ format: 'datainsight:origin' }), {
    default: [],
    description: 'Comma-separated origins added to the first organization’s allowed ones. None when absent.',
  }),
  DATAINSIGHT_CONSOLE_DIR: Type.Optional(text('Folder served under `/console/`; not served when absent.')),
  DATAINSIGHT_EMBED_DIR: Type.Optional(text('Folder served under `/embed/v1/`; not served when absent.')),
  DATAINSIGHT_TRUSTED_PROXIES: Type.Array(Type.String({ format: 'datainsight:proxy' }), {
    default: [],
    description: 'Comma-separated addresses or CIDR ranges whose `X-Forwarded-*` headers count. None when absent.',
  }),
  DATAINSIGHT_BODY_LIMIT: integer(1_024, 104_857_600, 1_048_576, 'Largest request body, bytes.'),
  DATAINSIGHT_MAX_ROWS: integer(1, 1_000_000, 50_000, 'Most rows of an answer.'),
  DATAINSIGHT_QUERY_TIMEOUT_MS: integer(100, 3_600_000, 30_000, 'Longest run of a statement, milliseconds.'),
  DATAINSIGHT_CUBE_WAIT_MS: integer(
    100,
    600_000,
    5_000,
    'How long a request to `/cubejs-api` waits for its rows before it is told to come back, milliseconds.',
  ),
  DATAINSIGHT_EXPORT_MAX_ROWS: integer(1, 1_000_000_000, 1_000_000, 'Most rows of an export.'),
  DATAINSIGHT_EXPORT_MAX_BYTES: integer(1_024, 1_099_511_627_776, 2_147_483_648, 'Most bytes of an export.'),
  DATAINSIGHT_EXPORT_TIMEOUT_MS: integer(
    100,
    86_400_000,
    600_000,
    'Longest run of the statement of an export, sending included, milliseconds.',
  ),
  DATAINSIGHT_STREAM_IDLE_MS: integer(
    100,
    3_600_000,
    60_000,
    'How long a client may take nothing of an answer that waits for it before it is disconnected, milliseconds.',
  ),
  DATAINSIGHT_QUERY_LOG_RETENTION_DAYS: integer(1, 3_650, 30, 'How long queries stay in the query log, days.'),
  DATAINSIGHT_QUERY_LOG_FLUSH_MS: integer(
    100,
    600_000,
    5_000,
    'How long records of queries wait in memory before they are stored together, milliseconds.',
  ),
  DATAINSIGHT_QUERY_LOG_HIT_SAMPLE: integer(
    0,
    1_000_000,
    0,
    'Of this many answers from memory one gets a record of its own, the others are counted together; 0 for none.',
  ),
  DATAINSIGHT_SLOW_QUERY_MS: integer(
    1,
    3_600_000,
    5_000,
    'Queries that take as long are logged as warnings, milliseconds.',
  ),
  DATAINSIGHT_ROLLUP_DIR: Type.Optional(
    text(
      'Folder for rollups that are kept as files, on a disk that all nodes share; `rollups` in the data folder when absent.',
    ),
  ),
  DATAINSIGHT_ROLLUP_INTERVAL_MS: integer(
    0,
    86_400_000,
    10_000,
    'How often the server looks for rollups that are due, milliseconds; 0 builds only what is asked for.',
  ),
  DATAINSIGHT_ROLLUP_TIMEOUT_MS: integer(
    1_000,
    86_400_000,
    600_000,
    'Longest run of one statement that fills a rollup, milliseconds.',
  ),
  DATAINSIGHT_ROLLUP_TIMEZONE: Type.Array(Type.String({ format: 'datainsight:time-zone' }), {
    default: ['UTC'],
    minItems: 1,
    maxItems: 24,
    description:
      'Comma-separated zones whose wall clocks the buckets of rollups by the day or more follow: such rollups are built for each. `UTC` when absent.',
  }),
  DATAINSIGHT_METRICS_TOKEN: Type.Optional(
    text('What `/metrics` asks for as `Authorization: Bearer …`. Without it `/metrics` is off in production.', {
      minLength: 16,
    }),
  ),
  DATAINSIGHT_TENANT_CONCURRENCY: integer(
    0,
    1_000,
    0,
    'Statements of one tenant at the same time at one data source; 0 for half of its places.',
  ),
  DATAINSIGHT_TENANT_QUEUE: integer(1, 100_000, 100, 'Statements of one tenant that may wait at one data source.'),
  DATAINSIGHT_QUEUE: integer(
    1,
    1_000_000,
    1_000,
    'Statements that may wait at one data source, half of them for one organization.',
  ),
  DATAINSIGHT_QUEUE_WAIT_MS: integer(1, 3_600_000, 30_000, 'Longest wait of a statement for its turn, milliseconds.'),
  DATAINSIGHT_MAX_LOOP_DELAY_MS: integer(
    0,
    60_000,
    1_000,
    'Mean delay of the event loop over five seconds from which on requests are turned away, milliseconds; 0 for never.',
  ),
  DATAINSIGHT_CACHE_MAX_BYTES: integer(0, 68_719_476_736, 268_435_456, 'Memory for cached answers, bytes.'),
  DATAINSIGHT_CACHE_TABLE_BYTES: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 68_719_476_736,
      description:
        'Room for cached answers in the metadata database, bytes. When absent, 268435456 with `DATABASE_URL` and without `REDIS_URL`, none otherwise.',
    }),
  ),
  DATAINSIGHT_CACHE_TTL_FACTOR: integer(
    1,
    100,
    4,
    'How far the time for which an answer is reused may move from its data source’s, both ways, by how often the data was seen to change; 1 keeps it fixed.',
  ),
  DATAINSIGHT_CACHE_WARMING: integer(
    0,
    1_000,
    0,
    'Most used dashboard queries of each node that are refreshed before their answers’ time ends.',
  ),
  DATAINSIGHT_RATE_READ: integer(1, 1_000_000_000, 6_000, 'Reads per minute and credential.'),
  DATAINSIGHT_RATE_WRITE: integer(1, 1_000_000_000, 600, 'Writes per minute and credential.'),
  DATAINSIGHT_RATE_QUERY: integer(1, 1_000_000_000, 6_000, 'Query requests per minute and credential.'),
  DATAINSIGHT_RATE_LOGIN: integer(1, 1_000_000_000, 60, 'Sign-in requests per minute and address.'),
  DATAINSIGHT_RATE_STATIC: integer(1, 1_000_000_000, 12_000, 'File requests per minute and address.'),
  DATAINSIGHT_DRAIN_DELAY_MS: integer(
    0,
    60_000,
    0,
    'How long to go on listening, with `/ready` false, after SIGTERM, milliseconds.',
  ),
  LOG_LEVEL: Type.Union(
    LOG_LEVELS.map((level) => Type.Literal(level)),
    { default: 'info', description: `Least severe log line written: ${LOG_LEVELS.join(', ')}. info when absent.` },
  ),
} as const

const Environment = Type.Object(ENVIRONMENT)
type Environment = Static<typeof Environment>
const checker = TypeCompiler.Compile(Environment)

/** Requests per minute of each rate class. */
export interface RateLimits {
  readonly health: number
  readonly static: number
  readonly read: number
  readonly write: number
  readonly query: number
  readonly login: number
}

/** How the server runs. Frozen; made by {@link loadConfig}. */
export interface Config {
  readonly production: boolean
  readonly port: number
  readonly host: string
  /** Absolute path. */
  readonly dataDir: string
  readonly secret: string
  readonly databaseUrl: string | undefined
  readonly databaseConnections: number
  readonly databaseReplicaUrls: readonly string[]
  readonly auditRetentionDays: number
  readonly redisUrl: string | undefined
  readonly organizationName: string
  readonly adminEmail: string
  readonly adminPassword: string | undefined
  readonly apiKey: string | undefined
  readonly modelDir: string | undefined
  readonly dataSourcesFile: string | undefined
  /** Newest first; none when the secret's own is used. */
  readonly encryptionKeys: readonly { readonly id: string; readonly key: Buffer }[]
  readonly allowPrivateSources: boolean
  readonly allowedSourceHosts: readonly string[]
  readonly sourceFilesDir: string | undefined
  readonly allowedOrigins: readonly string[]
  readonly consoleDir: string | undefined
  readonly embedDir: string | undefined
  readonly trustedProxies: readonly string[]
  readonly bodyLimitBytes: number
  readonly maxRows: number
  readonly queryTimeoutMs: number
  readonly cubeWaitMs: number
  readonly export: { readonly maxRows: number; readonly maxBytes: number; readonly timeoutMs: number }
  readonly streamIdleMs: number
  readonly queryLog: { readonly retentionDays: number; readonly flushMs: number; readonly hitSample: number }
  readonly slowQueryMs: number
  /** 0 for none. */
  readonly maxLoopDelayMs: number
  readonly gate: {
    readonly laneConcurrency?: number
    readonly laneQueue: number
    readonly queue: number
    readonly waitMs: number
  }
  readonly rollups: {
    readonly directory: string
    readonly intervalMs: number
    readonly timeoutMs: number
    readonly timezones: readonly string[]
  }
  readonly metricsToken: string | undefined
  readonly cacheMaxBytes: number
  readonly cacheTableBytes: number
  readonly cacheTtlFactor: number
  readonly cacheWarming: number
  readonly ratesPerMinute: RateLimits
  readonly drainDelayMs: number
  readonly logLevel: (typeof LOG_LEVELS)[number]
}

/**
 * Reads the configuration from environment variables.
 * Outside production a missing secret is generated and kept in the data directory.
 * @throws AnalyticsError `invalid_request` with every problem, each under the name of its variable.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const production = env.NODE_ENV === 'production'
  const { values, problems } = readEnvironment(env)
  if (values.DATAINSIGHT_SECRET !== undefined) {
    const weakness = weaknessOf(values.DATAINSIGHT_SECRET)
    if (weakness !== undefined) problems.push({ path: 'DATAINSIGHT_SECRET', message: weakness })
  } else if (production) {
    problems.push({
      path: 'DATAINSIGHT_SECRET',
      message: `is required in production: ${SECRET_MIN_BYTES} random bytes or more, such as the output of openssl rand -base64 48`,
    })
  }
  for (const name of ['DATAINSIGHT_API_KEY', 'DATAINSIGHT_ADMIN_PASSWORD'] as const) {
    const value = values[name]
    if (value !== undefined && value === values.DATAINSIGHT_SECRET) {
      problems.push({ path: name, message: 'must differ from DATAINSIGHT_SECRET' })
    }
  }
  if (values.DATABASE_REPLICA_URLS.length > 0 && values.DATABASE_URL === undefined)
    problems.push({ path: 'DATABASE_REPLICA_URLS', message: 'needs DATABASE_URL, whose replicas they are' })
  if (problems.length > 0) {
    throw new AnalyticsError(
      'invalid_request',
      `the configuration is not valid: ${problems.map(({ path, message }) => `${path} ${message}`).join('; ')}`,
      { problems },
    )
  }
  return toConfig(values, production)
}

function readEnvironment(env: Readonly<Record<string, string | undefined>>): {
  values: Environment
  problems: Problem[]
} {
  const raw: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(ENVIRONMENT)) {
    // An empty variable means an absent one: that is what `NAME=` in compose files stands for.
    const given = env[name] === '' ? undefined : env[name]
    if (given === undefined) {
      if ('default' in schema) raw[name] = schema.default
    } else if (schema.type === 'integer') raw[name] = /^-?\d+$/.test(given) ? Number(given) : given
    else if (schema.type === 'array')
      raw[name] = given
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    else raw[name] = given
  }
  const problems: Problem[] = []
  for (const name of Object.keys(env)) {
    if (name.startsWith('DATAINSIGHT_') && !(name in ENVIRONMENT))
      problems.push({ path: name, message: 'is not a known variable' })
  }
  const seen = new Set<string>()
  for (const { path, schema, value } of checker.Errors(raw)) {
    const name = path.split('/')[1] ?? ''
    if (seen.has(name)) continue
    seen.add(name)
    // Never the value of a secret: what is wrong with it is its length.
    const shown = /SECRET|PASSWORD|API_KEY|TOKEN|_KEYS|_URLS?$/.test(name) ? '' : `, not ${JSON.stringify(value)}`
    problems.push({ path: name, message: `${expectation(schema)}${shown}` })
  }
  return { values: raw as Environment, problems }
}

function expectation(schema: TSchema): string {
  if (schema.anyOf !== undefined)
    return `must be one of ${(schema.anyOf as TSchema[]).map((option) => String(option.const)).join(', ')}`
  if (schema.type === 'integer') return `must be an integer from ${schema.minimum} to ${schema.maximum}`
  if (schema.format === 'datainsight:origin') return 'must list origins such as https://app.example.com'
  if (schema.format === 'datainsight:encryption-key') return 'must list keys such as 2026-01:<32 bytes in Base64>'
  if (schema.format === 'datainsight:source-host') return 'must list host names, IP addresses or CIDR ranges'
  if (schema.format === 'datainsight:time-zone') return 'must list time zones such as Europe/Brussels'
  if (schema.format === 'datainsight:proxy') return 'must list IP addresses or CIDR ranges'
  if (schema.format === 'datainsight:postgres-url')
    return 'must be an address such as postgres://user@host:5432/database'
  if (schema.format === 'datainsight:redis-url') return 'must be an address such as redis://host:6379'
  return `must have ${schema.minLength ?? 1} characters or more`
}

function toConfig(values: Environment, production: boolean): Config {
  const path = (value: string | undefined) => (value === undefined ? undefined : resolve(value))
  const dataDir = resolve(values.DATAINSIGHT_DATA_DIR)
  return Object.freeze({
    production,
    port: values.PORT,
    host: values.HOST,
    dataDir,
    secret: values.DATAINSIGHT_SECRET ?? resolveSecret(dataDir),
    databaseUrl: values.DATABASE_URL,
    databaseConnections: values.DATAINSIGHT_DATABASE_CONNECTIONS,
    databaseReplicaUrls: Object.freeze([...values.DATABASE_REPLICA_URLS]),
    auditRetentionDays: values.DATAINSIGHT_AUDIT_RETENTION_DAYS,
    redisUrl: values.REDIS_URL,
    organizationName: values.DATAINSIGHT_ORGANIZATION,
    adminEmail: values.DATAINSIGHT_ADMIN_EMAIL,
    adminPassword: values.DATAINSIGHT_ADMIN_PASSWORD,
    apiKey: values.DATAINSIGHT_API_KEY,
    modelDir: path(values.DATAINSIGHT_MODEL_DIR),
    dataSourcesFile: path(values.DATAINSIGHT_DATA_SOURCES),
    encryptionKeys: Object.freeze(values.DATAINSIGHT_ENCRYPTION_KEYS.map(readEncryptionKey)),
    allowPrivateSources: values.DATAINSIGHT_ALLOW_PRIVATE_SOURCES === 'true',
    allowedSourceHosts: Object.freeze([...values.DATAINSIGHT_ALLOWED_SOURCE_HOSTS]),
    sourceFilesDir: path(values.DATAINSIGHT_SOURCE_FILES_DIR),
    allowedOrigins: Object.freeze([...values.DATAINSIGHT_ALLOWED_ORIGINS]),
    consoleDir: path(values.DATAINSIGHT_CONSOLE_DIR),
    embedDir: path(values.DATAINSIGHT_EMBED_DIR),
    trustedProxies: Object.freeze([...values.DATAINSIGHT_TRUSTED_PROXIES]),
    bodyLimitBytes: values.DATAINSIGHT_BODY_LIMIT,
    maxRows: values.DATAINSIGHT_MAX_ROWS,
    queryTimeoutMs: values.DATAINSIGHT_QUERY_TIMEOUT_MS,
    cubeWaitMs: values.DATAINSIGHT_CUBE_WAIT_MS,
    export: Object.freeze({
      maxRows: values.DATAINSIGHT_EXPORT_MAX_ROWS,
      maxBytes: values.DATAINSIGHT_EXPORT_MAX_BYTES,
      timeoutMs: values.DATAINSIGHT_EXPORT_TIMEOUT_MS,
    }),
    streamIdleMs: values.DATAINSIGHT_STREAM_IDLE_MS,
    queryLog: Object.freeze({
      retentionDays: values.DATAINSIGHT_QUERY_LOG_RETENTION_DAYS,
      flushMs: values.DATAINSIGHT_QUERY_LOG_FLUSH_MS,
      hitSample: values.DATAINSIGHT_QUERY_LOG_HIT_SAMPLE,
    }),
    gate: Object.freeze({
      ...(values.DATAINSIGHT_TENANT_CONCURRENCY > 0 && { laneConcurrency: values.DATAINSIGHT_TENANT_CONCURRENCY }),
      laneQueue: values.DATAINSIGHT_TENANT_QUEUE,
      queue: values.DATAINSIGHT_QUEUE,
      waitMs: values.DATAINSIGHT_QUEUE_WAIT_MS,
    }),
    slowQueryMs: values.DATAINSIGHT_SLOW_QUERY_MS,
    maxLoopDelayMs: values.DATAINSIGHT_MAX_LOOP_DELAY_MS,
    rollups: Object.freeze({
      directory: resolve(values.DATAINSIGHT_ROLLUP_DIR ?? join(dataDir, 'rollups')),
      intervalMs: values.DATAINSIGHT_ROLLUP_INTERVAL_MS,
      timeoutMs: values.DATAINSIGHT_ROLLUP_TIMEOUT_MS,
      timezones: Object.freeze([...values.DATAINSIGHT_ROLLUP_TIMEZONE]),
    }),
    metricsToken: values.DATAINSIGHT_METRICS_TOKEN,
    cacheMaxBytes: values.DATAINSIGHT_CACHE_MAX_BYTES,
    cacheTableBytes:
      values.DATAINSIGHT_CACHE_TABLE_BYTES ??
      (values.DATABASE_URL !== undefined && values.REDIS_URL === undefined ? DEFAULT_TABLE_BYTES : 0),
    cacheTtlFactor: values.DATAINSIGHT_CACHE_TTL_FACTOR,
    cacheWarming: values.DATAINSIGHT_CACHE_WARMING,
    ratesPerMinute: Object.freeze({
      health: values.DATAINSIGHT_RATE_STATIC,
      static: values.DATAINSIGHT_RATE_STATIC,
      read: values.DATAINSIGHT_RATE_READ,
      write: values.DATAINSIGHT_RATE_WRITE,
      query: values.DATAINSIGHT_RATE_QUERY,
      login: values.DATAINSIGHT_RATE_LOGIN,
    }),
    drainDelayMs: values.DATAINSIGHT_DRAIN_DELAY_MS,
    logLevel: values.LOG_LEVEL,
  })
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).origin === value
}

function hasProtocol(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol)
}

function isProxy(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

function isSourceHost(value: string): boolean {
  return isProxy(value) || /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})$/.test(value)
}

function isEncryptionKey(value: string): boolean {
  const match = /^[A-Za-z0-9._-]{1,64}:([A-Za-z0-9+/_-]{43}=?)$/.exec(value)
  return match !== null && Buffer.from(match[1]!, 'base64').length === 32
}

function readEncryptionKey(value: string): { id: string; key: Buffer } {
  const [id = '', key = ''] = value.split(':')
  return Object.freeze({ id, key: Buffer.from(key, 'base64') })
}
