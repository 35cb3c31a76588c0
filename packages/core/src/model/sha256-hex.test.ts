import { expect, it } from 'vitest'
import { portableSha256Hex, sha256Hex } from './sha256-hex.ts'

it.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
])('hashes %j as FIPS 180-4 does', (text, hash) => {
  expect(sha256Hex(text)).toBe(hash)
  expect(portableSha256Hex(text)).toBe(hash)
})

it('hashes every text the same in Node and in a browser, half of a pair included', () => {
  for (const text of ['größe 😀', '\ud83d', 'a'.repeat(100_000)]) expect(sha256Hex(text)).toBe(portableSha256Hex(text))
})
