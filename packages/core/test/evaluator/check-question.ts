import { type CompiledQuery, compileQuery, nextCursor } from '../../src/compile/index.ts'
import { AnalyticsError } from '../../src/errors.ts'
import type { Model } from '../../src/model/index.ts'
import type { Filter } from '../../src/schema/filter.ts'
import type { Query } from '../../src/schema/query.ts'
import type { Cell } from '../../src/schema/result.ts'
import type { Security } from '../../src/security.ts'
import { embedSecurity, NOW, type ShopDatabase } from '../fixtures.ts'
import { formulaText } from './calls.ts'
import { type Asked, type AskedFilter, evaluate } from './evaluate.ts'
import type { Caller, Rule } from './policies.ts'
import { Refused } from './sight.ts'
import type { World } from './world.ts'

/** An answer as lines of text, of how many in all, or why there is none. */
export type Outcome = { readonly rows: readonly string[]; readonly total: number } | { readonly refused: string }

export function queryOf(asked: Asked): Query {
  const { times, bins, filters, calculations, subtotals, topN, order, limit, offset } = asked
  const { timezone, weekStart, fiscalYearStart } = asked
  return {
    measures: [...asked.measures],
    dimensions: [...asked.dimensions],
    segments: [...asked.segments],
    timeDimensions: times.map(({ dimension, granularity, dateRange, compare, fill }) => ({
      dimension,
      ...(granularity !== undefined && { granularity }),
      ...(dateRange !== undefined && { dateRange: [...dateRange] }),
      ...(compare !== undefined && { compareDateRange: compare.map((range) => [...range]) }),
      ...(fill !== undefined && { fill }),
    })),
    ...(bins !== undefined && { bins: bins.map((bin) => ({ ...bin })) }),
    filters: filters.map(filterOf),
    calculations: calculations.map(({ name, value }) => ({ name, expression: formulaText(value) })),
    ...(subtotals !== undefined && { subtotals: subtotals === true ? true : subtotals.map((kept) => [...kept]) }),
    ...(topN !== undefined && { topN }),
    ...(order !== undefined && {
      order: order.map(([name, direction]): [string, 'asc' | 'desc'] => [name, direction]),
    }),
    ...(limit !== undefined && { limit }),
    ...(offset !== undefined && { offset }),
    total: true,
    ...(asked.isUngrouped === true && { ungrouped: true }),
    timezone,
    weekStart,
    fiscalYearStart,
  }
}

function filterOf(filter: AskedFilter): Filter {
  if ('and' in filter) return { and: filter.and.map(filterOf) }
  if ('or' in filter) return { or: filter.or.map(filterOf) }
  const { member, operator } = filter
  if (operator === 'measureFilter' || operator === 'set' || operator === 'notSet') return { member, operator }
  return { member, operator, values: [...filter.values] }
}

export function securityOf({ kind, roles, attributes, filters, denied, masked }: Caller): Security {
  return embedSecurity({
    kind,
    roles,
    attributes: attributes as Security['attributes'],
    filters: filters.map(ruleOf),
    deniedMembers: denied,
    maskedMembers: masked,
  })
}

function ruleOf(rule: Rule): Filter {
  if ('and' in rule) return { and: rule.and.map(ruleOf) }
  if ('or' in rule) return { or: rule.or.map(ruleOf) }
  return {
    member: rule.member,
    operator: rule.operator,
    values: rule.values.flatMap((value) => ('value' in value ? [value.value] : [])),
  }
}

/** Numbers to nine digits: databases divide in their own ways. Flags are 0 and 1. */
function plainCell(cell: unknown): unknown {
  if (typeof cell === 'boolean') return cell ? 1 : 0
  return typeof cell === 'number' ? Number(cell.toFixed(9)) + 0 : cell
}

function linesOf(rows: readonly (readonly unknown[])[]): string[] {
  return rows.map((row) => JSON.stringify(row.map(plainCell)))
}

/** What a walk through all rows finds. */
export function expectedOutcome(world: World, caller: Caller, asked: Asked): Outcome {
  try {
    const rows = evaluate(world, caller, asked)
    const { limit = rows.length, offset = 0, isPaged = false } = asked
    return { rows: linesOf(isPaged ? rows : rows.slice(offset, offset + limit)), total: rows.length }
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message }
    throw error
  }
}

export interface Answered {
  readonly outcome: Outcome
  readonly compiled: CompiledQuery | undefined
}

/** What a database answers to the statement of the compiler. */
export async function databaseOutcome(
  model: Model,
  caller: Caller,
  asked: Asked,
  database: ShopDatabase,
): Promise<Answered> {
  const query = queryOf(asked)
  const compile = (cursor?: string) =>
    compileQuery(model, cursor === undefined ? query : { ...query, cursor }, {
      security: securityOf(caller),
      now: NOW,
      dialect: () => database.dialect,
    })
  let compiled: CompiledQuery
  try {
    compiled = compile()
  } catch (error) {
    if (error instanceof AnalyticsError)
      return { outcome: { refused: `${error.code}: ${error.message}` }, compiled: undefined }
    throw error
  }
  const [[total] = []] = await database.run(compiled.total!.sql, compiled.total!.parameters)
  const rows: unknown[][] = []
  for (let page: CompiledQuery | undefined = compiled; page !== undefined; ) {
    // One row more is fetched, to know whether there is one.
    const found: unknown[][] = await database.run(page.sql, page.parameters)
    rows.push(...found.slice(0, page.limit))
    const last: unknown[] | undefined =
      asked.isPaged === true && found.length > page.limit ? found[page.limit - 1] : undefined
    const cursor: string | undefined = last && nextCursor(page, last as Cell[])
    page = cursor === undefined ? undefined : compile(cursor)
  }
  return { outcome: { rows: linesOf(rows), total: Number(total) }, compiled }
}
