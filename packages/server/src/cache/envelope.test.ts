import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openEnvelope, sealEnvelope } from './envelope.ts'

const SECRET = 'a secret of thirty-two bytes or so'
const NOW = 1_700_000_000_000
const payload = Buffer.from('{"columns":[]')
const bytes = { payload, freshUntilMs: NOW + 500, expiresAtMs: NOW + 1_000 }
const sealed = () => sealEnvelope('key', bytes, SECRET)

describe('envelope', () => {
  it('gives back what was put in, byte by byte', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ maxLength: 500 }), (key, content) => {
        const given = { payload: Buffer.from(content), freshUntilMs: NOW - 1, expiresAtMs: NOW + 1 }
        const opened = openEnvelope(key, sealEnvelope(key, given, SECRET), NOW, SECRET)
        expect(opened?.payload.equals(content)).toBe(true)
        expect(opened).toMatchObject({ freshUntilMs: NOW - 1, expiresAtMs: NOW + 1 })
      }),
    )
  })

  it('is not opened after any bit was changed', () => {
    const envelope = sealed()
    for (let bit = 0; bit < envelope.length * 8; bit++) {
      const changed = Buffer.from(envelope)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(openEnvelope('key', changed, NOW, SECRET)).toBeUndefined()
    }
  })

  it('is not opened under another key or with another secret, cut off, prolonged or expired', () => {
    expect(openEnvelope('other', sealed(), NOW, SECRET)).toBeUndefined()
    expect(openEnvelope('key', sealed(), NOW, 'another secret')).toBeUndefined()
    expect(openEnvelope('key', sealed(), NOW + 1_000, SECRET)).toBeUndefined()
    expect(openEnvelope('key', Buffer.concat([sealed(), payload]), NOW, SECRET)).toBeUndefined()
    for (let length = 0; length < sealed().length; length++) {
      expect(openEnvelope('key', sealed().subarray(0, length), NOW, SECRET)).toBeUndefined()
    }
  })
})
