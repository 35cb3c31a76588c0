import { type Static, Type } from '@sinclair/typebox'
import { ERROR_CODES } from '../errors.ts'

/** The body of every error answer: `application/problem+json` (RFC 9457) with our members. */
export const ErrorBody = Type.Object({
  type: Type.String({ description: 'Address of the error’s page in the reference.' }),
  title: Type.String(),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  code: Type.Union(ERROR_CODES.map((code) => Type.Literal(code))),
  detail: Type.String(),
  hint: Type.Optional(Type.String()),
  errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  requestId: Type.String(),
})
export type ErrorBody = Static<typeof ErrorBody>
