/** Between which an answer's time of reuse may move. */
export interface TtlBounds {
  /** Where it starts: the data source's own, milliseconds. */
  readonly baseMs: number
  /** The time stays within `baseMs / factor` and `baseMs × factor`; 1 keeps it fixed. */
  readonly factor: number
}

/**
 * How long the next answer of a statement may be reused: twice as long as the last when its data was found unchanged at the
 * end of its time, half as long when it was not, within the bounds. A start anew for a statement without a last answer.
 * With `n` unchanged refreshes in a row the data source is asked `2ⁿ` times less; one change takes back one of them.
 */
export function nextTtl(
  last: { readonly ttlMs: number; readonly unchanged: boolean } | undefined,
  bounds: TtlBounds,
): number {
  const { baseMs, factor } = bounds
  if (last === undefined) return baseMs
  const wanted = last.unchanged ? last.ttlMs * 2 : last.ttlMs / 2
  return Math.min(baseMs * factor, Math.max(baseMs / factor, wanted))
}
