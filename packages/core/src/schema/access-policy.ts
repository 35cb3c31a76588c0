import { type Static, Type } from '@sinclair/typebox'
import { Identifier, Scalar } from './common.ts'
import { FilterOperator } from './filter.ts'
import { CLOSED } from './model-parts.ts'

/** A condition of a row rule. A value may be `{ securityContext.<attribute> }`; a list attribute stands for all its values. */
export const PolicyCondition = Type.Object(
  {
    member: Type.String({ minLength: 1, maxLength: 260 }),
    operator: FilterOperator,
    values: Type.Optional(Type.Array(Scalar, { maxItems: 1_000 })),
  },
  CLOSED,
)
export type PolicyCondition = Static<typeof PolicyCondition>
export type PolicyFilter = PolicyCondition | { and: PolicyFilter[] } | { or: PolicyFilter[] }
export const PolicyFilter = Type.Recursive(
  (self) =>
    Type.Union([
      PolicyCondition,
      Type.Object({ and: Type.Array(self, { minItems: 1, maxItems: 50 }) }, CLOSED),
      Type.Object({ or: Type.Array(self, { minItems: 1, maxItems: 50 }) }, CLOSED),
    ]),
  { $id: 'PolicyFilter' },
)

const MemberList = Type.Union([Type.Literal('*'), Type.Array(Identifier, { maxItems: 500 })])
const MemberLists = Type.Object({ includes: Type.Optional(MemberList), excludes: Type.Optional(MemberList) }, CLOSED)
const RoleName = Type.String({ minLength: 1, maxLength: 128 })

/**
 * What callers of a role may see of a cube or a view. `role` (or its synonym `group`) `"*"` is everyone, `groups` lists several.
 * All policies of a caller are joined by "or". A cube with policies shows nothing to a caller whom none matches; embed tokens see
 * nothing of a cube without policies. `conditions` must all hold for the policy to count. Members of `member_masking` that no
 * policy of the caller opens are shown masked.
 */
export const AccessPolicySource = Type.Object(
  {
    role: Type.Optional(RoleName),
    group: Type.Optional(RoleName),
    groups: Type.Optional(Type.Array(RoleName, { minItems: 1, maxItems: 100 })),
    conditions: Type.Optional(
      Type.Array(
        Type.Object({ if: Type.Union([Type.String({ minLength: 1, maxLength: 500 }), Type.Boolean()]) }, CLOSED),
        {
          maxItems: 20,
        },
      ),
    ),
    member_level: Type.Optional(MemberLists),
    member_masking: Type.Optional(MemberLists),
    row_level: Type.Optional(
      Type.Object(
        {
          filters: Type.Optional(Type.Array(PolicyFilter, { maxItems: 50 })),
          allow_all: Type.Optional(Type.Boolean()),
        },
        CLOSED,
      ),
    ),
  },
  { ...CLOSED, description: 'What callers of a role may see.' },
)
export type AccessPolicySource = Static<typeof AccessPolicySource>
