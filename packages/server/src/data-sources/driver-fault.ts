import type { CONNECT_FAILURES } from '@datainsight/core'

/** Kinds of DuckDB's faults whose text speaks of names and settings; the others can quote values of rows. */
const SAFE_KINDS = new Set([
  'Binder Error',
  'Catalog Error',
  'Parser Error',
  'Permission Error',
  'IO Error',
  'Out of Memory Error',
  'INTERRUPT Error',
  'Not implemented Error',
])
/** Classes of SQLSTATE of which the same is true: connection, syntax and access, resources, operator, system (PostgreSQL manual, appendix A). */
const SAFE_CLASSES = new Set(['08', '28', '3D', '42', '53', '54', '57', '58'])

/** Codes of MySQL and MariaDB of which the same is true. */
const SAFE_MYSQL = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR',
  'ER_BAD_FIELD_ERROR',
  'ER_BAD_TABLE_ERROR',
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_CON_COUNT_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_HOST_NOT_PRIVILEGED',
  'ER_NO_DB_ERROR',
  'ER_NO_SUCH_TABLE',
  'ER_QUERY_INTERRUPTED',
  'ER_STATEMENT_TIMEOUT',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_UNSUPPORTED_PS',
])
/** How SQLite's faults of that kind begin. */
const SAFE_SQLITE =
  /^(?:no such (?:table|column|function)|attempt to write|unable to open|file is not a database|interrupted)/

/** What a fault is about, as far as its code tells. */
export type FaultKind = (typeof CONNECT_FAILURES)[number]

const KINDS: Readonly<Record<string, FaultKind>> = {
  ENOTFOUND: 'unknown_host',
  EAI_AGAIN: 'unknown_host',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  EBLOCKED: 'not_allowed',
  ERR_MODULE_NOT_FOUND: 'missing_client',
  // PostgreSQL
  '28000': 'authentication',
  '28P01': 'authentication',
  '3D000': 'unknown_database',
  '53300': 'too_many_connections',
  // MySQL
  ER_ACCESS_DENIED_ERROR: 'authentication',
  ER_HOST_NOT_PRIVILEGED: 'authentication',
  ER_BAD_DB_ERROR: 'unknown_database',
  ER_DBACCESS_DENIED_ERROR: 'unknown_database',
  ER_CON_COUNT_ERROR: 'too_many_connections',
  HANDSHAKE_NO_SSL_SUPPORT: 'tls',
  HANDSHAKE_SSL_ERROR: 'tls',
  ERR_SQLITE_ERROR: 'file',
  // SQL Server
  ELOGIN: 'authentication',
  ETIMEOUT: 'timeout',
}
/** Codes of Node's TLS (OpenSSL's verification results and its own). */
const TLS_CODE = /^(?:ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

/**
 * A driver's fault as it may be logged: with its text when that speaks of names only, else with its kind and code
 * (`invalid input syntax for type integer: "…"` quotes a row). The driver's own error is not kept, so that no logger finds it.
 */
export class DriverFault extends Error {
  override readonly name = 'DriverFault'
  /** SQLSTATE or a system's code such as `ECONNREFUSED`. */
  readonly code: string | undefined
  readonly kind: FaultKind

  constructor(error: unknown) {
    const { code, message, name } = read(error)
    super(message === undefined ? `${name}${code === undefined ? '' : ` ${code}`}` : message)
    this.code = code
    this.kind = kindOf(error, code)
  }
}

function kindOf(error: unknown, code: string | undefined): FaultKind {
  if (code !== undefined) {
    if (TLS_CODE.test(code)) return 'tls'
    const kind = Object.hasOwn(KINDS, code) ? KINDS[code] : undefined
    if (kind !== undefined) return kind
  }
  if (!(error instanceof Error)) return 'other'
  // A connection tried at several addresses fails with all their faults.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) {
    return kindOf(error.errors[0], read(error.errors[0]).code)
  }
  // pg says these two by text alone.
  if (/timeout expired|due to connection timeout/.test(error.message)) return 'timeout'
  if (/does not support SSL/.test(error.message)) return 'tls'
  return /^IO Error/.test(error.message) ? 'file' : 'other'
}

function isSafeCode(code: string, message: string): boolean {
  if (code.startsWith('ER_')) return SAFE_MYSQL.has(code)
  if (code === 'ERR_SQLITE_ERROR') return SAFE_SQLITE.test(message)
  // Codes of Node are words such as ECONNRESET; their messages name addresses.
  return !/^[0-9A-Z]{5}$/.test(code) || SAFE_CLASSES.has(code.slice(0, 2))
}

function read(error: unknown): { name: string; code?: string; message?: string } {
  if (!(error instanceof Error)) return { name: typeof error }
  const { code } = error as { code?: unknown }
  const [firstLine = ''] = error.message.split('\n')
  if (typeof code === 'string') {
    const isSafe = isSafeCode(code, firstLine)
    return { name: error.name, code, ...(isSafe ? { message: `${firstLine} (${code})` } : {}) }
  }
  const kind = /^([A-Z][A-Za-z ]{2,40} Error):/.exec(firstLine)?.[1]
  if (kind === undefined) return { name: error.name }
  return { name: kind, ...(SAFE_KINDS.has(kind) ? { message: firstLine } : {}) }
}
