import { type Static, Type } from '@sinclair/typebox'

/**
 * How people read a value. `percent` multiplies by 100; `weekday` names 1 (Monday) … 7; `hour` shows 0 … 23 as a clock time;
 * `id` is a number without separators.
 */
export const VALUE_FORMATS = ['number', 'percent', 'currency', 'id', 'weekday', 'hour', 'link', 'image_url'] as const
export const ValueFormat = Type.Union(VALUE_FORMATS.map((format) => Type.Literal(format)))
export type ValueFormat = Static<typeof ValueFormat>
