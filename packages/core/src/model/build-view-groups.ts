import type { ViewGroupSource } from '../schema/model.ts'
import type { ReadSource } from './extend-sources.ts'
import { readTitle } from './member-title.ts'
import type { View, ViewGroup } from './model.ts'
import type { ModelProblems } from './model-problems.ts'
import { didYouMean } from './nearest-name.ts'

/** Reads view groups and adds them to the views they list. A view that names a group nobody declares is reported. */
export function buildViewGroups(
  sources: readonly ReadSource<ViewGroupSource>[],
  views: Map<string, View>,
  problems: ModelProblems,
): ReadonlyMap<string, ViewGroup> {
  const groups = new Map<string, ViewGroup>()
  for (const { file, keys, source, isBroken } of sources) {
    if (isBroken) continue
    if (groups.has(source.name)) problems.add(file, [...keys, 'name'], `duplicate view group: ${source.name}`)
    groups.set(
      source.name,
      Object.freeze({ name: source.name, ...readTitle(source.title, source.name), description: source.description }),
    )
    for (const [position, name] of (source.views ?? []).entries()) {
      const view = views.get(name)
      if (view === undefined)
        problems.add(file, [...keys, 'views', position], `unknown view: ${name}${didYouMean(name, views.keys())}`)
      else if (!view.groups.includes(source.name))
        views.set(name, Object.freeze({ ...view, groups: Object.freeze([...view.groups, source.name]) }))
    }
  }
  return groups
}
