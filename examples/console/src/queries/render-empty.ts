import { html, nothing } from 'lit'
import { PERIODS, type Period, type QueriesState } from './queries-state.ts'

/** A period in which nobody asked anything, and how to ask. */
export function renderNoQueries(period: Period, choose: (change: Partial<QueriesState>) => void, refresh: () => void) {
  return html`<section class="card state">
    <p class="state-title">No queries in the ${PERIODS[period].title.toLowerCase()}</p>
    <p>Every query of a dashboard, of the API and of Cube’s clients is recorded here. Open a dashboard, or ask one:</p>
    <pre><code>curl ${location.origin}/api/v1/query \\
  -H "X-Api-Key: …" -H "Content-Type: application/json" \\
  -d '{"query":{"measures":["cube.count"]}}'</code></pre>
    <div class="actions">
      ${period === '30d' ? nothing : html`<button class="button" @click=${() => choose({ period: '30d' })}>Look at 30 days</button>`}
      <button class="button" @click=${() => refresh()}>Refresh</button>
    </div>
  </section>`
}

/** Said to who may not read the query log. */
export function renderForbidden() {
  return html`<div class="head"><h1 tabindex="-1">Queries</h1></div>
    <section class="card state">
      <p class="state-title">You may not see the query log</p>
      <p>It needs the permission <code>query:stats</code>, which owners and admins have. Ask one of them.</p>
    </section>`
}

/** Where the rows of a list will be. */
export function renderRowsSkeleton() {
  return html`<div class="rows-skeleton"><span class="visually-hidden">Loading the list</span>${[0, 1, 2, 0, 1, 2, 0].map((width) => html`<div><span class=${`bar bar-${width}`}></span><span class="bar bar-short"></span></div>`)}</div>`
}
