import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, loadavg, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { type Spread, showSpread } from './spread.ts'

/** One line of a report: what was measured, and the bar it is held against, if any. */
export interface Figure {
  readonly name: string
  readonly unit: string
  readonly spread: Spread
  readonly digits?: number
  /** The promise, in words such as `at least 0.6`. */
  readonly bar?: string
  /** Whether the median keeps the promise. */
  readonly met?: boolean
}

/** A benchmark's outcome, as it is kept in `results/`. */
export interface Report {
  readonly benchmark: string
  /** The command that repeats it. */
  readonly command: string
  readonly versions: readonly string[]
  readonly notes?: readonly string[]
  readonly figures: readonly Figure[]
}

/** Prints a report and, with `--save` on the command line, writes it to `bench/results/<benchmark>.json`. */
export function publish(report: Report): void {
  const machine = describeMachine()
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  console.log(`\n${report.benchmark} at ${commit}`)
  console.log(`command   ${report.command}`)
  console.log(`machine   ${machine}`)
  console.log(`versions  ${report.versions.join(', ')}`)
  for (const note of report.notes ?? []) console.log(`note      ${note}`)
  console.log('median (min – max)')
  for (const { name, unit, spread, digits, bar, met } of report.figures) {
    const promise = bar === undefined ? '' : `  bar: ${bar} ${met ? '✓' : '✗ missed'}`
    console.log(`  ${name.padEnd(52)} ${showSpread(spread, digits)} ${unit}, n=${spread.n}${promise}`)
  }
  if (!process.argv.includes('--save')) return
  const file = join(import.meta.dirname, '../results', `${report.benchmark}.json`)
  writeFileSync(
    file,
    `${JSON.stringify({ ...report, commit, machine, measuredAt: new Date().toISOString() }, null, 2)}\n`,
  )
  console.log(`saved     ${file}`)
}

/** `name version` of Node and of packages, as installed. */
export function versionsOf(packages: readonly string[]): string[] {
  return [`node ${process.versions.node}`, ...packages.map((name) => `${name} ${installedVersion(name)}`)]
}

function installedVersion(name: string): string {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? []
  for (const folder of paths) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as { version: string }
      return manifest.version
    } catch {}
  }
  throw new Error(`package is not installed: ${name} (looked from ${dirname(import.meta.dirname)})`)
}

function describeMachine(): string {
  const [cpu] = cpus()
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, load ${loadavg()[2]?.toFixed(1)} over the last 15 minutes`
}
