import { type Static, Type } from '@sinclair/typebox'
import { Description, Identifier, MAX_NAME_LENGTH, Title } from './common.ts'

/** Object from outside: unknown keys are errors. */
export const CLOSED = { additionalProperties: false } as const

/** SQL a model author wrote. `{CUBE}` is the cube's own alias, `{member}` and `{cube.member}` another member's expression. */
export const Sql = Type.String({
  minLength: 1,
  maxLength: 20_000,
  description: 'SQL; {CUBE}.column, {member} and {cube.member} are references.',
})
export const SqlObject = Type.Object({ sql: Sql }, CLOSED)

/** The name of a member, of this cube or, with a path before it, of another: `status`, `CUBE.status`, `users.orders.status`. */
export const MemberPath = Type.String({
  minLength: 1,
  maxLength: 8 * (MAX_NAME_LENGTH + 1),
  description: 'A member: status, CUBE.status or orders.status.',
})
export const MemberPaths = Type.Array(MemberPath, { maxItems: 500 })

/** A duration such as `1 month` or `1 year 6 months`; checked when the model is read. */
export const IntervalText = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'Such as 1 day or 1 year 6 months.',
})

/** One text, or one for each language: `{ en: Revenue, de: Umsatz }`. */
export const LocalTitle = Type.Union(
  [
    Title,
    Type.Record(Type.String({ pattern: '^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$' }), Title, { maxProperties: 100 }),
  ],
  { description: 'Shown to people: a text, or one for each language.' },
)
export type LocalTitle = Static<typeof LocalTitle>

export const Meta = Type.Optional(
  Type.Record(Type.String(), Type.Unknown(), { maxProperties: 50, description: 'Handed to clients as it is.' }),
)
export const Public = Type.Optional(Type.Boolean({ description: 'Whether queries may name it; true when absent.' }))

/** What everything with a name may say of itself. `shown` is the old name of `public`. */
export const DESCRIPTION = {
  name: Identifier,
  title: Type.Optional(LocalTitle),
  description: Type.Optional(Description),
  public: Public,
  shown: Public,
  meta: Meta,
}

/** How values are shown. */
export const PRESENTATION = {
  format: Type.Optional(
    Type.Union(
      [
        Type.String({ minLength: 1, maxLength: 100 }),
        Type.Object({ type: Type.Literal('link'), label: Type.Optional(Title) }, CLOSED),
      ],
      {
        description:
          'number, percent, currency, id, weekday, hour, link, imageUrl, image_url, or for a time a strftime pattern; { type: link, label } for a link with a text.',
      },
    ),
  ),
  currency: Type.Optional(Type.String({ pattern: '^[A-Za-z]{3}$', description: 'ISO 4217 code.' })),
  unit: Type.Optional(
    Type.String({
      pattern: '^[a-z]+(?:-[a-z]+)*$',
      maxLength: 64,
      description: 'Unit of Intl.NumberFormat, such as minute.',
    }),
  ),
  fraction_digits: Type.Optional(Type.Integer({ minimum: 0, maximum: 10, description: 'Digits after the point.' })),
}

/** What the value becomes for a caller whose policy masks the member; null when absent. */
export const Mask = Type.Optional(
  Type.Union([Type.String({ maxLength: 1_000 }), Type.Number(), Type.Boolean(), SqlObject], {
    description: 'Stands in for the value where a policy masks it; null when absent.',
  }),
)

export const Classification = Type.Optional(
  Type.Literal('pii', { description: 'Masked unless a policy names the member in member_level.includes.' }),
)

export const ShiftDirection = Type.Optional(
  Type.Union([Type.Literal('prior'), Type.Literal('next')], {
    description: 'Back (prior) or forth (next) in time.',
  }),
)

/** A link shown with a value. Kept for clients; nothing of it runs here. */
export const LinkSource = Type.Object(
  {
    name: Type.Optional(Identifier),
    label: Type.Optional(Title),
    title: Type.Optional(Title),
    url: Type.Optional(Type.String({ maxLength: 2_000 })),
    sql: Type.Optional(Sql),
    dashboard: Type.Optional(Type.String({ maxLength: 200 })),
    target: Type.Optional(Type.String({ maxLength: 40 })),
    icon: Type.Optional(Type.String({ maxLength: 200 })),
    primary: Type.Optional(Type.Boolean()),
    params: Type.Optional(
      Type.Array(
        Type.Object({ key: Type.String({ maxLength: 200 }), value: Type.String({ maxLength: 1_000 }) }, CLOSED),
        { maxItems: 50 },
      ),
    ),
  },
  CLOSED,
)
