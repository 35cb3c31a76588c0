import { html } from '../html.ts'
import { brand, page, type Theme } from './page.ts'

/** A page with one message and a way on, such as for an address that does not exist. */
export function messagePage(options: { theme: Theme; code: number; title: string; text: string }): string {
  return page(
    { title: options.title, theme: options.theme, styles: ['sign-in.css'] },
    html`<main class="message" id="main">
  ${brand()}
  <p class="message-code" aria-hidden="true">${options.code}</p>
  <h1>${options.title}</h1>
  <p>${options.text}</p>
  <a class="button button-primary" href="/">Back to Apron</a>
</main>`,
  )
}
