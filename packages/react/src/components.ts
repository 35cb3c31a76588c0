'use client'

import {
  ChartElement,
  DashboardElement,
  type DataClickEvent,
  type ErrorEvent,
  FilterBarElement,
  type FilterChangeEvent,
  FilterElement,
  type LoadEvent,
  MetricElement,
  type ReadyEvent,
  type RenderEvent,
  type SortEvent,
  type StateChangeEvent,
  TableElement,
  type TokenRefreshEvent,
} from '@datainsight/embed'
import '@datainsight/embed/chart/define'
import '@datainsight/embed/dashboard/define'
import '@datainsight/embed/filter/define'
import '@datainsight/embed/metric/define'
import '@datainsight/embed/table/define'
import { createComponent, type EventName } from '@lit/react'
import * as react from 'react'

const ON_ERROR = { onError: 'di-error' as EventName<ErrorEvent> }
const ON_DATA_CLICK = { onDataClick: 'di-data-click' as EventName<DataClickEvent> }

/** A saved dashboard, `<di-dashboard>`. Its `ref` is the element. */
export const Dashboard = createComponent({
  react,
  displayName: 'Dashboard',
  tagName: 'di-dashboard',
  elementClass: DashboardElement,
  events: {
    ...ON_ERROR,
    ...ON_DATA_CLICK,
    onLoad: 'di-load' as EventName<LoadEvent>,
    onReady: 'di-ready' as EventName<ReadyEvent>,
    onRender: 'di-render' as EventName<RenderEvent>,
    onFilterChange: 'di-filter-change' as EventName<FilterChangeEvent>,
    onStateChange: 'di-state-change' as EventName<StateChangeEvent>,
    onTokenRefresh: 'di-token-refresh' as EventName<TokenRefreshEvent>,
  },
})

/** A chart of one query, `<di-chart>`. */
export const Chart = createComponent({
  react,
  displayName: 'Chart',
  tagName: 'di-chart',
  elementClass: ChartElement,
  events: { ...ON_ERROR, ...ON_DATA_CLICK },
})

/** A headline number, `<di-metric>`. */
export const Metric = createComponent({
  react,
  displayName: 'Metric',
  tagName: 'di-metric',
  elementClass: MetricElement,
  events: { ...ON_ERROR, ...ON_DATA_CLICK },
})

/** A table of one query, `<di-table>`. */
export const Table = createComponent({
  react,
  displayName: 'Table',
  tagName: 'di-table',
  elementClass: TableElement,
  events: { ...ON_ERROR, ...ON_DATA_CLICK, onSort: 'di-sort' as EventName<SortEvent> },
})

/** One filter of a dashboard, anywhere on the page, `<di-filter>`. */
export const Filter = createComponent({
  react,
  displayName: 'Filter',
  tagName: 'di-filter',
  elementClass: FilterElement,
  events: ON_ERROR,
})

/** All filters of a dashboard, `<di-filter-bar>`. */
export const FilterBar = createComponent({
  react,
  displayName: 'FilterBar',
  tagName: 'di-filter-bar',
  elementClass: FilterBarElement,
  events: ON_ERROR,
})
