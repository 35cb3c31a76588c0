import { AnalyticsError } from '@datainsight/core'

/** The fault of a statement that returned more rows than were asked for: the compiler always writes a `limit`. */
export function tooManyRows(maxRows: number): AnalyticsError {
  return new AnalyticsError('query_failed', `the statement returned more than ${maxRows} rows`)
}
