import type { CronSchedule } from '../model/cron.ts'
import { toInstant, toLocal } from './time-zone.ts'

const DAY_MS = 86_400_000
/** Leap days of a weekday come at most so far apart. */
const MAX_DAYS = 41 * 366

/**
 * The first instant after `afterMs` at which a schedule fires on the clocks of a zone; `undefined`: never. A time that clocks skip fires
 * when they have, one that comes twice fires once.
 */
export function nextCron(schedule: CronSchedule, timezone: string, afterMs: number): number | undefined {
  const localMs = toLocal(timezone, afterMs)
  // Clocks may be set back across midnight.
  const firstDay = Math.floor(localMs / DAY_MS) - 1
  for (let day = firstDay; day < firstDay + MAX_DAYS; day++) {
    if (!isOn(schedule, day * DAY_MS)) continue
    for (const hour of schedule.hours) {
      for (const minute of schedule.minutes) {
        for (const second of schedule.seconds) {
          const at = day * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1_000
          if (at < localMs - DAY_MS) continue
          const { instantMs } = toInstant(timezone, at)
          if (instantMs > afterMs) return instantMs
        }
      }
    }
  }
  return undefined
}

function isOn({ days, hasLastDay, months, weekdays, isEither }: CronSchedule, dayMs: number): boolean {
  const date = new Date(dayMs)
  if (!months.includes(date.getUTCMonth() + 1)) return false
  const isLast = new Date(dayMs + DAY_MS).getUTCDate() === 1
  const isDay = days.includes(date.getUTCDate()) || (hasLastDay && isLast)
  const isWeekday = weekdays.includes(date.getUTCDay())
  return isEither ? isDay || isWeekday : isDay && isWeekday
}
