import type { Cell } from '../schema/result.ts'
import type { DictionaryColumn } from '../schema/wire.ts'

type Packed = Cell[] & Partial<Pick<DictionaryColumn, 'indices'>> & Pick<DictionaryColumn, 'dictionary'>

/**
 * Unpacks the columns of an answer that came as dictionaries, in place: it has just been parsed and is nobody else's.
 * What is no answer with columns passes as it is.
 */
export function readColumns<T>(answer: T): T {
  const result = answer as { data?: Cell[][] }
  if (result.data)
    result.data = (result.data as Packed[]).map(
      (column) => column.indices?.map((index) => column.dictionary[index] as Cell) ?? column,
    )
  return answer
}
