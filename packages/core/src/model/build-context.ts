import type { CubeSource } from '../schema/cube.ts'
import type { DimensionSource } from '../schema/dimension.ts'
import type { MemberRef, SqlTemplate } from './model.ts'
import type { MemberKind, ModelIndex } from './model-index.ts'
import type { Keys } from './model-problems.ts'
import { resolveMember } from './resolve-member.ts'
import { resolveTemplate, type TemplateScope } from './resolve-template.ts'

/** Adds a problem at keys below the thing being read. */
export type Report = (keys: Keys, message: string) => void

/** What the builders of a cube's parts share: the cube as written, the names of the model, and where to report. */
export class BuildContext {
  readonly source: CubeSource
  readonly index: ModelIndex
  readonly report: Report

  constructor(source: CubeSource, index: ModelIndex, report: Report) {
    this.source = source
    this.index = index
    this.report = report
  }

  /** Reads author SQL; problems are reported at `keys`. */
  template(sql: string, keys: Keys, scope: Omit<TemplateScope, 'index' | 'cube'>): SqlTemplate {
    return resolveTemplate(sql, { index: this.index, cube: this.source.name, ...scope }, (message) =>
      this.report(keys, message),
    )
  }

  /** A dimension as it was written. */
  dimension({ node, member }: MemberRef): DimensionSource | undefined {
    const cube = node === undefined ? this.source.name : this.index.cubeOfNode.get(node)
    const draft = cube === undefined ? undefined : this.index.drafts.get(cube)
    return draft === undefined || draft.isBroken
      ? undefined
      : draft.source.dimensions?.find((dimension) => dimension.name === member)
  }

  /** Reads a list of member names such as `status`, `CUBE.status` or `users.status`; unknown ones are reported and left out. */
  members(names: readonly string[] | undefined, keys: Keys, kinds: readonly MemberKind[]): readonly MemberRef[] {
    if (names === undefined || names.length === 0) return NONE
    return Object.freeze(names.flatMap((name, position) => this.member(name, [...keys, position], kinds) ?? []))
  }

  /** Reads one member name; `undefined` after reporting what is wrong with it. */
  member(name: string, keys: Keys, kinds: readonly MemberKind[]): MemberRef | undefined {
    return resolveMember(name, this.source.name, this.index, kinds, (message) => this.report(keys, message))
  }
}

const NONE: readonly never[] = Object.freeze([])

export const DIMENSIONS: readonly MemberKind[] = ['dimension']
export const MEASURES: readonly MemberKind[] = ['measure']
export const SEGMENTS: readonly MemberKind[] = ['segment']
export const DIMENSIONS_AND_MEASURES: readonly MemberKind[] = ['dimension', 'measure']
