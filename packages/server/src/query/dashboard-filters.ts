import { AnalyticsError, type Dashboard, type DashboardFilter, type Filter, type Problem } from '@datainsight/core'

/**
 * The conditions a dashboard shows itself with: those of the request, or the filters' defaults when it names none.
 * @throws AnalyticsError `invalid_filter` with the path of every member that is not one of the dashboard's filters.
 */
export function readDashboardFilters(
  dashboard: Dashboard,
  requested: readonly Filter[] | undefined,
): readonly Filter[] {
  const filters = dashboard.filters ?? []
  if (requested === undefined) return filters.flatMap(defaultFilter)
  const allowed = new Set(filters.map(({ member }) => member))
  const problems: Problem[] = []
  requested.forEach((filter, index) => {
    findStrangers(filter, `filters[${index}]`, allowed, problems)
  })
  if (problems.length > 0) {
    throw new AnalyticsError('invalid_filter', `the dashboard has no such filter: ${problems[0]?.path}`, {
      problems,
      hint: filters.length === 0 ? 'this dashboard has no filters' : `its filters are on ${[...allowed].join(', ')}`,
    })
  }
  return requested
}

/** The filters that reach a widget: without those it ignores. */
export function filtersOfWidget(
  dashboard: Dashboard,
  widget: Pick<Dashboard['widgets'][number], 'ignoreFilters'>,
  filters: readonly Filter[],
): readonly Filter[] {
  const ignored = new Set(widget.ignoreFilters ?? [])
  if (ignored.size === 0) return filters
  const declared = dashboard.filters ?? []
  const kept = new Set(declared.filter(({ id }) => !ignored.has(id)).map(({ member }) => member))
  const dropped = new Set(declared.map(({ member }) => member).filter((member) => !kept.has(member)))
  return filters.flatMap((filter) => withoutMembers(filter, dropped))
}

function defaultFilter(filter: DashboardFilter): Filter[] {
  const { member, default: value } = filter
  if (value === undefined || value.length === 0) return []
  const values = typeof value === 'string' ? [value] : [...value]
  return [{ member, operator: filter.type === 'date_range' ? 'inDateRange' : 'equals', values }]
}

function findStrangers(filter: Filter, path: string, allowed: ReadonlySet<string>, problems: Problem[]): void {
  if ('member' in filter) {
    if (!allowed.has(filter.member)) {
      problems.push({ path: `${path}.member`, message: `not a filter of this dashboard: ${filter.member}` })
    }
    return
  }
  const [kind, group] = 'and' in filter ? (['and', filter.and] as const) : (['or', filter.or] as const)
  group.forEach((item, index) => {
    findStrangers(item, `${path}.${kind}[${index}]`, allowed, problems)
  })
}

/** An ignored condition counts as true: it leaves an `and`, and makes a whole `or` true. */
function withoutMembers(filter: Filter, dropped: ReadonlySet<string>): Filter[] {
  if ('member' in filter) return dropped.has(filter.member) ? [] : [filter]
  if ('and' in filter) {
    const and = filter.and.flatMap((item) => withoutMembers(item, dropped))
    return and.length === 0 ? [] : [{ and }]
  }
  const or = filter.or.map((item) => withoutMembers(item, dropped))
  return or.some((items) => items.length === 0) ? [] : [{ or: or.flat() }]
}
