/** Texts that look like credentials, inside messages of others: tokens, our API keys, passwords in addresses. */
const CREDENTIAL_TEXT = /eyJ[\w-]{8,}\.[\w-]+\.[\w-]*|di_[\w-]{20,}|(?<=:\/\/[^\s:@/]{0,100}:)[^\s@/]+(?=@)/g
/** How DuckDB starts its messages. */
const DUCKDB_MESSAGE = /^([A-Z][A-Za-z ]{2,40} Error):/
const STACK_LINES = 12

/** What a log may have of an error. */
export interface LoggedError {
  readonly type: string
  readonly message?: string
  readonly code?: string
  readonly stack?: string
  readonly cause?: LoggedError
}

/**
 * Type, text and place of an error and its causes. Messages of databases are left out, because they quote values of rows
 * (`invalid input syntax for type integer: "…"`), as are the statements and values drivers hang on their errors.
 */
export function serializeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  const duckdb = DUCKDB_MESSAGE.exec(error.message)?.[1]
  const isDatabase = 'severity' in error || duckdb !== undefined
  const stack = error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, STACK_LINES)
    .join('\n')
  return {
    type: duckdb ?? error.name,
    ...(!isDatabase && { message: error.message.replace(CREDENTIAL_TEXT, '[redacted]') }),
    ...(typeof code === 'string' && { code }),
    ...(stack !== undefined && stack !== '' && { stack }),
    ...(cause !== undefined && { cause: serializeError(cause) }),
  }
}
