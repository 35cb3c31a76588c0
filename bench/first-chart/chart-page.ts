import '@datainsight/embed/provider/define'
import '@datainsight/embed/chart/define'

/** One `<di-chart>` with a query of its own, as a host app writes it. */
const provider = document.createElement('di-provider')
provider.apiUrl = location.origin
provider.getToken = async () => 'not-looked-at'
const chart = document.createElement('di-chart')
chart.query = {
  measures: ['bench.flights', 'bench.delayed'],
  timeDimensions: [{ dimension: 'bench.date', granularity: 'hour' }],
}
chart.spec = { type: 'line' }
chart.addEventListener('di-render', () => document.documentElement.setAttribute('data-drawn', ''))
provider.append(chart)
document.getElementById('host')?.append(provider)
