import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A bundle that rollup makes. */
export interface Bundle {
  /** For messages: `embed`, `console`. */
  readonly name: string
  /** Folder of its package, with `rollup.config.js`. */
  readonly packageDir: string
  /** Folder it is written to. */
  readonly outputDir: string
  /** Files and folders it is made from. */
  readonly sources: readonly string[]
}

/**
 * Makes a bundle if it is missing or older than one of its sources.
 * @throws Error with what rollup said when it fails.
 */
export async function ensureBundle(bundle: Bundle): Promise<void> {
  const made = oldestFile(bundle.outputDir)
  if (made !== undefined && made >= Math.max(...bundle.sources.map(newestFile))) return
  process.stdout.write(`bundling ${bundle.name}\n`)
  await run(bundle)
}

function run({ name, packageDir }: Bundle): Promise<void> {
  return new Promise((resolve, reject) => {
    const rollup = join(import.meta.dirname, '../node_modules/rollup/dist/bin/rollup')
    const child = spawn(process.execPath, [rollup, '-c', '--silent'], {
      cwd: packageDir,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`the ${name} bundle could not be made:\n${Buffer.concat(output).toString()}`))
    })
  })
}

/** Oldest change of a file in `folder`, milliseconds since 1970; undefined when there is none. */
function oldestFile(folder: string): number | undefined {
  const times = filesIn(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file) => statSync(file).mtimeMs)
  return times.length === 0 ? undefined : Math.min(...times)
}

function newestFile(source: string): number {
  if (!statSync(source).isDirectory()) return statSync(source).mtimeMs
  return Math.max(0, ...filesIn(source).map((file) => statSync(file).mtimeMs))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
