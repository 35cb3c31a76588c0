import { realpathSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { AnalyticsError, type DataSourceTarget } from '@datainsight/core'
import { TABLE_FILE_ENDINGS } from './duckdb-tables.ts'

/**
 * The real path of a file that a stored source names, below `folder`. Names are relative; links are followed and must not
 * lead out. The same answer whether a file outside exists or not.
 * @throws AnalyticsError `invalid_request`
 */
export function resolveSourceFile(folder: string | undefined, file: string, path: string): string {
  if (folder === undefined) {
    throw refusal(path, 'cannot be used: the server has no folder for files', 'set DATAINSIGHT_SOURCE_FILES_DIR')
  }
  if (isAbsolute(file) || file.split(/[\\/]/).includes('..')) {
    throw refusal(path, `must be relative to the server's folder for files and stay in it, not ${file}`)
  }
  let real: string
  let root: string
  try {
    root = realpathSync(folder)
    real = realpathSync(resolve(root, file))
  } catch {
    throw refusal(path, `is no file of the server's folder for files: ${file}`)
  }
  const inside = relative(root, real)
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw refusal(path, `is no file of the server's folder for files: ${file}`)
  }
  return real
}

type DuckDBConnection = Extract<DataSourceTarget, { type: 'duckdb' }>['connection']

/** The real paths of what a DuckDB source is made of. @throws AnalyticsError `invalid_request` */
export function resolveDuckDBFiles({ tables, database }: DuckDBConnection, folder: string | undefined) {
  if ((tables === undefined) === (database === undefined)) {
    throw refusal('connection', 'must have either tables or database')
  }
  if (database !== undefined) return { database: resolveSourceFile(folder, database, 'connection.database') }
  const resolved = Object.entries(tables ?? {}).map(([name, { file, csv }]) => {
    const path = `connection.tables.${name}.file`
    if (!TABLE_FILE_ENDINGS.some((ending) => file.toLowerCase().endsWith(ending))) {
      throw refusal(path, `must end with one of ${TABLE_FILE_ENDINGS.join(', ')}, not ${file}`)
    }
    return [name, { file: resolveSourceFile(folder, file, path), ...(csv && { csv }) }] as const
  })
  return { tables: Object.fromEntries(resolved) }
}

/** Refuses a source whose files could not be opened. @throws AnalyticsError `invalid_request` */
export function checkSourceFiles(
  target: Pick<DataSourceTarget, 'type' | 'connection'>,
  folder: string | undefined,
): void {
  if (target.type === 'sqlite')
    resolveSourceFile(folder, (target.connection as { file: string }).file, 'connection.file')
  if (target.type === 'duckdb') resolveDuckDBFiles(target.connection as DuckDBConnection, folder)
}

function refusal(path: string, message: string, hint?: string): AnalyticsError {
  return new AnalyticsError('invalid_request', `${path} ${message}`, {
    problems: [{ path, message }],
    ...(hint === undefined ? {} : { hint }),
  })
}
