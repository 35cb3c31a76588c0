import type { ColumnType, MeasureType, ValueFormat } from '@datainsight/core'

/** Type of a member in Cube's words, which have one for all numbers. */
export function toCubeType(type: ColumnType | 'switch' | 'currency'): string {
  if (type === 'integer' || type === 'decimal' || type === 'currency') return 'number'
  return type === 'switch' ? 'string' : type
}

/** Cube's name of a format; undefined for the two it does not have. */
export function toCubeFormat(format: ValueFormat | undefined): string | undefined {
  if (format === 'weekday' || format === 'hour') return undefined
  return format === 'image_url' ? 'imageUrl' : format
}

/** `count_distinct` is `countDistinct` in the metadata of Cube. */
export function toAggregateType(type: MeasureType): string {
  return type.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
