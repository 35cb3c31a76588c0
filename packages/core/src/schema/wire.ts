import { type Static, Type } from '@sinclair/typebox'
import type { ErrorBody } from './error-body.ts'
import type { Cell, Column, ResultMeta } from './result.ts'

/** Media type of each form an answer can be written in. `Accept` chooses; JSON when it does not. */
export const MEDIA_TYPES = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  arrow: 'application/vnd.apache.arrow.stream',
  csv: 'text/csv',
} as const
export type WireFormat = keyof typeof MEDIA_TYPES

/** Forms of `POST /query/export`. */
export const EXPORT_FORMATS = ['csv', 'arrow', 'ndjson'] as const
export const ExportFormat = Type.Union(EXPORT_FORMATS.map((format) => Type.Literal(format)))
export type ExportFormat = Static<typeof ExportFormat>

/**
 * A column of texts that repeat, as `dictionary=1` beside the media type asks for: row r holds `dictionary[indices[r]]`. Null is
 * an entry like any other.
 */
export const DictionaryColumn = Type.Object(
  {
    dictionary: Type.Array(Type.Union([Type.String(), Type.Null()])),
    indices: Type.Array(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
)
export type DictionaryColumn = Static<typeof DictionaryColumn>

/**
 * One line of an answer as NDJSON: first the columns, then rows in pieces (`data` has one array per column, as in a
 * `ResultSet`), last either `meta` or `error`. Without that last line the answer was cut off.
 */
export type ResultLine =
  | { readonly columns: readonly Column[] }
  | { readonly data: readonly (readonly Cell[])[] }
  | { readonly meta: ResultMeta }
  | { readonly error: ErrorBody }
