import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type LockedPackages, missingOptionalPackages } from '../scripts/complete-lockfile.ts'
import { ROOT } from './source/source-files.ts'

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: LockedPackages }

describe('package-lock.json', () => {
  it('has the packages of every platform, without which npm ci refuses it (node scripts/complete-lockfile.ts adds them)', () => {
    expect(Object.keys(missingOptionalPackages(packages))).toEqual([])
  })

  it('names no address to download from, so that any registry serves', () => {
    const bound = Object.entries(packages).filter(
      ([, locked]) => 'resolved' in locked && !('link' in locked) && String(locked.resolved).startsWith('http'),
    )
    expect(bound.map(([path]) => path)).toEqual([])
  })
})

describe('missingOptionalPackages', () => {
  const parent = {
    version: '1.0.0',
    optionalDependencies: { '@x/bin-linux-x64-musl': '1.0.0', '@x/bin-win32-x64-gnu': '^1.0.0' },
  }

  it('gives an entry the platform that its name says', () => {
    expect(missingOptionalPackages({ 'node_modules/x': parent })).toEqual({
      'node_modules/@x/bin-linux-x64-musl': {
        version: '1.0.0',
        optional: true,
        cpu: ['x64'],
        os: ['linux'],
        libc: ['musl'],
      },
      'node_modules/@x/bin-win32-x64-gnu': { version: '1.0.0', optional: true, cpu: ['x64'], os: ['win32'] },
    })
  })

  it('leaves entries alone that stand beside or below the parent', () => {
    const locked = {
      'node_modules/x': parent,
      'node_modules/x/node_modules/@x/bin-linux-x64-musl': { version: '1.0.0' },
      'node_modules/@x/bin-win32-x64-gnu': { version: '1.0.0' },
    }
    expect(missingOptionalPackages(locked)).toEqual({})
  })
})
