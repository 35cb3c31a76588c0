import { type CalendarRules, ISO_RULES } from '../query/calendar.ts'
import type { FilterTest } from '../query/filter-test.ts'
import { isUtc, toLocal } from '../query/time-zone.ts'
import { type ZoneOffset, zoneOffsets } from '../query/zone-offsets.ts'
import { gridOf, isMadeOf, isStart } from './bucket-grid.ts'
import type { RollupTable, RollupTime, TimeSpan } from './rollup.ts'

type StoredTime = RollupTable['times'][number]

/** How buckets of a question are read off stored ones: as they stand, or moved from UTC to the zone asked for. */
export interface BucketReading {
  readonly time: StoredTime
  /** Offsets of the zone asked for over all times that count; `undefined`: buckets stand as they are. */
  readonly moved: readonly ZoneOffset[] | undefined
}

/** How the buckets asked for are made of whole stored ones, or why they are not; `undefined` when there are none of the member. */
export function readBuckets(
  table: RollupTable,
  asked: RollupTime,
  rules: CalendarRules,
  span: TimeSpan | undefined,
): BucketReading | string | undefined {
  let misfit: string | undefined
  for (const time of table.times) {
    if (time.member !== asked.member) continue
    const clock = sameClock(time, asked.timezone, span)
    if (clock === undefined) {
      misfit ??= `it has no buckets of ${asked.member} in ${asked.timezone}`
      continue
    }
    if (isMadeOf(gridOf(asked.size, rules), gridOf(time.size, ISO_RULES)))
      return { time, moved: clock === 'same' ? undefined : clock }
    misfit = `its buckets of ${asked.member} do not make up those asked for`
  }
  return misfit
}

/** The stored buckets whose rows a test takes whole; `undefined` when it cuts through them. */
export function testedBuckets(table: RollupTable, member: string, test: FilterTest): StoredTime | undefined {
  return table.times.find(
    (time) => time.member === member && boundsOf(test).every((instantMs) => isBound(time, instantMs)),
  )
}

/**
 * Whether stored buckets are those of another zone. They are where both zones' clocks show the same over all rows that count.
 * Buckets that follow UTC can be moved to a zone whose clocks are off, and change, by whole ones.
 */
function sameClock(
  time: StoredTime,
  asked: string,
  span: TimeSpan | undefined,
): 'same' | readonly ZoneOffset[] | undefined {
  const { timezone, size } = time
  if (timezone === asked || (isUtc(timezone) && isUtc(asked)) || time.holds === null) return 'same'
  const held = heldSpan(time)
  const startMs = most(span?.startMs, held?.startMs)
  const endMs = least(span?.endMs, held?.endMs)
  if (startMs === undefined || endMs === undefined) return undefined
  if (startMs >= endMs) return 'same'
  const [own, other] = [timezone, asked].map((zone) => zoneOffsets(zone, startMs, endMs, Number.POSITIVE_INFINITY))
  if (own === undefined || other === undefined) return undefined
  if (JSON.stringify(own) === JSON.stringify(other)) return 'same'
  const { interval, originMs } = gridOf(size)
  if (!isUtc(timezone) || interval.months > 0) return undefined
  const isWhole = other.every(
    ({ seconds, until }) =>
      (seconds * 1_000) % interval.ms === 0 &&
      (until === undefined || (Date.parse(until) - originMs) % interval.ms === 0),
  )
  return isWhole ? other : undefined
}

const DAY_MS = 86_400_000

/** Instants between which all rows with a time lie, whatever the zone. */
function heldSpan({ holds, size }: StoredTime): TimeSpan | undefined {
  if (holds === undefined || holds === null) return undefined
  const { months, ms } = gridOf(size).interval
  return { startMs: holds[0] - DAY_MS, endMs: holds[1] + months * 31 * DAY_MS + ms + DAY_MS }
}

/** The larger of what is known. */
export function most(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b)
}

/** The smaller of what is known. */
export function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b)
}

function boundsOf(test: FilterTest): readonly number[] {
  const parameters = test.kind === 'within' ? test.spans.flat() : test.kind === 'compare' ? [test.value] : []
  return parameters.map(({ value }) => Date.parse(String(value)))
}

/** Whether the rows before an instant are those of whole buckets. */
function isBound({ size, timezone }: StoredTime, instantMs: number): boolean {
  const localMs = toLocal(timezone, instantMs)
  return isStart(gridOf(size), localMs) && isPassedOnce(instantMs, localMs, timezone)
}

const QUARTER_MS = 900_000
/** Clocks are not set back by more. */
const MAX_SET_BACK_MS = 3 * 3_600_000

/**
 * Whether clocks showed less than `localMs` at all times before the instant and never again after it. Not so in the hour that is
 * shown twice when they are set back: rows of its two passes share buckets.
 */
function isPassedOnce(instantMs: number, localMs: number, timezone: string): boolean {
  if (isUtc(timezone)) return true
  // Clocks change at full quarters of an hour; within a quarter they run like real time.
  const first = Math.floor((instantMs - MAX_SET_BACK_MS) / QUARTER_MS) * QUARTER_MS
  for (let at = first; at <= instantMs + MAX_SET_BACK_MS; at += QUARTER_MS) {
    if (at <= instantMs ? toLocal(timezone, at - 1) >= localMs : toLocal(timezone, at) < localMs) return false
  }
  return true
}
