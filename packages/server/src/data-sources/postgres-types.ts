import type { RawValue } from './data-source.ts'

/** Numbers of the types whose values are no text for us, as `pg_type` has them. */
export const POSTGRES_TYPES = { bool: 16, int2: 21, int4: 23, float4: 700, float8: 701 } as const

/**
 * What reads the values of a type. They stay text except where a JavaScript value is exact: `int8` and `numeric` would lose
 * digits, times their microseconds.
 */
export function toRawValue(oid: number): (text: string) => RawValue {
  switch (oid) {
    case POSTGRES_TYPES.bool:
      return (text) => text === 't'
    case POSTGRES_TYPES.int2:
    case POSTGRES_TYPES.int4:
    case POSTGRES_TYPES.float4:
    case POSTGRES_TYPES.float8:
      return Number
    default:
      return (text) => text
  }
}
