import { spawnSync } from 'node:child_process'

/** How many checks passed, failed and were skipped. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** One check beside the tests. */
export interface Check {
  readonly name: string
  readonly run: () => Counts
}

/** Longest run of one command, milliseconds; a hanging tool must not take the whole run with it. */
const COMMAND_TIMEOUT_MS = 20 * 60_000

/** Runs a command with its output shown; true when it ended with 0. */
export function runCommand(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const { status, error } = spawnSync(command, [...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    timeout: COMMAND_TIMEOUT_MS,
  })
  if (error !== undefined) console.error(`${command}: ${error.message}`)
  return status === 0
}

/** Runs a command that counts as one check. */
export function runCheck(command: string, args: readonly string[]): Counts {
  return runCommand(command, args) ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}
