import type { CompiledQuery } from '@datainsight/core/compile'
import type { DataSource } from '../data-sources/data-source.ts'
import type { PackedColumns } from '../data-sources/packed-column.ts'
import { checkShape } from './check-shape.ts'

/** Rows of a chunk cut from the answer of a driver that cannot stream. */
const CHUNK_ROWS = 4_096

/**
 * The rows of a compiled query in chunks, up to one more than its limit. A source that cannot stream is asked for all of
 * them at once.
 */
export async function* streamStatement(
  source: DataSource,
  compiled: CompiledQuery,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): AsyncGenerator<PackedColumns, void, undefined> {
  const limits = { signal, timeoutMs, maxRows: compiled.limit + 1 }
  const check = <T extends PackedColumns>(chunk: T): T => {
    checkShape(source, compiled, chunk)
    return chunk
  }
  const chunks = source.streamPacked?.(compiled, limits) ?? source.stream?.(compiled, limits)
  if (chunks !== undefined) {
    for await (const chunk of chunks) yield check(chunk)
    return
  }
  const { columns, rowCount } = check(await source.query(compiled, limits))
  for (let start = 0; start < rowCount; start += CHUNK_ROWS) {
    const end = Math.min(start + CHUNK_ROWS, rowCount)
    yield { columns: columns.map((values) => values.slice(start, end)), rowCount: end - start }
  }
}
