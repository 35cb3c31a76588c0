import type { Folder, View } from '@datainsight/core/model'

/** A folder with the folders in it. */
interface NestedFolder {
  readonly name: string
  readonly members: readonly (string | NestedFolder)[]
}

/** The folders of a view, flat and nested, with those of its members that are in `seen`. Empty ones are left out. */
export function describeFolders(
  view: View,
  seen: ReadonlySet<string>,
): {
  readonly folders: readonly { name: string; members: readonly string[] }[]
  readonly nestedFolders: readonly NestedFolder[]
} {
  const nestedFolders = view.folders.flatMap((folder) => nest(view.name, folder, seen) ?? [])
  return {
    folders: nestedFolders.map(({ name, members }) => ({ name, members: members.flatMap(flatten) })),
    nestedFolders,
  }
}

function nest(owner: string, folder: Folder, seen: ReadonlySet<string>): NestedFolder | undefined {
  const own = folder.members.filter((name) => seen.has(name)).map((name) => `${owner}.${name}`)
  const inner = folder.folders.flatMap((child) => nest(owner, child, seen) ?? [])
  const members = [...own, ...inner]
  return members.length === 0 ? undefined : { name: folder.title, members }
}

function flatten(member: string | NestedFolder): string[] {
  return typeof member === 'string' ? [member] : member.members.flatMap(flatten)
}
