import { html, nothing } from 'lit'
import { ICONS } from '../styles/icons.ts'

/** A page of a list and what lies around it. */
export interface Pages {
  /** Places of the rows shown, from 1; undefined where nobody counts. */
  readonly first?: number
  readonly last?: number
  readonly hasNewer: boolean
  readonly hasOlder: boolean
  readonly words: readonly [back: string, on: string]
  readonly turn: (direction: 'older' | 'newer') => void
}

/** Leads to the pages before and after; nothing when there is only one. */
export function renderPages({ first, last, hasNewer, hasOlder, words: [back, on], turn }: Pages) {
  if (!hasNewer && !hasOlder) return nothing
  return html`<nav class="pages" aria-label="Pages">
    <span>${first === undefined ? nothing : `${first}–${last}`}</span>
    <button class="button" ?disabled=${!hasNewer} @click=${() => turn('newer')}>${ICONS.back}${back}</button>
    <button class="button" ?disabled=${!hasOlder} @click=${() => turn('older')}>${on}${ICONS.next}</button>
  </nav>`
}
