import '../../src/chart/define.ts'
import type { ChartElement } from '../../src/chart/chart-element.ts'
import results from './flights-results.ndjson'
import { GALLERY_CHARTS } from './gallery-charts.ts'
import { readResults } from './read-results.ts'

/**
 * `?only=<ids>` shows some charts, `?width=&height=` sets the tiles' inner size, `?theme=dark` the scheme, `?bare` no chart
 * until a test makes one. `data-drawn` of the document counts the charts on screen.
 */
const parameters = new URLSearchParams(location.search)
const all = readResults(results)
const only = parameters.get('only')?.split(',')
document.documentElement.classList.toggle('dark', parameters.get('theme') === 'dark')
let drawn = 0
addEventListener('di-render', () => {
  drawn++
  document.documentElement.dataset.drawn = String(drawn)
})
addEventListener('di-error', (event) => console.error('di-error', JSON.stringify((event as CustomEvent).detail)))
Object.assign(globalThis, { galleryResults: all })

const main = document.querySelector('main')!
for (const { id, title, spec, result, comparison } of GALLERY_CHARTS) {
  if (parameters.has('bare') || (only && !only.includes(id))) continue
  const tile = document.createElement('section')
  const heading = document.createElement('h2')
  heading.textContent = title
  const chart: ChartElement = document.createElement('di-chart')
  chart.id = id
  chart.label = title
  chart.spec = spec
  chart.result = all[result]
  if (comparison) chart.comparison = all[comparison]
  chart.style.setProperty('inline-size', `${parameters.get('width') ?? 760}px`)
  chart.style.setProperty('block-size', `${parameters.get('height') ?? 280}px`)
  tile.append(heading, chart)
  main.append(tile)
}
