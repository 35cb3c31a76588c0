import { describe, expect, it } from 'vitest'
import { dashboardsPath, queriesPath, toRoute } from './route.ts'

describe('toRoute', () => {
  it.each(['/console', '/console/', '/console/dashboards', '/console/dashboards/'])(
    'lists dashboards at %s',
    (path) => {
      expect(toRoute(path)).toEqual({ page: 'dashboards' })
    },
  )

  it('opens a dashboard, whatever characters its id has', () => {
    expect(toRoute(dashboardsPath('a/b ü?'))).toEqual({ page: 'dashboard', id: 'a/b ü?' })
  })

  it('shows queries with what was chosen there', () => {
    expect(queriesPath('?view=recent')).toBe('/console/queries?view=recent')
    expect(toRoute('/console/queries', '?view=recent')).toEqual({ page: 'queries', search: '?view=recent' })
  })

  it.each([
    '/',
    '/consoles',
    '/console/queries/a',
    '/console/users',
    '/console/dashboards/a/b',
    '/console/dashboards/%E0%A4%A',
  ])('knows nothing at %s', (path) => {
    expect(toRoute(path)).toEqual({ page: 'not-found', path })
  })
})
