import type { ResultSet } from '@datainsight/core'
import type { Messages } from '../messages.ts'

/** What an answer could not say, for people; undefined when it says everything. */
export function describeWarnings(result: ResultSet | undefined, messages: Messages): string | undefined {
  return result?.meta.warnings?.map((warning) => messages.warning?.(warning) ?? warning.message).join('. ')
}
