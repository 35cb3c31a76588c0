import type { StatementLimits, StatementLimitsPatch } from '@datainsight/core'
import { sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import { databaseClock } from '../database-clock.ts'

/** The limits that an organization sets itself. */
export async function readLimits(db: Database, organizationId: string): Promise<StatementLimits> {
  const { statement_limits } = await db
    .selectFrom('organizations')
    .select('statement_limits')
    .where('id', '=', organizationId)
    .executeTakeFirstOrThrow()
  return statement_limits
}

/** Changes some of them, in one statement, so that two changes of different ones both hold. Resolves to all. */
export async function changeLimits(
  db: Database,
  organizationId: string,
  patch: StatementLimitsPatch,
): Promise<StatementLimits> {
  const { statement_limits } = await db
    .updateTable('organizations')
    .set({
      statement_limits: sql<string>`jsonb_strip_nulls(statement_limits || ${JSON.stringify(patch)}::jsonb)`,
      updated_at: databaseClock,
    })
    .where('id', '=', organizationId)
    .returning('statement_limits')
    .executeTakeFirstOrThrow()
  return statement_limits
}
