import { sql } from 'kysely'
import type { CalendarRules } from '../query/calendar.ts'
import type { Parameter } from '../query/filter-test.ts'
import type { CustomBuckets } from '../query/time-buckets.ts'
import type { Granularity } from '../schema/query.ts'
import type { Dialect, Sql } from './dialects/dialect.ts'
import type { Condition, Expression } from './plan.ts'
import { authorSql, integerSql } from './raw-sql.ts'

const COMPARISONS: Readonly<Record<'=' | '<>' | '<' | '<=' | '>' | '>=', Sql>> = {
  '=': sql`=`,
  '<>': sql`<>`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
}

/** An expression as SQL that can stand anywhere: in brackets unless it is a single item. */
export function toSql(expression: Expression, dialect: Dialect): Sql {
  const text = toBareSql(expression, dialect)
  return isSingle(expression) ? text : sql`(${text})`
}

/** Kinds whose text has operators or keywords at its top level. */
const COMPOUND: ReadonlySet<Expression['kind']> = new Set([
  'bin',
  'geo',
  'case',
  'test',
  'arithmetic',
  'negate',
  'filters',
])

function isSingle(expression: Expression): boolean {
  return expression.kind === 'sql' ? expression.isColumn : !COMPOUND.has(expression.kind)
}

/** An expression as SQL that stands between commas, brackets or keywords of ours. */
export function toBareSql(expression: Expression, dialect: Dialect): Sql {
  switch (expression.kind) {
    case 'sql':
      return sql.join(
        expression.pieces.map((piece) => (typeof piece === 'string' ? authorSql(piece) : toSql(piece, dialect))),
        sql``,
      )
    case 'alias':
      return sql.id(expression.alias)
    case 'column':
      return sql.id(expression.alias, expression.name)
    case 'parameter':
      return dialect.parameter(expression.parameter)
    case 'integer':
      return integerSql(expression.value)
    case 'local':
      return dialect.localLiteral(expression.iso)
    case 'cast':
      return dialect.cast(toBareSql(expression.argument, dialect), expression.to)
    case 'arithmetic':
      return arithmetic(expression, dialect)
    case 'negate':
      return sql`- ${toSql(expression.argument, dialect)}`
    case 'call':
      return dialect.call(
        expression.function,
        expression.args.map((arg) => toSql(arg, dialect)),
      )
    case 'absent':
      return sql`null`
    case 'filters':
      return sql`1 = 1`
    case 'argument':
      throw new Error('a value of a filter is missing')
    case 'window':
      return windowSql(expression, dialect)
    case 'test':
      return conditionSql(expression.condition, dialect)
    case 'case':
      return caseSql(expression, dialect)
    case 'aggregate': {
      const argument = expression.argument === undefined ? undefined : toBareSql(expression.argument, dialect)
      const filter = expression.filters.length === 0 ? undefined : all(expression.filters, dialect)
      return dialect.aggregate(expression.function, argument, filter, expression.percentile)
    }
    case 'row-value':
      return rowValue(expression, dialect)
    case 'instant':
      return dialect.instant(toSql(expression.argument, dialect))
    case 'bucket': {
      const { granularity, argument, timezone, offsets, rules } = expression
      const local = dialect.localTime(toSql(argument, dialect), timezone, offsets)
      return truncated(granularity, local, rules, dialect)
    }
    case 'local-time':
      return dialect.localTime(toSql(expression.argument, dialect), expression.timezone, expression.offsets)
    case 'add-interval':
      return dialect.addInterval(toSql(expression.argument, dialect), expression.interval)
    case 'truncate':
      return truncated(expression.granularity, toSql(expression.argument, dialect), expression.rules, dialect)
    case 'bin':
      return bin(expression, dialect)
    case 'geo': {
      const latitude = dialect.text(toSql(expression.latitude, dialect))
      const longitude = dialect.text(toSql(expression.longitude, dialect))
      return dialect.concat([latitude, sql`','`, longitude])
    }
    case 'null':
      return expression.isAggregate ? sql`max(${dialect.null(expression.type)})` : dialect.null(expression.type)
  }
}

function truncated(granularity: Granularity | CustomBuckets, local: Sql, rules: CalendarRules, dialect: Dialect): Sql {
  return typeof granularity === 'string'
    ? dialect.truncate(granularity, local, rules)
    : dialect.truncateCustom(local, granularity)
}

const SIGNS = { '+': sql` + `, '-': sql` - `, '*': sql` * ` } as const

function arithmetic({ operator, ...sides }: Extract<Expression, { kind: 'arithmetic' }>, dialect: Dialect): Sql {
  const [left, right] = [toSql(sides.left, dialect), toSql(sides.right, dialect)]
  return operator === '/' ? dialect.divide(left, right) : sql`${left}${SIGNS[operator]}${right}`
}

function windowSql(
  { function: name, argument, partition, order }: Extract<Expression, { kind: 'window' }>,
  dialect: Dialect,
) {
  const value =
    name === 'rank'
      ? sql`rank()`
      : dialect.aggregate(name, argument === undefined ? undefined : toBareSql(argument, dialect), undefined)
  const parts: Sql[] = []
  if (partition.length > 0) parts.push(sql`partition by ${sql.join(partition.map((part) => toBareSql(part, dialect)))}`)
  if (order.length > 0) {
    const terms = order.map(({ expression, direction }) => dialect.orderBy(toSql(expression, dialect), direction))
    parts.push(sql`order by ${sql.join(terms)}`)
  }
  return sql`${value} over (${sql.join(parts, sql` `)})`
}

function caseSql({ whens, otherwise }: Extract<Expression, { kind: 'case' }>, dialect: Dialect): Sql {
  const cases = whens.map(
    ({ condition, value }) => sql`when ${conditionSql(condition, dialect)} then ${toSql(value, dialect)} `,
  )
  const rest = otherwise === undefined ? sql`` : sql`else ${toSql(otherwise, dialect)} `
  return sql`case ${sql.join(cases, sql``)}${rest}end`
}

function all(filters: readonly Expression[], dialect: Dialect): Sql {
  return sql.join(
    filters.map((filter) => sql`(${toBareSql(filter, dialect)})`),
    sql` and `,
  )
}

function rowValue({ argument, filters }: Extract<Expression, { kind: 'row-value' }>, dialect: Dialect): Sql {
  const value = argument === undefined ? sql`1` : toSql(argument, dialect)
  return filters.length === 0 ? value : sql`case when ${all(filters, dialect)} then ${value} end`
}

function bin({ argument, width, min, max }: Extract<Expression, { kind: 'bin' }>, dialect: Dialect): Sql {
  const number = toSql(argument, dialect)
  const plain = dialect.bin(number, width, fractionDigits(width))
  if (min === undefined && max === undefined) return plain
  const low = min === undefined ? sql`` : sql`when ${number} < ${dialect.double(min)} then ${dialect.double(min)} `
  const high = max === undefined ? sql`` : sql`when ${number} >= ${dialect.double(max)} then ${dialect.double(max)} `
  return sql`case ${low}${high}else ${plain} end`
}

/** Digits after the decimal point, so that the third bin of width 0.1 starts at 0.3 and not at 0.30000000000000004. */
function fractionDigits(width: number): number {
  const [mantissa, exponent] = String(width).split('e')
  const digits = (mantissa!.split('.')[1]?.length ?? 0) - Number(exponent ?? 0)
  return Math.max(0, Math.min(digits, 15))
}

/** A condition as SQL that can stand in an `and` or an `or`. */
export function conditionSql(condition: Condition, dialect: Dialect): Sql {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      if (condition.conditions.length === 0) throw new Error(`an empty "${condition.kind}" reached the SQL`)
      const parts = condition.conditions.map((part) => conditionSql(part, dialect))
      return parts.length === 1
        ? parts[0]!
        : sql`(${sql.join(parts, condition.kind === 'and' ? sql` and ` : sql` or `)})`
    }
    case 'not':
      return sql`not (${conditionSql(condition.condition, dialect)})`
    case 'never':
      return sql`1 = 0`
    case 'expression':
      return sql`(${toBareSql(condition.expression, dialect)})`
    case 'relate': {
      const [left, right] = [toSql(condition.left, dialect), toSql(condition.right, dialect)]
      if (condition.operator === 'same') return dialect.sameOrBothNull(left, right)
      return sql`${left} ${COMPARISONS[condition.operator]} ${right}`
    }
    default:
      return testSql(condition, toSql(condition.argument, dialect), dialect)
  }
}

type Test = Exclude<Condition, { kind: 'and' | 'or' | 'not' | 'never' | 'expression' | 'relate' }>

function testSql(test: Test, argument: Sql, dialect: Dialect): Sql {
  switch (test.kind) {
    case 'present':
      return test.isNegated ? sql`${argument} is null` : sql`${argument} is not null`
    case 'compare':
      return sql`${compared(argument, test.value, dialect)} ${COMPARISONS[test.operator]} ${dialect.parameter(test.value)}`
    case 'equals':
      if (test.values.length === 0) throw new Error('a condition without values reached the SQL')
      return dialect.equals(argument, test.values, test.isNegated)
    case 'like': {
      const likes = test.values.map((value) => dialect.like(argument, test.mode, value))
      return orNull(likes, test.isNegated, argument)
    }
    case 'within': {
      const time = dialect.comparedTime(argument)
      const spans = test.spans.map(([start, end]) => {
        const inside = sql`${time} >= ${dialect.parameter(start)} and ${time} < ${dialect.parameter(end)}`
        return test.spans.length === 1 ? inside : sql`(${inside})`
      })
      if (!test.isNegated && spans.length === 1) return sql`(${spans[0]})`
      return orNull(spans, test.isNegated, argument)
    }
  }
}

function compared(argument: Sql, { type }: Parameter, dialect: Dialect): Sql {
  return type === 'timestamp' ? dialect.comparedTime(argument) : argument
}

/** Any of the alternatives; negated: none of them, or null. */
function orNull(alternatives: readonly Sql[], isNegated: boolean, argument: Sql): Sql {
  if (alternatives.length === 0) throw new Error('a condition without values reached the SQL')
  const any = sql.join(alternatives, sql` or `)
  if (isNegated) return sql`(not (${any}) or ${argument} is null)`
  return alternatives.length === 1 ? alternatives[0]! : sql`(${any})`
}
