import { type Static, Type } from '@sinclair/typebox'
import { MemberName, TimeZone } from './common.ts'
import { Filter } from './filter.ts'
import { DateRange } from './query.ts'

/** Values when a request names no limit. */
export const DEFAULT_SUGGESTIONS = 100

/** Body of `POST /query/suggest`: the values of a dimension that the caller may see. */
export const SuggestRequest = Type.Object(
  {
    member: MemberName,
    search: Type.Optional(
      Type.String({
        maxLength: 200,
        description: 'Part of the text, ignoring case; values that start with it come first.',
      }),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000, description: `Values; ${DEFAULT_SUGGESTIONS} when absent.` }),
    ),
    filters: Type.Optional(Type.Array(Filter, { maxItems: 50 })),
    timeDimensions: Type.Optional(
      Type.Array(Type.Object({ dimension: MemberName, dateRange: DateRange }, { additionalProperties: false }), {
        maxItems: 8,
      }),
    ),
    timezone: Type.Optional(TimeZone),
  },
  { additionalProperties: false },
)
export type SuggestRequest = Static<typeof SuggestRequest>

/** Answer of `POST /query/suggest`. */
export const Suggestions = Type.Object(
  {
    values: Type.Array(
      Type.Object({ value: Type.Union([Type.String(), Type.Number(), Type.Boolean()]), label: Type.String() }),
    ),
    truncated: Type.Boolean({ description: 'There are more than the limit.' }),
  },
  { additionalProperties: false },
)
export type Suggestions = Static<typeof Suggestions>
