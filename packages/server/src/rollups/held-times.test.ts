import { expect, it } from 'vitest'
import { heldTimes, readHeldTimes } from './held-times.ts'
import type { StoredPart } from './rollup-build.ts'

/** A part as it comes back from the record of a build. */
function stored(times: NonNullable<StoredPart['times']>): StoredPart {
  const part: StoredPart = { start: null, file: 'p0', rows: 1, bytes: 1, times }
  return JSON.parse(JSON.stringify(part)) as StoredPart
}

const january = readHeldTimes(['2026-01-01 00:00:00', '2026-01-31 23:30:00'])

it('spans the buckets of all parts, and skips parts without a time', () => {
  const march = readHeldTimes(['2026-03-01T00:00:00.000', '2026-03-02T00:00:00.000'])
  expect(heldTimes([stored(march), stored([null]), stored(january)], 0)).toEqual([
    Date.UTC(2026, 0, 1),
    Date.UTC(2026, 2, 2),
  ])
  expect(heldTimes([stored([null])], 0)).toBeNull()
})

it('does not know the span of times without an end', () => {
  const endless = readHeldTimes(['2026-01-01 00:00:00', 'infinity'])
  expect(heldTimes([stored(january), stored(endless)], 0)).toBeUndefined()
  expect(heldTimes([stored(readHeldTimes(['-infinity', 'infinity']))], 0)).toBeUndefined()
})
