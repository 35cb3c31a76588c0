import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/** A key that encrypts other keys. */
export interface EncryptionKey {
  /** Kept beside what it encrypted, so that it is found again. */
  readonly id: string
  /** 32 bytes. */
  readonly key: Buffer
}

/** A secret as it is stored. */
export interface SealedSecret {
  /** Encrypted with a key of its own: nonce, tag, ciphertext. */
  readonly ciphertext: Buffer
  /** That key, encrypted with the key-encryption key `keyId`. */
  readonly wrappedKey: Buffer
  readonly keyId: string
}

/**
 * Envelope encryption: each secret has a random 256-bit key of its own, which a key-encryption key wraps, both by AES-256-GCM.
 * Rotation re-wraps the small keys and leaves the secrets alone. `context` says whose secret it is; another one does not open it,
 * so that nothing is gained by moving ciphertext from row to row.
 */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, Buffer>
  readonly #newest: EncryptionKey

  /** @param keys newest first: it wraps from now on, the others only open. */
  constructor(keys: readonly EncryptionKey[]) {
    const newest = keys[0]
    if (newest === undefined) throw new Error('there is no encryption key')
    this.#newest = newest
    this.#keys = new Map(keys.map(({ id, key }) => [id, key]))
  }

  /** What new secrets are wrapped with. */
  get newestKeyId(): string {
    return this.#newest.id
  }

  seal(secret: string, context: string): SealedSecret {
    const key = randomBytes(KEY_BYTES)
    const ciphertext = encrypt(key, Buffer.from(secret), `secret ${context}`)
    return { ciphertext, ...this.#wrap(key, context) }
  }

  /** @throws Error when the key is not here, or anything but what was sealed under `context` is given. */
  open(sealed: SealedSecret, context: string): string {
    return decrypt(this.#unwrap(sealed, context), sealed.ciphertext, `secret ${context}`).toString()
  }

  /** The same secret with its key wrapped by the newest key; `undefined` when it is already. @throws Error as {@link open} does. */
  rewrap(sealed: SealedSecret, context: string): SealedSecret | undefined {
    if (sealed.keyId === this.#newest.id) return undefined
    return { ciphertext: sealed.ciphertext, ...this.#wrap(this.#unwrap(sealed, context), context) }
  }

  #wrap(key: Buffer, context: string): Pick<SealedSecret, 'wrappedKey' | 'keyId'> {
    const { id } = this.#newest
    return { wrappedKey: encrypt(this.#newest.key, key, `key ${id} ${context}`), keyId: id }
  }

  #unwrap({ wrappedKey, keyId }: SealedSecret, context: string): Buffer {
    const key = this.#keys.get(keyId)
    if (key === undefined) throw new Error(`the encryption key ${keyId} is not configured`)
    return decrypt(key, wrappedKey, `key ${keyId} ${context}`)
  }
}

function encrypt(key: Buffer, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

function decrypt(key: Buffer, encrypted: Buffer, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(encrypted.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(encrypted.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
}
