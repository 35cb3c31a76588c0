import type { Cube, Member, Model } from '@datainsight/core/model'

/** One difference between two models, as the name that changed and what happened to it. */
export interface ModelChange {
  /** `cube`, `cube.member`, or a view's names. */
  readonly name: string
  readonly kind: 'cube' | 'dimension' | 'measure' | 'segment' | 'joins' | 'policies' | 'view'
  readonly change: 'added' | 'removed' | 'changed'
}

/** What differs between two models, by name. Order: removed and changed names of the old model, then new ones. */
export function diffModels(before: Model, after: Model): ModelChange[] {
  const changes: ModelChange[] = []
  for (const [name, cube] of before.cubes) {
    const next = after.cubes.get(name)
    if (next === undefined) changes.push({ name, kind: 'cube', change: 'removed' })
    else changes.push(...diffCubes(cube, next))
  }
  for (const name of after.cubes.keys()) {
    if (!before.cubes.has(name)) changes.push({ name, kind: 'cube', change: 'added' })
  }
  return changes
}

function diffCubes(before: Cube, after: Cube): ModelChange[] {
  const { name } = before
  const changes: ModelChange[] = []
  const { members: _a, joins: _b, policies: _c, ...own } = before
  const { members: _d, joins: _e, policies: _f, ...nextOwn } = after
  if (!isSame(own, nextOwn)) changes.push({ name, kind: 'cube', change: 'changed' })
  if (!isSame(before.joins, after.joins)) changes.push({ name, kind: 'joins', change: 'changed' })
  if (!isSame(policiesOf(before, after), policiesOf(after, before)))
    changes.push({ name, kind: 'policies', change: 'changed' })
  for (const [member, definition] of before.members) {
    const next = after.members.get(member)
    if (next === undefined) changes.push(memberChange(name, definition, 'removed'))
    else if (!isSame(definition, next)) changes.push(memberChange(name, next, 'changed'))
  }
  for (const [member, definition] of after.members) {
    if (!before.members.has(member)) changes.push(memberChange(name, definition, 'added'))
  }
  return changes
}

function memberChange(cube: string, member: Member, change: ModelChange['change']): ModelChange {
  return { name: `${cube}.${member.name}`, kind: member.kind, change }
}

/** Policies decide by functions: what they answer for each name that either cube has stands for them. */
function policiesOf(cube: Cube, other: Cube): unknown {
  const names = [...new Set([...cube.members.keys(), ...other.members.keys()])].sort()
  return cube.policies.map((policy) => ({ ...policy, opens: names.filter((member) => policy.opens(member)) }))
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, plain) === JSON.stringify(b, plain)
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof Map) return [...value]
  return typeof value === 'bigint' ? value.toString() : value
}
