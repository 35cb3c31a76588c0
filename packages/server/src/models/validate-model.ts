import { Worker } from 'node:worker_threads'
import { AnalyticsError, type Problem } from '@datainsight/core'
import type { ModelText } from '@datainsight/core/model'

/** Longest time a model may take to be checked, milliseconds. */
const TIMEOUT_MS = 10_000
/** Memory a check may take, megabytes. */
const MAX_HEAP_MB = 512

/** What the worker is asked, and answers. */
export interface ValidationRequest {
  readonly files: readonly ModelText[]
}
export interface ValidationAnswer {
  readonly problems: readonly Problem[]
}

/**
 * Checks a model in a thread of its own, so that a large or hostile one holds up nobody.
 * @returns every problem; none means it is valid.
 * @throws AnalyticsError `model_invalid` when it takes too long or too much memory.
 */
export async function validateModel(files: readonly ModelText[]): Promise<readonly Problem[]> {
  const isSource = import.meta.url.endsWith('.ts')
  const worker = new Worker(new URL(`./validate-worker.${isSource ? 'ts' : 'js'}`, import.meta.url), {
    workerData: { files } satisfies ValidationRequest,
    execArgv: isSource ? ['--conditions=source'] : [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  })
  try {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(tooLarge(`it took more than ${TIMEOUT_MS} ms to check`)), TIMEOUT_MS)
      worker.once('message', ({ problems }: ValidationAnswer) => {
        clearTimeout(timer)
        resolve(problems)
      })
      worker.once('error', (error) => {
        clearTimeout(timer)
        const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
        reject(isMemory ? tooLarge(`it took more than ${MAX_HEAP_MB} MB to check`) : error)
      })
    })
  } finally {
    await worker.terminate()
  }
}

function tooLarge(reason: string): AnalyticsError {
  return new AnalyticsError('model_invalid', `the model is too large: ${reason}`)
}
