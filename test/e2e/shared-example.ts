import { setTimeout as sleep } from 'node:timers/promises'
import { type ExampleAddress, launchExample } from './start-example.ts'

/** Where test files find the example's address, as JSON. */
const VARIABLE = 'TEST_EXAMPLE'
/** Longest wait for it on a busy machine that has to make the bundles first, milliseconds. */
const WAIT_MS = 240_000

/**
 * Vitest's set-up of the end-to-end tests: launches the one example that their files share, without waiting for it.
 *
 * @returns what stops it
 */
export async function setup(): Promise<() => Promise<void>> {
  const { stop, ready, output: _, ...address } = await launchExample()
  process.env[VARIABLE] = JSON.stringify(address)
  ready.catch((error: unknown) => console.error(error))
  return async () => {
    await stop()
  }
}

/** The example that all files share, once it answers. @throws Error when it does not in time. */
export async function sharedExample(): Promise<ExampleAddress> {
  const text = process.env[VARIABLE]
  if (text === undefined) throw new Error(`no example: ${VARIABLE} is not set`)
  const example = JSON.parse(text) as ExampleAddress
  const deadline = Date.now() + WAIT_MS
  while (!(await answers(example.hostAppUrl))) {
    if (Date.now() > deadline) throw new Error(`nothing answers at ${example.hostAppUrl}`)
    await sleep(100)
  }
  return example
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status < 500
  } catch {
    return false
  }
}
