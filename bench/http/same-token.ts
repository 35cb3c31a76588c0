import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'

/** A token like another one, and what verifies it. */
export interface SameToken {
  readonly token: string
  readonly algorithm: string
  /** A secret, or a public key in PEM. */
  readonly key: string
}

/** Signs the same header and claims again with a key of our own, because the server does not give its key away. */
export async function signAgain(token: string): Promise<SameToken> {
  const header = decodeProtectedHeader(token)
  const algorithm = header.alg ?? ''
  const signer = new SignJWT(decodeJwt(token)).setProtectedHeader({ ...header, alg: algorithm })
  if (algorithm.startsWith('HS')) {
    const key = randomBytes(32).toString('base64url')
    return { token: await signer.sign(new TextEncoder().encode(key)), algorithm, key }
  }
  const { publicKey, privateKey } =
    algorithm === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  return { token: await signer.sign(privateKey), algorithm, key }
}
