import { readFileSync } from 'node:fs'
import { REPORT_FILE, type TestReport } from './failure-reporter.ts'
import { type Counts, runCommand } from './run-check.ts'

/**
 * Runs all tests.
 * Beside tests that fail, each hook, file and error outside of a test that failed counts as one failure; so does a run
 * that fails for a reason the report does not hold.
 *
 * @param reportFile where the report of the run is written
 */
export async function runVitest(reportFile: string): Promise<Counts> {
  process.env[REPORT_FILE] = reportFile
  const succeeded = await runCommand('vitest', [
    'run',
    '--reporter=default',
    '--reporter=./scripts/failure-reporter.ts',
  ])
  const { passed, skipped, failures } = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport
  return { passed, skipped, failed: failures.length === 0 && !succeeded ? 1 : failures.length, failures }
}
