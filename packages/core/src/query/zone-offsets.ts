import { offsetMs, transition } from './time-zone.ts'

/** A zone's offset from UTC up to an instant, which is not included; the last one has no end. */
export interface ZoneOffset {
  readonly seconds: number
  /** ISO 8601 UTC. */
  readonly until: string | undefined
}

const DAY_MS = 86_400_000
/** Longest span looked at. */
const MAX_SPAN_MS = 30 * 366 * DAY_MS

/** Changes of clocks by zone and UTC year: finding them takes a look at each day. */
const changes = new Map<string, readonly number[]>()

function changesIn(zone: string, year: number): readonly number[] {
  const key = `${zone} ${year}`
  let found = changes.get(key)
  if (found === undefined) {
    const list: number[] = []
    const end = Date.UTC(year + 1, 0, 1)
    for (let day = Date.UTC(year, 0, 1); day < end; day += DAY_MS) {
      if (offsetMs(zone, day) !== offsetMs(zone, day + DAY_MS)) list.push(transition(zone, day, day + DAY_MS))
    }
    found = list
    if (changes.size > 5_000) changes.clear()
    changes.set(key, found)
  }
  return found
}

/** The offsets a zone has between two instants, in order; `undefined` when there are more than `most`, or the span is too long. */
export function zoneOffsets(
  zone: string,
  startMs: number,
  endMs: number,
  most: number,
): readonly ZoneOffset[] | undefined {
  const first = new Date(startMs).getUTCFullYear()
  if (endMs - startMs > MAX_SPAN_MS || first < 1900) return undefined
  const offsets: ZoneOffset[] = []
  let from = startMs
  for (let year = first; year <= new Date(endMs - 1).getUTCFullYear(); year++) {
    for (const change of changesIn(zone, year)) {
      if (change <= startMs || change >= endMs) continue
      offsets.push({ seconds: offsetMs(zone, from) / 1000, until: new Date(change).toISOString() })
      from = change
    }
  }
  offsets.push({ seconds: offsetMs(zone, from) / 1000, until: undefined })
  return offsets.length <= most ? offsets : undefined
}
