import { readFileSync } from 'node:fs'
import { BarChart, LineChart, PieChart, ScatterChart } from 'echarts/charts'
import { DatasetComponent, GridSimpleComponent, MarkLineComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { describe, expect, it } from 'vitest'
import { compileChart } from '../src/chart/compile-chart.ts'
import type { Box, CompiledChart } from '../src/chart/compiled-chart.ts'
import { chartContext } from './chart-context.ts'
import { GALLERY_CHARTS } from './gallery/gallery-charts.ts'
import { readResults } from './gallery/read-results.ts'

use([
  SVGRenderer,
  BarChart,
  LineChart,
  PieChart,
  ScatterChart,
  DatasetComponent,
  GridSimpleComponent,
  MarkLineComponent,
  TitleComponent,
])

const results = readResults(readFileSync(new URL('./gallery/flights-results.ndjson', import.meta.url), 'utf8'))

function draw(id: string, size = { width: 720, height: 280 }): { chart: CompiledChart; svg: string } {
  const { spec, result, comparison } = GALLERY_CHARTS.find((one) => one.id === id)!
  const chart = compileChart(
    spec,
    results[result],
    chartContext({ size, comparison: comparison && results[comparison] }),
  )
  const painter = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    painter.setOption(chart.option)
    return { chart, svg: painter.renderToSVGString() }
  } finally {
    // An instance left behind keeps a timer, and the process, alive.
    painter.dispose()
  }
}

/** Boxes of the paths filled with `color`, from their absolute coordinates. */
function filled(svg: string, color: string): Box[] {
  return [...svg.matchAll(/<path d="([^"]+)"[^>]*fill="([^"]+)"/g)]
    .filter(([, , fill]) => fill === color)
    .map(([, path]) => {
      const xs: number[] = []
      const ys: number[] = []
      for (const [, command, text] of path!.matchAll(/([MLAQCZ])([^MLAQCZ]*)/g)) {
        const numbers = (text!.match(/-?[\d.]+/g) ?? []).map(Number)
        if (command === 'Z' || numbers.length < 2) continue
        xs.push(numbers.at(-2)!)
        ys.push(numbers.at(-1)!)
      }
      const [x, y] = [Math.min(...xs), Math.min(...ys)]
      return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
    })
}

/** Every mark of one series, in order. */
function marks({ points }: CompiledChart, series: number): Box[] {
  return Array.from({ length: points.positions }, (_, position) => points.mark({ position, series })?.box).filter(
    (box) => box !== undefined,
  )
}

function expectSameBoxes(painted: readonly Box[], expected: readonly Box[]): void {
  expect(painted).toHaveLength(expected.length)
  painted.forEach((box, index) => {
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(Math.abs(box[side] - expected[index]![side]), `${side} of ${index}`).toBeLessThanOrEqual(1)
    }
  })
}

describe('what ECharts paints', () => {
  it.each(GALLERY_CHARTS.map(({ id }) => id))('is a picture for %s, at any size', (id) => {
    for (const size of [
      { width: 240, height: 110 },
      { width: 720, height: 280 },
      { width: 1_400, height: 420 },
    ]) {
      const { svg } = draw(id, size)
      expect(svg).toContain('<path')
      expect(svg).not.toContain('NaN')
    }
  })

  it.each(['column', 'bar', 'column-codes', 'bar-target'])(
    'has the bars of %s where pointing and focus expect them',
    (id) => {
      const { chart, svg } = draw(id)
      expectSameBoxes(filled(svg, '#2f5bea'), marks(chart, 0))
    },
  )

  it('has clustered bars beside their comparison where focus expects them', () => {
    const { chart, svg } = draw('column-compared')
    expectSameBoxes(filled(svg, '#2f5bea'), marks(chart, 0))
  })

  it('has each part of a stack where focus expects it', () => {
    const { chart, svg } = draw('column-percent')
    const colors = chart.legend.kind === 'series' ? chart.legend.items.map(({ color }) => color) : []
    expect(colors).toHaveLength(6)
    colors.forEach((color, series) => {
      expectSameBoxes(filled(svg, color), marks(chart, series))
    })
  })

  it('has the bins of a histogram where focus expects them', () => {
    const { chart, svg } = draw('histogram')
    const painted = filled(svg, '#2f5bea')
    // Bins touch; a pixel of each is left for the seam.
    expectSameBoxes(
      painted.map((box) => ({ ...box, width: box.width + 1 })),
      marks(chart, 0),
    )
  })

  it('breaks lines at gaps', () => {
    const { svg } = draw('line-hours')
    const [line] = svg.match(/<path d="[^"]*"[^>]*fill="none"[^>]*stroke="#2f5bea"[^>]*>/) ?? []
    expect([...(line ?? '').matchAll(/M/g)].length).toBeGreaterThan(1)
  })

  it('names the target line', () => {
    expect(draw('line-target').svg).toContain('Target 15 min')
  })

  it('never places a label outside the picture', () => {
    for (const { id } of GALLERY_CHARTS) {
      for (const width of [248, 360, 720]) {
        const { svg } = draw(id, { width, height: 240 })
        for (const [, attributes] of svg.matchAll(/<text([^>]*)>/g)) {
          const [x, y] = (/translate\((-?[\d.]+)[ ,](-?[\d.]+)\)/.exec(attributes!) ?? []).slice(1).map(Number)
          if (x === undefined || y === undefined) continue
          expect(x >= -2 && x <= width + 2 && y >= 0 && y <= 241, `${id} ${width}: ${x}, ${y}`).toBe(true)
        }
      }
    }
  })
})
