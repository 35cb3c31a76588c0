import { AnalyticsError } from '../../errors.ts'
import { toLocalIso } from '../../query/calendar.ts'
import { type FilledColumn, isOfCalendar, type ResolvedQuery } from '../../query/resolved-query.ts'
import { timeBuckets } from '../../query/time-buckets.ts'
import { GROUPS, groupsColumn } from '../groups.ts'
import type { Condition, Expression, JoinNode, NamedExpression, Relation, RowsNode, Select } from '../plan.ts'
import type { Question } from '../question.ts'
import type { Answer, Mark } from './answer.ts'

const SPINE = 'spine'
const COMBINATIONS = 'others'
const FOUND = 'found'
const START = 't'
const PERIOD = 'p'

/**
 * Gives every bucket of the span a row for each combination of the other groupings that occurs in the answer; a query without
 * other groupings has a row per bucket even when nothing occurs. Rows that sum the buckets up stay as they are. `answer` must
 * already be restricted by the conditions on groups, which would otherwise remove what is added here.
 * @throws AnalyticsError `invalid_date_range` when the span has too many buckets.
 */
export function fillBuckets(answer: Answer, query: ResolvedQuery, question: Question, fill: FilledColumn): Answer {
  const time = query.columns.slice(0, fill.column).filter(({ kind }) => kind !== 'measure').length
  const [period] = marksOf(answer, 'period')
  const timeName = answer.groupings[time]!
  const isDetail: Condition | undefined = answer.rolledUp && isInteger(GROUPS, answer.rolledUp[time]!, 0)

  const keys = [...answer.groupings, ...(answer.rolledUp ?? []), ...answer.marks.map(({ name }) => name)]
  // Where time is the only grouping, what marks its rows is the same in all but the sums: nothing has to occur.
  const constants = new Set([
    answer.rolledUp?.[time],
    ...(answer.groupings.length === 1 ? marksOf(answer, 'grouping') : []),
  ])
  const others = keys.filter((name) => name !== timeName && name !== period && !constants.has(name))
  const settled = settle(answer, keys)
  const combinations: Select | undefined =
    others.length === 0
      ? undefined
      : {
          ...selectOf(
            settled,
            others.map((name) => ({ name, expression: groupsColumn(name) })),
          ),
          where: isDetail === undefined ? [] : [isDetail],
          groupBy: others.map((_, index) => index),
        }
  const joins: JoinNode[] = [
    ...(combinations === undefined
      ? []
      : [
          {
            type: 'cross' as const,
            from: { kind: 'derived' as const, alias: COMBINATIONS, relation: combinations },
            on: [],
          },
        ]),
    {
      type: 'left',
      from: { kind: 'derived', alias: FOUND, relation: settled },
      on: [
        relate('=', { kind: 'column', alias: FOUND, name: timeName }, { kind: 'column', alias: SPINE, name: START }),
        ...(period === undefined
          ? []
          : [
              relate(
                '=',
                { kind: 'column', alias: FOUND, name: period },
                { kind: 'column', alias: SPINE, name: PERIOD },
              ),
            ]),
        ...others.map((name) =>
          relate('same', { kind: 'column', alias: FOUND, name }, { kind: 'column', alias: COMBINATIONS, name }),
        ),
      ],
    },
  ]
  const keyOf = (name: string): Expression => {
    if (name === timeName) return { kind: 'column', alias: SPINE, name: START }
    if (name === period) return { kind: 'column', alias: SPINE, name: PERIOD }
    return constants.has(name) ? { kind: 'integer', value: 0 } : { kind: 'column', alias: COMBINATIONS, name }
  }
  const filled: Select = {
    kind: 'select',
    from: spine(query, fill, period !== undefined),
    joins,
    columns: [
      ...keys.map((name) => ({ name, expression: keyOf(name) })),
      ...question.measures.map(({ member }, index) => {
        const name = `m${index}`
        const value: Expression = { kind: 'column', alias: FOUND, name }
        return { name, expression: fill.isZero && isCounting(member.type) ? orZero(value, timeName) : value }
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
 * 0 in rows that were added; a null of a row that was there stays. Whether one was there is told by its start of the bucket, not by a
 * constant: MariaDB may take a constant of the joined rows for one that is never null.
 */
function orZero(value: Expression, timeName: string): Expression {
  const isAdded: Condition = {
    kind: 'present',
    isNegated: true,
    argument: { kind: 'column', alias: FOUND, name: timeName },
  }
  return { kind: 'case', whens: [{ condition: isAdded, value: { kind: 'integer', value: 0 } }], otherwise: value }
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

function spine(query: ResolvedQuery, fill: FilledColumn, isCompared: boolean): RowsNode {
  const column = query.columns[fill.column]!
  if (column.kind !== 'time') throw new Error('a column without buckets is filled')
  const { buckets: size } = column
  if (isOfCalendar(size)) throw new Error('buckets of a calendar are filled')
  const spans = isCompared ? query.comparison!.spans : [fill.span]
  const rows = spans.flatMap((span, period) => {
    const buckets = timeBuckets(span, size, query.timezone, query.rules)
    if ('problem' in buckets)
      throw new AnalyticsError('invalid_date_range', buckets.problem, {
        problems: [{ path: 'timeDimensions', message: buckets.problem }],
      })
    return buckets.map(({ localStart }): Expression[] => {
      const start: Expression = { kind: 'local', iso: toLocalIso(localStart) }
      return isCompared ? [start, { kind: 'integer', value: period }] : [start]
    })
  })
  return { kind: 'rows', alias: SPINE, columns: isCompared ? [START, PERIOD] : [START], rows }
}

function isInteger(alias: string, name: string, value: number): Condition {
  return relate('=', { kind: 'column', alias, name }, { kind: 'integer', value })
}

function relate(operator: '=' | 'same', left: Expression, right: Expression): Condition {
  return { kind: 'relate', operator, left, right }
}
