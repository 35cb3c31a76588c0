import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

interface NodeCrypto {
  /** Hash in hexadecimal of a text's UTF-8. */
  hash(algorithm: 'sha256', text: string): string
}

interface NodeGlobal {
  readonly process?: { getBuiltinModule?(id: 'node:crypto'): NodeCrypto | undefined }
}

/** Node's own, which takes a tenth of the portable one's time; undefined in browsers. */
const native = (globalThis as NodeGlobal).process?.getBuiltinModule?.('node:crypto')

/** SHA-256 of a text's UTF-8, in hexadecimal. */
export function sha256Hex(text: string): string {
  return native?.hash('sha256', text) ?? portableSha256Hex(text)
}

/** The same where nothing but the language is to be had. */
export function portableSha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}
