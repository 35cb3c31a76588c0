import { sql } from 'kysely'

/**
 * The moment at which the statement began, by the database's clock: what the times of a change are written with. Nodes look
 * for what changed since a moment, and would never find what a node wrote whose own clock is behind.
 */
export const databaseClock = sql<Date>`statement_timestamp()`
