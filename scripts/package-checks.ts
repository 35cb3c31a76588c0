import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Check, runCheck, runCommand } from './run-check.ts'

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
    ...PUBLISHED.flatMap((name): Check[] => {
      const packed = once(() => pack(name, folder))
      return [
        {
          name: `publint: ${name}`,
          run: async (write) => runCheck('publint', ['run', '--strict', await packed()], write),
        },
        {
          name: `attw: ${name}`,
          // Packages are ES modules only: what CommonJS and the old resolution of Node 10 would see is out of scope.
          run: async (write) => {
            const args = ['--profile', 'esm-only', '--no-emoji', '--format', 'table-flipped']
            return runCheck('attw', [await packed(), ...args], write)
          },
        },
      ]
    }),
    { name: 'knip: unused files, exports, dependencies', run: (write) => runCheck('knip', ['--no-progress'], write) },
  ]
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Packs a package and returns the file. */
async function pack(name: string, folder: string): Promise<string> {
  const target = join(folder, name)
  mkdirSync(target, { recursive: true })
  let output = ''
  const packed = await runCommand(
    'npm',
    ['pack', '--silent', '--workspace', `@datainsight/${name}`, '--pack-destination', target],
    (text) => {
      output += String(text)
    },
  )
  if (!packed) throw new Error(`npm pack failed for ${name}: ${output}`)
  const [file] = readdirSync(target)
  if (file === undefined) throw new Error(`npm pack made no file for ${name}`)
  return join(target, file)
}
