import { expect, it } from 'vitest'
import { nextCursor } from '../../src/compile/index.ts'
import type { Query } from '../../src/schema/query.ts'
import { compileSales } from './sales.ts'

/** The statement with a line for each select, to be read. */
function statement(query: Query): string {
  return compileSales(query).sql.replaceAll(/ (union all|from \(select|left join|order by)/g, '\n$1')
}

const count = { measures: ['sales.count'] }

it('calculates in the select that aggregates', () => {
  expect(
    statement({
      calculations: [{ name: 'mean', expression: 'sales.revenue / sales.count' }],
      dimensions: ['sales.region'],
      filters: [{ member: 'calc.mean', operator: 'gt', values: [10] }],
    }),
  ).toMatchInlineSnapshot(`
    "select "sales".region as "c0", (cast(sum("sales".amount) as double precision) / nullif(cast(count(*) as double precision), 0)) as "c1" from "sales" as "sales" group by 1 having ((cast(sum("sales".amount) as double precision) / nullif(cast(count(*) as double precision), 0))) > cast($1 as bigint)
    order by 2 desc nulls last, 1 asc nulls last limit $2"
  `)
})

it('answers subtotals by a select for each', () => {
  expect(
    statement({ ...count, dimensions: ['sales.region', 'sales.product'], subtotals: true }),
  ).toMatchInlineSnapshot(`
    "select "q"."c0" as "c0", "q"."c1" as "c1", "q"."c2" as "c2", "q"."c3" as "c3"
    from (select "q"."g0" as "c0", "q"."g1" as "c1", "q"."grouping" as "c2", "q"."m0" as "c3", "q"."r0" as "c4", "q"."r1" as "c5"
    from (select "sales".region as "g0", "sales".product as "g1", 0 as "r0", 0 as "r1", 0 as "grouping", count(*) as "m0" from "sales" as "sales" group by 1, 2
    union all select "sales".region as "g0", null as "g1", 0 as "r0", 1 as "r1", 2 as "grouping", count(*) as "m0" from "sales" as "sales" group by 1
    union all select null as "g0", null as "g1", 1 as "r0", 1 as "r1", 3 as "grouping", count(*) as "m0" from "sales" as "sales") as "q") as "q"
    order by "q"."c4" asc nulls last, "q"."c0" asc nulls last, "q"."c5" asc nulls last, "q"."c1" asc nulls last limit $1"
  `)
})

it('looks every row up among the top values', () => {
  const topN = { dimension: 'sales.region', limit: 2, measure: 'sales.revenue', others: true }
  expect(statement({ ...count, dimensions: ['sales.region'], topN })).toMatchInlineSnapshot(`
    "select "q"."g0" as "c0", "q"."flag" = 1 as "c1", "q"."m0" as "c2"
    from (select case when "top_values"."di_top" is not null then cast("sales".region as text) else cast($1 as text) end as "g0", case when "top_values"."di_top" is not null then 0 else 1 end as "flag", count(*) as "m0", sum("sales".amount) as "m1" from "sales" as "sales"
    left join (select "q"."g0" as "v", 1 as "di_top", "q"."m0" as "r"
    from (select "sales".region as "g0", sum("sales".amount) as "m0" from "sales" as "sales" group by 1) as "q"
    order by 3 desc nulls last, 1 asc nulls last limit $2) as "top_values" on coalesce(cast("sales".region as text), $3) = coalesce(cast("top_values"."v" as text), $4) and (case when "sales".region is null then 1 else 0 end) = (case when "top_values"."v" is null then 1 else 0 end) group by 1, 2) as "q"
    order by 2 asc nulls last, 3 desc nulls last, 1 asc nulls last limit $5"
  `)
})

it('answers compared spans by a select for each', () => {
  const timeDimensions = [{ dimension: 'sales.at', compareDateRange: ['today', 'yesterday'] }]
  expect(statement({ ...count, timeDimensions })).toMatchInlineSnapshot(`
    "select "q"."period" as "c0", "q"."m0" as "c1"
    from (select 0 as "period", count(*) as "m0" from "sales" as "sales" where ("sales".sold_at >= cast($1 as timestamptz) and "sales".sold_at < cast($2 as timestamptz))
    union all select 1 as "period", count(*) as "m0" from "sales" as "sales" where ("sales".sold_at >= cast($3 as timestamptz) and "sales".sold_at < cast($4 as timestamptz))) as "q"
    order by 1 asc nulls last, 2 desc nulls last limit $5"
  `)
})

it('joins what was found to the buckets of a span', () => {
  const dateRange = ['2026-03-28', '2026-03-30']
  const timeDimensions = [{ dimension: 'sales.at', granularity: 'day', dateRange, fill: 'zero' as const }]
  expect(statement({ ...count, dimensions: ['sales.region'], timeDimensions })).toMatchInlineSnapshot(`
    "select "spine"."t" as "c0", "others"."g1" as "c1", case when "found"."g0" is null then 0 when "found"."m0" is null then 0 else "found"."m0" end as "c2"
    from (select * from (values (timestamp '2026-03-28T00:00:00.000'), (timestamp '2026-03-29T00:00:00.000'), (timestamp '2026-03-30T00:00:00.000')) as "v"("t")) as "spine" cross join (select "q"."g1" as "g1"
    from (select date_trunc('day', cast("sales".sold_at as timestamp)) as "g0", "sales".region as "g1", count(*) as "m0" from "sales" as "sales" where ("sales".sold_at >= cast($1 as timestamptz) and "sales".sold_at < cast($2 as timestamptz)) group by 1, 2) as "q" group by 1) as "others"
    left join (select date_trunc('day', cast("sales".sold_at as timestamp)) as "g0", "sales".region as "g1", count(*) as "m0" from "sales" as "sales" where ("sales".sold_at >= cast($3 as timestamptz) and "sales".sold_at < cast($4 as timestamptz)) group by 1, 2) as "found" on "found"."g0" = "spine"."t" and "found"."g1" is not distinct from "others"."g1"
    order by 1 asc nulls last, 2 asc nulls last limit $5"
  `)
})

it('continues after a row by conditions on the columns that order', () => {
  const query: Query = { ...count, dimensions: ['sales.region'], order: { 'sales.count': 'desc' }, limit: 5 }
  const cursor = nextCursor(compileSales(query), ['east', 7])!
  expect(statement({ ...query, cursor })).toMatchInlineSnapshot(`
    "select "q"."c0" as "c0", "q"."c1" as "c1"
    from (select "sales".region as "c0", count(*) as "c1" from "sales" as "sales" group by 1) as "q" where ("q"."c1" < cast($1 as bigint) or "q"."c1" is null or ("q"."c1" = cast($2 as bigint) and ("q"."c0" > $3 or "q"."c0" is null)))
    order by 2 desc nulls last, 1 asc nulls last limit $4"
  `)
  expect(compileSales({ ...query, cursor }).parameters).toEqual([7, 7, 'east', 6])
})

it('orders by columns that it does not show', () => {
  expect(statement({ dimensions: ['sales.product'], order: { 'sales.peak': 'desc' } })).toMatchInlineSnapshot(`
    "select "q"."c0" as "c0"
    from (select "sales".product as "c0", max("sales".amount) as "c1" from "sales" as "sales" group by 1) as "q"
    order by "q"."c1" desc nulls last, "q"."c0" asc nulls last limit $1"
  `)
})

it('buckets by the weeks and years of the query', () => {
  const timeDimensions = ['week', 'year', 'sprint'].map((granularity) => ({ dimension: 'sales.at', granularity }))
  expect(statement({ timeDimensions, weekStart: 'sunday', fiscalYearStart: 4 })).toMatchInlineSnapshot(`
    "select date_bin(interval '604800000 milliseconds', cast("sales".sold_at as timestamp), timestamp '2000-01-09T00:00:00.000') as "c0", (timestamp '1970-01-01' + make_interval(months => cast(floor(((extract(year from cast("sales".sold_at as timestamp)) - 1970) * 12 + extract(month from cast("sales".sold_at as timestamp)) - 1 - 3) / 12) * 12 + 3 as integer))) as "c1", date_bin(interval '1209600000 milliseconds', cast("sales".sold_at as timestamp), timestamp '2026-03-04T00:00:00.000') as "c2" from "sales" as "sales" group by 1, 2, 3
    order by 1 asc nulls last, 2 asc nulls last, 3 asc nulls last limit $1"
  `)
})
