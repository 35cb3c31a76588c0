import type { HierarchySource } from '../schema/cube.ts'
import { type BuildContext, DIMENSIONS } from './build-context.ts'
import { isPublic } from './describe-member.ts'
import { readTitle } from './member-title.ts'
import type { Hierarchy } from './model.ts'
import type { Keys } from './model-problems.ts'

/** Turns a well-formed hierarchy into its checked form. */
export function buildHierarchy(source: HierarchySource, keys: Keys, context: BuildContext): Hierarchy {
  const reachable = context.index.pathsFrom(context.source.name)
  const levels = context.members(source.levels, [...keys, 'levels'], DIMENSIONS)
  for (const { node, member } of levels) {
    if (node !== undefined && !reachable.has(node))
      context.report(
        [...keys, 'levels'],
        `no join leads from ${context.source.name} to ${node}, of which ${member} is a level`,
      )
  }
  return Object.freeze({
    name: source.name,
    ...readTitle(source.title, source.name),
    ...(source.description !== undefined && { description: source.description }),
    isPublic: isPublic(source),
    levels,
  })
}
