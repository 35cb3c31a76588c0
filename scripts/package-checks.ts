import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Check, runCheck } from './run-check.ts'

/** What is published, by folder of `packages/`. */
const PUBLISHED = ['core', 'server', 'embed', 'react'] as const

/**
 * Checks of the packages as users get them: each is packed, then read by publint (does `package.json` tell the truth?)
 * and by attw (do types resolve as the code does?). Knip looks for files, exports and dependencies that nothing uses.
 *
 * @param folder where the packed packages go
 */
export function packageChecks(folder: string): Check[] {
  return [
    ...PUBLISHED.flatMap((name): Check[] => [
      { name: `publint: ${name}`, run: () => runCheck('publint', ['run', '--strict', pack(name, folder)]) },
      {
        name: `attw: ${name}`,
        // Packages are ES modules only: what CommonJS and the old resolution of Node 10 would see is out of scope.
        run: () =>
          runCheck('attw', [pack(name, folder), '--profile', 'esm-only', '--no-emoji', '--format', 'table-flipped']),
      },
    ]),
    { name: 'knip: unused files, exports, dependencies', run: () => runCheck('knip', ['--no-progress']) },
  ]
}

/** Packs a package once and returns the file. */
function pack(name: string, folder: string): string {
  const target = join(folder, name)
  mkdirSync(target, { recursive: true })
  if (readdirSync(target).length === 0) {
    const packed = spawnSync('npm', [
      'pack',
      '--silent',
      '--workspace',
      `@datainsight/${name}`,
      '--pack-destination',
      target,
    ])
    if (packed.status !== 0) throw new Error(`npm pack failed for ${name}: ${packed.stderr}`)
  }
  const [file] = readdirSync(target)
  if (file === undefined) throw new Error(`npm pack made no file for ${name}`)
  return join(target, file)
}
