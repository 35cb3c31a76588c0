import { expect, it } from 'vitest'
import { acceptsGzip } from './accepts-gzip.ts'

it.each([
  [undefined, false],
  ['', false],
  ['gzip, deflate, br, zstd', true],
  ['br;q=1.0, gzip;q=0.8', true],
  ['GZIP', true],
  ['*', true],
  ['identity', false],
  ['gzip;q=0', false],
  ['gzip;q=0.000, *', false],
  ['*;q=0', false],
  ['br, *;q=0.1', true],
])('says of Accept-Encoding %j: %s', (header, accepted) => {
  expect(acceptsGzip(header)).toBe(accepted)
})
