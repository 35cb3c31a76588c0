import { sql } from 'kysely'
import type { Sql } from '../../src/compile/dialects/dialect.ts'
import { dialectOf } from '../../src/compile/dialects/index.ts'
import { queryBuilderOf } from '../../src/compile/dialects/query-builder.ts'
import type { DialectName } from '../../src/compile/index.ts'
import { EXPRESSION_FUNCTIONS, type ExpressionFunction } from '../../src/query/expression/functions.ts'
import { GRANULARITIES } from '../../src/schema/query.ts'
import { adminSecurity, compileShop, embedSecurity } from '../fixtures.ts'
import { GOLDEN_QUERIES } from './golden-queries.ts'

/** A kept statement and what it is run with. */
export interface GoldenStatement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** Statements of a question, first for a person who sees every row, then for an embedded caller. */
export function questionStatements(name: string, dialect: DialectName): readonly GoldenStatement[] {
  return [adminSecurity(), embedSecurity()].flatMap((security) => {
    const compiled = compileShop(GOLDEN_QUERIES[name]!, { dialect, security })
    return compiled.total === undefined ? [compiled] : [compiled, compiled.total]
  })
}

/** One select for each function of a dialect, with its name. What the database cannot do is left out. */
export function functionStatements(name: DialectName): readonly (GoldenStatement & { readonly label: string })[] {
  const dialect = dialectOf(name)
  const [a, b, t] = ['a', 'b', 't'].map((column) => sql`${sql.id('v', column)}`) as [Sql, Sql, Sql]
  const digits = dialect.parameter({ type: 'integer', value: 2 })
  const args: Partial<Record<ExpressionFunction, readonly Sql[]>> = {
    if: [sql`${a} > ${b}`, a, b],
    round: [a, digits],
    coalesce: [a, b],
    nullif: [a, b],
    least: [a, b],
    greatest: [a, b],
    power: [a, b],
    mod: [a, b],
  }
  const span = { weekStart: 6, fiscalYearStart: 2 }
  const entries: (readonly [string, () => Sql])[] = [
    ...(['text', 'integer', 'decimal', 'boolean', 'timestamp'] as const).map(
      (type) => [`parameter ${type}`, () => dialect.parameter({ type, value: PARAMETER_VALUES[type] })] as const,
    ),
    ...(['string', 'number', 'boolean', 'time'] as const).map(
      (type) => [`null ${type}`, () => dialect.null(type)] as const,
    ),
    ['double', () => dialect.double(-0.5)],
    ['local literal', () => dialect.localLiteral('2026-03-29T02:30:00.000')],
    ['flag', () => dialect.flag(sql`${a} > ${b}`)],
    ['same or both null', () => dialect.flag(dialect.sameOrBothNull(a, b))],
    ['instant', () => dialect.instant(t)],
    ['local time', () => dialect.localTime(t, 'Europe/Brussels', ONE_CHANGE)],
    ...GRANULARITIES.map((granularity) => [granularity, () => dialect.truncate(granularity, t, ISO)] as const),
    ['week from Sunday', () => dialect.truncate('week', t, span)],
    ['quarter from February', () => dialect.truncate('quarter', t, span)],
    ['year from February', () => dialect.truncate('year', t, span)],
    ['10 days', () => dialect.truncateCustom(t, { interval: { months: 0, ms: 864_000_000 }, originMs: 0 })],
    ['90 seconds', () => dialect.truncateCustom(t, { interval: { months: 0, ms: 90_000 }, originMs: 30_000 })],
    [
      '5 months from the 15th',
      () => dialect.truncateCustom(t, { interval: { months: 5, ms: 0 }, originMs: 14 * 86_400_000 }),
    ],
    ['later', () => dialect.addInterval(t, { months: 13, ms: 1_500 })],
    ['earlier', () => dialect.addInterval(t, { months: -1, ms: -86_400_000 })],
    ...(['count', 'count_distinct', 'count_distinct_approx', 'sum', 'avg', 'min', 'max'] as const).flatMap((fn) => [
      [fn, () => dialect.aggregate(fn, a, undefined)] as const,
      [`${fn} where`, () => dialect.aggregate(fn, a, sql`${b} > 1`)] as const,
    ]),
    ...(dialect.supports.percentile
      ? [
          ['median', () => dialect.aggregate('median', a, undefined)] as const,
          ['percentile where', () => dialect.aggregate('percentile', a, sql`${b} > 1`, 0.9)] as const,
        ]
      : []),
    ['divide', () => dialect.divide(a, b)],
    ...(Object.keys(EXPRESSION_FUNCTIONS) as ExpressionFunction[]).map(
      (fn) => [fn, () => dialect.call(fn, args[fn] ?? [a])] as const,
    ),
    ...(['text', 'double', 'bigint', 'boolean', 'timestamp', 'decimal'] as const).map(
      (type) => [`cast ${type}`, () => dialect.cast(a, type)] as const,
    ),
    ['concat', () => dialect.concat([dialect.text(a), sql`','`, dialect.text(b)])],
  ]
  const rows = dialect.valuesRows(
    ['a', 'b', 't'],
    [1, 2].map((value) => [
      dialect.double(value),
      dialect.null('number'),
      dialect.localLiteral('2026-01-01T00:00:00.000'),
    ]),
  )
  return entries.map(([label, expression]) => {
    const { sql: text, parameters } =
      sql`select ${expression()} as ${sql.id('c0')} from ${rows} as ${sql.id('v')}`.compile(queryBuilderOf(dialect))
    return { label, sql: text, parameters }
  })
}

const PARAMETER_VALUES = {
  text: "it's",
  integer: '9007199254740993',
  decimal: '-12.50',
  boolean: true,
  timestamp: '2026-03-29T01:00:00.000Z',
} as const
const ONE_CHANGE = [
  { seconds: 3_600, until: '2026-03-29T01:00:00.000Z' },
  { seconds: 7_200, until: undefined },
]
const ISO = { weekStart: 0, fiscalYearStart: 1 }

/** The files of a dialect: name and text. */
export function goldenFiles(dialect: DialectName): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const name of Object.keys(GOLDEN_QUERIES)) {
    files.set(`${name}.sql`, questionStatements(name, dialect).map(written).join('\n'))
  }
  const functions = functionStatements(dialect).map(({ label, ...statement }) => `-- ${label}\n${written(statement)}`)
  files.set('functions.sql', functions.join('\n'))
  return files
}

function written({ sql: text, parameters }: GoldenStatement): string {
  return `${broken(text)};\n${parameters.length === 0 ? '' : `-- ${JSON.stringify(parameters)}\n`}`
}

/** A line for each clause, for those who read it. */
function broken(text: string): string {
  return text.replaceAll(/ (from|where|group by|having|order by|left join|union all|limit|offset) /g, '\n$1 ')
}
