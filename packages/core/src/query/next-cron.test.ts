import { expect, it } from 'vitest'
import { parseCron } from '../model/cron.ts'
import { nextCron } from './next-cron.ts'

const next = (text: string, timezone: string, after: string) => {
  const at = nextCron(parseCron(text)!, timezone, Date.parse(after))
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 19)
}

it.each<[string, string, string, string | undefined]>([
  ['0 8 * * *', 'UTC', '2026-03-25T08:00:00Z', '2026-03-26T08:00:00'],
  ['0 8 * * *', 'Europe/Brussels', '2026-03-28T12:00:00Z', '2026-03-29T06:00:00'],
  ['30 5 * * 5', 'America/Los_Angeles', '2026-03-25T00:00:00Z', '2026-03-27T12:30:00'],
  ['*/15 9-17 * * MON-FRI', 'UTC', '2026-03-27T17:45:00Z', '2026-03-30T09:00:00'],
  ['0 0 1 JAN,JUL *', 'UTC', '2026-01-01T00:00:00Z', '2026-07-01T00:00:00'],
  ['0 0 L * *', 'UTC', '2026-02-01T00:00:00Z', '2026-02-28T00:00:00'],
  ['0 0 13 * 5', 'UTC', '2026-03-07T00:00:00Z', '2026-03-13T00:00:00'],
  ['0 0 31 * 7', 'UTC', '2026-03-25T00:00:00Z', '2026-03-29T00:00:00'],
  ['10 0 0 * * *', 'UTC', '2026-03-25T00:00:00Z', '2026-03-25T00:00:10'],
  ['0 0 29 2 *', 'UTC', '2026-03-25T00:00:00Z', '2028-02-29T00:00:00'],
  ['0 0 30 2 *', 'UTC', '2026-03-25T00:00:00Z', undefined],
  ['30 2 * * *', 'Europe/Brussels', '2026-03-29T00:00:00Z', '2026-03-29T01:00:00'],
  ['30 2 * * *', 'Europe/Brussels', '2026-10-25T00:31:00Z', '2026-10-26T01:30:00'],
])('fires %s in %s after %s', (text, timezone, after, expected) => {
  expect(next(text, timezone, after)).toBe(expected)
})

it.each([
  '',
  '* * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * * 13 *',
  '* * * * 8',
  '5-1 * * * *',
  '*/0 * * * *',
  '* * * FOO *',
  'L * * * *',
])('is no cron expression: %j', (text) => {
  expect(parseCron(text)).toBe(undefined)
})
