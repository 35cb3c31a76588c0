import { AnalyticsError } from '@datainsight/core'
import { coveredSpan, coversOf, type LocalSpan, type RollupShape, type RollupTable } from '@datainsight/core/compile'
import type { DataSource, RawValue } from '../data-sources/data-source.ts'
import type { StoredPart } from './rollup-build.ts'
import type { BuildLimits } from './rollup-store.ts'

/**
 * What a rollup covers if it is built now, local time; `undefined`: all rows.
 * @throws AnalyticsError of the source, or `unsupported` when a select gives no moment or the range ends before it starts.
 */
export async function readRange(
  shape: RollupShape,
  source: DataSource,
  limits: BuildLimits,
): Promise<LocalSpan | undefined> {
  const { range, name } = shape
  if (range === undefined) return undefined
  const ask = async (sql: string | undefined, key: string) => {
    if (sql === undefined) return undefined
    const { columns } = await source.query({ sql, parameters: [] }, { ...limits, maxRows: 1 })
    const ms = momentOf(columns[0]?.[0] ?? null)
    if (ms !== undefined) return ms
    throw new AnalyticsError('unsupported', `${key} of ${name} gives no moment`)
  }
  const startMs = await ask(range.startSql, 'build_range_start')
  const endMs = await ask(range.endSql, 'build_range_end')
  if (startMs !== undefined && endMs !== undefined && endMs < startMs)
    throw new AnalyticsError('unsupported', `the build range of ${name} ends before it starts`)
  return coveredSpan(shape, startMs, endMs)
}

/** What the parts of a build with a range cover together. */
export function coveredBy(parts: readonly StoredPart[], shape: RollupShape): RollupTable['covers'] {
  if (shape.range === undefined) return undefined
  const spans = parts.map(({ covers }) => covers ?? [0, 0])
  const [starts, ends] = [spans.map(([start]) => start), spans.map(([, end]) => end)]
  // A side without a bound is open in every part.
  return coversOf(shape, {
    startMs: shape.range.startSql === undefined ? undefined : Math.min(...starts.map((start) => start ?? 0)),
    endMs: shape.range.endSql === undefined ? undefined : Math.max(...ends.map((end) => end ?? 0)),
  })
}

/** Instants of text such as `2026-01-31 23:00:00+00`, `2026-01-31T23:00:00Z` and `2026-01-31`; without an offset UTC. */
function momentOf(value: RawValue): number | undefined {
  const [, date, time = '00:00:00', offset = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/.exec(
      String(value),
    ) ?? []
  if (date === undefined) return undefined
  const digits =
    offset === 'UTC'
      ? 'Z'
      : offset.replace(/^([+-]\d{2}):?(\d{2})?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`)
  const ms = Date.parse(`${date}T${time.replace(/(\.\d{3})\d+$/, '$1')}${digits}`)
  return Number.isNaN(ms) ? undefined : ms
}
