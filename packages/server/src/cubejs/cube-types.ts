import type { ColumnType, MeasureType, ValueFormat } from '@datainsight/core'

/** Type of a member in Cube's words, which have one for all numbers. */
export function toCubeType(type: ColumnType): string {
  return type === 'integer' || type === 'decimal' ? 'number' : type
}

/** Names of number formats that the client knows, with the digits after the point. */
const NAMED_NUMBER = /^(?:number|percent|currency|decimal|abbr|accounting)(?:_[0-6])?$/

/**
 * Cube's form of a format: one of ours by its name there, else the pattern the author wrote. `undefined` where Cube has none.
 */
export function toCubeFormat(
  format: ValueFormat | undefined,
  pattern: string | undefined,
  type: ColumnType,
): string | { readonly type: string; readonly value: string } | undefined {
  if (pattern !== undefined) {
    if (NAMED_NUMBER.test(pattern)) return pattern
    return { type: type === 'time' ? 'custom-time' : 'custom-numeric', value: pattern }
  }
  if (format === 'weekday' || format === 'hour') return undefined
  return format === 'image_url' ? 'imageUrl' : format
}

/** `count_distinct` is `countDistinct` in the metadata of Cube. */
export function toAggregateType(type: MeasureType): string {
  return type.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
