/** Which sessions have answered one message. Answers may come before it is known whose are needed. */
export class Answers {
  readonly #sessions = new Set<number>()
  #onAnswer: ((session: number) => void) | undefined

  add(session: number): void {
    this.#sessions.add(session)
    this.#onAnswer?.(session)
  }

  /** Waits for the answers of `sessions`. Those that have not come within `timeoutMs`; none when all have. */
  missing(sessions: readonly number[], timeoutMs: number): Promise<readonly number[]> {
    const missing = new Set(sessions.filter((session) => !this.#sessions.has(session)))
    if (missing.size === 0) return Promise.resolve([])
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        resolve([...missing])
      }
      // Timers run before sockets are read: after a long task of ours the answers may be there already, unread.
      const timer = setTimeout(() => setImmediate(end), timeoutMs)
      this.#onAnswer = (session) => {
        missing.delete(session)
        if (missing.size === 0) end()
      }
    })
  }
}
