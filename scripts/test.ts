import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeFailure } from './describe-failure.ts'
import { packageChecks } from './package-checks.ts'
import { type Check, type Counts, runCheck } from './run-check.ts'
import { runVitest } from './run-vitest.ts'
import { setupServices } from './setup-services.ts'

/**
 * `npm test`: everything a change must pass. A step that fails does not stop the ones after it, so that one run tells all.
 * The last line on standard output is `N passed, N failed`, followed by `, N skipped` when tests were skipped:
 * each vitest test and each check beside them counts as one. What failed is named in the lines before it.
 */
const started = performance.now()
const folder = mkdtempSync(join(tmpdir(), 'datainsight-test-'))
const results: { name: string; counts: Counts; seconds: number }[] = []

/** Runs a check; shows its output under its name, once it has ended unless it shows it itself. */
async function step({ name, run }: Check, isLive = false): Promise<void> {
  const output: Buffer[] = []
  if (isLive) process.stdout.write(headline(name))
  const begin = performance.now()
  let counts: Counts
  try {
    counts = await run((text) => output.push(Buffer.from(text)))
  } catch (error) {
    output.push(Buffer.from(`${error instanceof Error ? error.message : error}\n`))
    counts = { passed: 0, failed: 1, skipped: 0 }
  }
  process.stdout.write(`${isLive ? '' : headline(name)}${Buffer.concat(output)}`)
  results.push({ name, counts, seconds: (performance.now() - begin) / 1_000 })
}

async function inTurn(checks: readonly Check[]): Promise<void> {
  for (const check of checks) await step(check)
}

function headline(name: string): string {
  return `\n── ${name} ${'─'.repeat(Math.max(3, 90 - name.length))}\n`
}

const bundle = (name: string): Check => ({
  name: `bundle: ${name}`,
  run: (write) => runCheck('npm', ['run', 'bundle', '--workspace', `@datainsight/${name}`], write),
})

await step({
  name: 'services: PostgreSQL, Redis, MariaDB, Chromium',
  run: async () => {
    setupServices()
    return { passed: 1, failed: 0, skipped: 0 }
  },
})
await Promise.all([
  inTurn([bundle('embed'), bundle('console')]),
  inTurn([
    { name: 'format and lint', run: (write) => runCheck('biome', ['check', '--error-on-warnings', '.'], write) },
    { name: 'types', run: (write) => runCheck('tsc', ['-b'], write) },
  ]),
])
await step({ name: 'tests', run: () => runVitest(join(folder, 'tests.json')) }, true)
// In two rows, for two cores.
const checks = packageChecks(folder)
const half = Math.ceil(checks.length / 2)
await Promise.all([inTurn(checks.slice(0, half)), inTurn(checks.slice(half))])
rmSync(folder, { recursive: true, force: true })

console.log(`\n── summary ${'─'.repeat(83)}`)
for (const { name, counts, seconds } of results) {
  const verdict = counts.failed > 0 ? `${counts.failed} FAILED` : 'ok'
  console.log(`${name.padEnd(44)} ${seconds.toFixed(1).padStart(7)} s  ${verdict}`)
}
const failures = results.flatMap(({ counts }) => counts.failures ?? [])
const total = results.reduce(
  (sum, { counts }) => ({
    passed: sum.passed + counts.passed,
    failed: sum.failed + counts.failed,
    skipped: sum.skipped + counts.skipped,
  }),
  { passed: 0, failed: 0, skipped: 0 },
)
console.log(`${'all'.padEnd(44)} ${((performance.now() - started) / 1_000).toFixed(1).padStart(7)} s\n`)
for (const failure of failures) console.log(`FAILED ${describeFailure(failure)}\n`)
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode = total.failed > 0 ? 1 : 0
