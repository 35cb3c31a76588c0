import type { RollupShape } from '@datainsight/core/compile'
import type { RawColumns, RawValue } from '../data-sources/data-source.ts'
import type { StoredPart } from './rollup-build.ts'

/** Looks at the time columns of rows on their way into a part: the first and the last bucket of each. */
export class HeldTimes {
  readonly #columns: readonly number[]
  readonly #spans: (readonly [number, number] | null)[]

  constructor({ columns }: Pick<RollupShape, 'columns'>) {
    this.#columns = columns.flatMap(({ holds }, index) => (holds === 'time' ? [index] : []))
    this.#spans = this.#columns.map(() => null)
  }

  async *watch(chunks: AsyncIterable<RawColumns>): AsyncGenerator<RawColumns> {
    for await (const chunk of chunks) {
      for (const [at, column] of this.#columns.entries()) {
        for (const value of chunk.columns[column] ?? []) if (value !== null) this.#add(at, localMs(value))
      }
      yield chunk
    }
  }

  get times(): NonNullable<StoredPart['times']> {
    return [...this.#spans]
  }

  #add(at: number, ms: number): void {
    const [first, last] = this.#spans[at] ?? [ms, ms]
    this.#spans[at] = [Math.min(first, ms), Math.max(last, ms)]
  }
}

/** The same of what a database says of the columns, the first and the last of each in turn. */
export function readHeldTimes(ends: readonly RawValue[]): NonNullable<StoredPart['times']> {
  return Array.from({ length: ends.length / 2 }, (_, at) => {
    const [first, last] = [ends[2 * at] ?? null, ends[2 * at + 1] ?? null]
    return first === null || last === null ? null : [localMs(first), localMs(last)]
  })
}

/** The first and the last bucket of a time column in all parts; null: no row has a time, `undefined`: not known of every part. */
export function heldTimes(parts: readonly StoredPart[], column: number): readonly [number, number] | null | undefined {
  let held: readonly [number, number] | null = null
  for (const { times } of parts) {
    const span = times?.[column]
    // A time such as `infinity` has no milliseconds: NaN, which JSON writes as null.
    if (span === undefined || (span !== null && !span.every(Number.isFinite))) return undefined
    if (span !== null) held = [Math.min(held?.[0] ?? span[0], span[0]), Math.max(held?.[1] ?? span[1], span[1])]
  }
  return held
}

/** A local time of a driver, `2026-01-31 23:00:00` and `2026-01-31T23:00:00.000` alike, as if it were UTC. */
export function localMs(value: RawValue): number {
  const text = String(value).replace(' ', 'T')
  return Date.parse(/(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(text.slice(10)) ? text.replace(/[+-]00$/, 'Z') : `${text}Z`)
}
