import type { Origin, SpanFigures } from './query-log-api.ts'

/** Where answers come from, fastest first, with what they are called. */
export const ORIGINS: readonly { readonly origin: Origin; readonly title: string; readonly isCache: boolean }[] = [
  { origin: 'L1', title: 'Memory', isCache: true },
  { origin: 'L2', title: 'Redis', isCache: true },
  { origin: 'L3', title: 'Shared table', isCache: true },
  { origin: 'stale', title: 'Stale copy', isCache: true },
  { origin: 'miss', title: 'Data source', isCache: false },
]

/** What an origin is called; of none when the query failed. */
export function originTitle(origin: Origin | undefined): string {
  return ORIGINS.find((each) => each.origin === origin)?.title ?? 'No answer'
}

/** Answers that no data source was asked for. */
export function cachedCount({ cache }: Pick<SpanFigures, 'cache'>): number {
  return ORIGINS.reduce((sum, { origin, isCache }) => sum + (isCache ? cache[origin] : 0), 0)
}
