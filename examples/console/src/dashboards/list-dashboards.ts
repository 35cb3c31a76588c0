import type { DashboardSummary } from '@datainsight/core'
import type { Client } from '@datainsight/core/client'

const PAGE_SIZE = 100
/** Most dashboards listed. */
export const MAX_LISTED = 1_000

/** All dashboards the caller may see, by title, up to {@link MAX_LISTED}. */
export async function listDashboards(client: Client, signal: AbortSignal): Promise<readonly DashboardSummary[]> {
  const items: DashboardSummary[] = []
  let cursor: string | undefined
  do {
    const page = await client.dashboards.list({ limit: PAGE_SIZE, ...(cursor && { cursor }) }, { signal })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor && items.length < MAX_LISTED)
  return items
}
