import type { ResultSet, ResultWarning } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import { ENGLISH } from '../messages.ts'
import { describeWarnings } from './describe-warnings.ts'

const answer = (warnings?: ResultWarning[]) => ({ columns: [], data: [], meta: { warnings } }) as unknown as ResultSet

describe('describeWarnings', () => {
  it('says what is missing, in words that a page may replace', () => {
    const warnings: ResultWarning[] = [
      { code: 'not_finite', column: 'a.ratio', count: 2, message: 'Ratio: 2 values are not finite and left empty' },
      { code: 'no_date', column: 'a.day', count: 1, message: 'Day: 1 value is no date' },
    ]
    expect(describeWarnings(answer(warnings), ENGLISH)).toBe(
      'Ratio: 2 values are not finite and left empty. Day: 1 value is no date',
    )
    const own = { ...ENGLISH, warning: ({ code, count }: ResultWarning) => `${code} ${count}` }
    expect(describeWarnings(answer(warnings), own)).toBe('not_finite 2. no_date 1')
  })

  it('says nothing of a whole answer', () => {
    expect(describeWarnings(answer(), ENGLISH)).toBeUndefined()
    expect(describeWarnings(undefined, ENGLISH)).toBeUndefined()
  })
})
