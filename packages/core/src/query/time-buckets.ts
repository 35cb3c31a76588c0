import type { CustomGranularity } from '../model/model.ts'
import type { Granularity } from '../schema/query.ts'
import { addMonths, addUnits, type CalendarRules, startOf } from './calendar.ts'
import type { Span } from './date-value.ts'
import { zoneOffsets } from './zone-offsets.ts'

/** Most buckets {@link timeBuckets} lists. */
export const MAX_BUCKETS = 10_000

/** A bucket in local time, milliseconds counted as if the zone were UTC; `localEnd` is the start of the next. */
export interface TimeBucket {
  readonly localStart: number
  readonly localEnd: number
}

/** A model's own bucket size: an interval repeated both ways from an origin. A part of the model's `CustomGranularity`. */
export interface CustomBuckets {
  readonly interval: { readonly months: number; readonly ms: number }
  /** Where one bucket starts. */
  readonly originMs: number
}

const WEEK_MS = 7 * 86_400_000
/** The first Monday of 1970. */
const MONDAY_MS = 4 * 86_400_000

/** The buckets of a granularity of the model. Without an origin they start on 1970-01-01, weeks on a Monday, moved by its offset. */
export function customBuckets({ interval, offset, originMs }: CustomGranularity): CustomBuckets {
  const isWeeks = interval.months === 0 && interval.ms % WEEK_MS === 0
  const natural = originMs ?? (isWeeks ? MONDAY_MS : 0)
  return { interval, originMs: offset === undefined ? natural : addMonths(natural, offset.months) + offset.ms }
}

/**
 * Every bucket that holds a moment of `span`, in order. Where clocks skip a whole bucket (an hour, or a day in Apia) there is none;
 * where they repeat one it stands once.
 * @returns a problem, one lower-case sentence, when there would be more than `most`.
 */
export function timeBuckets(
  span: Pick<Span, 'startMs' | 'endMs' | 'localStartMs' | 'localEndMs'>,
  granularity: Granularity | CustomBuckets,
  timezone: string,
  rules: CalendarRules,
  most: number = MAX_BUCKETS,
): readonly TimeBucket[] | { readonly problem: string } {
  if (span.endMs <= span.startMs) return []
  const stepper = typeof granularity === 'string' ? unitSteps(granularity, rules) : customSteps(granularity)
  const starts = new Map<number, number>()
  for (const [from, to] of localPieces(span, timezone)) {
    let start = stepper.startOf(from)
    while (start < to) {
      const end = stepper.next(start)
      starts.set(start, end)
      if (starts.size > most) {
        const name = typeof granularity === 'string' ? `${granularity}s` : 'buckets'
        return { problem: `the span has more than ${most} ${name}; take a shorter one or a larger granularity` }
      }
      start = end
    }
  }
  return [...starts].sort(([a], [b]) => a - b).map(([localStart, localEnd]) => ({ localStart, localEnd }))
}

/** Local times of a span between changes of clocks: within each piece local time runs like real time. */
function localPieces(
  span: Pick<Span, 'startMs' | 'endMs' | 'localStartMs' | 'localEndMs'>,
  timezone: string,
): readonly (readonly [number, number])[] {
  // Spans too long for this are those whose buckets are no shorter than a week, which clocks never skip.
  const offsets = zoneOffsets(timezone, span.startMs, span.endMs, Number.POSITIVE_INFINITY)
  if (offsets === undefined) return [[span.localStartMs, span.localEndMs]]
  let from = span.startMs
  return offsets.map(({ seconds, until }) => {
    const to = until === undefined ? span.endMs : Date.parse(until)
    const piece = [from + seconds * 1_000, to + seconds * 1_000] as const
    from = to
    return piece
  })
}

interface Steps {
  readonly startOf: (localMs: number) => number
  readonly next: (start: number) => number
}

function unitSteps(granularity: Granularity, rules: CalendarRules): Steps {
  return {
    startOf: (localMs) => startOf(granularity, localMs, rules),
    next: (start) => addUnits(granularity, start, 1),
  }
}

/**
 * Steps are counted from the origin, so that a bucket of months that starts on the 31st comes back to it after a shorter month.
 * Assumes an interval of months or of milliseconds, or of both with the milliseconds added once per step.
 */
function customSteps({ interval, originMs }: CustomBuckets): Steps {
  const startAt = (step: number) =>
    (interval.months === 0 ? originMs : addMonths(originMs, step * interval.months)) + step * interval.ms
  const approximateMs = interval.months * 30.436875 * 86_400_000 + interval.ms
  const stepOf = (localMs: number) => {
    let step = Math.floor((localMs - originMs) / approximateMs)
    while (startAt(step) > localMs) step -= 1
    while (startAt(step + 1) <= localMs) step += 1
    return step
  }
  return { startOf: (localMs) => startAt(stepOf(localMs)), next: (start) => startAt(stepOf(start) + 1) }
}
