import type { AttributeRef } from './model.ts'

/** Names under which models reach the caller's attributes; Cube's two spellings and their YAML forms. */
const ROOTS = 'securityContext|security_context|userAttributes|user_attributes'
const PATH = new RegExp(`^(?:${ROOTS})((?:\\.[A-Za-z_]\\w{0,63}){1,5})$`)

/** The attribute that `securityContext.a.b` names, or `undefined` when it is none. */
export function readAttributePath(text: string): AttributeRef | undefined {
  const match = PATH.exec(text)
  if (match === null) return undefined
  const attribute = match[1]!.slice(1)
  return Object.freeze({ attribute, path: Object.freeze(attribute.split('.')) })
}
