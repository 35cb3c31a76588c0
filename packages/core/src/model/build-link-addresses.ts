import type { DimensionSource } from '../schema/dimension.ts'
import { type BuildContext, DIMENSIONS } from './build-context.ts'
import { buildPresentation } from './build-presentation.ts'
import { isPublic, usedBy } from './describe-member.ts'
import { readTitle } from './member-title.ts'
import type { Cube, CustomGranularity, Dimension } from './model.ts'
import type { Keys } from './model-problems.ts'

const NO_GRANULARITIES: ReadonlyMap<string, CustomGranularity> = new Map()

/** What a link is called among those of its dimension: its name, or its place from 1. */
function linkName(link: { readonly name?: unknown }, position: number): string {
  return typeof link.name === 'string' ? link.name : String(position + 1)
}

/** How to ask for the address of a link: `customer___link_profile_url`. */
export function linkAddress(dimension: string, link: { readonly name?: unknown }, position: number): string {
  return `${dimension}___link_${linkName(link, position)}_url`
}

/**
 * The dimensions that are the addresses of a dimension's links, one for each link with a `url`. Whoever may see the dimension may see
 * them, masked where it is.
 */
export function buildLinkAddresses(source: DimensionSource, keys: Keys, context: BuildContext): Dimension[] {
  return (source.links ?? []).flatMap((link, position): Dimension[] => {
    if (link.url === undefined) return []
    const at = [...keys, 'links', position, 'url']
    const sql = context.template(link.url, at, { mayUse: DIMENSIONS })
    const { uses, touches } = usedBy([sql])
    const name = linkAddress(source.name, link, position)
    return [
      Object.freeze({
        kind: 'dimension',
        name,
        ...readTitle(link.label ?? link.title, name),
        description: undefined,
        isPublic: isPublic(source),
        // The dimension too: a token that hides it hides where its links lead.
        uses: Object.freeze([...uses, Object.freeze({ node: undefined, member: source.name })]),
        touches,
        type: 'string',
        sql,
        longitude: undefined,
        isPrimaryKey: false,
        caseOf: undefined,
        subQuery: false,
        propagatesFilters: false,
        granularities: NO_GRANULARITIES,
        mask: undefined,
        isPii: source.classification === 'pii',
        linkOf: source.name,
        ...buildPresentation({ format: 'link' }, 'string', at, context.report),
      }),
    ]
  })
}

/** The addresses of the links of a cube's member. */
export function linkAddressesOf(cube: Cube, member: string): Dimension[] {
  return [...cube.members.values()].filter((one): one is Dimension => one.kind === 'dimension' && one.linkOf === member)
}

/** The member whose link's address this is, by the name it has beside this one; `undefined` for all others. */
export function linkOwner(
  name: string,
  member: { readonly name: string; readonly linkOf?: string },
): string | undefined {
  if (member.linkOf === undefined) return undefined
  const ending = member.name.slice(member.linkOf.length)
  return name.endsWith(ending) ? name.slice(0, -ending.length) : undefined
}
