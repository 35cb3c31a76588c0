/**
 * Puts text on the clipboard. Pages without clipboard permission (plain HTTP, a policy) get the old way: a selected field
 * beside `anchor`, removed at once.
 */
export async function copyText(text: string, anchor: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const field = document.createElement('textarea')
    field.className = 'visually-hidden'
    field.value = text
    anchor.after(field)
    field.select()
    document.execCommand('copy')
    field.remove()
    anchor.focus()
  }
}
