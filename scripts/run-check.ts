import { spawn } from 'node:child_process'
import type { Failure } from './describe-failure.ts'

/** How many checks passed, failed and were skipped. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** What failed, for a check that has names within it. */
  readonly failures?: readonly Failure[]
}

/** One check beside the tests. */
export interface Check {
  readonly name: string
  readonly run: (write: Write) => Promise<Counts>
}

/** Takes what a check prints. */
export type Write = (text: string | Buffer) => void

/** Longest run of one command, milliseconds; a hanging tool must not take the whole run with it. */
const COMMAND_TIMEOUT_MS = 20 * 60_000

/**
 * Runs a command.
 *
 * @param write takes its output; shown as it comes when absent
 * @returns true when it ended with 0
 */
export function runCommand(command: string, args: readonly string[], write?: Write): Promise<boolean> {
  const child = spawn(command, [...args], {
    stdio: write === undefined ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    timeout: COMMAND_TIMEOUT_MS,
  })
  if (write !== undefined) for (const stream of [child.stdout, child.stderr]) stream?.on('data', write)
  return new Promise((resolve) => {
    child.once('error', (error) => {
      const text = `${command}: ${error.message}\n`
      if (write === undefined) process.stderr.write(text)
      else write(text)
      resolve(false)
    })
    child.once('close', (code) => resolve(code === 0))
  })
}

/** Runs a command that counts as one check. */
export async function runCheck(command: string, args: readonly string[], write: Write): Promise<Counts> {
  const succeeded = await runCommand(command, args, write)
  return succeeded ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}
