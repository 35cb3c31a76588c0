import {
  AnalyticsError,
  DATA_SOURCE_CONNECTIONS,
  DATA_SOURCE_CREDENTIALS,
  type DataSourceType,
  type Problem,
} from '@datainsight/core'
import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { findRollupProblems, type RollupSettings } from './open-writer.ts'

/** What a changed source must still be: a union's errors would say nothing useful of a half-given change. */
export function checkDefinition(
  type: DataSourceType,
  connection: Record<string, unknown>,
  credentials: Record<string, unknown> | undefined,
  rollups: RollupSettings | undefined,
): void {
  const problems = [
    ...problemsOf(DATA_SOURCE_CONNECTIONS[type], connection, 'connection'),
    ...(credentials === undefined ? [] : problemsOf(DATA_SOURCE_CREDENTIALS[type], credentials, 'credentials')),
    ...(rollups === undefined ? [] : findRollupProblems(type, rollups, 'rollups')),
  ]
  if (problems.length === 0) return
  const { path, message } = problems[0]!
  throw new AnalyticsError('invalid_request', `the data source is not valid: ${path} ${message}`, { problems })
}

/** Never the value: it may be a secret. */
function problemsOf(schema: TSchema, value: unknown, root: string): Problem[] {
  const problems = new Map<string, Problem>()
  for (const { path: pointer, message } of Value.Errors(schema, value)) {
    const path = `${root}${pointer.replaceAll('/', '.')}`
    if (!problems.has(path)) problems.set(path, { path, message: message.toLowerCase() })
  }
  return [...problems.values()]
}
