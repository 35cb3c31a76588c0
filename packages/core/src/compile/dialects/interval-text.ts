import { plainLiteral } from '../raw-sql.ts'
import type { Sql, TimeSpan } from './dialect.ts'

/** A length of time as PostgreSQL and its kin read it, without the keyword: `'3 months 1500 milliseconds'`. */
export function intervalText({ months, ms }: TimeSpan): Sql {
  const parts = [
    ...(months === 0 ? [] : [`${wholeNumber(months)} months`]),
    ...(ms === 0 ? [] : [`${wholeNumber(ms)} milliseconds`]),
  ]
  return plainLiteral(parts.join(' ') || '0 days')
}

/** The number itself. @throws Error when it is not whole: nothing else may be written out. */
export function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value)) throw new Error(`not a whole number: ${value}`)
  return value
}

export type WholeUnit = 'day' | 'minute' | 'second' | 'millisecond'

const UNITS: readonly (readonly [WholeUnit, number])[] = [
  ['day', 86_400_000],
  ['minute', 60_000],
  ['second', 1_000],
]

/** The largest unit that all lengths are whole numbers of, so that counts stay small. `size` is its milliseconds. */
export function wholeUnit(...lengthsMs: number[]): { readonly unit: WholeUnit; readonly size: number } {
  const found = UNITS.find(([, size]) => lengthsMs.every((ms) => ms % size === 0))
  return found === undefined ? { unit: 'millisecond', size: 1 } : { unit: found[0], size: found[1] }
}
