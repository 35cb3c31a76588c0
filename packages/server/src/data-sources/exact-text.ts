const DAY_MS = 86_400_000
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))
const THREE_DIGITS = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'))
/** The day written last: rows that come together are often of one day. */
let lastDay = { number: Number.NaN, text: '' }

/** The widest range of JavaScript's Date, milliseconds from 1970. */
const MAX_DATE_MS = 8_640_000_000_000_000n

/** Microseconds since 1970 as ISO 8601 without a zone. `finite` is false for the ends of time. */
export function timeText(micros: bigint, finite = true): string {
  const number = Number(micros)
  // Infinities are at the ends of 64 bits, far from here.
  if (Number.isSafeInteger(number)) return plainTimeText(number)
  if (!finite) return micros > 0n ? 'infinity' : '-infinity'
  const rest = ((micros % 1_000n) + 1_000n) % 1_000n
  const millis = (micros - rest) / 1_000n
  if (millis > MAX_DATE_MS || millis < -MAX_DATE_MS) return 'out of range'
  const iso = new Date(Number(millis)).toISOString().slice(0, -1)
  return rest === 0n ? iso : iso + String(rest).padStart(3, '0')
}

/** A time between the years 1684 and 2255, by arithmetic: a Date for each of a million values takes longer than reading them. */
export function plainTimeText(micros: number): string {
  const ms = Math.floor(micros / 1_000)
  const day = Math.floor(ms / DAY_MS)
  if (day !== lastDay.number) lastDay = { number: day, text: new Date(day * DAY_MS).toISOString().slice(0, 11) }
  const ofDay = ms - day * DAY_MS
  const seconds = Math.floor(ofDay / 1_000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const rest = micros - ms * 1_000
  return `${lastDay.text}${TWO_DIGITS[hours]}:${TWO_DIGITS[minutes - hours * 60]}:${TWO_DIGITS[seconds - minutes * 60]}.${THREE_DIGITS[ofDay - seconds * 1_000]}${rest === 0 ? '' : THREE_DIGITS[rest]}`
}

/** `scaled` of `10 ** -scale`, every digit. */
export function decimalText(scaled: bigint, scale: number): string {
  if (scale === 0) return scaled.toString()
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, '0')
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
