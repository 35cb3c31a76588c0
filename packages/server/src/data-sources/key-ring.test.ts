import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { KeyRing, type SealedSecret } from './key-ring.ts'

const old = { id: 'old', key: randomBytes(32) }
const young = { id: 'young', key: randomBytes(32) }
const context = 'organization/source/1'

describe('a ring of encryption keys', () => {
  it('opens what it sealed, for the same context only', () => {
    const ring = new KeyRing([old])
    const sealed = ring.seal('{"password":"hunter2"}', context)
    expect(ring.open(sealed, context)).toBe('{"password":"hunter2"}')
    for (const other of ['organization/source/2', 'organization/other/1', 'other/source/1']) {
      expect(() => ring.open(sealed, other)).toThrow()
    }
    expect(Buffer.concat([sealed.ciphertext, sealed.wrappedKey]).toString('latin1')).not.toContain('hunter2')
  })

  it('uses another key and nonce for each secret', () => {
    const ring = new KeyRing([old])
    const [one, two] = [ring.seal('x', context), ring.seal('x', context)]
    expect(one.ciphertext.equals(two.ciphertext)).toBe(false)
    expect(() => ring.open({ ...one, wrappedKey: two.wrappedKey }, context)).toThrow()
  })

  it('opens after a rotation without the old key, and not before', () => {
    const sealed = new KeyRing([old]).seal('x', context)
    expect(() => new KeyRing([young]).open(sealed, context)).toThrow('the encryption key old is not configured')
    const both = new KeyRing([young, old])
    expect(both.open(sealed, context)).toBe('x')
    const rotated = both.rewrap(sealed, context) as SealedSecret
    expect(rotated.keyId).toBe('young')
    expect(new KeyRing([young]).open(rotated, context)).toBe('x')
    expect(() => new KeyRing([old]).open(rotated, context)).toThrow()
    expect(both.rewrap(rotated, context)).toBeUndefined()
  })

  it.each(['ciphertext', 'wrappedKey'] as const)('refuses a changed %s, wherever a bit was turned', (part) => {
    const ring = new KeyRing([old])
    const sealed = ring.seal('secret', context)
    for (let byte = 0; byte < sealed[part].length; byte++) {
      const changed = Buffer.from(sealed[part])
      changed[byte]! ^= 1
      expect(() => ring.open({ ...sealed, [part]: changed }, context)).toThrow()
    }
  })
})
