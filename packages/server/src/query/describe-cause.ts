/**
 * What may be logged of a driver's fault: its kind and code. Its message can quote values of rows
 * (`invalid input syntax for type integer: "…"`) and text of the statement.
 */
export function describeCause(cause: unknown): { readonly kind: string; readonly code?: string } {
  if (!(cause instanceof Error)) return { kind: typeof cause }
  const { code } = cause as { code?: unknown }
  // DuckDB puts the kind before the first colon: `Conversion Error: …`.
  const kind = /^([A-Z][A-Za-z ]{2,40} Error):/.exec(cause.message)?.[1] ?? cause.name
  return typeof code === 'string' ? { kind, code } : { kind }
}
