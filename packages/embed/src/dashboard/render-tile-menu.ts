import { html, nothing, type TemplateResult } from 'lit'
import type { Messages } from '../messages.ts'

/** What a tile's menu offers. */
export interface TileMenu {
  readonly messages: Messages
  /** What the tile can be shown as instead; undefined for tiles that have one form. */
  readonly tableToggle: 'chart' | 'table' | undefined
  readonly hasData: boolean
  readonly onToggleTable: () => void
  readonly onRefresh: () => void
  readonly onCopy: () => void
}

/** The items of a tile's menu. Arrow keys, Home and End move; choosing closes. */
export function renderTileMenu({ messages, tableToggle, hasData, ...on }: TileMenu): TemplateResult {
  const item = (label: string, action: () => void) =>
    html`<button class="menu-item" type="button" role="menuitem" tabindex="-1" @keydown=${moveFocus} @click=${(event: Event) => choose(event, action)}>${label}</button>`
  return html`
    ${tableToggle ? item(tableToggle === 'table' ? messages.viewAsTable : messages.viewAsChart, on.onToggleTable) : nothing}
    ${item(messages.refresh, on.onRefresh)}
    ${hasData ? item(messages.copyData, on.onCopy) : nothing}
  `
}

function choose(event: Event, action: () => void): void {
  const panel = (event.currentTarget as HTMLElement).closest<HTMLElement>('[popover]')
  panel?.hidePopover()
  action()
}

function moveFocus(event: KeyboardEvent): void {
  const current = event.currentTarget as HTMLElement
  const panel = current.closest<HTMLElement>('[popover]')
  if (!panel) return
  if (event.key === 'Tab') {
    panel.hidePopover()
    return
  }
  const items = [...panel.querySelectorAll<HTMLElement>('[role="menuitem"]')]
  const index = items.indexOf(current)
  const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: items.length - 1 }[event.key]
  if (next === undefined) return
  event.preventDefault()
  items[(next + items.length) % items.length]?.focus()
}
