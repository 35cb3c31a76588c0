import type { Cube, Dimension, Measure, Member, Model } from '../model/model.ts'
import type { Security } from '../security.ts'

/** Most groups of one part of a rollup. */
export const MAX_GROUPS = 1_000_000_000

/** Sees every row of the cubes that {@link builderModel} opens. */
export const BUILDER: Security = Object.freeze({
  organizationId: '',
  kind: 'user',
  roles: [],
  attributes: {},
  filters: [],
  deniedMembers: [],
  maskedMembers: [],
  maxRows: MAX_GROUPS,
})

/** Names of the sum and the count kept of an average. */
export function averageParts(cube: Cube, name: string): { readonly sum: string; readonly count: string } {
  return { sum: freeName(cube, `${name}_sum_`), count: freeName(cube, `${name}_count_`) }
}

/** Name of the dimension that is 1 where a segment holds, else 0. */
export function segmentFlag(cube: Cube, name: string): string {
  return freeName(cube, `${name}_holds_`)
}

function freeName(cube: Cube, wanted: string): string {
  return cube.members.has(wanted) ? freeName(cube, `${wanted}_`) : wanted
}

const builders = new WeakMap<Model, Map<string, Model>>()

/**
 * The model with some cubes open, and in them the parts of averages as measures and segments as dimensions. Nothing else is changed,
 * so SQL is the same.
 */
export function builderModel(model: Model, cubes: readonly string[]): Model {
  const known = builders.get(model) ?? new Map<string, Model>()
  builders.set(model, known)
  const key = [...cubes].sort().join(' ')
  let made = known.get(key)
  if (made === undefined) {
    const open = new Map(cubes.map((name) => [name, openCube(model.cubes.get(name)!)]))
    const nodes = [...model.nodes].map(([name, node]) => [
      name,
      { ...node, cube: open.get(node.cube.name) ?? node.cube },
    ])
    made = Object.freeze({
      ...model,
      cubes: new Map([...model.cubes, ...open]),
      nodes: new Map(nodes as [string, Model['nodes'] extends ReadonlyMap<string, infer N> ? N : never][]),
      views: new Map(),
    })
    known.set(key, made)
  }
  return made
}

function openCube(cube: Cube): Cube {
  const members = new Map<string, Member>()
  const add = (member: Member) => members.set(member.name, member)
  for (const member of cube.members.values()) {
    const open = { ...member, isPublic: true, ...(member.kind !== 'segment' && { isPii: false, mask: undefined }) }
    add(open as Member)
    if (open.kind === 'segment') add(flagOf(cube, member as Extract<Member, { kind: 'segment' }>))
    if (open.kind !== 'measure' || open.type !== 'avg') continue
    const parts = averageParts(cube, open.name)
    add({ ...open, name: parts.sum, type: 'sum' } as Measure)
    add({ ...open, name: parts.count, type: 'count' } as Measure)
  }
  return Object.freeze({ ...cube, isPublic: true, tenantRequired: false, policies: Object.freeze([]), members })
}

/** Numbers, not booleans: not every database can group by a condition. */
function flagOf(cube: Cube, segment: Extract<Member, { kind: 'segment' }>): Dimension {
  return {
    ...segment,
    kind: 'dimension',
    name: segmentFlag(cube, segment.name),
    isPublic: true,
    type: 'number',
    sql: { pieces: [], isColumn: false },
    caseOf: { whens: [{ condition: segment.sql, label: 1 }], otherwise: 0 },
    longitude: undefined,
    isPrimaryKey: false,
    subQuery: false,
    propagatesFilters: false,
    granularities: new Map(),
    presentation: {},
    mask: undefined,
    isPii: false,
  }
}
