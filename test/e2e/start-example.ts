import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../setup/free-port.ts'
import { ROOT } from '../source/source-files.ts'

/** Where the example is, and who may do everything in it. */
export interface ExampleAddress {
  /** Origin of the server, such as `http://localhost:41234`. */
  readonly serverUrl: string
  /** Origin of the host app. */
  readonly hostAppUrl: string
  readonly adminEmail: string
  readonly adminPassword: string
  readonly apiKey: string
}

/** The example as `npm start` runs it. */
export interface Example extends ExampleAddress {
  /** Everything it has printed so far. */
  readonly output: () => string
  /** Sends SIGTERM, removes the data folder and gives the exit code; null when it had to be killed. */
  readonly stop: () => Promise<number | null>
}

/** Longest time to `ready` on a busy machine that has to make the bundles first, milliseconds. */
const READY_TIMEOUT_MS = 240_000
/** Longest time from SIGTERM to the end, milliseconds. */
const STOP_TIMEOUT_MS = 30_000

/**
 * Runs `scripts/start.ts` in a process of its own, on free ports and a temporary data folder, until its line `ready`.
 *
 * @throws Error with the output when it ends or is not ready in time.
 */
export async function startExample(): Promise<Example> {
  const { ready, stop, ...example } = await launchExample()
  try {
    await ready
  } catch (error) {
    await stop()
    throw error
  }
  return { ...example, stop }
}

/**
 * Begins what {@link startExample} does.
 *
 * @returns the example, whose addresses are known before it is there; `ready` rejects with the output when it ends or is not
 *   ready in time
 */
export async function launchExample(): Promise<Example & { readonly ready: Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-example-'))
  const [port, hostAppPort] = [await freePort(), await freePort()]
  const credentials = {
    DATAINSIGHT_ADMIN_EMAIL: 'admin@example.com',
    DATAINSIGHT_ADMIN_PASSWORD: 'correct horse battery staple',
    DATAINSIGHT_API_KEY: `di_test_${'0123456789abcdef'.repeat(3)}`,
  }
  // It lives for a minute at most: PGlite's WebAssembly is not worth being optimized.
  const child = spawn(process.execPath, ['--conditions=source', '--liftoff-only', join(ROOT, 'scripts/start.ts')], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TZ: 'UTC',
      PORT: String(port),
      HOST_APP_PORT: String(hostAppPort),
      DATAINSIGHT_DATA_DIR: folder,
      // Busy is the machine, not this process.
      DATAINSIGHT_MAX_LOOP_DELAY_MS: '0',
      ...credentials,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const ready = readyLine(child, lines)
  // Who waits for it hears of its failure.
  ready.catch(() => undefined)
  return {
    ready,
    serverUrl: `http://localhost:${port}`,
    hostAppUrl: `http://localhost:${hostAppPort}`,
    adminEmail: credentials.DATAINSIGHT_ADMIN_EMAIL,
    adminPassword: credentials.DATAINSIGHT_ADMIN_PASSWORD,
    apiKey: credentials.DATAINSIGHT_API_KEY,
    output: () => lines.join('\n'),
    stop: async () => {
      const code = await terminate(child)
      process.removeListener('exit', kill)
      remove()
      return code
    },
  }
}

function readyLine(child: ChildProcess, lines: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`the example ${reason}:\n${lines.join('\n')}`))
    const timer = setTimeout(() => fail('was not ready in time'), READY_TIMEOUT_MS)
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        if (!line.startsWith('ready') || stream !== child.stdout) return
        clearTimeout(timer)
        resolve()
      })
    }
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(`ended with ${code}`)
    })
  })
}

async function terminate(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  const ended = once(child, 'exit') as Promise<[number | null]>
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  const [code] = await ended
  clearTimeout(timer)
  return code
}
