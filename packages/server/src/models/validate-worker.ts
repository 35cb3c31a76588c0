import { parentPort, workerData } from 'node:worker_threads'
import { AnalyticsError, type Problem } from '@datainsight/core'
import { parseModel } from '@datainsight/core/model'
import type { ValidationAnswer, ValidationRequest } from './validate-model.ts'

const { files } = workerData as ValidationRequest
let problems: readonly Problem[] = []
try {
  parseModel(files)
} catch (error) {
  if (!(error instanceof AnalyticsError)) throw error
  problems = error.problems.length > 0 ? error.problems : [{ path: '', message: error.message }]
}
parentPort?.postMessage({ problems } satisfies ValidationAnswer)
