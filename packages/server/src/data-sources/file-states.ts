import { statSync } from 'node:fs'

/** How long the state of files is taken as read, milliseconds. */
const FILE_STATE_MS = 1_000

/** The state of files that may be written by others, looked at once a second at most. */
export class FileStates {
  readonly #files: readonly string[]
  #known = ''
  #readAt = Number.NEGATIVE_INFINITY

  constructor(files: readonly string[]) {
    this.#files = files
  }

  /** Another text when one of the files was written or replaced. */
  get current(): string {
    const now = performance.now()
    if (now - this.#readAt > FILE_STATE_MS) {
      this.#readAt = now
      this.#known = this.#files.map(fileState).join(',')
    }
    return this.#known
  }
}

/** Changes when the file was written or replaced. A file that is gone has a state too: its next query will fail. */
export function fileState(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat === undefined ? 'absent' : `${stat.mtimeMs}-${stat.size}-${stat.ino}`
}
