import type { FoundMember } from '@datainsight/core/model'

/** `title` starts with that of the cube or view, as everywhere in Cube; `shortTitle` is the member's alone. */
export function memberTitles({ node, member, view, viewMember }: FoundMember): { title: string; shortTitle: string } {
  const shortTitle = (viewMember ?? member).title
  return { title: `${(view ?? node).title} ${shortTitle}`, shortTitle }
}
