/**
 * Runs in the page: the focused element, through shadow roots, as `role: name`; `unnamed …` when assistive technology would
 * have nothing to say; undefined when the focus is on the page itself. The place is added, so that two stops never look alike.
 */
export function describeFocus(): string | undefined {
  let element: Element | null = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  if (element === null || element === document.body) return undefined
  const root = element.getRootNode() as Document | ShadowRoot
  const byIds = (element.getAttribute('aria-labelledby') ?? '')
    .split(/\s+/)
    .map((id) => (id === '' ? '' : (root.getElementById(id)?.textContent ?? '')))
    .join(' ')
  const label =
    element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((one) => one.textContent).join(' ') : ''
  const name = [byIds, element.getAttribute('aria-label'), label, element.textContent, element.getAttribute('title')]
    .map((text) => text?.replace(/\s+/g, ' ').trim() ?? '')
    .find((text) => text !== '')
  const { x, y } = element.getBoundingClientRect()
  const place = `at ${Math.round(x + scrollX)},${Math.round(y + scrollY)}`
  const role = element.getAttribute('role') ?? element.localName
  return name === undefined ? `unnamed ${role} ${place}` : `${role} ${place}: ${name.slice(0, 120)}`
}
