/** Zone names with a known spelling. `UTC` is not among the names `Intl` lists. */
const LISTED: ReadonlySet<string> = new Set(['UTC', 'GMT', 'Etc/UTC', 'Etc/GMT', ...Intl.supportedValuesOf('timeZone')])

/** Formatters are costly to make; a server meets few zones. */
const formatters = new Map<string, Intl.DateTimeFormat>()

/** Zones whose local time is UTC. */
export function isUtc(zone: string): boolean {
  return zone === 'UTC' || zone === 'GMT' || zone === 'Etc/UTC' || zone === 'Etc/GMT'
}

/** Names near which a misspelt zone is looked for. */
export function knownTimeZones(): Iterable<string> {
  return LISTED
}

/**
 * Whether `zone` is an IANA name in its proper spelling. `Intl` lists one name per zone; others such as `Asia/Kolkata` must have
 * the form `Area/Place` and be known to `Intl`. Offsets, paths, POSIX rules and other letter cases are refused.
 */
export function isTimeZone(zone: string): boolean {
  if (LISTED.has(zone)) return true
  if (zone.length > 64 || !/^[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z0-9_+-]*){1,2}$/.test(zone)) return false
  try {
    const canonical = new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone
    return canonical === zone || canonical.toLowerCase() !== zone.toLowerCase()
  } catch {
    return false
  }
}

/** Milliseconds to add to UTC to get the zone's local time at an instant. */
export function offsetMs(zone: string, instantMs: number): number {
  if (isUtc(zone)) return 0
  let formatter = formatters.get(zone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(zone, formatter)
  }
  const field: Record<string, string> = {}
  for (const { type, value } of formatter.formatToParts(instantMs)) field[type] = value
  const year = field.era === 'B' || field.era === 'BC' ? 1 - Number(field.year) : Number(field.year)
  const local = utcMs(
    year,
    Number(field.month),
    Number(field.day),
    Number(field.hour),
    Number(field.minute),
    Number(field.second),
  )
  return local - Math.floor(instantMs / 1000) * 1000
}

/** Like `Date.UTC` with months 1–12, but years 0–99 are not taken for 1900–1999. */
export function utcMs(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  millisecond = 0,
): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second, millisecond)
  return date.getTime()
}

/**
 * The instant of a local time, both in milliseconds; `localMs` counts as if the zone were UTC. A time that occurs twice means the
 * first occurrence. A time that clocks skip means the first instant after the gap, and `isSkipped` is true.
 */
export function toInstant(zone: string, localMs: number): { readonly instantMs: number; readonly isSkipped: boolean } {
  if (isUtc(zone)) return { instantMs: localMs, isSkipped: false }
  // Offsets a day either side are those before and after any change near this time: zones change at most once a day.
  const before = offsetMs(zone, localMs - 86_400_000)
  const after = offsetMs(zone, localMs + 86_400_000)
  const candidates = before === after ? [before] : [before, after]
  const matching = candidates
    .map((offset) => localMs - offset)
    .filter((instant) => instant + offsetMs(zone, instant) === localMs)
  if (matching.length > 0) return { instantMs: Math.min(...matching), isSkipped: false }
  return {
    instantMs: transition(zone, localMs - Math.max(before, after), localMs - Math.min(before, after)),
    isSkipped: true,
  }
}

/** The local time of an instant, counted as if the zone were UTC. */
export function toLocal(zone: string, instantMs: number): number {
  return instantMs + offsetMs(zone, instantMs)
}

/** First instant after `fromMs` at which the zone's offset differs from that at `fromMs`; to the millisecond, at most `toMs`. */
export function transition(zone: string, fromMs: number, toMs: number): number {
  const offset = offsetMs(zone, fromMs)
  let low = fromMs
  let high = toMs
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetMs(zone, middle) === offset) low = middle
    else high = middle
  }
  return high
}
