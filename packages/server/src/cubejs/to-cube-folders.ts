import type { FolderMeta } from '@datainsight/core'

/** A folder with the folders in it, as Cube's clients read it. */
interface NestedFolder {
  readonly name: string
  readonly members: readonly (string | NestedFolder)[]
}

/** Folders in the two forms that Cube's clients read: flat, with all that is inside, and nested. */
export function toCubeFolders(folders: readonly FolderMeta[]): {
  readonly folders: readonly { readonly name: string; readonly members: readonly string[] }[]
  readonly nestedFolders: readonly NestedFolder[]
} {
  return {
    folders: folders.map((folder) => ({ name: folder.title, members: membersIn(folder) })),
    nestedFolders: folders.map(nest),
  }
}

function nest({ title, members, folders }: FolderMeta): NestedFolder {
  return { name: title, members: [...members, ...folders.map(nest)] }
}

function membersIn({ members, folders }: FolderMeta): readonly string[] {
  return [...members, ...folders.flatMap(membersIn)]
}
