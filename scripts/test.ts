import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageChecks } from './package-checks.ts'
import { type Counts, runCheck } from './run-check.ts'
import { runVitest } from './run-vitest.ts'
import { setupServices } from './setup-services.ts'

/**
 * `npm test`: everything a change must pass. A step that fails does not stop the ones after it, so that one run tells all.
 * The last line on standard output is `N passed, N failed`, followed by `, N skipped` when tests were skipped:
 * each vitest test and each check beside them counts as one.
 */
const started = performance.now()
const folder = mkdtempSync(join(tmpdir(), 'datainsight-test-'))
const results: { name: string; counts: Counts; seconds: number }[] = []

function step(name: string, run: () => Counts): void {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(3, 90 - name.length))}`)
  const begin = performance.now()
  let counts: Counts
  try {
    counts = run()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    counts = { passed: 0, failed: 1, skipped: 0 }
  }
  results.push({ name, counts, seconds: (performance.now() - begin) / 1_000 })
}

step('services: PostgreSQL, Redis, MariaDB, Chromium', () => {
  setupServices()
  return { passed: 1, failed: 0, skipped: 0 }
})
step('format and lint', () => runCheck('biome', ['check', '.']))
step('types', () => runCheck('tsc', ['-b']))
step('bundle: embed', () => runCheck('npm', ['run', 'bundle', '--workspace', '@datainsight/embed']))
step('bundle: console', () => runCheck('npm', ['run', 'bundle', '--workspace', '@datainsight/console']))
step('tests', () => runVitest(join(folder, 'vitest.json')))
for (const check of packageChecks(folder)) step(check.name, check.run)
rmSync(folder, { recursive: true, force: true })

console.log(`\n── summary ${'─'.repeat(83)}`)
for (const { name, counts, seconds } of results) {
  const verdict = counts.failed > 0 ? `${counts.failed} FAILED` : 'ok'
  console.log(`${name.padEnd(44)} ${seconds.toFixed(1).padStart(7)} s  ${verdict}`)
}
const total = results.reduce(
  (sum, { counts }) => ({
    passed: sum.passed + counts.passed,
    failed: sum.failed + counts.failed,
    skipped: sum.skipped + counts.skipped,
  }),
  { passed: 0, failed: 0, skipped: 0 },
)
console.log(`${'all'.padEnd(44)} ${((performance.now() - started) / 1_000).toFixed(1).padStart(7)} s\n`)
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode = total.failed > 0 ? 1 : 0
