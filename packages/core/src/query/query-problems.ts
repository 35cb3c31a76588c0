import { AnalyticsError, type ErrorCode, type Problem } from '../errors.ts'

/** Most problems listed in one error. */
const MAX_PROBLEMS = 50

/** Collects what is wrong with a query, so that all of it is reported at once. */
export class QueryProblems {
  readonly #problems: (Problem & { readonly code: ErrorCode })[] = []
  #hint: string | undefined

  add(code: ErrorCode, path: string, message: string, hint?: string): void {
    this.#problems.push({ code, path, message })
    this.#hint ??= hint
  }

  get isEmpty(): boolean {
    return this.#problems.length === 0
  }

  /** @throws AnalyticsError with the first problem's code and message, and all problems. */
  throwIfAny(): void {
    const first = this.#problems[0]
    if (first === undefined) return
    const problems = this.#problems.slice(0, MAX_PROBLEMS).map(({ path, message }) => ({ path, message }))
    throw new AnalyticsError(first.code, first.message, {
      problems,
      ...(this.#hint !== undefined && { hint: this.#hint }),
    })
  }
}
