import { readFile } from 'node:fs/promises'
import { DashboardInput } from '@datainsight/core'
import { THEME_TOKENS } from '@datainsight/embed'
import { Value } from '@sinclair/typebox/value'
import { expect, it } from 'vitest'

it('the departures dashboard is a dashboard, and its tiles do not overlap', async () => {
  const text = await readFile(new URL('../dashboards/departures.json', import.meta.url), 'utf8')
  const dashboard: unknown = JSON.parse(text)
  expect([...Value.Errors(DashboardInput, dashboard)]).toEqual([])
  const { widgets } = Value.Decode(DashboardInput, dashboard)
  const cells = widgets.flatMap(({ layout: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
  )
  expect(new Set(cells).size).toBe(cells.length)
  expect(Math.max(...widgets.map(({ layout }) => layout.x + layout.w))).toBe(12)
})

it('the look of the product sets only variables that the elements read', async () => {
  const css = await readFile(new URL('../web/css/tokens.css', import.meta.url), 'utf8')
  const set = [...css.matchAll(/--di-([a-z0-9-]+):/g)].map(([, name]) => name ?? '')
  const known = new Set(['font-family', ...THEME_TOKENS.map(({ name }) => name)])
  expect(set.length).toBeGreaterThan(20)
  expect(set.filter((name) => !known.has(name))).toEqual([])
})
