/** A title made of a name: `avg_delay` → `Avg delay`. */
export function titleOfName(name: string): string {
  const words = name.replaceAll(/_+/g, ' ').trim()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}
