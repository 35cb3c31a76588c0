import {
  AnalyticsError,
  type Cell,
  type Dashboard,
  DashboardQuery,
  ErrorBody,
  FilterOptionsQuery,
  type MultiSelectFilter,
  type Query,
} from '@datainsight/core'
import { applyFilters, previousPeriodQuery, trendQuery } from '@datainsight/core/compile'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { Principal } from '../principal.ts'
import type { RoutePolicy } from '../route-policy.ts'
import type { QueryEngine } from './create-query-engine.ts'
import { filtersOfWidget, readDashboardFilters } from './dashboard-filters.ts'
import { findAnswer } from './find-answer.ts'
import { type FindDashboard, findOpenDashboard } from './find-open-dashboard.ts'
import { NO_OBSERVER, type QueryObserver, QueryTrace } from './query-trace.ts'
import { requestSignal } from './request-signal.ts'
import { type FrameRequest, streamFrames } from './stream-frames.ts'
import { readAnswer } from './wire/send-form.ts'

/** What the dashboard's query routes need. */
export interface DashboardQueryRoutesOptions {
  readonly engine: QueryEngine
  readonly findDashboard: FindDashboard
  /** Widgets of one dashboard worked on at the same time; 4 when absent. */
  readonly batchConcurrency?: number
  /** Hears of each view: who asks what. */
  readonly noteView?: (viewer: Principal, queries: readonly (() => Query | undefined)[]) => void
  /** Hears of each query; nobody when absent. */
  readonly observer?: QueryObserver
}

/** Answer of `POST /dashboards/:id/filters/:filterId/options`. */
export const FilterOptions = Type.Object({
  options: Type.Array(
    Type.Object({ value: Type.Union([Type.String(), Type.Number(), Type.Boolean()]), label: Type.String() }),
  ),
  truncated: Type.Boolean({ description: 'There are more than the limit.' }),
})

const Params = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) })
const FilterParams = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 128 }),
  filterId: Type.String({ minLength: 1, maxLength: 128 }),
})

const DEFAULT_OPTIONS_LIMIT = 100

const policy = (action: 'view' | 'filter'): RoutePolicy => ({
  auth: ['user', 'api-key', 'embed'],
  permission: 'dashboards:read',
  action,
  rateClass: 'query',
})

/** `POST /dashboards/:id/query` and `POST /dashboards/:id/filters/:filterId/options`. */
export const dashboardQueryRoutes: FastifyPluginAsyncTypebox<DashboardQueryRoutesOptions> = async (app, options) => {
  const { engine, findDashboard, batchConcurrency = 4, observer = NO_OBSERVER } = options

  app.post(
    '/dashboards/:id/query',
    {
      schema: {
        tags: ['query'],
        summary: 'The widgets of a dashboard, answered as NDJSON frames in order of completion',
        params: Params,
        body: DashboardQuery,
        response: { '4xx': ErrorBody, '5xx': ErrorBody },
      },
      config: { policy: policy('view') },
    },
    async (request, reply) => {
      const { principal, body } = request
      const dashboard = await findOpenDashboard(principal, request.params.id, findDashboard)
      if (body.filters !== undefined) requireFilterAction(principal)
      const frames = readFrames(dashboard, body, principal, engine)
      options.noteView?.(
        principal,
        frames.flatMap(({ result, comparison, trend }) =>
          [result, comparison, trend].filter((query) => query !== undefined),
        ),
      )
      return streamFrames(request, reply, frames, {
        engine,
        caller: principal,
        concurrency: batchConcurrency,
        renew: body.renewQuery === true,
        trace: (query) =>
          new QueryTrace(
            observer,
            { principal, kind: 'dashboard', requestId: request.id, dashboardId: dashboard.id },
            query,
          ),
      })
    },
  )

  app.post(
    '/dashboards/:id/filters/:filterId/options',
    {
      schema: {
        tags: ['query'],
        summary: 'Values that a multi-select filter offers to this caller',
        params: FilterParams,
        body: FilterOptionsQuery,
        response: { 200: FilterOptions, '4xx': ErrorBody, '5xx': ErrorBody },
      },
      config: { policy: policy('filter') },
    },
    async (request, reply) => {
      const { principal, params } = request
      const dashboard = await findOpenDashboard(principal, params.id, findDashboard)
      const filter = dashboard.filters?.find(({ id }) => id === params.filterId)
      if (filter?.type !== 'multi_select') {
        throw new AnalyticsError('not_found', `no such multi-select filter: ${params.filterId}`)
      }
      const query = optionsQuery(filter, request.body)
      const asked = { principal, kind: 'options', requestId: request.id, dashboardId: dashboard.id } as const
      const answer = await findAnswer(engine, observer, asked, query, requestSignal(reply))
      const { data, meta } = readAnswer(answer)
      const [values = [], labels = values] = data
      return {
        options: values.map((value, index) => toOption(value, labels[index] ?? value)),
        truncated: meta.truncated,
      }
    },
  )
}

function requireFilterAction(principal: Principal): void {
  if (principal.kind === 'embed' && !principal.actions.has('filter')) {
    throw new AnalyticsError('forbidden', 'the token does not allow the action filter')
  }
}

function readFrames(
  dashboard: Dashboard,
  body: DashboardQuery,
  principal: Principal,
  engine: QueryEngine,
): FrameRequest[] {
  const filters = readDashboardFilters(dashboard, body.filters)
  return findWidgets(dashboard, body.widgets).map((widget): FrameRequest => {
    const { comparison, visualization } = widget
    const timezone = body.timezone ?? widget.query.timezone ?? principal.timezone ?? dashboard.timezone
    const query = (): Query => ({
      ...applyFilters(widget.query, filtersOfWidget(dashboard, widget, filters)),
      ...(timezone === undefined ? {} : { timezone }),
    })
    if (comparison === undefined) return { id: widget.id, result: query }
    return {
      id: widget.id,
      result: query,
      comparison: () => previousPeriodQuery(query(), comparison, engine.now()),
      ...(visualization.type === 'metric' && visualization.sparkline === true
        ? { trend: () => trendQuery(query(), comparison, engine.now()) }
        : {}),
    }
  })
}

function findWidgets(dashboard: Dashboard, ids: readonly string[] | undefined): Dashboard['widgets'] {
  if (ids === undefined) return dashboard.widgets
  const byId = new Map(dashboard.widgets.map((widget) => [widget.id, widget]))
  const problems = ids.flatMap((id, index) => {
    if (!byId.has(id)) return [{ path: `widgets[${index}]`, message: `no such widget: ${id}` }]
    return ids.indexOf(id) < index ? [{ path: `widgets[${index}]`, message: `named twice: ${id}` }] : []
  })
  if (problems.length > 0) {
    throw new AnalyticsError('invalid_request', problems.map(({ message }) => message).join('; '), { problems })
  }
  return ids.flatMap((id) => byId.get(id) ?? [])
}

function optionsQuery(filter: MultiSelectFilter, { search, limit = DEFAULT_OPTIONS_LIMIT }: FilterOptionsQuery): Query {
  const { member, labelMember, orderMeasure } = filter
  const members = labelMember === undefined || labelMember === member ? [member] : [member, labelMember]
  const matches = members.map((name) => ({ member: name, operator: 'contains' as const, values: [search ?? ''] }))
  return {
    dimensions: members,
    ...(orderMeasure === undefined ? {} : { measures: [orderMeasure] }),
    filters: [{ member, operator: 'set' }, ...(search === undefined || search === '' ? [] : [{ or: matches }])],
    order: orderMeasure === undefined ? [[members.at(-1) ?? member, 'asc']] : [[orderMeasure, 'desc']],
    limit,
  }
}

function toOption(value: Cell, label: Cell) {
  return { value: value ?? '', label: String(label ?? value ?? '') }
}
