import type { QueryRecord } from './query-record.ts'

/** A slow query as a log line: who and what in names, where the time went; no values. Times are rounded milliseconds. */
export function describeSlowQuery(record: QueryRecord): object {
  const { organizationId, requestId, kind, callerKind, dashboardId, shape, members, source, cache, rows, error } =
    record
  return {
    organizationId,
    requestId,
    kind,
    caller: callerKind,
    dashboardId,
    shape,
    members: members.slice(0, 50),
    source,
    cache,
    rowCount: rows,
    code: error,
    ms: {
      plan: Math.round(record.planMs),
      wait: Math.round(record.waitMs),
      database: Math.round(record.databaseMs),
      convert: Math.round(record.convertMs),
      send: Math.round(record.sendMs),
      total: Math.round(record.maxMs),
    },
  }
}
