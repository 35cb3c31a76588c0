import { plainLiteral } from '../raw-sql.ts'
import type { Sql, TimeSpan } from './dialect.ts'

/** A length of time as PostgreSQL and its kin read it, without the keyword: `'3 months 1500 milliseconds'`. */
export function intervalText({ months, ms }: TimeSpan): Sql {
  const parts = [months === 0 ? [] : [`${months} months`], ms === 0 ? [] : [`${ms} milliseconds`]].flat()
  return plainLiteral(parts.join(' ') || '0 days')
}

/** The largest unit that `ms` is a whole number of, so that counts stay small. */
export function wholeUnits(ms: number): { readonly unit: 'day' | 'second' | 'millisecond'; readonly count: number } {
  if (ms % 86_400_000 === 0) return { unit: 'day', count: ms / 86_400_000 }
  return ms % 1_000 === 0 ? { unit: 'second', count: ms / 1_000 } : { unit: 'millisecond', count: ms }
}
