import type { DashboardSummary } from '@datainsight/core'

/** Columns a list can be sorted by. */
export type SortColumn = 'title' | 'slug' | 'updatedAt'

/** An order: a column and a direction. */
export interface Sorting {
  readonly column: SortColumn
  readonly descending: boolean
}

/** Those that contain every word of `search` in title, description or slug, in the given order; ties by title. */
export function arrangeDashboards(
  dashboards: readonly DashboardSummary[],
  search: string,
  { column, descending }: Sorting,
): readonly DashboardSummary[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const matches = dashboards.filter(({ title, description = '', slug }) => {
    const text = `${title} ${description} ${slug}`.toLocaleLowerCase()
    return words.every((word) => text.includes(word))
  })
  const sign = descending ? -1 : 1
  return matches.sort(
    (a, b) => sign * a[column].localeCompare(b[column], undefined, { numeric: true }) || a.title.localeCompare(b.title),
  )
}
