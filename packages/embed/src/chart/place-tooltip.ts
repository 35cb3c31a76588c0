/** A point or a size in px of the viewport. */
export interface Spot {
  readonly x: number
  readonly y: number
}
interface Size {
  readonly width: number
  readonly height: number
}

/** Px between the mark and the tooltip, and between the tooltip and the edge of the viewport. */
const GAP = 14
const MARGIN = 8

/** What a tooltip stands beside, px of the viewport: a mark from left to right, at the height of the pointer or of itself. */
export interface TooltipAnchor {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/**
 * Top left corner of a tooltip beside `anchor`, in px of the viewport. It stands on the right and above, so that a pointer
 * moving along the chart does not run into it; it changes sides where it would leave the viewport.
 */
export function placeTooltip(anchor: TooltipAnchor, size: Size, viewport: Size): Spot {
  const right = anchor.right + GAP
  const left = anchor.left - GAP - size.width
  const above = anchor.top - GAP / 2 - size.height
  const below = anchor.bottom + GAP
  const maxX = viewport.width - size.width - MARGIN
  const maxY = viewport.height - size.height - MARGIN
  const x = right <= maxX ? right : left >= MARGIN ? left : undefined
  // Beside the mark any height will do; where there is no room beside it, only above or below keeps the mark free.
  if (x !== undefined) return { x, y: clamp(above, maxY) }
  return {
    x: clamp((anchor.left + anchor.right - size.width) / 2, maxX),
    y: above >= MARGIN ? above : clamp(below, maxY),
  }
}

function clamp(value: number, max: number): number {
  return Math.max(MARGIN, Math.min(value, max))
}

/**
 * Whether a pointer at `to` is on its way from `from` into `box`: inside the triangle between where it was and the box's
 * nearest corners. Lets people move onto a tooltip without it running away (as menus with submenus do).
 */
export function isHeadingInto(from: Spot, to: Spot, box: Spot & Size): boolean {
  if (to.x >= box.x && to.x <= box.x + box.width && to.y >= box.y && to.y <= box.y + box.height) return true
  const nearX = from.x <= box.x ? box.x : from.x >= box.x + box.width ? box.x + box.width : undefined
  const nearY = from.y <= box.y ? box.y : from.y >= box.y + box.height ? box.y + box.height : undefined
  if (nearX === undefined && nearY === undefined) return false
  // The two corners that the eye at `from` sees outermost.
  const [one, other]: [Spot, Spot] =
    nearX === undefined
      ? [
          { x: box.x, y: nearY! },
          { x: box.x + box.width, y: nearY! },
        ]
      : nearY === undefined
        ? [
            { x: nearX, y: box.y },
            { x: nearX, y: box.y + box.height },
          ]
        : [
            { x: nearX, y: nearY === box.y ? box.y + box.height : box.y },
            { x: nearX === box.x ? box.x + box.width : box.x, y: nearY },
          ]
  const moved = Math.hypot(to.x - from.x, to.y - from.y)
  return moved > 0 && isInside(to, from, one, other)
}

function isInside(point: Spot, a: Spot, b: Spot, c: Spot): boolean {
  const sides = [side(point, a, b), side(point, b, c), side(point, c, a)]
  return sides.every((value) => value >= 0) || sides.every((value) => value <= 0)
}

function side(point: Spot, from: Spot, to: Spot): number {
  return (point.x - to.x) * (from.y - to.y) - (from.x - to.x) * (point.y - to.y)
}
