import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'

/** Closed: `jwk`, `jku`, `x5u`, `crit` and the like never get as far as a key lookup. */
const TokenHeader = Type.Object(
  {
    alg: Type.String({ maxLength: 16 }),
    typ: Type.String({ maxLength: 32 }),
    kid: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_.:-]{1,128}$' })),
  },
  { additionalProperties: false },
)
const checker = TypeCompiler.Compile(TokenHeader)

/** The unverified header of a JWT, or undefined when it is not one of ours. */
export function readTokenHeader(token: string): { alg: string; typ: string; kid?: string } | undefined {
  const end = token.indexOf('.')
  if (end <= 0 || token.split('.', 4).length !== 3) return undefined
  try {
    const header: unknown = JSON.parse(Buffer.from(token.slice(0, end), 'base64url').toString())
    return checker.Check(header) ? header : undefined
  } catch {
    return undefined
  }
}
