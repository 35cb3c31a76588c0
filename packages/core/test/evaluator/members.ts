import type { Row } from './world.ts'

/** Measures of every cube: what to aggregate, over which rows. */
export interface WorldMeasure {
  readonly type:
    | 'count'
    | 'sum'
    | 'avg'
    | 'min'
    | 'max'
    | 'median'
    | 'percentile'
    | 'count_distinct'
    | 'number'
    | 'rank'
  readonly column?: string
  readonly filter?: { readonly sql: string; readonly holds: (row: Row) => boolean }
  /** Of type `number`: measures divided; of the same cube where there is no dot. */
  readonly ratio?: readonly [string, string]
  readonly rolling?: { readonly trailing?: string; readonly leading?: string; readonly offset?: 'start' | 'end' }
  readonly toDate?: 'week' | 'month' | 'quarter' | 'year'
  readonly stage?: WorldStage
  /** Of the switch `pick` of the same cube: the measure for each of its values, and for the others. */
  readonly cases?: { readonly [value: string]: string; readonly otherwise: string }
}

/** Values of the switch `pick`. */
export const PICKS = ['A', 'B', 'C'] as const

/** A measure of the same cube, grouped otherwise or as it was some time ago. */
export interface WorldStage {
  readonly of: string
  readonly prior?: string
  readonly next?: string
  readonly groupBy?: readonly string[]
  readonly reduceBy?: readonly string[]
  readonly addGroupBy?: readonly string[]
  readonly filter?: WorldStageFilter
  /** Of type `rank`. */
  readonly direction?: 'asc' | 'desc'
}

/** Which conditions of the question the inner measure's rows must meet: dimensions and segments of the same cube. */
export interface WorldStageFilter {
  readonly exclude?: readonly string[]
  readonly keepOnly?: readonly string[]
  /** Any of these must hold. */
  readonly include?: readonly StageTest[]
  /** Whether it is about the question itself, not about the stage around this one. */
  readonly isFixed?: boolean
}

export interface StageTest {
  readonly member: string
  readonly operator: 'equals' | 'gte'
  readonly values: readonly (number | string)[]
}

/** Of measures of type `percentile`. */
export const PERCENTILE = 0.9

export const MEASURES: Readonly<Record<string, WorldMeasure>> = {
  count: { type: 'count' },
  total: { type: 'sum', column: 'n' },
  average: { type: 'avg', column: 'n' },
  least: { type: 'min', column: 'n' },
  most: { type: 'max', column: 'n' },
  middle: { type: 'median', column: 'n' },
  high: { type: 'percentile', column: 'n' },
  kinds: { type: 'count_distinct', column: 't' },
  large: { type: 'count', filter: { sql: '{CUBE}.n >= 2', holds: (row) => row.n !== null && Number(row.n) >= 2 } },
  untold: { type: 'count', filter: { sql: '{CUBE}.t is null', holds: (row) => row.t === null } },
  share: { type: 'number', ratio: ['total', 'count'] },
  last_week: { type: 'sum', column: 'n', rolling: { trailing: '7 day' } },
  running: { type: 'count', rolling: { trailing: 'unbounded' } },
  ahead: { type: 'avg', column: 'n', rolling: { leading: '1 month', offset: 'start' } },
  around: { type: 'count_distinct', column: 't', rolling: { trailing: '1 month', leading: '2 day', offset: 'start' } },
  so_far: { type: 'sum', column: 'n', toDate: 'year' },
  this_week: { type: 'count', toDate: 'week' },
  month_ago: { type: 'number', stage: { of: 'total', prior: '1 month' } },
  days_ago: { type: 'number', stage: { of: 'large', prior: '3 day' } },
  month_on: { type: 'number', stage: { of: 'total', next: '1 month' } },
  growth: { type: 'number', ratio: ['total', 'month_ago'] },
  ran_ago: { type: 'number', stage: { of: 'last_week', prior: '1 month' } },
  of_t: { type: 'sum', stage: { of: 'total', groupBy: ['t'] } },
  of_all_t: { type: 'sum', stage: { of: 'count', reduceBy: ['t'] } },
  of_all_time: { type: 'max', stage: { of: 'total', reduceBy: ['seen'] } },
  best_n: { type: 'max', stage: { of: 'count', addGroupBy: ['n'] } },
  mean_n: { type: 'avg', stage: { of: 'total', addGroupBy: ['n'] } },
  sizes: { type: 'count', stage: { of: 'total', addGroupBy: ['size'] } },
  n_of_t: { type: 'sum', stage: { of: 'most', addGroupBy: ['n'], groupBy: ['t'] } },
  wide: { type: 'number', stage: { of: 'share', groupBy: ['t'] } },
  wide_ago: { type: 'number', stage: { of: 'total', reduceBy: ['t'], prior: '1 month' } },
  share_of_t: { type: 'number', ratio: ['total', 'of_all_t'] },
  place: { type: 'rank', stage: { of: 'total', reduceBy: ['t'], direction: 'desc' } },
  rank_in_time: { type: 'rank', stage: { of: 'count', reduceBy: ['seen', 'n'], direction: 'asc' } },
  any_t: { type: 'number', stage: { of: 'total', filter: { exclude: ['t'] } } },
  any_big: { type: 'number', stage: { of: 'count', filter: { exclude: ['big', 'seen'] } } },
  only_t: { type: 'number', stage: { of: 'total', filter: { keepOnly: ['t', 'seen'] } } },
  only_named: { type: 'number', stage: { of: 'large', filter: { keepOnly: ['named'] } } },
  also_one: {
    type: 'number',
    stage: { of: 'count', filter: { include: [{ member: 'n', operator: 'gte', values: [1] }] } },
  },
  also_x: {
    type: 'number',
    stage: {
      of: 'share',
      filter: {
        exclude: ['t'],
        include: [
          { member: 't', operator: 'equals', values: ['x'] },
          { member: 'n', operator: 'gte', values: [2] },
        ],
      },
    },
  },
  any_best_n: { type: 'max', stage: { of: 'count', addGroupBy: ['n'], filter: { exclude: ['n'] } } },
  any_all_t: { type: 'sum', stage: { of: 'total', reduceBy: ['t'], filter: { exclude: ['t', 'size'] } } },
  any_place: { type: 'rank', stage: { of: 'total', reduceBy: ['t'], direction: 'desc', filter: { exclude: ['t'] } } },
  any_week: { type: 'number', stage: { of: 'last_week', filter: { exclude: ['n', 'big'] } } },
  any_ago: { type: 'number', stage: { of: 'total', prior: '1 month', filter: { exclude: ['t'] } } },
  any_n_any_t: { type: 'number', stage: { of: 'any_t', filter: { exclude: ['n'] } } },
  fixed_t: { type: 'number', stage: { of: 'total', filter: { exclude: ['t'], isFixed: true } } },
  any_n_fixed_t: { type: 'number', stage: { of: 'fixed_t', filter: { exclude: ['n'] } } },
  any_share: { type: 'number', ratio: ['total', 'any_t'] },
  chosen: { type: 'number', cases: { A: 'total', B: 'count', otherwise: 'most' } },
  chosen_share: { type: 'number', ratio: ['chosen', 'count'] },
  best_week: { type: 'max', stage: { of: 'last_week', addGroupBy: ['t'] } },
}

/** A text made of a number: the first label whose condition holds. A row that is not there has nulls. */
export interface WorldCase {
  readonly whens: readonly { readonly sql: string; readonly holds: (n: number | null) => boolean; label: string }[]
  readonly otherwise: string | null
}

export const CASES: Readonly<Record<string, WorldCase>> = {
  size: {
    whens: [
      { sql: '{n} >= 2', holds: (n) => n !== null && n >= 2, label: 'large' },
      { sql: '{CUBE}.n < 0', holds: (n) => n !== null && n < 0, label: 'owed' },
    ],
    otherwise: 'small',
  },
  sign: {
    whens: [
      { sql: '{CUBE}.n = 0', holds: (n) => n === 0, label: 'none' },
      { sql: '{CUBE}.n is null', holds: (n) => n === null, label: 'unknown' },
    ],
    otherwise: null,
  },
}
