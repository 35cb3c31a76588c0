import type { Cell, Column, ResultSet } from '@datainsight/core'

/** A measure of tests; a count unless told otherwise. */
export function measure(name: string, extra: Partial<Column> = {}): Column {
  return { name, kind: 'measure', type: 'integer', title: name, additive: true, ...extra }
}

/** A text dimension of tests. */
export function dimension(name: string, extra: Partial<Column> = {}): Column {
  return { name, kind: 'dimension', type: 'string', title: name, ...extra }
}

/** A bucketed time dimension of tests. */
export function time(granularity: Column['granularity']): Column {
  return { name: 't', kind: 'time', type: 'time', title: 'Time', granularity }
}

/** A result of tests, from its columns and their cells. */
export function resultSet(
  columns: readonly (readonly [Column, readonly Cell[]])[],
  meta: Partial<ResultSet['meta']> = {},
): ResultSet {
  return {
    columns: columns.map(([column]) => column),
    data: columns.map(([, cells]) => [...cells]),
    meta: {
      requestId: 'r',
      cache: 'miss',
      durationMs: 1,
      dataVersion: '1',
      rowCount: columns[0]?.[1].length ?? 0,
      truncated: false,
      timezone: 'UTC',
      refreshedAt: '2026-01-01T00:00:00.000Z',
      ...meta,
    },
  }
}
