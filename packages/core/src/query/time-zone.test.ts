import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isTimeZone, offsetMs, toInstant, toLocal } from './time-zone.ts'
import { zoneOffsets } from './zone-offsets.ts'

it.each([
  'UTC',
  'Etc/UTC',
  'Europe/Brussels',
  'America/Argentina/Buenos_Aires',
  'Asia/Kolkata',
  'Asia/Calcutta',
  'Etc/GMT+5',
  'America/Port-au-Prince',
])('%s is a zone', (zone) => {
  expect(isTimeZone(zone)).toBe(true)
})

it.each([
  '',
  'utc',
  'europe/brussels',
  'Europe/BRUSSELS',
  'Europe/Brussel',
  '+02:00',
  'UTC+2',
  'posixrules',
  '../UTC',
  'Europe/../UTC',
  "UTC'",
  'x'.repeat(5_000),
  'Local',
  'localtime',
])('%s is none', (zone) => {
  expect(isTimeZone(zone)).toBe(false)
})

const zones = fc.constantFrom(
  'UTC',
  'Europe/Brussels',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Caracas',
)
const instant = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2037, 0, 1) })

it('finds the way back from local time, to the first of two', () => {
  fc.assert(
    fc.property(zones, instant, (zone, at) => {
      const local = toLocal(zone, at)
      const { instantMs, isSkipped } = toInstant(zone, local)
      expect(isSkipped).toBe(false)
      expect(toLocal(zone, instantMs)).toBe(local)
      expect(instantMs).toBeLessThanOrEqual(at)
    }),
    { numRuns: 500 },
  )
})

it('knows every offset of a span', () => {
  fc.assert(
    fc.property(
      zones,
      instant,
      fc.integer({ min: 1, max: 400 * 86_400_000 }),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      (zone, start, length, part) => {
        const at = Math.floor(start + length * part)
        const offsets = zoneOffsets(zone, start, start + length, 12)!
        const offset = offsets.find(({ until }) => until === undefined || at < Date.parse(until))!
        expect(offset.seconds * 1000).toBe(offsetMs(zone, at))
      },
    ),
    { numRuns: 200 },
  )
})

it('gives up on long spans and on many changes', () => {
  expect(zoneOffsets('Europe/Brussels', Date.UTC(1950, 0), Date.UTC(2020, 0), 1_000)).toBeUndefined()
  expect(zoneOffsets('Europe/Brussels', Date.UTC(2010, 0), Date.UTC(2020, 0), 12)).toBeUndefined()
  expect(zoneOffsets('Asia/Kolkata', Date.UTC(2010, 0), Date.UTC(2020, 0), 12)).toEqual([
    { seconds: 19_800, until: undefined },
  ])
})
