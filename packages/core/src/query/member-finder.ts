import { isMemberMasked, isMemberVisible } from '../model/access.ts'
import { type FoundMember, findMember } from '../model/find-member.ts'
import type { CubeNode, Member, Model } from '../model/model.ts'
import { didYouMean } from '../model/nearest-name.ts'
import type { Security } from '../security.ts'
import type { QueryProblems } from './query-problems.ts'
import type { NamedThrough } from './resolved-query.ts'

/** Most unknown names for which near ones are looked for: that reads the whole model. */
const MAX_SUGGESTIONS = 10

/** A member the caller may name. */
export interface Found<M extends Member> extends NamedThrough {
  /** As the query wrote it. */
  readonly name: string
  readonly node: CubeNode
  readonly member: M
  readonly isMasked: boolean
}

/** Looks names up for one caller. A member that is hidden is answered like one that does not exist, and never suggested. */
export class MemberFinder {
  readonly #model: Model
  readonly #security: Security
  readonly #problems: QueryProblems
  #unknownCount = 0

  constructor(model: Model, security: Security, problems: QueryProblems) {
    this.#model = model
    this.#security = security
    this.#problems = problems
  }

  /** The member of one of `kinds` that a name means; `undefined` after a problem at `path`. */
  find<K extends Member['kind']>(
    name: string,
    path: string,
    kinds: readonly K[],
  ): Found<Extract<Member, { kind: K }>> | undefined {
    const found = findMember(this.#model, name)
    if (found === undefined || !this.#isVisible(found)) {
      this.#problems.add('unknown_member', path, this.unknown(name, kinds))
      return undefined
    }
    const { member } = found
    if (!(kinds as readonly string[]).includes(member.kind)) {
      this.#problems.add('invalid_request', path, `${name} is a ${member.kind}, not a ${kinds.join(' or a ')}`)
      return undefined
    }
    const isMasked = this.#isMasked(found)
    if (isMasked && member.kind === 'segment') {
      this.#problems.add('forbidden', path, `${name} depends on values that are hidden from this caller`)
      return undefined
    }
    return { name, ...found, member: member as Extract<Member, { kind: K }>, isMasked }
  }

  /** Like {@link find}, for a place that takes anything with a value: the problem is returned, not collected. */
  findMeasure(name: string): Found<Extract<Member, { kind: 'measure' }>> | { readonly problem: string } {
    const found = findMember(this.#model, name)
    if (found === undefined || !this.#isVisible(found)) return { problem: this.unknown(name, ['measure']) }
    const { member } = found
    if (member.kind !== 'measure') return { problem: `${name} is a ${member.kind}, not a measure` }
    return { name, ...found, member, isMasked: this.#isMasked(found) }
  }

  /** Whether the values may decide which rows come, and in which order; a problem when they may not. */
  mayRead(found: Pick<Found<Member>, 'isMasked' | 'name'>, path: string): boolean {
    if (!found.isMasked) return true
    this.#problems.add(
      'forbidden',
      path,
      `the values of ${found.name} are hidden from this caller, who cannot filter, order or bin by them`,
    )
    return false
  }

  unknown(name: string, kinds: readonly Member['kind'][]): string {
    const expected = kinds.length === 1 ? kinds[0] : 'member'
    this.#unknownCount += 1
    const near = this.#unknownCount > MAX_SUGGESTIONS ? '' : didYouMean(name, this.#visibleNames(kinds))
    return `unknown ${expected}: ${printable(name)}${near}`
  }

  #isVisible(found: FoundMember): boolean {
    return isMemberVisible(this.#model, found.node, found.member, this.#security, found)
  }

  #isMasked(found: FoundMember): boolean {
    return isMemberMasked(this.#model, found.node, found.member, this.#security, found)
  }

  *#visibleNames(kinds: readonly string[]): Iterable<string> {
    for (const node of this.#model.nodes.values()) {
      if (node.isOfView === true) continue
      for (const member of node.cube.members.values()) {
        if (kinds.includes(member.kind) && this.#isVisible({ node, member })) yield `${node.name}.${member.name}`
      }
    }
    for (const view of this.#model.views.values()) {
      for (const viewMember of view.members.values()) {
        const { member } = viewMember
        const node = this.#model.nodes.get(viewMember.node)!
        if (kinds.includes(member.kind) && this.#isVisible({ node, member, view, viewMember }))
          yield `${view.name}.${viewMember.name}`
      }
    }
  }
}

/** A name as a message shows it: no control characters, at most 100 characters. */
export function printable(name: string): string {
  return name.slice(0, 100).replaceAll(/[\p{Cc}\p{Cf}]/gu, '�')
}
