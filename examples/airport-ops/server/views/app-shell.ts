import type { Account } from '../accounts.ts'
import type { Airport } from '../airport-directory.ts'
import { type Html, html } from '../html.ts'
import { brand, type PageOptions, page, themeSwitch } from './page.ts'

const SECTIONS = [
  { path: '/departures', title: 'Departures' },
  { path: '/airport', title: 'Airport' },
] as const

/** Who looks, and at which section. */
export interface ShellOptions extends PageOptions {
  readonly account: Account
  readonly airport: Airport
  /** Path of the section that is open. */
  readonly section: (typeof SECTIONS)[number]['path'] | undefined
  readonly csrf: string
  /** The line under the heading. */
  readonly lead: string
}

/** A page of somebody who is signed in: top bar, heading with the airport's sign, content. */
export function appShell(options: ShellOptions, content: Html): string {
  const { account, airport } = options
  return page(
    { ...options, styles: ['shell.css', ...(options.styles ?? [])] },
    html`<a class="skip-link" href="#main">Skip to content</a>
<header class="top-bar">
  <div class="top-bar-inner">
    <a class="brand-link" href="/departures">${brand()}</a>
    <nav class="sections" aria-label="Sections">
      ${SECTIONS.map(({ path, title }) => html`<a href="${path}" ${path === options.section ? html`aria-current="page"` : ''}>${title}</a>`)}
    </nav>
    <div class="top-bar-end">
      ${themeSwitch(options.theme)}
      ${accountMenu(account, options.csrf)}
    </div>
  </div>
</header>
<main id="main" tabindex="-1">
  <div class="heading">
    <span class="gate-sign" aria-hidden="true">${airport.iata}</span>
    <div>
      <h1>${options.title}</h1>
      <p class="lead">${options.lead}</p>
    </div>
  </div>
  ${content}
</main>
<footer class="foot">
  <p>A demonstration product. Flights: US domestic departures, January to June 2001, from the public data set <code>vega-datasets</code>.</p>
</footer>`,
  )
}

function accountMenu(account: Account, csrf: string): Html {
  return html`<details class="account" id="account-menu">
  <summary><span class="visually-hidden">Account</span> <span class="account-code">${account.airport}</span><span class="account-name">${account.name}</span><svg class="icon chevron" viewBox="0 0 20 20" aria-hidden="true"><path d="m6 8 4 4 4-4" /></svg></summary>
  <div class="account-panel">
    <p class="account-title">${account.name}</p>
    <p class="account-email">${account.email}</p>
    <form method="post" action="/sign-out" id="sign-out-form">
      <input type="hidden" name="csrf" value="${csrf}">
      <button type="submit" class="button" id="sign-out">Sign out</button>
    </form>
  </div>
</details>`
}
