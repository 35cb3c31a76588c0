import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** A service that was started for the tests. `stop` ends exactly that process and removes its files. */
export interface RunningService {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** How to start a program and to know that it is up. */
export interface ServiceCommand {
  readonly command: string
  readonly args: readonly string[]
  readonly options: SpawnOptions
  readonly stopSignal: NodeJS.Signals
  readonly isReady: () => Promise<boolean>
}

/** Longest wait for a service to come up, milliseconds. */
const START_TIMEOUT_MS = 60_000

/**
 * Starts a program and waits until it is ready. It is killed with this process, however that ends.
 *
 * @throws Error with what the program printed when it ends or is not ready in time.
 */
export async function startService(service: ServiceCommand): Promise<{ stop: () => Promise<void> }> {
  const child = spawn(service.command, [...service.args], { ...service.options, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(String(chunk)))
  const killChild = () => child.kill('SIGKILL')
  process.once('exit', killChild)
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!(await service.isReady())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`${service.command} did not start: ${output.join('').trim()}`)
    }
    await sleep(50)
  }
  // A full pipe would block the service; nobody reads what it says from here on.
  output.length = 0
  for (const stream of [child.stdout, child.stderr]) stream?.removeAllListeners('data').resume()
  return {
    stop: async () => {
      process.removeListener('exit', killChild)
      await endProcess(child, service.stopSignal)
    },
  }
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(timer)
}
