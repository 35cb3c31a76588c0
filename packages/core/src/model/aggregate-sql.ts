import type { SqlTemplate } from './model.ts'

/** Functions that aggregate: SQL with one of them is over rows, not over measures. */
const AGGREGATES =
  /\b(?:sum|count|avg|min|max|median|percentile_cont|percentile_disc|string_agg|array_agg|bool_or|bool_and|stddev\w*|var\w*|approx\w*|any_value|corr|mode|list|listagg|group_concat|uniq\w*|quantile\w*|arg_min|arg_max|argMin|argMax)\s*\(/i

/** Whether author SQL aggregates by itself, apart from the measures it names. */
export function hasAggregate({ pieces }: SqlTemplate): boolean {
  return pieces.some((piece) => typeof piece === 'string' && AGGREGATES.test(piece))
}
