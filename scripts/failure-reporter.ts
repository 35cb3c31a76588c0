import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'
import type { Failure } from './describe-failure.ts'

/** Where the report goes: the name of the environment variable that says it. */
export const REPORT_FILE = 'DATAINSIGHT_TEST_REPORT'

/** What a run of the tests came to. */
export interface TestReport {
  readonly passed: number
  readonly skipped: number
  /** Each failed test; each hook and each file that failed outside of its tests; each error that no test caught. */
  readonly failures: readonly Failure[]
}

/**
 * Reporter of vitest that writes a `TestReport`.
 * Vitest's own JSON report leaves out the errors of hooks and those that nobody caught.
 */
export default class FailureReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const report: TestReport = {
      passed: count(modules, 'passed'),
      skipped: count(modules, 'skipped'),
      failures: [
        ...modules.flatMap(failuresOf),
        ...unhandled.map((error) => failure('', 'outside of any test', [error])),
      ],
    }
    writeFileSync(process.env[REPORT_FILE] ?? 'test-report.json', JSON.stringify(report))
  }
}

function count(modules: readonly TestModule[], state: 'passed' | 'skipped'): number {
  return modules.reduce((sum, module) => sum + [...module.children.allTests(state)].length, 0)
}

function failuresOf(module: TestModule): Failure[] {
  const file = relative(process.cwd(), module.moduleId)
  const tests = [...module.children.allTests('failed')]
  const failures = [
    ...blockFailure(file, '(whole file)', module.errors()),
    ...[...module.children.allSuites()].flatMap((suite) => blockFailure(file, suite.fullName, suite.errors())),
    ...tests.map((test) => failure(file, test.fullName, test.result().errors ?? [])),
  ]
  const isCutShort = ['failed', 'pending', 'queued'].includes(module.state()) && failures.length === 0
  return isCutShort ? [failure(file, '(whole file)', [{ message: 'did not finish' }])] : failures
}

function blockFailure(file: string, name: string, errors: readonly SerializedError[]): Failure[] {
  return errors.length === 0 ? [] : [failure(file, name, errors)]
}

function failure(file: string, name: string, errors: readonly SerializedError[]): Failure {
  const [first] = errors
  const stack = first?.stacks?.[0]
  return {
    file,
    name,
    message: [first?.name, first?.message].filter(Boolean).join(': '),
    ...(stack !== undefined && { place: `${relative(process.cwd(), stack.file)}:${stack.line}` }),
  }
}
