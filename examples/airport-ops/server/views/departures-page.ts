import { html } from '../html.ts'
import { appShell, type ShellOptions } from './app-shell.ts'

/** The page with the embedded dashboard: two elements of the SDK and a module that fetches their token. */
export function departuresPage(options: Omit<ShellOptions, 'title' | 'section' | 'lead'> & { apiUrl: string }): string {
  const { airport } = options
  return appShell(
    {
      ...options,
      title: 'Departures',
      section: '/departures',
      lead: `${airport.name} · ${airport.city}, ${airport.state}`,
      scripts: ['departures.js'],
      head: html`<meta name="csrf-token" content="${options.csrf}">
  <script type="module" src="/vendor/datainsight/datainsight.js"></script>`,
    },
    html`<h2 class="visually-hidden">Figures of the flights that left</h2>
<di-provider id="analytics" api-url="${options.apiUrl}" locale="en-US" theme="${options.theme}">
  <di-dashboard id="departures" dashboard-id="departures" without-title></di-dashboard>
</di-provider>
<noscript><p class="notice">Analytics need JavaScript.</p></noscript>`,
  )
}
