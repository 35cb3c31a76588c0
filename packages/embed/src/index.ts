export { ChartElement } from './chart/chart-element.ts'
export { DATA_INSIGHT_CONTEXT, type DataInsightContext } from './client-context.ts'
export {
  QueryController,
  type QueryRenderers,
  type QueryRequest,
  type QueryStatus,
} from './controllers/query-controller.ts'
export { DashboardElement } from './dashboard/dashboard-element.ts'
export type { FilterModel, FilterTarget } from './dashboard/filter-model.ts'
export type { FilterValue } from './dashboard/filter-state.ts'
export {
  DataClickEvent,
  DataInsightEvent,
  type Datum,
  ErrorEvent,
  type ErrorScope,
  FilterChangeEvent,
  type FilterChangeSource,
  LoadEvent,
  ReadyEvent,
  RenderEvent,
  SortEvent,
  StateChangeEvent,
  TokenRefreshEvent,
} from './events.ts'
export { FilterBarElement } from './filter/filter-bar-element.ts'
export { FilterElement } from './filter/filter-element.ts'
export { ENGLISH, type Messages } from './messages.ts'
export { MetricElement } from './metric/metric-element.ts'
export { ProviderElement } from './provider/provider-element.ts'
export { type ChartTheme, resolveTheme } from './resolve-theme.ts'
export type { SdkErrorCode } from './state/describe-error.ts'
export type { Sort } from './table/sort-rows.ts'
export { TableElement } from './table/table-element.ts'
export { THEMES, type Theme } from './theme.ts'
export { THEME_TOKENS, type ThemeToken } from './theme-tokens.ts'
