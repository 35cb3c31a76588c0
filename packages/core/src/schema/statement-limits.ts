import { type Static, Type } from '@sinclair/typebox'

const LIMITS = {
  tenantConcurrency: Type.Integer({
    minimum: 1,
    maximum: 100,
    description: 'Statements of one tenant at the same time at one data source; half of its places when nobody says.',
  }),
  tenantQueue: Type.Integer({
    minimum: 1,
    maximum: 10_000,
    description: 'Statements of one tenant that may wait at one data source.',
  }),
  queue: Type.Integer({
    minimum: 1,
    maximum: 10_000,
    description: 'Statements of the organization that may wait at one data source.',
  }),
  queueWaitMs: Type.Integer({
    minimum: 1,
    maximum: 600_000,
    description: 'Longest wait of a statement for its turn, milliseconds.',
  }),
}

/**
 * How many statements of an organization may run and wait at a data source. What is absent is taken from the next that says
 * it: the data source, the organization, the server's configuration.
 */
export const StatementLimits = Type.Partial(Type.Object(LIMITS), { additionalProperties: false })
export type StatementLimits = Static<typeof StatementLimits>

/** A change of an organization's limits: those given replace the stored ones, `null` takes one back to the server's own. */
export const StatementLimitsPatch = Type.Object(
  {
    tenantConcurrency: Type.Optional(Type.Union([LIMITS.tenantConcurrency, Type.Null()])),
    tenantQueue: Type.Optional(Type.Union([LIMITS.tenantQueue, Type.Null()])),
    queue: Type.Optional(Type.Union([LIMITS.queue, Type.Null()])),
    queueWaitMs: Type.Optional(Type.Union([LIMITS.queueWaitMs, Type.Null()])),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type StatementLimitsPatch = Static<typeof StatementLimitsPatch>

/** An organization's limits and what holds where it sets none. */
export const OrganizationLimits = Type.Object({
  limits: StatementLimits,
  defaults: StatementLimits,
})
export type OrganizationLimits = Static<typeof OrganizationLimits>
