/** Registers a tag unless the page has it already: a second copy of the package leaves the first alone. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element)
}
