import { sql } from 'kysely'
import type { Granularity } from '../../schema/query.ts'
import type { Sql } from './dialect.ts'

/** `date_trunc` for each bucket size, as PostgreSQL and its kin say it. The week starts on Monday. */
export const DATE_TRUNC: Readonly<Record<Granularity, (local: Sql) => Sql>> = {
  second: (local) => sql`date_trunc('second', ${local})`,
  minute: (local) => sql`date_trunc('minute', ${local})`,
  hour: (local) => sql`date_trunc('hour', ${local})`,
  day: (local) => sql`date_trunc('day', ${local})`,
  week: (local) => sql`date_trunc('week', ${local})`,
  month: (local) => sql`date_trunc('month', ${local})`,
  quarter: (local) => sql`date_trunc('quarter', ${local})`,
  year: (local) => sql`date_trunc('year', ${local})`,
}
