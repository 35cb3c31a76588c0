import type { CompiledQuery } from '@datainsight/core/compile'
import { isMisfit } from '../data-sources/source-faults.ts'
import type { Plan } from './plan-memo.ts'

type Texts = Pick<Plan, 'compiled' | 'compileTexts'>

/**
 * Runs a statement. Where the database refused a text as no value of a column's type, such as `x` for a UUID, it runs once more with
 * columns as texts, which nothing like it equals: whether a value occurs must not depend on how the column is stored.
 */
export async function orAsTexts<T>(plan: Texts, run: (compiled: CompiledQuery) => Promise<T>): Promise<T> {
  try {
    return await run(plan.compiled)
  } catch (error) {
    if (!isMisfit(error)) throw error
    return run(plan.compileTexts())
  }
}

/** The same for a stream, as long as nothing of it was seen. */
export async function* streamOrAsTexts<T>(
  plan: Texts,
  stream: (compiled: CompiledQuery) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  let hasStarted = false
  try {
    for await (const chunk of stream(plan.compiled)) {
      hasStarted = true
      yield chunk
    }
    return
  } catch (error) {
    if (hasStarted || !isMisfit(error)) throw error
  }
  yield* stream(plan.compileTexts())
}
