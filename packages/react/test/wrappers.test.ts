import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as react from '@datainsight/react'
import { type ComponentType, createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'

const EMBED = fileURLToPath(new URL('../../embed/src/', import.meta.url))
const SOURCES = fileURLToPath(new URL('../src/', import.meta.url))

describe('@datainsight/react on a server', () => {
  it('runs without a window', () => {
    expect(typeof window).toBe('undefined')
    const { DataInsightProvider, Dashboard } = react
    const dashboard = createElement(Dashboard, { dashboardId: 'departures', className: 'wide' })
    expect(
      renderToString(createElement(DataInsightProvider, { apiUrl: 'https://analytics.example.com' }, dashboard)),
    ).toBe('<di-provider><di-dashboard class="wide"></di-dashboard></di-provider>')
  })

  it('wraps every element that the package of elements defines', () => {
    const defined = globSync('*/define.ts', { cwd: EMBED }).flatMap((file) =>
      [...readFileSync(`${EMBED}${file}`, 'utf8').matchAll(/define\('(di-[a-z-]+)'/g)].map(([, tag]) => tag),
    )
    const { DataInsightProvider, ClientContext, useQuery, ...wrappers } = react
    const wrapped = Object.values<ComponentType>(wrappers).map(
      (wrapper) => /<(di-[a-z-]+)/.exec(renderToString(createElement(wrapper)))?.[1],
    )
    expect(defined.length).toBeGreaterThan(5)
    expect(['di-provider', ...wrapped].toSorted()).toEqual(defined.toSorted())
  })

  it('marks every module as one for the client', () => {
    const files = globSync('*.{ts,tsx}', { cwd: SOURCES })
    expect(files.filter((file) => !readFileSync(`${SOURCES}${file}`, 'utf8').startsWith(`'use client'`))).toEqual([])
  })
})
