import { readFileSync } from 'node:fs'
import { CHART_TYPES, type ChartSpec } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import { compileChart, planChart } from '../src/chart/compile-chart.ts'
import { chartContext } from './chart-context.ts'
import { chartTheme } from './chart-theme.ts'
import { GALLERY_CHARTS } from './gallery/gallery-charts.ts'
import { readResults } from './gallery/read-results.ts'
import { readOption } from './read-option.ts'
import { dimension, measure, resultSet, time } from './result-set.ts'

const results = readResults(readFileSync(new URL('./gallery/flights-results.ndjson', import.meta.url), 'utf8'))
const gallery = (id: string) => {
  const chart = GALLERY_CHARTS.find((one) => one.id === id)!
  const comparison = chart.comparison && results[chart.comparison]
  return { spec: chart.spec, result: results[chart.result], comparison }
}
const compile = (id: string, extra: Parameters<typeof chartContext>[0] = {}) => {
  const { spec, result, comparison } = gallery(id)
  return compileChart(spec, result, chartContext({ comparison, ...extra }))
}

const days = ['2001-03-01', '2001-03-02', '2001-03-04'].map((day) => `${day}T00:00:00.000`)

describe('compileChart', () => {
  it.each(CHART_TYPES.map((type) => [type, type === 'heatmap' ? 'heatmap-months' : type] as const))(
    'compiles a %s',
    (_, id) => {
      expect(readOption(compile(id).option)).toMatchSnapshot()
    },
  )

  it('takes every colour from the theme', () => {
    const light = chartTheme('light')
    const dark = chartTheme('dark')
    for (const { id } of GALLERY_CHARTS) {
      const text = JSON.stringify(readOption(compile(id, { theme: dark }).option))
      for (const color of [light.palette[0]!, light.text, light.label, light.grid, light.surface])
        expect(text, id).not.toContain(color)
    }
    expect(JSON.stringify(compile('line', { theme: dark }).option)).toContain(dark.palette[0])
  })

  it('is pure: the same question gives the same chart, and the result is left alone', () => {
    for (const { id, result } of GALLERY_CHARTS) {
      const before = JSON.stringify(results[result])
      expect(readOption(compile(id).option)).toEqual(readOption(compile(id).option))
      expect(JSON.stringify(results[result])).toBe(before)
    }
  })

  it('keeps every label and mark inside the chart, from tiny to wide', () => {
    for (const { id } of GALLERY_CHARTS) {
      for (const [width, height] of [
        [248, 104],
        [360, 280],
        [760, 320],
        [1_600, 500],
      ] as const) {
        const { points } = compile(id, { size: { width, height } })
        for (let position = 0; position < points.positions; position += Math.ceil(points.positions / 50)) {
          for (let series = 0; series < points.series; series++) {
            const box = points.mark({ position, series })?.box
            if (!box) continue
            const inside =
              box.x >= -7 && box.y >= -7 && box.x + box.width <= width + 7 && box.y + box.height <= height + 7
            expect(inside, `${id} ${width} ${JSON.stringify(box)}`).toBe(true)
          }
        }
      }
    }
  })

  it('never turns a label', () => {
    for (const { id } of GALLERY_CHARTS)
      expect(JSON.stringify(readOption(compile(id).option))).not.toContain('"rotate"')
  })

  it('says that there is nothing instead of failing', () => {
    for (const type of CHART_TYPES) {
      const empty = resultSet([
        [time('day'), []],
        [dimension('d'), []],
        [measure('m'), []],
        [measure('n'), []],
      ])
      expect(planChart({ type }, empty, chartContext()).empty, type).toBe(true)
      expect(compileChart({ type }, empty, chartContext()).points.positions).toBe(0)
    }
  })

  it('draws results in which every value is null', () => {
    for (const type of CHART_TYPES) {
      const nulls = resultSet([
        [dimension('c'), ['a', 'b']],
        [dimension('d'), ['x', 'y']],
        [measure('m'), [null, null]],
        [measure('n'), [null, null]],
      ])
      expect(() => compileChart({ type }, nulls, chartContext())).not.toThrow()
    }
  })

  it('passes over members that the result does not have', () => {
    const result = resultSet([
      [dimension('c'), ['a', 'b']],
      [measure('m'), [1, 2]],
    ])
    const chart = compileChart(
      { type: 'column', x: 'gone', y: ['gone.too'], series: 'nowhere' },
      result,
      chartContext(),
    )
    expect(chart.points.mark({ position: 1, series: 0 })?.datum).toEqual({ c: 'b', m: 2 })
  })
})

describe('gaps', () => {
  it('leaves periods without rows empty', () => {
    const chart = compileChart(
      { type: 'line' },
      resultSet([
        [time('day'), days],
        [measure('m'), [5, 0, 7]],
      ]),
      chartContext(),
    )
    expect((chart.option.dataset as { source: { value0: Float64Array } }).source.value0).toEqual(
      Float64Array.of(5, 0, Number.NaN, 7),
    )
    expect(chart.points.positions).toBe(4)
    expect(chart.points.mark({ position: 2, series: 0 })).toBeUndefined()
    expect(chart.points.tooltip({ position: 2, series: 0 }).rows[0]!.value).toBe('–')
  })

  it('marks a point that stands alone between gaps', () => {
    const apart = Array.from({ length: 30 }, (_, index) => `2001-03-${String(index + 1).padStart(2, '0')}T00:00:00.000`)
    const values = apart.map((_, index) => (index === 10 || index === 12 ? null : index))
    const [series] = compileChart(
      { type: 'line' },
      resultSet([
        [time('day'), apart],
        [measure('m'), values],
      ]),
      chartContext(),
    ).option.series as {
      showSymbol: boolean
      symbolSize: (value: unknown, at: { dataIndex: number }) => number
    }[]
    expect(series!.showSymbol).toBe(true)
    expect([9, 11, 13].map((dataIndex) => series!.symbolSize(undefined, { dataIndex }))).toEqual([0, 5, 0])
  })
})

describe('Others', () => {
  const many = (extra: Parameters<typeof measure>[1]) => {
    const names = Array.from({ length: 20 }, (_, index) => `s${index}`)
    return resultSet([
      [time('month'), names.map(() => '2001-01-01T00:00:00.000')],
      [dimension('d'), names],
      [measure('m', extra), names.map((_, index) => 100 - index)],
    ])
  }

  it('adds up the smallest series of a count', () => {
    const { legend, points, note } = compileChart({ type: 'column', stack: 'stacked' }, many({}), chartContext())
    const items = legend.kind === 'series' ? legend.items : []
    expect(items.map(({ name }) => name)).toEqual([...Array.from({ length: 11 }, (_, index) => `s${index}`), 'Others'])
    expect(points.mark({ position: 0, series: 11 })?.datum).toEqual({
      t: '2001-01-01T00:00:00.000',
      m: [11, 12, 13, 14, 15, 16, 17, 18, 19].reduce((sum, index) => sum + 100 - index, 0),
    })
    expect(note).toBeUndefined()
  })

  it('leaves the rest of an average out and says so', () => {
    const { legend, note } = compileChart({ type: 'line' }, many({ additive: undefined }), chartContext())
    expect(legend.kind === 'series' && legend.items).toHaveLength(12)
    expect(note).toBe('Top 12 of 20')
  })

  it('folds small slices of a pie the same way', () => {
    const slices = resultSet([
      [dimension('d'), Array.from({ length: 30 }, (_, index) => `s${index}`)],
      [measure('m'), Array.from({ length: 30 }, () => 10)],
    ])
    const { points } = compileChart({ type: 'pie' }, slices, chartContext())
    expect(points.positions).toBe(12)
    expect(points.tooltip({ position: 11, series: 0 })).toMatchObject({
      title: 'Others',
      rows: [{ value: '190' }],
      note: '63.3% of total',
    })
  })
})

describe('stacks', () => {
  const result = resultSet([
    [dimension('c'), ['a', 'a', 'b']],
    [dimension('d'), ['x', 'y', 'x']],
    [measure('m'), [30, 10, 5]],
  ])

  it('shows shares of each column that add up to one', () => {
    const chart = compileChart({ type: 'column', stack: 'percent' }, result, chartContext())
    const { source } = chart.option.dataset as { source: Record<string, Float64Array> }
    expect(source.value0).toEqual(Float64Array.of(0.75, 1))
    expect(source.value1![0]).toBe(0.25)
    expect(chart.points.tooltip({ position: 0, series: 0 }).rows.map(({ name, value }) => [name, value])).toEqual([
      ['y', '10 · 25.0%'],
      ['x', '30 · 75.0%'],
    ])
  })

  it('adds a total to the tooltip of a stack', () => {
    const { points } = compileChart({ type: 'column', stack: 'stacked' }, result, chartContext())
    expect(points.tooltip({ position: 0, series: 0 }).rows.map(({ name, value }) => [name, value])).toEqual([
      ['y', '10'],
      ['x', '30'],
      ['Total', '40'],
    ])
  })

  it('scales to what the legend leaves on', () => {
    const max = (hidden: readonly string[]) =>
      (
        compileChart({ type: 'column', stack: 'stacked' }, result, chartContext({ hidden: new Set(hidden) })).option
          .yAxis as { max: number }[]
      )[0]!.max
    expect(max([])).toBe(40)
    expect(max(['m:x'])).toBe(10)
  })
})

describe('comparison', () => {
  const now = resultSet(
    [
      [time('day'), days],
      [measure('m', { better: 'lower' }), [10, 20, 30]],
    ],
    { dateRange: ['2001-02-28T00:00:00.000', '2001-03-04T23:59:59.999'] },
  )
  const before = resultSet(
    [
      [time('day'), ['2001-02-23T00:00:00.000', '2001-02-25T00:00:00.000']],
      [measure('m'), [8, 25]],
    ],
    { dateRange: ['2001-02-23T00:00:00.000', '2001-02-27T23:59:59.999'] },
  )

  it('lays the earlier span on the present one by distance from its start', () => {
    const { option } = compileChart({ type: 'line' }, now, chartContext({ comparison: before }))
    // 28 February has no row now, so the axis starts at 1 March: 24 February then, of which there is no row either.
    expect((option.dataset as { source: Record<string, Float64Array> }).source.previous0).toEqual(
      Float64Array.of(Number.NaN, 25, Number.NaN, Number.NaN),
    )
  })

  it('is dashed, lighter and of the same hue', () => {
    const [earlier, line] = compileChart({ type: 'line' }, now, chartContext({ comparison: before })).option.series as {
      id: string
      lineStyle: { color: string; type?: unknown }
    }[]
    expect(line!.lineStyle.color).toBe('#2f5bea')
    expect(earlier).toMatchObject({ id: 'm:previous', lineStyle: { color: 'rgba(47, 91, 234, 0.45)', type: [4, 4] } })
  })

  it('tells the change in the tooltip, and whether it is good', () => {
    const tooltip = compileChart({ type: 'line' }, now, chartContext({ comparison: before })).points.tooltip({
      position: 1,
      series: 0,
    })
    expect(tooltip.title).toBe('Fri, 2 Mar 2001')
    expect(tooltip.rows).toMatchObject([
      { name: 'm', value: '20', change: { text: '-20%', direction: 'down', good: true } },
      { name: 'Previous period', value: '25', shape: 'dashed' },
    ])
  })

  it('compares categories with themselves', () => {
    const one = resultSet([
      [dimension('c'), ['a', 'b']],
      [measure('m'), [1, 2]],
    ])
    const other = resultSet([
      [dimension('c'), ['b', 'gone', 'a']],
      [measure('m'), [4, 9, 2]],
    ])
    const { points } = compileChart({ type: 'column' }, one, chartContext({ comparison: other }))
    expect([0, 1].map((position) => points.tooltip({ position, series: 0 }).rows[0]!.change?.text)).toEqual([
      '-50%',
      '-50%',
    ])
  })
})

describe('a period that is not over', () => {
  const result = resultSet(
    [
      [time('month'), ['2001-01-01T00:00:00.000', '2001-02-01T00:00:00.000', '2001-03-01T00:00:00.000']],
      [measure('m'), [5, 6, 2]],
    ],
    { refreshedAt: '2001-03-10T12:00:00.000Z' },
  )

  it('is dashed and said to be unfinished', () => {
    const { option, points } = compileChart({ type: 'line' }, result, chartContext())
    expect((option.series as { id: string }[]).map(({ id }) => id)).toEqual(['m', 'm:open'])
    expect(points.tooltip({ position: 2, series: 0 }).note).toBe('not complete yet')
    expect(points.tooltip({ position: 1, series: 0 }).note).toBeUndefined()
  })
})

describe('axes', () => {
  it('gives two units an axis each, both named, with the same grid lines', () => {
    const { option } = compile('combo')
    const [left, right] = option.yAxis as {
      min: number
      max: number
      interval: number
      splitLine: { show: boolean }
    }[]
    expect((left!.max - left!.min) / left!.interval).toBe((right!.max - right!.min) / right!.interval)
    expect([left!.splitLine.show, right!.splitLine.show]).toEqual([true, false])
    expect((option.title as { text: string }[]).map(({ text }) => text.replace(/^\{.*?\} /, ''))).toEqual([
      'Flights',
      'Average delay',
    ])
  })

  it('keeps one axis for one unit', () => {
    const result = resultSet([
      [dimension('c'), ['a']],
      [measure('m'), [1]],
      [measure('n'), [2]],
    ])
    expect(compileChart({ type: 'column' }, result, chartContext()).option.yAxis).toHaveLength(1)
  })

  it('turns columns whose names do not fit', () => {
    expect(
      (compile('column-turned', { size: { width: 400, height: 240 } }).option.yAxis as { type: string }[])[0]!.type,
    ).toBe('category')
    expect((compile('column').option.xAxis as { type: string }[])[0]!.type).toBe('category')
  })

  it('shortens the numbers of one axis alike', () => {
    const [axis] = compile('column').option.yAxis as { axisLabel: { formatter: (value: number) => string } }[]
    expect([0, 8_000, 10_000].map((value) => axis!.axisLabel.formatter(value))).toEqual(['0', '8k', '10k'])
  })

  it('names lines at their ends up to four, then in a legend', () => {
    expect(compile('line-four').legend.kind).toBe('none')
    expect(compile('line-four', { size: { width: 360, height: 280 } }).legend.kind).toBe('series')
    expect(compile('line-six').legend.kind).toBe('series')
  })
})

describe('histogram', () => {
  it('fills bins without rows and says which bins are open', () => {
    const delay = dimension('delay', { type: 'integer', unit: 'minute', bin: { width: 10, min: 0, max: 40 } })
    const { points } = compileChart(
      { type: 'histogram' },
      resultSet([
        [delay, [40, 0, 20]],
        [measure('m'), [3, 9, 4]],
      ]),
      chartContext(),
    )
    const titles = Array.from({ length: points.positions }, (_, position) => points.tooltip({ position, series: 0 }))
    expect(titles.map(({ title, rows }) => [title, rows[0]!.value])).toEqual([
      ['< 10 mins', '9'],
      ['10 – 20 mins', '0'],
      ['20 – 30 mins', '4'],
      ['30 – 40 mins', '0'],
      ['≥ 40 mins', '3'],
    ])
  })
})

describe('heatmap', () => {
  it('shows whole weeks and days, Monday first, and leaves cells without rows blank', () => {
    const weekday = dimension('w', { type: 'integer', format: 'weekday' })
    const hour = dimension('h', { type: 'integer', format: 'hour' })
    const { points } = compileChart(
      { type: 'heatmap', x: 'h', series: 'w' },
      resultSet([
        [weekday, [7, 2]],
        [hour, [23, 5]],
        [measure('m'), [4, 8]],
      ]),
      chartContext(),
    )
    expect([points.positions, points.series]).toEqual([24, 7])
    expect(points.mark({ position: 23, series: 6 })?.spoken).toBe('Sunday · 23:00, 4')
    expect(points.mark({ position: 0, series: 0 })).toBeUndefined()
  })
})

describe('scatter', () => {
  it('paints many points in one stroke', () => {
    const [series] = compile('scatter-large').option.series as { large: boolean }[]
    expect(series!.large).toBe(true)
  })

  it('finds the nearest point and tells its row', () => {
    const { points } = compile('scatter')
    const { box, datum } = points.mark({ position: 7, series: 0 })!
    const found = points.find(box.x + box.width / 2 + 1, box.y + box.height / 2)!
    expect(points.mark(found)?.datum).toEqual(datum)
    expect(points.find(-100, -100)).toBeUndefined()
  })
})

describe('text alternatives', () => {
  it.each([
    ['line', 'Line chart, flights by day, 181 points, highest 28 Jun with 327'],
    ['column', 'Column chart, flights by month, 6 bars, highest Jun 2001 with 9,343'],
    ['donut', 'Donut chart, flights by destination, 30 slices, highest LAX with 3,901'],
    ['line-four', 'Line chart, average delay by week, 25 points, 4 series, highest 26 Feb PHX with 35.1 mins'],
    ['scatter', 'Scatter chart, average delay by average distance, 47 points'],
    ['heatmap', 'Heatmap, flights by weekday and hour, 168 cells, highest Tue 06:00 with 730'],
  ])('sums a %s up in one sentence', (id, summary) => {
    expect(compile(id).summary).toBe(summary)
  })

  it('has the data as a table of formatted texts', () => {
    const { table } = compile('combo')
    expect(table.columns).toEqual([
      { title: 'Date', numeric: false },
      { title: 'Flights', numeric: true },
      { title: 'Average delay', numeric: true },
    ])
    expect(table.rowCount).toBe(6)
    expect(table.row(0)).toEqual(['January 2001', '8,189', '12.3 mins'])
  })

  it('speaks of a mark as the tooltip shows it', () => {
    expect(compile('line-compared').points.mark({ position: 6, series: 0 })?.spoken).toBe(
      'Wed, 7 Mar 2001, 268, -3.9% (Previous period)',
    )
  })
})

describe('long lines', () => {
  const count = 20_000
  const starts = Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(2001, 0, 1) + index * 3_600_000).toISOString().slice(0, -1),
  )
  const spec: ChartSpec = { type: 'line' }

  it('are typed columns, sampled to the plot', () => {
    const { option } = compileChart(
      spec,
      resultSet([
        [time('hour'), starts],
        [measure('m'), starts.map((_, index) => index % 97)],
      ]),
      chartContext(),
    )
    const { source } = option.dataset as { source: Record<string, unknown> }
    expect(Object.values(source).every((column) => column instanceof Float64Array)).toBe(true)
    expect(option.series).toMatchObject([{ sampling: 'lttb', showSymbol: false }])
  })
})
