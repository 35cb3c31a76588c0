import { bootstrap, type FirstRun } from '../bootstrap.ts'
import type { Database } from '../database/schema.ts'
import { deriveKey } from '../derive-key.ts'
import { IdentityDirectory } from '../identity/identity-directory.ts'
import { decryptSecret, encryptSecret } from '../identity/stored-secret.ts'
import type { Context } from './context.ts'

/** Who may ask. */
export interface Identities {
  readonly directory: IdentityDirectory
  /** Encrypts what is stored and must be read again, such as the secrets that sign tokens. */
  readonly encrypt: (secret: Uint8Array) => Buffer
}

/** Makes the first organization, user and key where there is none, and keeps keys, origins and revocations at hand. */
export async function openIdentities(
  { config, logger, onClose }: Context,
  db: Database,
  onFirstRun: (firstRun: FirstRun) => void,
): Promise<Identities> {
  const storedSecretKey = deriveKey(config.secret, 'stored-secrets')
  const encrypt = (secret: Uint8Array) => encryptSecret(storedSecretKey, secret)
  const decrypt = (encrypted: Buffer) => decryptSecret(storedSecretKey, encrypted)
  const firstRun = await bootstrap({
    db,
    config,
    encrypt,
    canDecrypt: (encrypted) => succeeds(() => decrypt(encrypted)),
  })
  if (firstRun !== undefined) onFirstRun(firstRun)
  const directory = new IdentityDirectory({
    db,
    decrypt,
    onError: (error) => logger.error({ err: error }, 'identity directory could not be read'),
  })
  await directory.start()
  onClose(() => directory.stop())
  return { directory, encrypt }
}

function succeeds(work: () => unknown): boolean {
  try {
    work()
    return true
  } catch {
    return false
  }
}
