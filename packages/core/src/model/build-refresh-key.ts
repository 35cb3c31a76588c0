import type { RefreshKeySource } from '../schema/pre-aggregation.ts'
import type { BuildContext } from './build-context.ts'
import { parseCron } from './cron.ts'
import { type Interval, parseInterval } from './interval.ts'
import type { RefreshKey, SqlTemplate } from './model.ts'
import type { Keys } from './model-problems.ts'
import { quoteValue } from './quote-value.ts'

/** Reads a `refresh_key`. Only a rollup's may be incremental. */
export function buildRefreshKey(
  source: RefreshKeySource | undefined,
  keys: Keys,
  context: BuildContext,
  isRollup = false,
): RefreshKey | undefined {
  if (source === undefined) return undefined
  const report = (key: string, message: string) => context.report([...keys, key], message)
  const { every, sql, timezone, incremental, immutable, update_window: window } = source
  const interval = every === undefined ? undefined : parseInterval(every)
  const isCron = every !== undefined && interval === undefined && parseCron(every) !== undefined
  if (every !== undefined && interval === undefined && !isCron) {
    report(
      'every',
      `${quoteValue(every)} is neither an interval such as 1 hour nor a cron expression such as 30 5 * * 5`,
    )
  }
  if (interval !== undefined && (interval.months !== 0 || interval.ms <= 0))
    report(
      'every',
      `${quoteValue(every)} has no fixed length above nothing; use seconds, minutes, hours, days or weeks`,
    )
  if (isCron && sql !== undefined) report('every', 'a cron expression cannot stand beside sql')
  if (timezone !== undefined && !isCron) report('timezone', 'timezone is read with a cron expression only')
  if (timezone !== undefined && !isTimeZone(timezone)) report('timezone', `unknown time zone: ${quoteValue(timezone)}`)
  if (!isRollup) {
    for (const key of ['incremental', 'update_window'] as const) {
      if (source[key] !== undefined) report(key, `${key} belongs in the refresh_key of a pre-aggregation`)
    }
  }
  if (incremental === true && sql !== undefined) report('sql', 'an incremental refresh_key has no sql')
  const isNothing =
    every === undefined && sql === undefined && immutable !== true && incremental !== true && window === undefined
  if (isNothing) context.report(keys, 'refresh_key needs every, sql or immutable')
  return Object.freeze({
    everyMs: interval?.ms,
    cron: isCron ? Object.freeze({ expression: every.trim(), timezone: timezone ?? 'UTC' }) : undefined,
    sql: sql === undefined ? undefined : readSelect(sql, [...keys, 'sql'], context),
    isImmutable: immutable ?? false,
    isIncremental: incremental ?? false,
    updateWindow: readWindow(window, report),
  })
}

function readWindow(text: string | undefined, report: (key: string, message: string) => void): Interval | undefined {
  if (text === undefined) return undefined
  const interval = parseInterval(text)
  if (interval === undefined) report('update_window', `${quoteValue(text)} is not an interval; write 7 days`)
  return interval
}

/** A whole select of one value, which may name no member. */
export function readSelect(sql: string, keys: Keys, context: BuildContext): SqlTemplate {
  const template = context.template(sql, keys, { mayUse: [], isSelect: true })
  if (!isReadOnlySelect(template)) context.report(keys, 'expected one select, which only reads')
  return template
}

/** Whether SQL starts as a query does and has nothing in it that writes. */
export function isReadOnlySelect({ pieces }: SqlTemplate): boolean {
  const [head] = pieces
  if (typeof head === 'string' && !/^\(*\s*(?:select|with|values|from)\b/i.test(head)) return false
  return !pieces.some(
    (piece) => typeof piece === 'string' && /(?:^|\(|\bas\s*\()\s*(?:insert|update|delete|merge)\b/i.test(piece),
  )
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}
