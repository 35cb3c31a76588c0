import { AnalyticsError } from '@datainsight/core'
import { DriverFault } from './driver-fault.ts'

/** The fault of a source that let nobody connect. What the driver said of it goes to the log alone. */
export function unreachable(name: string, error: unknown): AnalyticsError {
  return new AnalyticsError('query_failed', `the data source ${name} cannot be reached`, {
    cause: new DriverFault(error),
  })
}

/** The fault of a statement that failed: `error` itself if it is for callers, else one without the driver's words. */
export function unanswered(name: string, error: unknown): AnalyticsError {
  if (error instanceof AnalyticsError) return error
  return new AnalyticsError('query_failed', `the data source ${name} could not answer`, {
    cause: new DriverFault(error),
  })
}

/** PostgreSQL: texts that are no value of a column's type: 22P02; 22007 of times. DuckDB has a kind of faults for it. */
const MISFITS = /^(?:error (?:22P02|22007)|Conversion Error)$/

/** Whether a statement failed because a text is no value of some type: a filter's, or one that the model converts. */
export function isMisfit(fault: unknown): boolean {
  const cause = fault instanceof AnalyticsError ? fault.cause : undefined
  return cause instanceof DriverFault && MISFITS.test(cause.message)
}

/** The fault of a statement that would do something else than read. */
export function notASelect(): AnalyticsError {
  return new AnalyticsError('query_failed', 'the data source only answers select statements')
}

/** The fault of a statement that returned more rows than were asked for: the compiler always writes a `limit`. */
export function tooManyRows(maxRows: number): AnalyticsError {
  return new AnalyticsError('query_failed', `the statement returned more than ${maxRows} rows`)
}
