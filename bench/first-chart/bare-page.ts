import type { ResultSet } from '@datainsight/core'
import { LineChart } from 'echarts/charts'
import { AriaComponent, DatasetComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

/** The yardstick: the same chart, drawn by ECharts alone, without an animation that would only cost more. */
use([LineChart, GridComponent, TooltipComponent, LegendComponent, DatasetComponent, AriaComponent, CanvasRenderer])
const response = await fetch('/api/v1/query', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: { measures: ['bench.flights', 'bench.delayed'] } }),
})
const { columns, data } = (await response.json()) as ResultSet
const chart = init(document.getElementById('chart'))
chart.on('finished', () => document.documentElement.setAttribute('data-drawn', ''))
chart.setOption({
  animation: false,
  aria: { enabled: true },
  tooltip: { trigger: 'axis' },
  legend: {},
  grid: { left: 48, right: 16, top: 40, bottom: 32 },
  xAxis: { type: 'time' },
  yAxis: { type: 'value' },
  dataset: { source: Object.fromEntries(columns.map((column, index) => [column.name, data[index] ?? []])) },
  series: columns.slice(1).map((column) => ({
    type: 'line',
    name: column.title,
    showSymbol: false,
    encode: { x: columns[0]?.name, y: column.name },
  })),
})
