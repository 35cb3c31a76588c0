import type { Meta, Query } from '@datainsight/core'

/** What a member is to a question. */
export type MemberKind = 'measure' | 'time' | 'dimension' | 'segment'

/** A member as a person reads it. */
export interface KnownMember {
  readonly name: string
  readonly title: string
  /** Undefined when the visitor's model has no such member. */
  readonly kind: MemberKind | undefined
}

/** Finds members by name; unknown ones are called by their names. */
export type FindMember = (name: string) => KnownMember

/** The model as the visitor may see it, by member; without a model every member is unknown. */
export function memberFinder(meta: Meta | undefined): FindMember {
  const known = new Map<string, KnownMember>()
  for (const cube of meta?.cubes ?? []) {
    for (const { name, shortTitle } of cube.measures) known.set(name, { name, title: shortTitle, kind: 'measure' })
    for (const { name, shortTitle, type } of cube.dimensions)
      known.set(name, { name, title: shortTitle, kind: type === 'time' ? 'time' : 'dimension' })
    for (const { name, shortTitle } of cube.segments) known.set(name, { name, title: shortTitle, kind: 'segment' })
  }
  return (name) => known.get(name) ?? { name, title: name, kind: undefined }
}

/** Names of all members, for suggestions. */
export function memberNames(meta: Meta | undefined): readonly string[] {
  return (meta?.cubes ?? [])
    .flatMap((cube) => [...cube.measures, ...cube.dimensions, ...cube.segments].map(({ name }) => name))
    .sort()
}

/** Members of a question in the order in which a person would name them: measures, times, other dimensions, the rest. */
export function arrangeMembers(names: readonly string[], find: FindMember): readonly KnownMember[] {
  const order: readonly (MemberKind | undefined)[] = ['measure', 'time', 'dimension', 'segment', undefined]
  return names.map(find).sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

/** A question in two parts, such as `Flights, Average delay` and `Date, Origin`. Without measures the first part is the rest. */
export function nameQuestion(
  names: readonly string[],
  find: FindMember,
): { readonly title: string; readonly by: string } {
  const members = arrangeMembers(names, find)
  const join = (some: readonly KnownMember[]) => some.map(({ title }) => title).join(', ')
  const measures = members.filter(({ kind }) => kind === 'measure')
  const others = members.filter(({ kind }) => kind !== 'measure')
  if (measures.length === 0) return { title: join(others) || 'No members', by: '' }
  return { title: join(measures), by: join(others) }
}

/**
 * A query with the members of a question: as near to what was asked as the log can tell, for it keeps no values. Times are asked
 * by day. Undefined when a member is unknown: the server would refuse it.
 */
export function rebuildQuery(names: readonly string[], find: FindMember): Query | undefined {
  const members = names.map(find)
  if (members.length === 0 || members.some(({ kind }) => kind === undefined)) return undefined
  const named = (kind: MemberKind) => members.filter((member) => member.kind === kind).map(({ name }) => name)
  return {
    measures: named('measure'),
    dimensions: named('dimension'),
    segments: named('segment'),
    timeDimensions: named('time').map((dimension) => ({ dimension, granularity: 'day' })),
  }
}
