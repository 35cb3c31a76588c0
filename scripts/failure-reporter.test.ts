import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeFailure } from './describe-failure.ts'
import { REPORT_FILE, type TestReport } from './failure-reporter.ts'
import { runCommand } from './run-check.ts'

const FILES = {
  'tests.test.js': `
    it('passes', () => {})
    it.skip('waits', () => {})
    describe('a table', () => { it('adds up', () => expect(1).toBe(2)) })`,
  'hook.test.js': `describe('prepared', () => { beforeAll(() => { throw new Error('no database') }); it('runs', () => {}) })`,
  'load.test.js': `import './missing.js'`,
  'unhandled.test.js': `it('leaves a promise', () => { Promise.reject(new RangeError('left alone')) })`,
}

let report: TestReport
let succeeded: boolean
const folder = mkdtempSync(join(tmpdir(), 'datainsight-reporter-'))

beforeAll(async () => {
  mkdirSync(join(folder, 'test'))
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, 'test', name), text)
  const reporter = resolve(import.meta.dirname, 'failure-reporter.ts')
  const reportFile = join(folder, 'report.json')
  // A variable of this process would speak to the run this test is part of.
  const environment = ['-u', 'VITEST', `${REPORT_FILE}=${reportFile}`]
  const options = ['--root', folder, '--globals', `--reporter=${reporter}`]
  succeeded = await runCommand('env', [...environment, 'vitest', 'run', ...options], () => undefined)
  report = JSON.parse(readFileSync(reportFile, 'utf8'))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('counts what passed and what was left out', () => {
  expect(succeeded).toBe(false)
  expect(report).toMatchObject({ passed: 2, skipped: 2 })
})

it('names a test, a hook, a file and an error outside of any test', () => {
  const found = report.failures.map(({ file, name, message }) => `${file.split('/').at(-1)} | ${name} | ${message}`)
  expect(found.toSorted()).toEqual([
    ' | outside of any test | RangeError: left alone',
    'hook.test.js | prepared | Error: no database',
    expect.stringMatching(/^load\.test\.js \| \(whole file\) \| .*missing\.js/),
    'tests.test.js | a table > adds up | AssertionError: expected 1 to be 2 // Object.is equality',
  ])
})

it('tells a failure in a headline and six lines', () => {
  const message = ['\u001b[31mexpected\u001b[39m', '', ...Array.from({ length: 9 }, (_, index) => `line ${index}`)]
  expect(describeFailure({ file: 'a.test.ts', name: 'adds up', message: message.join('\n'), place: 'a.ts:3' })).toBe(
    [
      'a.test.ts > adds up',
      '    expected',
      '    line 0',
      '    line 1',
      '    line 2',
      '    … 6 more lines',
      '    at a.ts:3',
    ].join('\n'),
  )
  const long = describeFailure({ file: '', name: 'outside of any test', message: 'x'.repeat(500) })
  expect(long).toBe(`outside of any test\n    ${'x'.repeat(199)}…`)
})
