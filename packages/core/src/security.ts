import type { Scalar } from './schema/common.ts'
import type { Filter } from './schema/filter.ts'

/**
 * On whose behalf a statement is compiled: everything policies may depend on, and nothing else.
 * A required argument of every source node, so no statement exists that was not compiled for somebody.
 * It must never change: which policies match is found once for each such object. Who has other rights has another one.
 */
export interface Security {
  readonly organizationId: string
  /** `embed` callers see only cubes that a policy opens to them; a user or a key also sees cubes without policies. */
  readonly kind: 'embed' | 'user' | 'api-key'
  /** Names that `role` / `group` of an access policy may match. `*` matches everyone and is not listed. */
  readonly roles: readonly string[]
  /** Read by policies as `securityContext.<name>`. A missing, null or empty attribute never means "no filter". */
  readonly attributes: Readonly<Record<string, Scalar | readonly Scalar[]>>
  /** Conditions of the token; part of each source of the cube they name. */
  readonly filters: readonly Filter[]
  /** Members that may not be named at all. */
  readonly deniedMembers: readonly string[]
  /** Members whose every value is null. */
  readonly maskedMembers: readonly string[]
  /** Most rows an answer may have. */
  readonly maxRows: number
}
