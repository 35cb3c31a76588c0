import { extname } from 'node:path'
import { AnalyticsError } from '@datainsight/core'
import type { DuckDBConnection } from '@duckdb/node-api'
import { DriverFault } from './driver-fault.ts'

/** One file that serves as a table. The path is absolute. */
export interface TableFile {
  readonly file: string
  /** How a CSV file is written, where its first rows do not tell. */
  readonly csv?: CsvOptions
}

/** Each found out by DuckDB when absent. */
export interface CsvOptions {
  readonly delimiter?: string
  readonly header?: boolean
  readonly quote?: string
  /** Stands for null. */
  readonly nullText?: string
  /** `strptime` format, such as `%d.%m.%Y`. */
  readonly dateFormat?: string
  readonly timestampFormat?: string
}

const READERS: Readonly<Record<string, 'read_parquet' | 'read_csv' | 'read_json'>> = {
  '.parquet': 'read_parquet',
  '.csv': 'read_csv',
  '.tsv': 'read_csv',
  '.json': 'read_json',
  '.ndjson': 'read_json',
  '.jsonl': 'read_json',
}

/** File endings a table may have. */
export const TABLE_FILE_ENDINGS: readonly string[] = Object.keys(READERS)

/** Whether statements read the file itself, so that a change of the file is seen; other files are loaded once, at start. */
export function isReadLater(file: string): boolean {
  return extname(file).toLowerCase() === '.parquet'
}

/**
 * Makes each file a table of its name and allows the engine to read those files later.
 *
 * Parquet stays where it is, behind a view: for three million flights that takes 4 ms instead of 430 ms (and 180 MB), and
 * a statement for one airport takes the same 15 ms either way, because the file's statistics skip most of it. CSV and JSON
 * have no such statistics and would be parsed again for each statement, so they are loaded once.
 */
export async function registerTables(
  connection: DuckDBConnection,
  tables: Readonly<Record<string, TableFile>>,
): Promise<void> {
  const readLater: string[] = []
  for (const [name, { file, csv }] of Object.entries(tables)) {
    const reader = READERS[extname(file).toLowerCase()]
    if (reader === undefined) throw new AnalyticsError('invalid_request', `unknown kind of table file: ${file}`)
    const kind = isReadLater(file) ? 'view' : 'table'
    if (kind === 'view') readLater.push(file)
    try {
      await connection.run(
        `create ${kind} ${identifier(name)} as select * from ${reader}(${literal(file)}${reader === 'read_csv' ? csvOptions(csv) : ''})`,
      )
    } catch (error) {
      throw new AnalyticsError('query_failed', `the table ${name} cannot be read from ${file}`, {
        cause: new DriverFault(error),
      })
    }
  }
  await connection.run(`set allowed_paths = [${readLater.map(literal).join(', ')}]`)
}

const CSV_OPTIONS: Readonly<Record<keyof CsvOptions, string>> = {
  delimiter: 'delim',
  header: 'header',
  quote: 'quote',
  nullText: 'nullstr',
  dateFormat: 'dateformat',
  timestampFormat: 'timestampformat',
}

function csvOptions(options: CsvOptions = {}): string {
  return (Object.keys(CSV_OPTIONS) as (keyof CsvOptions)[])
    .filter((key) => options[key] !== undefined)
    .map((key) => `, ${CSV_OPTIONS[key]} = ${typeof options[key] === 'string' ? literal(options[key]) : options[key]}`)
    .join('')
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
