import { passes } from './conditions.ts'
import { CASES } from './members.ts'
import type { Caller, Policy, Rule, RuleValue } from './policies.ts'
import { dimensionOfRow } from './row-values.ts'
import { type Cell, cubeOf, measureOf, membersOfView, type Row, type World, type WorldCube } from './world.ts'

/** The question has no answer: its nodes are not joined, or rows cannot be told apart, or the caller may not ask it. */
export class Refused extends Error {}

/** A member of a cube or role, and the way to it where a view gives one. */
export interface Ref {
  readonly node: string
  readonly member: string
  readonly path?: readonly string[]
}

export interface Named extends Ref {
  /** As the question says it. */
  readonly name: string
  readonly isMasked: boolean
}

/** What a caller may see of a world, when one question names certain members: by the policies and the token. */
export class Sight {
  readonly #world: World
  readonly #caller: Caller
  readonly #members = new Map<string, Set<string>>()
  readonly #viewed = new Map<string, Set<string>>()

  constructor(world: World, caller: Caller) {
    this.#world = world
    this.#caller = caller
  }

  /** Remembers that the question names a member: a policy opens rows only to questions on members that it opens. */
  name(name: string): Named {
    const [owner, own] = name.split('.') as [string, string]
    const view = this.#world.views.find((one) => one.name === owner)
    const viewed = view === undefined ? undefined : membersOfView(view).get(own)!
    const node = viewed === undefined ? owner : viewed.path.at(-1)!
    const member = viewed?.member ?? own
    const cube = cubeOf(this.#world, node)
    if (!this.isOpen(cube) || this.#touched(cube, member).some((other) => !this.isOpen(cubeOf(this.#world, other))))
      throw new Refused(`${name} is closed`)
    if (this.#isNamed(node, member, this.#caller.denied)) throw new Refused(`${name} is denied`)
    const inCube = this.#grant(cube.policies, member)
    const inView = view === undefined ? 'opens' : this.#grant(view.policies, own)
    if (inCube === undefined || inView === undefined) throw new Refused(`${name} is hidden`)
    const isMasked = inCube === 'masks' || inView === 'masks' || this.#isNamed(node, member, this.#caller.masked)
    add(this.#members, node, member)
    if (view !== undefined) add(this.#viewed, view.name, own)
    return { name, node, member, isMasked, ...(viewed !== undefined && { path: viewed.path }) }
  }

  isOpen(cube: WorldCube): boolean {
    return cube.policies.length === 0 ? this.#caller.kind === 'user' : this.#matching(cube.policies).length > 0
  }

  /** The rows of a node that the question may read. */
  rows(node: string): readonly Row[] {
    const cube = cubeOf(this.#world, node)
    if (!this.isOpen(cube)) return []
    const rules = this.#rules(cube.policies, [...(this.#members.get(node) ?? [])], (member) =>
      this.#isMaskedIn(cube, node, member),
    )
    const filters = this.#caller.filters.filter((filter) => ownerOf(filter) === cube.name)
    return cube.rows.filter((row) => {
      const value = (member: string) => dimensionOfRow(row, member.split('.').at(-1)!)
      return rules.some((rule) => holds(rule, value)) && filters.every((filter) => holds(filter, value))
    })
  }

  /** The rules of the views that the question names members of, any of each list enough: with the members they test. */
  viewRules(): { readonly members: readonly Ref[]; readonly hold: (value: (ref: Ref) => Cell) => boolean }[] {
    return [...this.#viewed].flatMap(([name, named]) => {
      const view = this.#world.views.find((one) => one.name === name)!
      const members = membersOfView(view)
      const rules = this.#rules(view.policies, [...named], (own) => {
        const { path, member } = members.get(own)!
        const node = path.at(-1)!
        return this.#grant(view.policies, own) === 'masks' || this.#isMaskedIn(cubeOf(this.#world, node), node, member)
      })
      if (rules.includes(ALL)) return []
      const ref = (own: string): Ref => {
        const { path, member } = members.get(own)!
        return { node: path.at(-1)!, member, path }
      }
      return [
        {
          members: rules.flatMap((rule) => membersIn(rule)).map(ref),
          hold: (value: (ref: Ref) => Cell) => rules.some((rule) => holds(rule, (own) => value(ref(own)))),
        },
      ]
    })
  }

  #isMaskedIn(cube: WorldCube, node: string, member: string): boolean {
    return this.#grant(cube.policies, member) === 'masks' || this.#isNamed(node, member, this.#caller.masked)
  }

  #matching(policies: readonly Policy[]): readonly Policy[] {
    const { roles, attributes } = this.#caller
    return policies.filter(
      ({ role, when }) => (role === '*' || roles.includes(role)) && (when === undefined || attributes[when] === true),
    )
  }

  #grant(policies: readonly Policy[], member: string): 'opens' | 'masks' | undefined {
    if (policies.length === 0) return 'opens'
    const matching = this.#matching(policies)
    if (matching.some((policy) => opens(policy, member))) return 'opens'
    return matching.some((policy) => policy.masks?.includes(member)) ? 'masks' : undefined
  }

  /** The rules of which one is enough, with the caller's attributes in them. */
  #rules(policies: readonly Policy[], members: readonly string[], isMasked: (member: string) => boolean): Rule[] {
    if (policies.length === 0) return [ALL]
    const opening = this.#matching(policies).filter((policy) =>
      members.every((member) => opens(policy, member) || (isMasked(member) && policy.masks?.includes(member) === true)),
    )
    if (opening.length === 0) throw new Refused('no policy opens these members together')
    const rules = opening.flatMap(({ rules }) => {
      const rule = rules === undefined ? ALL : this.#bound({ and: rules })
      return rule === undefined ? [] : [rule]
    })
    if (rules.length === 0) throw new Refused('an attribute is missing')
    return rules
  }

  /** `undefined` when an attribute is missing: then the policy says nothing. */
  #bound(rule: Rule): Rule | undefined {
    if ('and' in rule || 'or' in rule) {
      const parts = ('and' in rule ? rule.and : rule.or).map((part) => this.#bound(part))
      if (parts.includes(undefined)) return undefined
      return 'and' in rule ? { and: parts as Rule[] } : { or: parts as Rule[] }
    }
    const values = rule.values.map((value): RuleValue[] | undefined => {
      if (!('attribute' in value)) return [value]
      const found = this.#caller.attributes[value.attribute]
      return Array.isArray(found) && found.length > 0
        ? found.map((one: number | string) => ({ value: one }))
        : undefined
    })
    if (values.includes(undefined)) return undefined
    const bound = values.flatMap((list) => list!)
    // More or less than one value is not enough to be compared with.
    if (['gt', 'lte'].includes(rule.operator) && bound.length !== 1) return undefined
    return { ...rule, values: bound }
  }

  #touched(cube: WorldCube, member: string): string[] {
    const extra = cube.extras[member]
    if (extra !== undefined) return [extra.node]
    return member === 'per_other' && cube.other !== undefined ? [cube.other] : []
  }

  /** Whether a list of members names this one, or one that it is made of. */
  #isNamed(node: string, member: string, names: readonly string[]): boolean {
    if (names.length === 0) return false
    const cube = cubeOf(this.#world, node)
    if (names.includes(`${node}.${member}`) || names.includes(`${cube.name}.${member}`)) return true
    return this.#uses(cube, member).some((use) => {
      const [other, own] = use.includes('.') ? (use.split('.') as [string, string]) : [node, use]
      return this.#isNamed(other, own, names)
    })
  }

  #uses(cube: WorldCube, member: string): readonly string[] {
    const extra = cube.extras[member]
    if (extra !== undefined) return [extra.kind === 'outer' ? `${extra.node}.t` : `${extra.node}.${extra.measure}`]
    const measure = measureOf(cube, member)
    if (measure?.ratio !== undefined) return measure.ratio
    if (measure?.stage !== undefined) return [measure.stage.of]
    if (measure?.cases !== undefined) return ['pick', ...Object.values(measure.cases)]
    if (member === 'size') return ['n']
    return member === 'named' ? ['t'] : []
  }
}

const ALL: Rule = { and: [] }

function opens({ includes }: Policy, member: string): boolean {
  return includes === undefined || includes.includes(member)
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value))
}

function membersIn(rule: Rule): string[] {
  if ('and' in rule) return rule.and.flatMap(membersIn)
  return 'or' in rule ? rule.or.flatMap(membersIn) : [rule.member]
}

function ownerOf(rule: Rule): string {
  return membersIn(rule)[0]!.split('.')[0]!
}

function holds(rule: Rule, value: (member: string) => Cell): boolean {
  if ('and' in rule) return rule.and.every((part) => holds(part, value))
  if ('or' in rule) return rule.or.some((part) => holds(part, value))
  const values = rule.values.map((one) => ('value' in one ? one.value : ''))
  return passes(value(rule.member), rule.operator, values)
}

/** Members of every cube that a rule may test. */
export const RULED: readonly string[] = ['t', 'n', ...Object.keys(CASES)]
