import type { Widget } from '@datainsight/core'

/** Tiles from top to bottom, from start to end: the order in which they are read, tabbed through and stacked on phones. */
export function readingOrder(widgets: readonly Widget[]): Widget[] {
  return widgets.toSorted((first, second) => first.layout.y - second.layout.y || first.layout.x - second.layout.x)
}

/**
 * Tells each tile its place by custom properties, which styles turn into grid lines on wide containers only. Set through
 * the object model because pages with a strict policy refuse `style` attributes in markup.
 */
export function placeTiles(root: ParentNode, widgets: readonly Widget[]): void {
  for (const { id, layout } of widgets) {
    const tile = root.querySelector<HTMLElement>(`[data-tile="${CSS.escape(id)}"]`)
    if (!tile) continue
    tile.style.setProperty('--_x', String(layout.x + 1))
    tile.style.setProperty('--_y', String(layout.y + 1))
    tile.style.setProperty('--_w', String(layout.w))
    tile.style.setProperty('--_h', String(layout.h))
  }
}
