import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A script in a process of its own. */
export interface RunningScript<Message> {
  /** What it sent when it was ready. */
  readonly ready: Message
  readonly process: ChildProcess
  readonly stop: () => Promise<void>
}

/**
 * Runs a TypeScript file in a process of its own, so that what is measured shares no thread with what measures it.
 * The file reports once with `process.send`, and ends on SIGTERM.
 *
 * @param env more environment
 * @throws Error when it ends before it reports.
 */
export async function startScript<Message>(
  file: string,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningScript<Message>> {
  const child = spawn(process.execPath, ['--conditions=source', file], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ready = await Promise.race([
    once(child, 'message').then(([message]) => message as Message),
    once(child, 'exit').then(([code]) => {
      throw new Error(`${file} ended with ${code} before it was ready`)
    }),
  ])
  return {
    ready,
    process: child,
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
    },
  }
}
