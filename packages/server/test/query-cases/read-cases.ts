import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorCode, Filter, Query, Scalar } from '@datainsight/core'
import { parse } from 'yaml'

/** One question with the statement, written by hand in PostgreSQL's words, that gives its right answer. */
export interface QueryCase {
  readonly name: string
  /** File of `models/` without its ending; `shop` when absent. */
  readonly model?: string
  readonly caller?: {
    readonly attributes?: Readonly<Record<string, Scalar | readonly Scalar[]>>
    readonly roles?: readonly string[]
    readonly filters?: readonly Filter[]
  }
  readonly query: Query
  /** Runs on PostgreSQL over the same data; its columns are those of the answer. */
  readonly sql?: string
  /** The error that is right instead of an answer. */
  readonly error?: ErrorCode
  /** Whether rows must come in the order of `sql`. */
  readonly ordered?: boolean
  /** Rows that `meta.total` must say. */
  readonly total?: number
  /** Dialects that answer `unsupported`. */
  readonly unsupported?: readonly string[]
}

/** The instant at which all cases are asked. */
export const CASES_NOW = new Date('2024-06-15T12:00:00Z')

const FOLDER = import.meta.dirname

/** The cases of each file, by the file's name without its ending. */
export function readCases(): ReadonlyMap<string, readonly QueryCase[]> {
  const files = readdirSync(join(FOLDER, 'cases')).sort()
  return new Map(
    files.map((file) => [file.replace(/\.yaml$/, ''), parse(readFileSync(join(FOLDER, 'cases', file), 'utf8'))]),
  )
}

/** The text of a model of the cases. */
export function readCaseModel(name: string): { readonly path: string; readonly text: string } {
  return { path: `${name}.yml`, text: readFileSync(join(FOLDER, 'models', `${name}.yml`), 'utf8') }
}
