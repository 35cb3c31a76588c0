/**
 * Moves a token from markup into the property and deletes it from the markup, so that whoever reads the document later
 * (another script, a saved page) does not find it. Call from `attributeChangedCallback`; true when it took care of it.
 */
export function takeTokenAttribute(
  element: HTMLElement & { token: string | undefined },
  name: string,
  value: string | null,
): boolean {
  if (name !== 'token') return false
  if (value !== null) {
    element.token = value
    element.removeAttribute('token')
  }
  return true
}
