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

/**
 * A driver's fault as it may be logged: with its text when that speaks of names only, else with its kind and code
 * (`invalid input syntax for type integer: "…"` quotes a row). The driver's own error is not kept, so that no logger finds it.
 */
export class DriverFault extends Error {
  override readonly name = 'DriverFault'
  /** SQLSTATE or a system's code such as `ECONNREFUSED`. */
  readonly code: string | undefined

  constructor(error: unknown) {
    const { code, message, name } = read(error)
    super(message === undefined ? `${name}${code === undefined ? '' : ` ${code}`}` : message)
    this.code = code
  }
}

function read(error: unknown): { name: string; code?: string; message?: string } {
  if (!(error instanceof Error)) return { name: typeof error }
  const { code } = error as { code?: unknown }
  const [firstLine = ''] = error.message.split('\n')
  if (typeof code === 'string') {
    // Codes of Node are words such as ECONNRESET; their messages name addresses.
    const isSafe = !/^[0-9A-Z]{5}$/.test(code) || SAFE_CLASSES.has(code.slice(0, 2))
    return { name: error.name, code, ...(isSafe ? { message: `${firstLine} (${code})` } : {}) }
  }
  const kind = /^([A-Z][A-Za-z ]{2,40} Error):/.exec(firstLine)?.[1]
  if (kind === undefined) return { name: error.name }
  return { name: kind, ...(SAFE_KINDS.has(kind) ? { message: firstLine } : {}) }
}
