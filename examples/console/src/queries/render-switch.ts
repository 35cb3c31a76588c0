import { html } from 'lit'

/** Buttons of which one is pressed. `title` says more than `short`, which is shown. */
export function renderSwitch(
  label: string,
  options: readonly { readonly value: string; readonly title: string; readonly short: string }[],
  chosen: string,
  choose: (value: string) => void,
) {
  return html`<div class="switch" role="group" aria-label=${label}>
    ${options.map(({ value, title, short }) => html`<button aria-pressed=${value === chosen} title=${title} @click=${() => choose(value)}>${short}</button>`)}
  </div>`
}
