import type { Cell, ResultSet } from '../schema/result.ts'
import type { DictionaryColumn } from '../schema/wire.ts'

/** An answer as it travels: columns of repeating texts may be dictionaries. */
export type EncodedResult = Omit<ResultSet, 'data'> & { readonly data: readonly (readonly Cell[] | DictionaryColumn)[] }

/** The answer with every column as an array of cells. Answers without dictionaries pass as they are. */
export function readColumns(result: EncodedResult): ResultSet {
  return {
    ...result,
    data: result.data.map((column) => ('indices' in column ? readColumn(column) : (column as Cell[]))),
  }
}

function readColumn({ dictionary, indices }: DictionaryColumn): Cell[] {
  return indices.map((index) => (index === null ? null : (dictionary[index] as string)))
}
