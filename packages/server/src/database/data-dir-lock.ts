import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A held lock; {@link DataDirLock.release} gives it up. */
export interface DataDirLock {
  release(): void
}

/**
 * Makes this process the only one that uses `dataDir`, until it releases the lock or dies.
 * SQLite holds the lock because it uses the operating system's record locks, which end with the process whatever kills it;
 * a file with a process id goes stale, and in a container every process has the same id.
 * @throws Error when another process holds it.
 */
export function lockDataDir(dataDir: string): DataDirLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = new DatabaseSync(join(dataDir, 'lock.sqlite'))
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new Error(
      `the data directory ${dataDir} is in use by another process; stop it, or set DATAINSIGHT_DATA_DIR or DATABASE_URL`,
      { cause: error },
    )
  }
  return { release: () => lock.close() }
}
