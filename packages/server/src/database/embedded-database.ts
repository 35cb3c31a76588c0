import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { lockDataDir } from './data-dir-lock.ts'
import type { EmbeddedWorkerData } from './embedded-worker.ts'

/** Most connections to the embedded database. It runs one statement at a time anyway. */
export const EMBEDDED_MAX_CONNECTIONS = 8

/** How long the worker may take to close before it is killed. */
const CLOSE_TIMEOUT_MS = 5_000

/** A running embedded database. */
export interface EmbeddedDatabase {
  /** Directory of its Unix socket: what `pg` takes as `host`. */
  readonly socketDir: string
  /** Calls `listener` once if the worker dies without having been closed. */
  onFailure(listener: (error: Error) => void): void
  close(): Promise<void>
}

/**
 * Starts PGlite in a worker thread of its own, behind a Unix socket that only this user can reach.
 * In a worker because a statement blocks PGlite's whole thread and `statement_timeout` has no effect on it:
 * this way the server stays responsive and can kill it.
 * @param dataDir where the data stays; locked against a second process.
 */
export async function startEmbeddedDatabase(dataDir: string): Promise<EmbeddedDatabase> {
  const lock = lockDataDir(dataDir)
  // Not in the data directory: a socket's path may have at most 107 bytes.
  const socketDir = mkdtempSync(join(tmpdir(), 'datainsight-'))
  const workerData: EmbeddedWorkerData = {
    dataDir: join(dataDir, 'pglite'),
    socketPath: join(socketDir, '.s.PGSQL.5432'),
    maxConnections: EMBEDDED_MAX_CONNECTIONS * 2,
  }
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./embedded-worker.${extension}`, import.meta.url), {
    workerData,
    // Not this process's flags: some, such as --eval's, make no sense for a file.
    execArgv: [],
  })
  const release = () => {
    rmSync(socketDir, { recursive: true, force: true })
    lock.release()
  }

  let closing = false
  const failure = new Promise<Error>((resolve) => {
    worker.once('error', (error) => resolve(error as Error))
    worker.once('exit', (code) => resolve(new Error(`the embedded database stopped with code ${code}`)))
  })

  const failed = await Promise.race([once(worker, 'message').then(() => undefined), failure])
  if (failed !== undefined) {
    await worker.terminate()
    release()
    throw new Error('the embedded database did not start', { cause: failed })
  }

  return {
    socketDir,
    onFailure: (listener) => {
      failure.then((error) => {
        if (!closing) listener(error)
      })
    },
    close: async () => {
      closing = true
      const timer = setTimeout(() => worker.terminate(), CLOSE_TIMEOUT_MS)
      worker.postMessage('close')
      await Promise.race([once(worker, 'message').catch(() => undefined), failure])
      clearTimeout(timer)
      await worker.terminate()
      release()
    },
  }
}
