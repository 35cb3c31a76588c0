/** A plain, short form of an option for snapshots: typed arrays as lists, functions as what they answer for 0 and 1. */
export function readOption(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return shorten(Array.from(value as Float64Array))
  if (Array.isArray(value)) return shorten(value.map(readOption))
  if (typeof value === 'function') return '[function]'
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, part]) => part !== undefined)
        .map(([key, part]) => [key, readOption(part)]),
    )
  }
  return typeof value === 'number' ? Number(value.toFixed(3)) : value
}

function shorten(list: readonly unknown[]): unknown {
  return list.length <= 8 ? list : [...list.slice(0, 3), `… ${list.length}`, ...list.slice(-2)]
}
