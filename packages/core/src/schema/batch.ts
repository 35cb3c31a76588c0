import { type Static, Type } from '@sinclair/typebox'
import { ErrorBody } from './error-body.ts'
import { Query } from './query.ts'
import { ResultSet } from './result.ts'

/** Most queries in one batch. */
export const MAX_BATCH_QUERIES = 50

/** Body of `POST /query/batch`. Ids are the caller's and must differ. */
export const BatchQuery = Type.Object(
  {
    queries: Type.Array(
      Type.Object(
        {
          id: Type.String({ minLength: 1, maxLength: 128 }),
          query: Query,
          priority: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 100,
              description: 'Those with higher ones are started first, such as what is visible; 0 when absent.',
            }),
          ),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: MAX_BATCH_QUERIES },
    ),
  },
  { additionalProperties: false },
)
export type BatchQuery = Static<typeof BatchQuery>

/**
 * One line of an NDJSON answer: the result of the query or widget `id`, or what went wrong with it.
 * `comparison` and `trend` come with widgets that ask for them. A stream that ends without a line for each id was cut off.
 */
export const Frame = Type.Union([
  Type.Object({
    id: Type.String(),
    result: ResultSet,
    comparison: Type.Optional(ResultSet),
    trend: Type.Optional(ResultSet),
  }),
  Type.Object({ id: Type.String(), error: ErrorBody }),
])
export type Frame = Static<typeof Frame>
