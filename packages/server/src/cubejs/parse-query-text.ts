import { AnalyticsError } from '@datainsight/core'

/** Deepest nesting of a query in an address; the same as that of a body. */
const MAX_DEPTH = 64

/**
 * Reads the JSON of a `query` parameter, with the same refusals as a body.
 * @throws AnalyticsError `invalid_request` for what is no JSON, too deep, or holds `__proto__` or NUL.
 */
export function parseQueryText(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AnalyticsError('invalid_request', 'the parameter query is not valid JSON')
  }
  check(value, 0)
  return value
}

function check(value: unknown, depth: number): void {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new AnalyticsError('invalid_request', 'the parameter query holds a NUL character, \\u0000')
  }
  if (typeof value !== 'object' || value === null) return
  if (depth >= MAX_DEPTH) {
    throw new AnalyticsError('invalid_request', `the parameter query is nested deeper than ${MAX_DEPTH} levels`)
  }
  for (const [name, child] of Object.entries(value)) {
    if (name === '__proto__' || name === 'constructor' || name.includes('\0')) {
      throw new AnalyticsError('invalid_request', 'the parameter query holds a forbidden field name')
    }
    check(child, depth + 1)
  }
}
