import { CASES } from './members.ts'
import type { Cell, Row } from './world.ts'

/** The value of a dimension that needs no other row; `row` may be missing. */
export function dimensionOfRow(row: Row | null, member: string): Cell {
  const rule = CASES[member]
  if (rule === undefined) return row?.[member] ?? null
  const n = (row?.n ?? null) as number | null
  const found = rule.whens.find(({ holds }) => holds(n))
  return found === undefined ? rule.otherwise : found.label
}

/** Whether a row is in a segment. */
export function isInSegment(row: Row | null, segment: string): boolean {
  if (segment === 'named') return (row?.t ?? null) !== null
  const n = row?.n ?? null
  return n !== null && Number(n) >= 1
}
