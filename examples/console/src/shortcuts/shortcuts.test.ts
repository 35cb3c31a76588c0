import { describe, expect, it } from 'vitest'
import { createShortcutReader } from './shortcuts.ts'

const press = (key: string, modifier: 'ctrlKey' | 'metaKey' | 'altKey' | undefined = undefined) => ({
  key,
  ctrlKey: modifier === 'ctrlKey',
  metaKey: modifier === 'metaKey',
  altKey: modifier === 'altKey',
})

describe('createShortcutReader', () => {
  it('opens the palette by Ctrl+K and ⌘K, also while typing', () => {
    const read = createShortcutReader()
    expect(read(press('k', 'ctrlKey'), true)).toBe('palette')
    expect(read(press('K', 'metaKey'), false)).toBe('palette')
  })

  it('leaves letters to whoever types', () => {
    const read = createShortcutReader()
    expect(read(press('t'), true)).toBeUndefined()
    expect(read(press('t'), false)).toBe('theme')
    expect(read(press('t', 'ctrlKey'), false)).toBeUndefined()
  })

  it('takes g and d only right after each other', () => {
    const read = createShortcutReader()
    read(press('g'), false)
    expect(read(press('d'), false)).toBe('dashboards')
    read(press('g'), false)
    expect(read(press('q'), false)).toBe('queries')
    expect(read(press('q'), false)).toBeUndefined()
    read(press('g'), false)
    read(press('x'), false)
    expect(read(press('d'), false)).toBeUndefined()
  })
})
