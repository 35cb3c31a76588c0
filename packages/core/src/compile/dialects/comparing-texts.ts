import type { Dialect } from './dialect.ts'

/**
 * The dialect with columns turned into texts wherever texts are looked for in them. A database converts the texts instead, to a column's
 * own type such as a UUID or an enum: that keeps indexes of use, but fails for a text that is no such value.
 */
export function comparingTexts(dialect: Dialect): Dialect {
  return {
    ...dialect,
    equals: (argument, values, isNegated) =>
      dialect.equals(values.some(({ type }) => type === 'text') ? dialect.text(argument) : argument, values, isNegated),
  }
}
