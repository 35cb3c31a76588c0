import { AnalyticsError } from '../../errors.ts'
import { bucketCells } from '../../query/bucket-cells.ts'
import { toLocalIso } from '../../query/calendar.ts'
import { type FilledColumn, isOfCalendar, type Position, type ResolvedQuery } from '../../query/resolved-query.ts'
import type { CustomBuckets } from '../../query/time-buckets.ts'
import type { Granularity } from '../../schema/query.ts'
import { GROUPS, groupsColumn } from '../groups.ts'
import type { Condition, Expression, JoinNode, NamedExpression, Relation, RowsNode, Select } from '../plan.ts'
import type { Question } from '../question.ts'
import type { Answer, Mark } from './answer.ts'

/** Most values that the buckets of all spans and subtotals have in a statement, where they are written down. */
export const MAX_FILLED_VALUES = 80_000

const SPINE = 'spine'
const COMBINATIONS = 'others'
const FOUND = 'found'
const START = 't'
const PERIOD = 'p'
const BITS = 'k'

/**
 * Gives every bucket of the span a row for each combination of the other groupings that occurs in the answer; a query without
 * other groupings has a row per bucket even when nothing occurs. Buckets of other sizes of the same time come with it, in every
 * combination that has a moment in common: no week stands beside a month it does not touch. Rows that sum the buckets up stay as
 * they are. `answer` must already be restricted by the conditions on groups, which would otherwise remove what is added here.
 * @throws AnalyticsError `invalid_date_range` when the span has too many buckets, or all spans and subtotals together.
 */
export function fillBuckets(answer: Answer, query: ResolvedQuery, question: Question, fill: FilledColumn): Answer {
  const times = ownTimes(query, fill)
  const time = times[0]!.grouping
  const siblings = times.slice(1)
  const [period] = marksOf(answer, 'period')
  const timeName = answer.groupings[time]!
  const isDetail: Condition | undefined = answer.rolledUp && isInteger(GROUPS, answer.rolledUp[time]!, 0)

  const keys = [...answer.groupings, ...(answer.rolledUp ?? []), ...answer.marks.map(({ name }) => name)]
  const ofSpine = new Map<string, string>()
  for (const { grouping, name, mark } of times) {
    ofSpine.set(answer.groupings[grouping]!, name)
    if (grouping !== time && answer.rolledUp !== undefined) ofSpine.set(answer.rolledUp[grouping]!, mark)
  }
  if (period !== undefined) ofSpine.set(period, PERIOD)
  // Where time is the only grouping, what marks its rows follows from the buckets: nothing has to occur.
  const isAlone = times.length === answer.groupings.length
  const [bits] = isAlone ? marksOf(answer, 'grouping') : []
  if (bits !== undefined && siblings.length > 0) ofSpine.set(bits, BITS)
  const constants = new Set([answer.rolledUp?.[time], ...(siblings.length > 0 ? [] : [bits])])
  const others = keys.filter((name) => !ofSpine.has(name) && !constants.has(name))
  const settled = settle(answer, keys)
  const sums =
    answer.rolledUp === undefined
      ? []
      : siblings.map(({ grouping, mark }) => [answer.rolledUp![grouping]!, mark] as const)
  const combined = isAlone ? [] : [...sums.map(([name]) => name), ...others]
  const combinations: Select | undefined =
    combined.length === 0
      ? undefined
      : {
          ...selectOf(
            settled,
            combined.map((name) => ({ name, expression: groupsColumn(name) })),
          ),
          where: isDetail === undefined ? [] : [isDetail],
          groupBy: combined.map((_, index) => index),
        }
  const spineColumn = (name: string): Expression => ({ kind: 'column', alias: SPINE, name })
  const found = (name: string): Expression => ({ kind: 'column', alias: FOUND, name })
  const combination = (name: string): Expression => ({ kind: 'column', alias: COMBINATIONS, name })
  // Buckets that a row sums up are null in it.
  const isNullable = (name: string) => sums.length > 0 && name !== timeName && answer.groupings.includes(name)
  const joins: JoinNode[] = [
    ...(combinations === undefined
      ? []
      : [
          {
            type: sums.length === 0 ? ('cross' as const) : ('inner' as const),
            from: { kind: 'derived' as const, alias: COMBINATIONS, relation: combinations },
            on: sums.map(([name, mark]) => relate('=', combination(name), spineColumn(mark))),
          },
        ]),
    {
      type: 'left',
      from: { kind: 'derived', alias: FOUND, relation: settled },
      on: [
        ...[...ofSpine]
          .filter(([name]) => name !== bits)
          .map(([name, column]) => relate(isNullable(name) ? 'same' : '=', found(name), spineColumn(column))),
        ...others.map((name) => relate('same', found(name), combination(name))),
      ],
    },
  ]
  const keyOf = (name: string): Expression => {
    const column = ofSpine.get(name)
    if (column !== undefined) return spineColumn(column)
    return constants.has(name) ? { kind: 'integer', value: 0 } : combination(name)
  }
  const filled: Select = {
    kind: 'select',
    from: spine(query, fill, times, [...ofSpine.values()]),
    joins,
    columns: [
      ...keys.map((name) => ({ name, expression: keyOf(name) })),
      ...question.measures.map(({ member, isMasked }, index) => {
        const name = `m${index}`
        const value: Expression = { kind: 'column', alias: FOUND, name }
        const isZero = fill.isZero && isCounting(member.type) && !isMasked
        return { name, expression: isZero ? orZero(value, timeName) : value }
      }),
    ],
    where: [],
    groupBy: undefined,
    having: [],
  }
  const relation: Relation =
    answer.rolledUp === undefined
      ? filled
      : { kind: 'union', parts: [filled, sumsOf(settled, isInteger(GROUPS, answer.rolledUp[time]!, 1))] }
  return { ...answer, relation, values: question.measures.map((_, index) => groupsColumn(`m${index}`)) }
}

function marksOf(answer: Answer, kind: Mark['kind']): readonly string[] {
  return answer.marks.flatMap((mark) => (mark.kind === kind ? [mark.name] : []))
}

/** Whether "nothing" is 0: of counts and sums, not of averages, extremes or calculated measures. */
function isCounting(type: string): boolean {
  return type === 'count' || type === 'count_distinct' || type === 'count_distinct_approx' || type === 'sum'
}

/**
 * 0 in rows that were added, and in those that another fact or a window has while nothing was counted here. Whether a row was there is
 * told by its start of the bucket as well, not by a value alone: MariaDB may take a constant of the joined rows for one that is never
 * null.
 */
function orZero(value: Expression, timeName: string): Expression {
  const isMissing = (argument: Expression): Condition => ({ kind: 'present', isNegated: true, argument })
  const zero: Expression = { kind: 'integer', value: 0 }
  return {
    kind: 'case',
    whens: [
      { condition: isMissing({ kind: 'column', alias: FOUND, name: timeName }), value: zero },
      { condition: isMissing(value), value: zero },
    ],
    otherwise: value,
  }
}

/** The answer with its measures as columns. */
function settle(answer: Answer, keys: readonly string[]): Select {
  return selectOf(answer.relation, [
    ...keys.map((name) => ({ name, expression: groupsColumn(name) })),
    ...answer.values.map((expression, index) => ({ name: `m${index}`, expression })),
  ])
}

function sumsOf(settled: Select, isSum: Condition): Select {
  const names = settled.columns.map(({ name }) => name)
  return {
    ...selectOf(
      settled,
      names.map((name) => ({ name, expression: groupsColumn(name) })),
    ),
    where: [isSum],
  }
}

function selectOf(relation: Relation, columns: readonly NamedExpression[]): Select {
  return {
    kind: 'select',
    from: { kind: 'derived', alias: GROUPS, relation },
    joins: [],
    columns,
    where: [],
    groupBy: undefined,
    having: [],
  }
}

/** A grouping by buckets of the filled time: the filled one, or one of another size. */
interface OwnTime {
  /** Its column in the query, and its place among the groupings. */
  readonly position: Position
  readonly grouping: number
  readonly size: Granularity | CustomBuckets
  /** Columns of the spine: its buckets, and 1 in rows that sum them up. */
  readonly name: string
  readonly mark: string
}

/** The filled time first. */
function ownTimes({ columns }: ResolvedQuery, fill: FilledColumn): readonly OwnTime[] {
  const filled = columns[fill.column]!
  const groupings = columns.flatMap(({ kind }, position) => (kind === 'measure' ? [] : [position]))
  const times = groupings.flatMap((position, grouping): OwnTime[] => {
    const column = columns[position]!
    if (column.kind !== 'time' || column.isMasked || isOfCalendar(column.buckets)) return []
    if (column.node !== filled.node || column.member !== filled.member) return []
    const name = position === fill.column ? START : `${START}${grouping}`
    return [{ position, grouping, size: column.buckets, name, mark: `r${grouping}` }]
  })
  if (!times.some(({ position }) => position === fill.column)) throw new Error('a column without buckets is filled')
  return times.sort((a, b) => Number(b.position === fill.column) - Number(a.position === fill.column))
}

/** Rows of the columns `names`: for each period and each choice of sizes that are not summed up, the buckets. */
function spine(
  query: ResolvedQuery,
  fill: FilledColumn,
  times: readonly OwnTime[],
  names: readonly string[],
): RowsNode {
  const spans = names.includes(PERIOD) ? query.comparison!.spans : [fill.span]
  const sets = new Map<string, readonly OwnTime[]>([['', times]])
  for (const kept of query.subtotals ?? []) {
    const left = times.filter(({ position }) => kept.includes(position))
    if (left[0] === times[0] && left.length < times.length) sets.set(left.map(({ name }) => name).join(), left)
  }
  const integer = (value: number): Expression => ({ kind: 'integer', value })
  let written = 0
  const rows = spans.flatMap((span, period) =>
    [...sets.values()].flatMap((kept) => {
      const sizes = kept.map(({ size }) => size)
      const cells = bucketCells(span, sizes, query.timezone, query.rules)
      if ('problem' in cells) throw refused(cells.problem)
      written += cells.length * names.length
      if (written > MAX_FILLED_VALUES)
        throw refused(
          `the buckets to fill have more than ${MAX_FILLED_VALUES} values over all spans and subtotals; take shorter spans, larger granularities or fewer subtotals`,
        )
      const fixed = new Map<string, Expression>([[PERIOD, integer(period)]])
      let bits = 0
      for (const time of times) {
        const isSum = !kept.includes(time)
        fixed.set(time.mark, integer(isSum ? 1 : 0))
        if (isSum) fixed.set(time.name, { kind: 'absent' })
        if (isSum) bits += 2 ** time.grouping
      }
      fixed.set(BITS, integer(bits))
      return cells.map(({ starts }) =>
        names.map((name): Expression => {
          const start = starts[kept.findIndex((time) => time.name === name)]
          return start === undefined ? fixed.get(name)! : { kind: 'local', iso: toLocalIso(start) }
        }),
      )
    }),
  )
  return { kind: 'rows', alias: SPINE, columns: names, rows }
}

function refused(message: string): AnalyticsError {
  return new AnalyticsError('invalid_date_range', message, { problems: [{ path: 'timeDimensions', message }] })
}

function isInteger(alias: string, name: string, value: number): Condition {
  return relate('=', { kind: 'column', alias, name }, { kind: 'integer', value })
}

function relate(operator: '=' | 'same', left: Expression, right: Expression): Condition {
  return { kind: 'relate', operator, left, right }
}
