import { type RawBuilder, sql } from 'kysely'

/** How many answers took how long: counts by bin of {@link latencyBin}. */
export type Latencies = Map<number, number>

/** Each bin is a tenth wider than the one before: its middle is within 5 % of every time in it. */
const GROWTH = 1.1
/** Shorter times share the lowest bin, milliseconds. */
const SHORTEST_MS = 0.001

/** The bin of a time in milliseconds, in SQL. */
export function latencyBin(ms: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`floor(ln(greatest(${ms}, ${sql.lit(SHORTEST_MS)})) / ${sql.lit(Math.log(GROWTH))})::int`
}

/** The time that a share (0 to 1) of the answers kept within, milliseconds, to within 5 %; `undefined` without answers. */
export function percentileOf(latencies: Latencies, share: number): number | undefined {
  const bins = [...latencies].sort(([a], [b]) => a - b)
  const wanted = share * bins.reduce((sum, [, count]) => sum + count, 0)
  let seen = 0
  for (const [bin, count] of bins) {
    seen += count
    if (seen >= wanted) return GROWTH ** (bin + 0.5)
  }
  return undefined
}
