'use client'

export { ClientContext } from './client-context.ts'
export { Chart, Dashboard, Filter, FilterBar, Metric, Table } from './components.ts'
export { DataInsightProvider, type DataInsightProviderProps } from './provider.ts'
export { type QueryState, type UseQueryOptions, useQuery } from './use-query.ts'
