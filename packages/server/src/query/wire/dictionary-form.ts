import type { Cell, DictionaryColumn, ResultSet } from '@datainsight/core'
import { LRUCache } from 'lru-cache'
import { type Answer, toAnswer } from '../../cache/answer.ts'

/** Memory for answers with dictionaries, bytes; the plain ones are counted by the answer cache. */
const MAX_BYTES = 64 * 1_024 * 1_024
/** What punctuation adds to a cell, characters: quotes and a comma. */
const CELL_OVERHEAD = 3

const forms = new LRUCache<Answer, Answer>({
  maxSize: MAX_BYTES,
  sizeCalculation: (form, answer) => (form === answer ? 100 : form.heldBytes + answer.heldBytes),
})

/** The answer with columns of repeating texts as dictionaries; the answer itself when none gets smaller. Made once per answer. */
export function dictionaryForm(answer: Answer): Answer {
  const known = forms.get(answer)
  if (known !== undefined) return known
  const { columns, data, meta } = JSON.parse(`${answer.head}}}`) as ResultSet
  const encoded = data.map((cells) => toDictionary(cells) ?? cells)
  const isPlain = encoded.every((cells, index) => cells === data[index])
  const form = isPlain
    ? answer
    : toAnswer(
        Buffer.from(
          `${JSON.stringify({ columns, data: encoded }).slice(0, -1)},"meta":${JSON.stringify(meta).slice(0, -1)}`,
        ),
        answer.dataVersion,
      )
  // Compressed now: what it takes is counted when it is kept.
  if (!isPlain) void form.deflated
  forms.set(answer, form)
  return form
}

/** The column as a dictionary, or `undefined` when it holds anything but texts and nulls, or would not get smaller. */
export function toDictionary(cells: readonly Cell[]): DictionaryColumn | undefined {
  const positions = new Map<string | null, number>()
  const indices = new Array<number>(cells.length)
  let plainSize = 0
  let size = '{"dictionary":[],"indices":[]}'.length
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] as Cell
    if (cell !== null && typeof cell !== 'string') return undefined
    const cellSize = cell === null ? 'null,'.length : cell.length + CELL_OVERHEAD
    let index = positions.get(cell)
    if (index === undefined) {
      index = positions.size
      positions.set(cell, index)
      size += cellSize
    }
    indices[row] = index
    plainSize += cellSize
    size += index < 10 ? 2 : index < 100 ? 3 : index < 1_000 ? 4 : 6
  }
  return size < plainSize ? { dictionary: [...positions.keys()], indices } : undefined
}
