import { sql } from 'kysely'
import { AnalyticsError } from '../../errors.ts'
import type { AggregateFunction } from '../plan.ts'
import type { Dialect, DialectName, Sql } from './dialect.ts'

/** What differs in aggregates. */
export interface AggregateWords {
  readonly name: DialectName
  /** `filter (where …)` after an aggregate; else rows that do not count become null. */
  readonly hasFilterClause: boolean
  /** `count` when absent. */
  readonly count?: Sql
  readonly sum?: (argument: Sql) => Sql
  readonly avg?: (argument: Sql) => Sql
  /** An exact count when absent. */
  readonly countDistinctApprox?: (argument: Sql) => Sql
  /** Linear interpolation between the two nearest values; `undefined` where it cannot be had for groups. */
  readonly percentile: ((argument: Sql, percentile: number) => Sql) | undefined
}

/** The aggregates of a database. */
export function aggregateWith(words: AggregateWords): Dialect['aggregate'] {
  return (aggregate, argument, filter, percentile) => {
    if (filter === undefined) return plain(words, aggregate, argument, percentile)
    if (words.hasFilterClause) return sql`${plain(words, aggregate, argument, percentile)} filter (where ${filter})`
    const counted = sql`case when ${filter} then ${argument ?? sql`1`} end`
    return plain(words, aggregate, counted, percentile)
  }
}

function plain(
  words: AggregateWords,
  aggregate: AggregateFunction,
  argument: Sql | undefined,
  percentile: number | undefined,
): Sql {
  const value = argument ?? sql`*`
  const count = words.count ?? sql`count`
  switch (aggregate) {
    case 'count':
      return sql`${count}(${value})`
    case 'count_distinct':
      return sql`${count}(distinct ${value})`
    case 'count_distinct_approx':
      return words.countDistinctApprox?.(value) ?? sql`${count}(distinct ${value})`
    case 'sum':
      return words.sum?.(value) ?? sql`sum(${value})`
    case 'avg':
      return words.avg?.(value) ?? sql`avg(${value})`
    case 'min':
      return sql`min(${value})`
    case 'max':
      return sql`max(${value})`
    case 'median':
      return percentileOf(words, value, 0.5)
    case 'percentile':
      if (percentile === undefined) throw new Error('a percentile without its rank reached the SQL')
      return percentileOf(words, value, percentile)
  }
}

function percentileOf(words: AggregateWords, value: Sql, percentile: number): Sql {
  if (words.percentile !== undefined) return words.percentile(value, percentile)
  throw new AnalyticsError('unsupported', `${words.name} has no exact percentiles or medians of groups`, {
    hint: 'Ask for an average, or keep this cube in a database that has them.',
  })
}
