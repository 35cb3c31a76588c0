import { decodeJwt, decodeProtectedHeader, exportJWK, exportPKCS8, generateKeyPair, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { EMBED_ALGORITHMS, type EmbedGrant, signEmbedToken } from './sign-embed-token.ts'

const GRANT: EmbedGrant = {
  iss: 'org',
  sub: 'user-42',
  resources: [{ type: 'dashboard', id: 'departures' }],
  attributes: { airport: ['SEA'] },
  actions: ['view'],
}
const SECRET = 'a secret of at least thirty-two bytes'
const NOW = new Date('2026-01-01T00:00:00Z')

describe('signEmbedToken', () => {
  it.each(EMBED_ALGORITHMS)('signs with %s what the public half verifies', async (alg) => {
    const pair = alg === 'HS256' ? undefined : await generateKeyPair(alg, { extractable: true })
    const token = await signEmbedToken(GRANT, { alg, kid: 'k1', key: pair?.privateKey ?? SECRET })
    const verified = await jwtVerify(token, pair?.publicKey ?? new TextEncoder().encode(SECRET), { algorithms: [alg] })
    expect(verified.protectedHeader).toEqual({ alg, kid: 'k1', typ: 'embed+jwt' })
    expect(verified.payload).toMatchObject({ ...GRANT, aud: 'datainsight:embed' })
  })

  it('takes the key as PEM and as JWK', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
    for (const key of [await exportPKCS8(privateKey), await exportJWK(privateKey)]) {
      const token = await signEmbedToken(GRANT, { alg: 'EdDSA', kid: 'k1', key })
      expect(decodeProtectedHeader(token).alg).toBe('EdDSA')
    }
  })

  it('lives ten minutes unless told, and gets an id of its own', async () => {
    const key = { alg: 'HS256', kid: 'k1', key: SECRET } as const
    const [first, second] = [
      await signEmbedToken(GRANT, key, NOW),
      await signEmbedToken({ ...GRANT, ttlSeconds: 60 }, key, NOW),
    ].map((token) => decodeJwt(token))
    expect(first).toMatchObject({ iat: 1_767_225_600, exp: 1_767_225_600 + 600 })
    expect(second).toMatchObject({ exp: 1_767_225_600 + 60 })
    expect(first?.jti).not.toBe(second?.jti)
  })

  it('refuses claims that the server would refuse, naming them', async () => {
    const grant = { ...GRANT, role: 'admin', actions: ['fly'] } as unknown as EmbedGrant
    await expect(signEmbedToken(grant, { alg: 'HS256', kid: 'k1', key: SECRET })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(/actions\.0.*role|role.*actions\.0/),
    })
  })

  it.each([
    [{ ...GRANT, ttlSeconds: 3_601 }, SECRET, /ttlSeconds must be an integer from 1 to 3600, not 3601/],
    [GRANT, 'short', /needs 32 bytes or more/],
  ])('refuses a life or a key that is out of bounds', async (grant, key, message) => {
    await expect(signEmbedToken(grant, { alg: 'HS256', kid: 'k1', key })).rejects.toThrow(message)
  })

  it('refuses a secret where a private key belongs', async () => {
    await expect(signEmbedToken(GRANT, { alg: 'EdDSA', kid: 'k1', key: SECRET })).rejects.toThrow(
      /the signing key does not fit EdDSA/,
    )
  })
})
