/** A value as an error message shows it: JSON, shortened to 60 characters, control characters escaped. */
export function quoteValue(value: unknown): string {
  const text =
    typeof value === 'number' || typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? String(value))
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
