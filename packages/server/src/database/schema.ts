import type {
  DashboardInput,
  DataSourceType,
  ErrorCode,
  Permission,
  StatementLimits,
  UserRole,
} from '@datainsight/core'
import type { ColumnType, Generated, Insertable, JSONColumnType, Kysely, Selectable } from 'kysely'

/** Set once by the database, never updated. */
type CreatedAt = ColumnType<Date, Date | undefined, never>
type Instant = ColumnType<Date, Date, Date>

/** A vendor: the customer of DataInsight. Everything else belongs to exactly one. */
export interface OrganizationTable {
  id: string
  name: string
  /** Exact origins whose pages may call the API from a browser. */
  allowed_origins: ColumnType<string[], string[], string[]>
  /** Those it sets itself. */
  statement_limits: ColumnType<StatementLimits, string | undefined, string>
  created_at: CreatedAt
  updated_at: Generated<Date>
}

export interface UserTable {
  id: string
  organization_id: string
  /** Normalized; unique over all organizations, because people sign in by it alone. */
  email: string
  name: string
  role: UserRole
  password_hash: string
  created_at: CreatedAt
}

/** One sign-in: the family of refresh tokens that followed from it. */
export interface SessionTable {
  id: string
  organization_id: string
  user_id: string
  created_at: CreatedAt
  expires_at: Instant
  revoked_at: Instant | null
}

export interface RefreshTokenTable {
  token_hash: string
  session_id: string
  created_at: CreatedAt
  /** When it was exchanged. A second exchange is a replay. */
  used_at: ColumnType<Date | null, null | undefined, Date>
}

export interface ApiKeyTable {
  id: string
  organization_id: string
  name: string
  /** SHA-256 of the key; keys carry 192 random bits, so a slow hash would add nothing. */
  key_hash: string
  /** The first characters, to recognise a key by. */
  prefix: string
  scopes: ColumnType<Permission[], Permission[], Permission[]>
  created_at: CreatedAt
  revoked_at: ColumnType<Date | null, null | undefined, Date>
}

export type SigningAlgorithm = 'EdDSA' | 'ES256' | 'HS256'

/** What an embed token may be signed with. One algorithm per key, so that a key is never read as another kind. */
export interface SigningKeyTable {
  kid: string
  organization_id: string
  algorithm: SigningAlgorithm
  /** `server`: signs tokens minted by `POST /embed/tokens`. `vendor`: signs offline. */
  owner: 'server' | 'vendor'
  /** SPKI PEM for EdDSA and ES256. */
  public_key: string | null
  /** AES-256-GCM of the HS256 secret. */
  encrypted_secret: Buffer | null
  created_at: CreatedAt
  updated_at: Generated<Date>
  revoked_at: ColumnType<Date | null, null | undefined, Date>
}

export type RevocationKind = 'token' | 'api-key' | 'session' | 'user' | 'signing-key' | 'organization'

/** Credentials that ended before their time. Every node polls this table, so it works with Redis down. */
export interface RevocationTable {
  id: string
  organization_id: string
  kind: RevocationKind
  /** `jti`, key id, session id, user id, `kid` or organization id. */
  subject: string
  created_at: CreatedAt
  /** After this no credential it concerns can still be valid. */
  expires_at: Instant
}

export interface DashboardTable {
  id: string
  organization_id: string
  slug: string
  title: string
  description: string | null
  definition: JSONColumnType<DashboardInput>
  version: number
  created_at: CreatedAt
  updated_at: Generated<Date>
}

/** A database of an organization's. Its credentials are sealed, see `data-sources/key-ring.ts`. */
export interface DataSourceTable {
  id: string
  organization_id: string
  name: string
  type: DataSourceType
  /** Where it is. Nothing in it is secret. */
  connection: JSONColumnType<Record<string, unknown>>
  concurrency: number | null
  cache_ttl_seconds: number | null
  limits: ColumnType<StatementLimits | null, string | null, string | null>
  /** Where its rollups are kept; the account that writes there is among the credentials. */
  rollups: JSONColumnType<{ readonly schema: string } | null, string | null, string | null>
  credentials: Buffer
  wrapped_key: Buffer
  key_id: string
  version: number
  created_at: CreatedAt
  updated_at: Generated<Date>
}

/** One row: grows with each change of a data source. */
export interface DataSourceRevisionTable {
  id: boolean
  revision: string
}

/** Failed and pending sign-ins per throttled key and window. */
export interface LoginAttemptTable {
  /** HMAC of what is throttled, so that the table holds neither addresses nor e-mails. */
  key: string
  window_start: Instant
  attempts: number
}

/** One file of a model. */
export interface ModelFileRow {
  path: string
  text: string
}

/** A model being edited. */
export interface ModelDraftTable {
  id: string
  organization_id: string
  title: string
  /** The version it was made from; 0 is the server's own model. */
  base_number: number
  files: ColumnType<ModelFileRow[], string, string>
  version: number
  created_by: string
  created_at: ColumnType<Date, Date, never>
  updated_at: Instant
}

/** A published model. The highest number is in use; rows are never changed. */
export interface ModelVersionTable {
  organization_id: string
  number: number
  /** `null`: the server's own model. */
  files: ColumnType<ModelFileRow[] | null, string | null, never>
  message: string
  /** The version whose files it has again. */
  restored_from: number | null
  published_by: string
  published_at: ColumnType<Date, Date, never>
}

/** Changes that people and keys made. Partitioned by month. */
export interface AuditLogTable {
  id: string
  at: Instant
  organization_id: string
  actor_kind: string
  actor_id: string
  action: string
  target: JSONColumnType<Record<string, string>>
  request_id: string
}

/** An answer kept in the database: the third level of the cache. Its bytes are signed. */
export interface CacheEntryTable {
  key: string
  organization_id: string
  source: string
  tables: ColumnType<string[], string[], string[]>
  tags: ColumnType<string[], string[], string[]>
  envelope: Buffer
  /** Bytes of the envelope. */
  size: number
  fresh_until: Instant
  expires_at: Instant
  used_at: Generated<Date>
}

/** Which node makes an answer now. */
export interface CacheLeaseTable {
  key: string
  token: string
  expires_at: Instant
}

/** How often something was told to have changed. Never deleted: an answer made before must not come back. */
export interface DataVersionTable {
  organization_id: string
  kind: 'all' | 'source' | 'table' | 'tag'
  /** Empty for `all` and `tag`. */
  source: string
  /** Empty for `all` and `source`. */
  name: string
  version: Generated<string>
  changed_at: Generated<Date>
}

/** What the scalar of a refresh key was, and who asks for it now. */
export interface RefreshKeyTable {
  key: string
  organization_id: string
  value: string | null
  checked_at: Instant | null
  claimed_until: Instant
}

/** Queries that were asked; see `QueryRecord`. Partitioned by day. */
export interface QueryLogTable {
  id: string
  at: Instant
  organization_id: string
  request_id: string
  kind: 'query' | 'batch' | 'dashboard' | 'options' | 'suggest' | 'export' | 'cube'
  caller_kind: 'user' | 'api-key' | 'embed'
  caller_hash: string
  dashboard_id: string | null
  shape: string
  members: ColumnType<string[], string[], never>
  source: string | null
  cache: 'L1' | 'L2' | 'L3' | 'miss' | 'stale' | null
  rollup: string | null
  count: number
  /** `bigint`, which the driver hands over as text. */
  rows: ColumnType<string, number, never>
  bytes: ColumnType<string, number, never>
  plan_ms: number
  wait_ms: number
  database_ms: number
  convert_ms: number
  send_ms: number
  total_ms: number
  max_ms: number
  error: ErrorCode | null
  tenant_hash: string | null
  rollup_reasons: ColumnType<string[], string[], never>
}

/** A rollup as it was built once; see `RollupBuild`. */
export interface RollupBuildTable {
  id: string
  organization_id: string
  name: string
  hash: string
  store: string | null
  state: 'building' | 'ready' | 'retired' | 'failed'
  /** `bigint`, as text. */
  fence: ColumnType<string, string, never>
  parts: ColumnType<unknown, string, string>
  levels: ColumnType<unknown, string | undefined, string>
  rows: ColumnType<string, number, number>
  bytes: ColumnType<string, number, number>
  refresh_value: string | null
  error: string | null
  started_at: Generated<Date>
  ended_at: ColumnType<Date | null, Date | null, Date | null>
}

/** Who builds a rollup now. `token` grows with each builder, so that one that lost its lease is known by an older one. */
export interface RollupLeaseTable {
  organization_id: string
  name: string
  token: Generated<string>
  leased_until: Instant
  failures: Generated<number>
  retry_at: Instant | null
}

/** The metadata database. */
export interface DatabaseSchema {
  organizations: OrganizationTable
  users: UserTable
  sessions: SessionTable
  refresh_tokens: RefreshTokenTable
  api_keys: ApiKeyTable
  embed_signing_keys: SigningKeyTable
  revocations: RevocationTable
  dashboards: DashboardTable
  data_sources: DataSourceTable
  data_source_revision: DataSourceRevisionTable
  login_attempts: LoginAttemptTable
  audit_log: AuditLogTable
  query_log: QueryLogTable
  cache_entries: CacheEntryTable
  cache_leases: CacheLeaseTable
  data_versions: DataVersionTable
  refresh_keys: RefreshKeyTable
  model_drafts: ModelDraftTable
  model_versions: ModelVersionTable
  rollup_builds: RollupBuildTable
  rollup_leases: RollupLeaseTable
}

export type Database = Kysely<DatabaseSchema>
export type OrganizationRow = Selectable<OrganizationTable>
export type UserRow = Selectable<UserTable>
export type ApiKeyRow = Selectable<ApiKeyTable>
export type SigningKeyRow = Selectable<SigningKeyTable>
export type NewSigningKey = Insertable<SigningKeyTable>
export type DataSourceRow = Selectable<DataSourceTable>
export type DashboardRow = Selectable<DashboardTable>
export type RevocationRow = Selectable<RevocationTable>
