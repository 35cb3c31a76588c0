import type { Cell, Column, ResultSet } from '@datainsight/core'

/** Column and direction that rows are shown in. */
export interface Sort {
  readonly member: string
  readonly direction: 'asc' | 'desc'
}

/** Row numbers of the result in the order to show; undefined keeps the result's own. Empty cells come last both ways. */
export function sortRows(
  { columns, data, meta }: ResultSet,
  sort: Sort,
  locale: string | undefined,
): Uint32Array | undefined {
  const index = columns.findIndex(({ name }) => name === sort.member)
  const column = columns[index]
  const cells = data[index]
  if (!column || !cells) return undefined
  const rows = Uint32Array.from({ length: meta.rowCount }, (_, row) => row)
  const compare = comparer(column, locale)
  const sign = sort.direction === 'asc' ? 1 : -1
  return rows.sort((first, second) => {
    const one = cells[first] ?? null
    const other = cells[second] ?? null
    if (one === null || other === null) return one === other ? first - second : one === null ? 1 : -1
    return sign * compare(one, other) || first - second
  })
}

/** What a press on a column's header asks for next: numbers start with the largest, texts with the first letter. */
export function nextSort(column: Column, sort: Sort | undefined): Sort | undefined {
  const [first, second] = isNumeric(column) ? (['desc', 'asc'] as const) : (['asc', 'desc'] as const)
  if (sort?.member !== column.name) return { member: column.name, direction: first }
  return sort.direction === first ? { member: column.name, direction: second } : undefined
}

/** Whether cells are numbers, as JSON numbers or as decimal strings. */
export function isNumeric({ type }: Column): boolean {
  return type === 'integer' || type === 'number' || type === 'decimal'
}

function comparer(
  column: Column,
  locale: string | undefined,
): (one: NonNullable<Cell>, other: NonNullable<Cell>) => number {
  if (isNumeric(column) || column.type === 'boolean') return (one, other) => Number(one) - Number(other)
  // ISO times of one column have one form, so their text sorts by time.
  if (column.type === 'time') return (one, other) => (one < other ? -1 : one > other ? 1 : 0)
  const collator = new Intl.Collator(locale, { numeric: true })
  return (one, other) => collator.compare(String(one), String(other))
}
