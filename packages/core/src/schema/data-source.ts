import { type Static, type TObject, type TProperties, Type } from '@sinclair/typebox'
import { Identifier } from './common.ts'
import { StatementLimits } from './statement-limits.ts'

/** Databases that a data source may be. */
export const DATA_SOURCE_TYPES = [
  'postgres',
  'redshift',
  'mysql',
  'sqlite',
  'duckdb',
  'clickhouse',
  'snowflake',
  'bigquery',
  'sqlserver',
  'trino',
  'databricks',
] as const
export const DataSourceType = Type.Union(DATA_SOURCE_TYPES.map((type) => Type.Literal(type)))
export type DataSourceType = Static<typeof DataSourceType>

const closed = <T extends TProperties>(properties: T): TObject<T> =>
  Type.Object(properties, { additionalProperties: false })

/** A host name or an address; no scheme, port, path or account. */
const Host = Type.String({
  pattern: '^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f.]{0,15}){2,8})$',
  maxLength: 253,
})
const Port = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 65_535, description: "The database's own when absent." }),
)
/** A name that the database gives meaning to. Never put into a statement's text. */
const Word = Type.String({ minLength: 1, maxLength: 256, pattern: '^[^\\u0000-\\u001f\\u007f]+$' })
/** `writeOnly` also keeps a refused value out of the message that refuses it. */
const Secret = Type.String({ maxLength: 10_000, pattern: '^[^\\u0000]*$', writeOnly: true })
/** Below `DATAINSIGHT_SOURCE_FILES_DIR`. */
const File = Type.String({ minLength: 1, maxLength: 1_000, pattern: '^[^\\u0000-\\u001f\\u007f]+$' })
const Tls = Type.Optional(
  Type.Union([Type.Literal('verify'), Type.Literal('unverified'), Type.Literal('off')], {
    description:
      '`verify` checks the certificate and the name, `unverified` encrypts to whoever answers, `off` does not encrypt. `verify` when absent.',
  }),
)
const CertificateAuthority = Type.Optional(
  Type.String({
    maxLength: 100_000,
    pattern: '^[^\\u0000]*$',
    description: 'PEM of the authority; the well-known ones when absent.',
  }),
)
const SERVER = { host: Host, port: Port, database: Word, user: Word, tls: Tls, ca: CertificateAuthority }
/** What opens a source; see {@link DATA_SOURCE_CREDENTIALS}. */
const secret = <T extends TProperties>(properties: T): TObject<T> =>
  Type.Object(properties, { additionalProperties: false, writeOnly: true })
const Password = secret({ password: Secret })
/** Given or not: there is nothing to say. */
const Nothing = Type.Optional(secret({}))

/** Options of a CSV file; found out by reading its first rows where absent. */
const CsvOptions = closed({
  delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
  header: Type.Optional(Type.Boolean()),
  quote: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
  nullText: Type.Optional(Type.String({ maxLength: 100 })),
  dateFormat: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  timestampFormat: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
})

/** Where a source of each type is: what may be shown to who may read it. */
export const DATA_SOURCE_CONNECTIONS = {
  postgres: closed(SERVER),
  redshift: closed(SERVER),
  mysql: closed(SERVER),
  sqlserver: closed(SERVER),
  clickhouse: closed({ ...SERVER }),
  sqlite: closed({ file: File }),
  duckdb: closed({
    tables: Type.Optional(
      Type.Record(Identifier, closed({ file: File, csv: Type.Optional(CsvOptions) }), {
        additionalProperties: false,
        minProperties: 1,
        maxProperties: 200,
      }),
    ),
    database: Type.Optional(File),
  }),
  snowflake: closed({
    account: Type.String({ pattern: '^[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+){0,3}$', maxLength: 253 }),
    user: Word,
    warehouse: Word,
    database: Word,
    schema: Type.Optional(Word),
    role: Type.Optional(Word),
  }),
  bigquery: closed({
    project: Type.String({ pattern: '^[a-z][a-z0-9.:-]{3,100}$' }),
    dataset: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_]{1,1024}$' })),
    location: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]{2,50}$' })),
  }),
  trino: closed({
    host: Host,
    port: Port,
    catalog: Word,
    schema: Word,
    user: Word,
    tls: Tls,
    ca: CertificateAuthority,
  }),
  databricks: closed({
    host: Host,
    path: Type.String({ pattern: '^/[A-Za-z0-9/_.-]{1,300}$' }),
    catalog: Type.Optional(Word),
    schema: Type.Optional(Word),
  }),
} as const satisfies Record<DataSourceType, TObject>

/** What opens a source of each type. Write-only: stored encrypted and never answered. */
export const DATA_SOURCE_CREDENTIALS = {
  postgres: Password,
  redshift: Password,
  mysql: Password,
  sqlserver: Password,
  clickhouse: Password,
  sqlite: Nothing,
  duckdb: Nothing,
  snowflake: Type.Union([Password, secret({ privateKey: Secret, passphrase: Type.Optional(Secret) })], {
    writeOnly: true,
  }),
  bigquery: secret({ clientEmail: Type.String({ minLength: 3, maxLength: 320 }), privateKey: Secret }),
  trino: Type.Optional(secret({ password: Type.Optional(Secret) })),
  databricks: secret({ token: Secret }),
} as const satisfies Record<DataSourceType, unknown>

/** Where rollups are kept as tables: a schema of the source that belongs to them alone. */
const ROLLUP_SCHEMA = Type.String({
  pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$',
  description: 'As the database spells it; a database of the server where there are no schemas (MySQL).',
})
export const SourceRollups = closed({
  schema: ROLLUP_SCHEMA,
  url: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 10_000,
      pattern: '^[^\\u0000]*$',
      writeOnly: true,
      description:
        "`postgres://user:password@host/database` of an account that may write there; the source's own when absent.",
    }),
  ),
})
export type SourceRollups = Static<typeof SourceRollups>

const SETTINGS = {
  concurrency: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 50,
      description: "Statements at the same time; the driver's own when absent.",
    }),
  ),
  cacheTtlSeconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 86_400,
      description: "How long an answer may be reused; the driver's own when absent.",
    }),
  ),
  limits: Type.Optional(StatementLimits),
  rollups: Type.Optional(SourceRollups),
}

const variant = <T extends DataSourceType>(type: T) => ({
  type: Type.Literal(type),
  connection: DATA_SOURCE_CONNECTIONS[type],
  credentials: DATA_SOURCE_CREDENTIALS[type],
})
const input = <T extends DataSourceType>(type: T) =>
  Type.Object({ name: Identifier, ...variant(type), ...SETTINGS }, { additionalProperties: false })
const target = <T extends DataSourceType>(type: T) => Type.Object(variant(type), { additionalProperties: false })

/** A source to store. The name is what a cube's `data_source` says. */
export const DataSourceInput = Type.Union([
  input('postgres'),
  input('redshift'),
  input('mysql'),
  input('sqlite'),
  input('duckdb'),
  input('clickhouse'),
  input('snowflake'),
  input('bigquery'),
  input('sqlserver'),
  input('trino'),
  input('databricks'),
])
export type DataSourceInput = Static<typeof DataSourceInput>

/** Where to connect and by what: the body of a test of something that is not stored. */
export const DataSourceTarget = Type.Union([
  target('postgres'),
  target('redshift'),
  target('mysql'),
  target('sqlite'),
  target('duckdb'),
  target('clickhouse'),
  target('snowflake'),
  target('bigquery'),
  target('sqlserver'),
  target('trino'),
  target('databricks'),
])
export type DataSourceTarget = Static<typeof DataSourceTarget>

/**
 * A change: the given properties replace the stored ones. Another `type` or `connection` needs the `credentials` again, so that
 * nobody who may change a source can send its password somewhere else. `null` takes a setting back to the driver's own.
 */
export const DataSourcePatch = Type.Object(
  {
    name: Type.Optional(Identifier),
    type: Type.Optional(DataSourceType),
    connection: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 20 })),
    credentials: Type.Optional(
      Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 10, writeOnly: true }),
    ),
    concurrency: Type.Optional(Type.Union([SETTINGS.concurrency, Type.Null()])),
    cacheTtlSeconds: Type.Optional(Type.Union([SETTINGS.cacheTtlSeconds, Type.Null()])),
    /** All of them: what it does not name is taken from the organization again. */
    limits: Type.Optional(Type.Union([StatementLimits, Type.Null()])),
    rollups: Type.Optional(Type.Union([SETTINGS.rollups, Type.Null()])),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type DataSourcePatch = Static<typeof DataSourcePatch>

/** A data source as it is answered: without its credentials. */
export const DataSourceInfo = Type.Object(
  {
    /** UUIDv7; the name for a source of the server's configuration. */
    id: Type.String(),
    name: Type.String(),
    type: DataSourceType,
    origin: Type.Union([Type.Literal('stored'), Type.Literal('configuration')], {
      description: '`configuration`: set by the server, for all organizations; it cannot be changed here.',
    }),
    /** Absent for sources of the configuration. */
    connection: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    concurrency: Type.Optional(Type.Integer()),
    cacheTtlSeconds: Type.Optional(Type.Integer()),
    limits: Type.Optional(StatementLimits),
    rollups: Type.Optional(closed({ schema: ROLLUP_SCHEMA })),
    /** Grows by one at each change and is the ETag; 0 for sources of the configuration. */
    version: Type.Integer(),
    createdAt: Type.Optional(Type.String({ description: 'ISO 8601 UTC' })),
    updatedAt: Type.Optional(Type.String({ description: 'ISO 8601 UTC' })),
  },
  { additionalProperties: false },
)
export type DataSourceInfo = Static<typeof DataSourceInfo>

/** Why a connection failed. */
export const CONNECT_FAILURES = [
  'unknown_host',
  'unreachable',
  'refused',
  'timeout',
  'not_allowed',
  'tls',
  'authentication',
  'unknown_database',
  'too_many_connections',
  'file',
  'missing_client',
  'other',
] as const

/** What a test of a connection found. */
export const DataSourceTest = Type.Union([
  Type.Object(
    { ok: Type.Literal(true), version: Type.String(), latencyMs: Type.Number() },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      ok: Type.Literal(false),
      reason: Type.Union(CONNECT_FAILURES.map((reason) => Type.Literal(reason))),
      message: Type.String(),
      hint: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
])
export type DataSourceTest = Static<typeof DataSourceTest>

/** A table or view of a data source, as its catalog describes it. */
export const SourceTable = Type.Object(
  {
    schema: Type.String(),
    name: Type.String(),
    kind: Type.Union([Type.Literal('table'), Type.Literal('view')]),
    comment: Type.Optional(Type.String()),
    rowEstimate: Type.Optional(Type.Integer({ description: 'What the database guesses; absent when it does not.' })),
    columns: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          type: Type.String({ description: 'As the database calls it.' }),
          kind: Type.Union(
            (['string', 'integer', 'number', 'boolean', 'time', 'other'] as const).map((kind) => Type.Literal(kind)),
          ),
          nullable: Type.Boolean(),
          comment: Type.Optional(Type.String()),
        },
        { additionalProperties: false },
      ),
    ),
    primaryKey: Type.Array(Type.String()),
    foreignKeys: Type.Array(
      Type.Object(
        {
          columns: Type.Array(Type.String()),
          references: Type.Object(
            { schema: Type.String(), name: Type.String(), columns: Type.Array(Type.String()) },
            { additionalProperties: false },
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type SourceTable = Static<typeof SourceTable>

/** Body of `POST /data-sources/:id/model`: the tables to write a model for. */
export const DraftModelRequest = Type.Object(
  {
    tables: Type.Array(
      Type.Object(
        { schema: Type.String({ maxLength: 1_000 }), name: Type.String({ minLength: 1, maxLength: 1_000 }) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 200 },
    ),
  },
  { additionalProperties: false },
)
export type DraftModelRequest = Static<typeof DraftModelRequest>

/** A model to start from, and what was left out of it. */
export const DraftModelAnswer = Type.Object(
  { yaml: Type.String(), cubes: Type.Array(Type.String()), notes: Type.Array(Type.String()) },
  { additionalProperties: false },
)
export type DraftModelAnswer = Static<typeof DraftModelAnswer>
