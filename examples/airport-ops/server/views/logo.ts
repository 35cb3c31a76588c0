import { type Html, html } from '../html.ts'

/** A stand marking as painted on an apron: the lead-in line and the stop bar. */
export function logo(): Html {
  return html`<svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="3" /><path d="M16 27V10M8.5 10h15M11.5 5.5h9" />
  </svg>`
}
