import { type Static, Type } from '@sinclair/typebox'

/** Longest name of a cube or a member, in characters. */
export const MAX_NAME_LENGTH = 128

/** A cube, dimension, measure, segment, widget or filter name: a letter or underscore, then letters, digits and underscores. */
export const Identifier = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$', maxLength: MAX_NAME_LENGTH })

/**
 * A member as a query names it: `cube.member`. Any text passes here; the compiler looks the name up in the model and
 * answers `unknown_member` with the nearest known names, which helps more than a pattern mismatch.
 */
export const MemberName = Type.String({
  minLength: 1,
  maxLength: 2 * MAX_NAME_LENGTH + 1,
  description: '`cube.member`',
})

/** A short text shown to people. */
export const Title = Type.String({ minLength: 1, maxLength: 200 })

/** A longer text shown to people. */
export const Description = Type.String({ maxLength: 2_000 })

/** A readable identifier in addresses: lower-case words joined by hyphens, such as `departures`. */
export const Slug = Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', minLength: 1, maxLength: 80 })

/** An IANA time zone name such as `Europe/Brussels`; checked against the runtime's list by `normalizeQuery`. */
export const TimeZone = Type.String({ minLength: 1, maxLength: 64, description: 'IANA name, such as Europe/Brussels.' })

/** A BCP 47 language tag such as `nl-BE`. */
export const Locale = Type.String({ pattern: '^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$', maxLength: 35 })

/** A value that can stand in a filter, an attribute or a cell. */
export const Scalar = Type.Union([Type.String({ maxLength: 10_000 }), Type.Number(), Type.Boolean()])
export type Scalar = Static<typeof Scalar>
