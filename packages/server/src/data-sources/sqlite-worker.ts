import { DatabaseSync } from 'node:sqlite'
import type { RawValue } from './data-source.ts'

/** What the parent sends: `start` replaces whatever ran before, `next` asks for the next rows. */
export type SqliteRequest =
  | {
      readonly kind: 'start'
      readonly sql: string
      readonly parameters: readonly (string | number | bigint | null)[]
      readonly chunkRows: number
    }
  | { readonly kind: 'next' }
  | { readonly kind: 'stop' }

/** What the worker answers to `start` and `next`. */
export type SqliteAnswer =
  | { readonly columns: RawValue[][]; readonly rowCount: number; readonly isLast: boolean }
  | { readonly error: { readonly message: string; readonly code: string } }

/*
 * A process of its own, not a thread: SQLite blocks whoever calls it, `node:sqlite` cannot be interrupted, and a worker thread
 * that is terminated goes on until the native call returns. A process can be killed.
 */

const database = new DatabaseSync(process.argv[2] ?? '', { readOnly: true, allowExtension: false, defensive: true })
database.exec('pragma query_only = on; pragma trusted_schema = off; pragma cell_size_check = on')
let rows: Iterator<unknown> | undefined
let width = 0
let chunkRows = 0

process.on('message', (request: SqliteRequest) => {
  if (request.kind === 'stop') {
    rows?.return?.()
    rows = undefined
    return
  }
  let answer: SqliteAnswer
  try {
    if (request.kind === 'start') start(request)
    answer = readChunk()
  } catch (error) {
    const { message, code } = error as { message: string; code?: string }
    rows = undefined
    answer = { error: { message, code: code ?? 'ERR_SQLITE_ERROR' } }
  }
  process.send?.(answer)
})
process.on('disconnect', () => process.exit())
process.send?.('ready')

function start(request: Extract<SqliteRequest, { kind: 'start' }>): void {
  rows?.return?.()
  const statement = database.prepare(request.sql)
  // SQLite compiles the first of several statements and drops the rest without a word.
  const rest = request.sql.slice(statement.sourceSQL.length)
  if (/[^\s;]/.test(rest)) throw new Error('several statements in one text')
  width = statement.columns().length
  if (width === 0) throw new Error('the data source only answers select statements')
  statement.setReadBigInts(true)
  statement.setReturnArrays(true)
  chunkRows = request.chunkRows
  rows = statement.iterate(...request.parameters)
}

function readChunk(): SqliteAnswer {
  const columns: RawValue[][] = Array.from({ length: width }, () => [])
  let rowCount = 0
  while (rows !== undefined && rowCount < chunkRows) {
    const { done, value } = rows.next()
    if (done === true) {
      rows = undefined
      break
    }
    const row = value as unknown[]
    for (let index = 0; index < width; index++) columns[index]!.push(toRaw(row[index]))
    rowCount++
  }
  return { columns, rowCount, isLast: rows === undefined }
}

function toRaw(value: unknown): RawValue {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : (value as RawValue)
}
