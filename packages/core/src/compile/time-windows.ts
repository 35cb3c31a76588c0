import { AnalyticsError } from '../errors.ts'
import { type Interval, roughLengthMs } from '../model/interval.ts'
import type { CubeNode, Dimension, RollingWindow } from '../model/model.ts'
import { bucketCells } from '../query/bucket-cells.ts'
import { addMonths, addUnits, type CalendarRules, startOf, toLocalIso } from '../query/calendar.ts'
import { type FilterTest, timestamp } from '../query/filter-test.ts'
import { isOfCalendar, type NamedThrough, type ResolvedFilter } from '../query/resolved-query.ts'
import { type CustomBuckets, customBuckets, timeBuckets } from '../query/time-buckets.ts'
import { toInstant, toLocal } from '../query/time-zone.ts'
import { GRANULARITIES, type Granularity } from '../schema/query.ts'
import { gridOf, isMadeOf } from './bucket-grid.ts'
import type { Condition, Expression, From, NamedExpression, Relation, RowsNode, Select } from './plan.ts'
import type { MemberGrouping, Question } from './question.ts'

/** The time dimension that the windows of a question are about: its first bucketed one, else the first it bounds. */
export interface WindowFrame {
  readonly node: CubeNode
  readonly member: Dimension
  /** Through which views the question names it: the ways to its node. */
  readonly via: readonly NamedThrough[]
  /** The groupings that are buckets of it, the smallest buckets first. */
  readonly buckets: readonly { readonly position: number; readonly size: Granularity | CustomBuckets }[]
  /** A granularity that groups and whose buckets a calendar has; it is not among `buckets`. */
  readonly ofCalendar: string | undefined
  /** The local span whose buckets are asked for; `undefined`: those that occur. */
  readonly span: LocalSpan | undefined
}

const DAY_MS = 86_400_000

interface LocalSpan {
  readonly startMs: number
  readonly endMs: number
  readonly localStartMs: number
  readonly localEndMs: number
}

/** A window's buckets and bounds as something to join. Bounds are local times; `undefined`: open. */
export interface Spine {
  readonly from: From
  /** Columns that hold the buckets, in the order of the frame. */
  readonly buckets: readonly string[]
  readonly low: Expression | undefined
  readonly high: Expression | undefined
  /** Instants between which all windows lie, and a day on each side: lets an index serve. `undefined` when one is open. */
  readonly around: readonly [number, number] | undefined
}

type TimeGrouping = Extract<MemberGrouping, { readonly kind: 'time' }>

/** `undefined` where a question neither buckets nor bounds a time: its windows are all time. */
export function windowFrame({ groupings, rowFilters, timezone }: Question): WindowFrame | undefined {
  const times = groupings.flatMap((grouping, position) =>
    grouping.kind === 'time' && !grouping.isMasked ? [{ grouping: grouping as TimeGrouping, position }] : [],
  )
  const bounds = spansIn(rowFilters)
  const first = times[0]?.grouping ?? bounds[0]
  if (first === undefined) return undefined
  const { node, member } = first
  const buckets = times
    .filter(({ grouping }) => grouping.node === node && grouping.member === member)
    .flatMap(({ grouping, position }) => (isOfCalendar(grouping.buckets) ? [] : [{ position, size: grouping.buckets }]))
    .sort((a, b) => roughLengthMs(lengthOf(a.size)) - roughLengthMs(lengthOf(b.size)))
  const ofCalendar = times.find(({ grouping }) => grouping.member === member && isOfCalendar(grouping.buckets))
  const spans = bounds.filter((bound) => bound.node === node && bound.member === member)
  const span = spans.length === 0 ? undefined : intersection(spans, timezone)
  const via = [first, ...spans].filter(({ viewMember }) => viewMember !== undefined)
  return { node, member, via, buckets, span, ofCalendar: ofCalendar?.grouping.granularity }
}

/**
 * Refuses windows around buckets whose ends only the rows of a calendar know.
 * @throws AnalyticsError `invalid_request`.
 */
export function checkWindow(window: RollingWindow, { node, member, ofCalendar }: WindowFrame): void {
  const period = window.kind === 'to_date' && member.calendar?.granularities.has(window.granularity)
  const granularity = ofCalendar ?? (period === true ? (window as { granularity: string }).granularity : undefined)
  if (granularity === undefined) return
  throw new AnalyticsError(
    'invalid_request',
    `a rolling window cannot be told in the ${granularity} of ${node.name}.${member.name}, which is a calendar's own`,
    { hint: 'Ask by a granularity that the calendar leaves as it is, such as day.' },
  )
}

interface Bound extends NamedThrough {
  readonly node: CubeNode
  readonly member: Dimension
  readonly startMs: number
  readonly endMs: number
}

/** Spans that all rows must lie in. */
function spansIn(filters: readonly ResolvedFilter[]): Bound[] {
  return filters.flatMap((filter) => {
    if (filter.kind === 'and') return spansIn(filter.filters)
    if (!isSpan(filter)) return []
    const [start, end] = filter.test.spans[0]!
    return [
      {
        node: filter.node,
        member: filter.member,
        view: filter.view,
        viewMember: filter.viewMember,
        startMs: Date.parse(String(start.value)),
        endMs: Date.parse(String(end.value)),
      },
    ]
  })
}

type SpanFilter = Extract<ResolvedFilter, { kind: 'condition' }> & {
  readonly test: {
    readonly kind: 'within'
    readonly spans: readonly (readonly [{ value: unknown }, { value: unknown }])[]
  }
}

function isSpan(filter: ResolvedFilter): filter is SpanFilter {
  return (
    filter.kind === 'condition' &&
    filter.test.kind === 'within' &&
    !filter.test.isNegated &&
    filter.test.spans.length === 1
  )
}

function intersection(spans: readonly Bound[], timezone: string): LocalSpan {
  const startMs = Math.max(...spans.map((span) => span.startMs))
  const endMs = Math.max(startMs, Math.min(...spans.map((span) => span.endMs)))
  return { startMs, endMs, localStartMs: toLocal(timezone, startMs), localEndMs: toLocal(timezone, endMs) }
}

/** The conditions of a question without those that only say which buckets are asked for. */
export function withoutSpans(
  filters: readonly ResolvedFilter[],
  { node, member }: Pick<WindowFrame, 'node' | 'member'>,
): ResolvedFilter[] {
  return filters.flatMap((filter) => {
    if (filter.kind === 'and') {
      const rest = withoutSpans(filter.filters, { node, member })
      return rest.length === 0 ? [] : [{ kind: 'and' as const, filters: rest }]
    }
    return isSpan(filter) && filter.node === node && filter.member === member ? [] : [filter]
  })
}

/** A bound of a window: a time moved by an interval; `undefined`: open. */
interface Edge {
  readonly of: 'start' | 'end'
  readonly by: Interval
}

/** Half-open: from the first edge on, before the second. */
function edgesOf(window: Extract<RollingWindow, { kind: 'range' }>): readonly [Edge | undefined, Edge | undefined] {
  const { trailing, leading, offset } = window
  const edge = (distance: Interval | 'unbounded' | undefined, sign: 1 | -1): Edge | undefined => {
    if (distance === 'unbounded') return undefined
    if (distance === undefined) return { of: offset, by: { months: 0, ms: 0 } }
    return { of: offset, by: { months: sign * distance.months, ms: sign * distance.ms } }
  }
  return [edge(trailing, -1), edge(leading, 1)]
}

/** What a window to date starts with: buckets of the time it is asked over, those of the model before built-in ones. */
function periodOf({ granularity }: Extract<RollingWindow, { kind: 'to_date' }>, { node, member }: WindowFrame) {
  const custom = member.granularities.get(granularity)
  if (custom !== undefined) return customBuckets(custom)
  if ((GRANULARITIES as readonly string[]).includes(granularity)) return granularity as Granularity
  throw new AnalyticsError(
    'invalid_request',
    `a window to date starts with the ${granularity}, of which ${node.name}.${member.name} has no buckets`,
    { hint: 'Ask over a time dimension with this granularity.' },
  )
}

/** Local bounds of the window of one bucket, milliseconds counted as if the zone were UTC. */
export function boundsOf(
  window: RollingWindow,
  startMs: number,
  endMs: number,
  frame: WindowFrame,
  question: Question,
): readonly [number | undefined, number | undefined] {
  if (window.kind === 'to_date') return [bucketStart(periodOf(window, frame), startMs, question), endMs]
  const at = (edge: Edge | undefined) =>
    edge === undefined ? undefined : addMonths(edge.of === 'start' ? startMs : endMs, edge.by.months) + edge.by.ms
  const [low, high] = edgesOf(window)
  return [at(low), at(high)]
}

/**
 * The buckets of the frame's span with their windows, written out: local times, so that days of 23 or 25 hours are right everywhere.
 * A question by buckets of several sizes has a window for each combination of them that has a moment in common, about those moments:
 * a running total by week and month ends with January for the last week of January, and with the week for the same week and February.
 */
export function listedSpine(
  window: RollingWindow,
  frame: WindowFrame & { readonly span: LocalSpan },
  question: Question,
  alias: string,
): Spine | undefined {
  const sizes = frame.buckets.map(({ size }) => size)
  const cells = bucketCells(frame.span, sizes, question.timezone, question.rules)
  if ('problem' in cells) throw new AnalyticsError('invalid_request', cells.problem)
  if (cells.length === 0) return undefined
  const names = frame.buckets.map((_, index) => `b${index}`)
  const bounds = cells.map(({ localStart, localEnd }) => boundsOf(window, localStart, localEnd, frame, question))
  const hasLow = bounds[0]![0] !== undefined
  const hasHigh = bounds[0]![1] !== undefined
  const rows = cells.map(({ starts }, index): Expression[] => [
    ...starts.map(local),
    ...(hasLow ? [local(bounds[index]![0]!)] : []),
    ...(hasHigh ? [local(bounds[index]![1]!)] : []),
  ])
  const from: RowsNode = {
    kind: 'rows',
    alias,
    columns: [...names, ...(hasLow ? ['low'] : []), ...(hasHigh ? ['high'] : [])],
    rows,
  }
  const column = (name: string): Expression => ({ kind: 'column', alias, name })
  return {
    from,
    buckets: names,
    low: hasLow ? column('low') : undefined,
    high: hasHigh ? column('high') : undefined,
    around:
      hasLow && hasHigh
        ? [Math.min(...bounds.map(([low]) => low!)) - DAY_MS, Math.max(...bounds.map(([, high]) => high!)) + DAY_MS]
        : undefined,
  }
}

/**
 * The buckets that occur, with windows that the database computes; where sizes do not nest, the combinations of buckets that occur, as in
 * {@link listedSpine}. `occurring` has one column for each bucket of the frame, b0, b1, …
 */
export function occurringSpine(
  window: RollingWindow,
  frame: WindowFrame,
  occurring: Relation,
  { rules }: Question,
  alias: string,
): Spine {
  const names = frame.buckets.map((_, index) => `b${index}`)
  const inner = 'o'
  const starts = names.map((name): Expression => ({ kind: 'column', alias: inner, name }))
  const own = unnested(frame, rules)
  const start = latest(own.map((index) => starts[index]!))
  const end = earliest(own.map((index) => later(starts[index]!, lengthOf(frame.buckets[index]!.size))))
  const at = (edge: Edge | undefined) =>
    edge === undefined ? undefined : later(edge.of === 'start' ? start : end, edge.by)
  const [low, high]: readonly [Expression | undefined, Expression | undefined] =
    window.kind === 'to_date'
      ? [{ kind: 'truncate', granularity: periodOf(window, frame), rules, argument: start }, end]
      : [at(edgesOf(window)[0]), at(edgesOf(window)[1])]
  const bounds: NamedExpression[] = [
    ...(low === undefined ? [] : [{ name: 'low', expression: low }]),
    ...(high === undefined ? [] : [{ name: 'high', expression: high }]),
  ]
  const relation: Select = {
    kind: 'select',
    from: { kind: 'derived', alias: inner, relation: occurring },
    joins: [],
    columns: [
      ...names.map((name): NamedExpression => ({ name, expression: { kind: 'column', alias: inner, name } })),
      ...bounds,
    ],
    where: [],
    groupBy: undefined,
    having: [],
  }
  const column = (name: string): Expression => ({ kind: 'column', alias, name })
  return {
    from: { kind: 'derived', alias, relation },
    buckets: names,
    low: low === undefined ? undefined : column('low'),
    high: high === undefined ? undefined : column('high'),
    around: undefined,
  }
}

/** Which of a frame's buckets say where a window is: not those that a smaller one lies in. */
function unnested({ buckets }: WindowFrame, rules: CalendarRules): readonly number[] {
  const grids = buckets.map(({ size }) => gridOf(size, rules))
  return [...grids.keys()].filter(
    (index) => !grids.some((smaller, at) => at < index && isMadeOf(grids[index]!, smaller)),
  )
}

function latest(times: readonly Expression[]): Expression {
  return extreme('>=', times)
}

function earliest(times: readonly Expression[]): Expression {
  return extreme('<=', times)
}

/** The one that compares so with all others; none is null. Not every database has a function for it. */
function extreme(operator: '>=' | '<=', [first, ...others]: readonly Expression[]): Expression {
  if (others.length === 0) return first!
  const conditions = others.map((right): Condition => ({ kind: 'relate', operator, left: first!, right }))
  return {
    kind: 'case',
    whens: [{ condition: { kind: 'and', conditions }, value: first! }],
    otherwise: extreme(operator, others),
  }
}

function later(argument: Expression, interval: Interval): Expression {
  return interval.months === 0 && interval.ms === 0 ? argument : { kind: 'add-interval', argument, interval }
}

function lengthOf(granularity: Granularity | CustomBuckets): Interval {
  if (typeof granularity !== 'string') return granularity.interval
  const months = { month: 1, quarter: 3, year: 12 }[granularity as string]
  return months === undefined ? { months: 0, ms: addUnits(granularity, 0, 1) } : { months, ms: 0 }
}

function local(localMs: number): Expression {
  return { kind: 'local', iso: toLocalIso(localMs) }
}

/**
 * Tests that a row's time lies in the one window of a span that is not bucketed. Instants, because the ends of such a span are.
 */
export function spanCondition(
  window: RollingWindow,
  frame: WindowFrame & { readonly span: LocalSpan },
  question: Question,
): FilterTest[] {
  const [low, high] = boundsOf(window, frame.span.localStartMs, frame.span.localEndMs, frame, question)
  const instant = (localMs: number) => timestamp(toInstant(question.timezone, localMs).instantMs)
  const tests: FilterTest[] = []
  if (low !== undefined) tests.push({ kind: 'compare', operator: '>=', value: instant(low) })
  if (high !== undefined) tests.push({ kind: 'compare', operator: '<', value: instant(high) })
  return tests
}

/** The start of the bucket that holds a local time. */
function bucketStart(size: Granularity | CustomBuckets, localMs: number, question: Question): number {
  if (typeof size === 'string') return startOf(size, localMs, question.rules)
  const span = { startMs: localMs, endMs: localMs + 1, localStartMs: localMs, localEndMs: localMs + 1 }
  const buckets = timeBuckets(span, size, 'UTC', question.rules)
  return 'problem' in buckets ? localMs : buckets[0]!.localStart
}
