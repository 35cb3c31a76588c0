import type { SegmentSource } from '../schema/cube.ts'
import type { DimensionSource } from '../schema/dimension.ts'
import type { MeasureSource } from '../schema/measure.ts'
import { readTitle } from './member-title.ts'
import type { Member, MemberRef, SqlTemplate } from './model.ts'

/** What every member says of itself. */
export function describeMember(source: DimensionSource | MeasureSource | SegmentSource) {
  return {
    name: source.name,
    ...readTitle(source.title, source.name),
    description: source.description,
    isPublic: isPublic(source),
    ...(source.meta !== undefined && { meta: source.meta }),
  }
}

/** `shown` is the old name of `public`; either one hides. */
export function isPublic(source: { readonly public?: boolean; readonly shown?: boolean }): boolean {
  return source.public !== false && source.shown !== false
}

/** Which members and nodes the templates of a member use. */
export function usedBy(templates: readonly (SqlTemplate | undefined)[]): Pick<Member, 'uses' | 'touches'> {
  let uses: MemberRef[] | undefined
  let touches: Set<string> | undefined
  for (const template of templates) {
    if (template === undefined || template.isColumn) continue
    for (const piece of template.pieces) {
      if (typeof piece === 'string') continue
      if (piece.kind === 'local-time') {
        const inner = usedBy([piece.sql])
        if (inner.uses.length > 0) uses = [...(uses ?? []), ...inner.uses]
        if (inner.touches.length > 0) touches = new Set([...(touches ?? []), ...inner.touches])
        continue
      }
      if (piece.kind === 'member') {
        uses ??= []
        uses.push({ node: piece.node, member: piece.member })
      }
      if (piece.node !== undefined) {
        touches ??= new Set()
        touches.add(piece.node)
      }
    }
  }
  if (uses === undefined && touches === undefined) return NOTHING_USED
  return { uses: Object.freeze(uses ?? []), touches: Object.freeze([...(touches ?? [])]) }
}

const NOTHING_USED: Pick<Member, 'uses' | 'touches'> = Object.freeze({
  uses: Object.freeze([]),
  touches: Object.freeze([]),
})
