import { hash } from 'node:crypto'
import type { CompiledQuery } from '@datainsight/core/compile'

/**
 * Names what a compiled query asks and how its answer is written, within an organization: equal exactly when the data source
 * would be asked the same and the answer would be the same bytes. Row rules, masks, locked filters and limits are part of the
 * statement, so two callers share a key only if neither can see what the other cannot. 43 characters.
 */
export function statementKey(organizationId: string, compiled: CompiledQuery): string {
  // Everything but what says nothing of the answer: a field that is added must not be forgotten here.
  const { policies: _policies, tables: _tables, cubes: _cubes, validUntilMs: _until, ...asked } = compiled
  // A function that is called for each value takes most of the time, and few statements need it.
  const hasBigInts = holdsBigInt(compiled.parameters) || holdsBigInt(compiled.total?.parameters ?? [])
  // Types are kept apart (1 and "1"), and JSON escapes what could make two lists look alike.
  return hash('sha256', JSON.stringify([organizationId, asked], hasBigInts ? keepBigInts : undefined), 'base64url')
}

function holdsBigInt(parameters: readonly unknown[]): boolean {
  return parameters.some((value) => typeof value === 'bigint')
}

function keepBigInts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { bigint: value.toString() } : value
}
