import type { Dashboard, DashboardFilter, DateRange, Filter } from '@datainsight/core'

/** What one control holds: a span for `date_range`, the chosen values for `multi_select`; undefined means no condition. */
export type FilterValue = DateRange | readonly string[] | undefined

/** The conditions that a dashboard starts with. */
export function defaultFilters(dashboard: Pick<Dashboard, 'filters'>): Filter[] {
  return (dashboard.filters ?? []).flatMap((control) => {
    const filter = control.default === undefined ? undefined : toFilter(control, control.default)
    return filter ? [filter] : []
  })
}

/** The condition that a control's value stands for; undefined when it stands for none. */
export function toFilter(control: DashboardFilter, value: FilterValue): Filter | undefined {
  if (value === undefined || value.length === 0) return undefined
  if (control.type === 'date_range') {
    return { member: control.member, operator: 'inDateRange', values: typeof value === 'string' ? [value] : [...value] }
  }
  return { member: control.member, operator: 'equals', values: [...value] }
}

/** Reads a control's value back from the filter state; undefined when no condition of the control's kind is there. */
export function readValue(filters: readonly Filter[], control: DashboardFilter): FilterValue {
  const condition = filters.find((filter) => belongsTo(filter, control))
  if (!condition || !('member' in condition)) return undefined
  const values = (condition.values ?? []).map(String)
  return control.type === 'date_range' && values.length === 1 ? values[0] : values
}

/** The filter state with one control's value replaced. Conditions that belong to no control stay. */
export function withValue(filters: readonly Filter[], control: DashboardFilter, value: FilterValue): Filter[] {
  const filter = toFilter(control, value)
  const index = filters.findIndex((candidate) => belongsTo(candidate, control))
  const others = filters.filter((candidate) => !belongsTo(candidate, control))
  if (!filter) return others
  return index < 0 ? [...others, filter] : [...others.slice(0, index), filter, ...others.slice(index)]
}

/** Whether two filter states ask for the same; order matters little, so the text is compared. */
export function isSameFilters(first: readonly Filter[] | undefined, second: readonly Filter[] | undefined): boolean {
  return JSON.stringify(first) === JSON.stringify(second)
}

function belongsTo(filter: Filter, control: DashboardFilter): boolean {
  return 'member' in filter && filter.member === control.member && filter.operator === OPERATORS[control.type]
}

const OPERATORS = { date_range: 'inDateRange', multi_select: 'equals' } as const
