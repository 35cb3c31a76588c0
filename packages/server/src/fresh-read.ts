/** Reads what others may have changed, one read at a time. */
export class FreshRead {
  readonly #read: () => Promise<void>
  #underWay: Promise<void> | undefined

  constructor(read: () => Promise<void>) {
    this.#read = read
  }

  /** Reads now. When it resolves, everything written before the call has been seen. @throws what the read throws. */
  async run(): Promise<void> {
    // A read under way may have started before the caller's write: wait for it, then read once more.
    while (this.#underWay !== undefined) await this.settled()
    this.#underWay = this.#read()
    try {
      await this.#underWay
    } finally {
      this.#underWay = undefined
    }
  }

  /** Resolves when the read under way has ended, whatever became of it. */
  async settled(): Promise<void> {
    await this.#underWay?.catch(() => undefined)
  }
}
