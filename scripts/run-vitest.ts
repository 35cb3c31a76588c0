import { readFileSync } from 'node:fs'
import { type Counts, runCommand } from './run-check.ts'

/** The parts of vitest's JSON report that are counted. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/**
 * Runs all tests.
 * A file that cannot be loaded has no tests of its own and counts as one failure; so does a run that fails for a reason
 * outside of any test, such as an unhandled rejection.
 *
 * @param reportFile where vitest writes its JSON report
 */
export async function runVitest(reportFile: string): Promise<Counts> {
  const succeeded = await runCommand('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
  ])
  return countReport(JSON.parse(readFileSync(reportFile, 'utf8')) as Report, succeeded)
}

function countReport(report: Report, succeeded: boolean): Counts {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + brokenFiles
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !succeeded ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}
