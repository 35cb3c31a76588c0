import type { DialectName, RollupColumn } from '@datainsight/core/compile'
import { expect, it } from 'vitest'
import { TableSql } from './table-sql.ts'

const COLUMNS: readonly RollupColumn[] = [
  { name: 't0', holds: 'time' },
  { name: 'm0', holds: 'number' },
]
const TABLE = { schema: 'rollups', name: 'r_1' }
const SELECT = { sql: 'select a as c0, b as c1 from x where a > ?', parameters: [7] }

// Databases that are not installed here: what is checked is the text, against their manuals.
it.each<[DialectName, string]>([
  ['mysql', 'create table `rollups`.`r_1` as select `q`.`c0` as `t0`, `q`.`c1` as `m0` from ($) `q`'],
  ['snowflake', 'create table "rollups"."r_1" as select "q"."c0" as "t0", "q"."c1" as "m0" from ($) "q"'],
  ['trino', 'create table "rollups"."r_1" as select "q"."c0" as "t0", "q"."c1" as "m0" from ($) "q"'],
  ['bigquery', 'create table `rollups`.`r_1` as select `q`.`c0` as `t0`, `q`.`c1` as `m0` from ($) `q`'],
  ['databricks', 'create table `rollups`.`r_1` as select `q`.`c0` as `t0`, `q`.`c1` as `m0` from ($) `q`'],
  ['sqlserver', 'select [q].[c0] as [t0], [q].[c1] as [m0] into [rollups].[r_1] from ($) as [q]'],
])('makes a table of a select in %s', (dialect, text) => {
  const made = new TableSql(dialect).createAs(TABLE, COLUMNS, SELECT)
  expect(made).toEqual({ sql: text.replace('$', SELECT.sql), parameters: [7] })
})

it('makes a table by the types that PostgreSQL and Redshift say, because their definitions take no parameters', () => {
  const sql = new TableSql('redshift')
  expect(sql.create(TABLE, COLUMNS, ['timestamp', 'numeric(38,2)']).sql).toBe(
    'create table "rollups"."r_1" ("t0" timestamp, "m0" numeric(38,2))',
  )
  expect(sql.insert(TABLE, COLUMNS, SELECT)).toEqual({
    sql: `insert into "rollups"."r_1" ("t0", "m0") select "q"."c0" as "t0", "q"."c1" as "m0" from (${SELECT.sql}) "q"`,
    parameters: [7],
  })
})

it('asks each catalog for the tables of one schema', () => {
  expect(new TableSql('bigquery').list('rollups').sql).toBe(
    "select table_name, table_type from `rollups`.INFORMATION_SCHEMA.TABLES where table_schema = 'rollups'",
  )
  expect(new TableSql('trino').list('rollups').sql).toBe(
    "select table_name, table_type from information_schema.tables where table_schema = 'rollups'",
  )
})

const SOLD: readonly RollupColumn[] = [
  { name: 't0', holds: 'time' },
  { name: 'd0', holds: 'text' },
  { name: 'm0', holds: 'number', adds: 'sum' },
  { name: 'm1', holds: 'number', adds: 'min' },
  { name: 'm2', holds: 'number' },
]
const LEVEL = { schema: 'rollups', name: 'r_2_l0' }

it('sums up what adds up, by what a level keeps', () => {
  const sql = new TableSql('snowflake')
  const sums = (part: number) =>
    `select ${part} as "part", "t0", sum("m0") as "m0", min("m1") as "m1" from "rollups"."r_1" group by "t0" having count(*) > 0`
  expect(sql.createLevel(LEVEL, SOLD, [], TABLE).sql).toBe(
    `create table "rollups"."r_2_l0" as select * from (${sums(1_000_000)}) "q" where 1 = 0`,
  )
  expect(new TableSql('sqlserver').createLevel(LEVEL, SOLD, ['d0'], TABLE).sql).toBe(
    'select * into [rollups].[r_2_l0] from (select 1000000 as [part], [t0], [d0], sum([m0]) as [m0], min([m1]) as [m1] from [rollups].[r_1] group by [t0], [d0] having count(*) > 0) [q] where 1 = 0',
  )
  expect(sql.sumUp(LEVEL, SOLD, [], 3, TABLE).sql).toBe(
    `insert into "rollups"."r_2_l0" ("part", "t0", "m0", "m1") ${sums(3)}`,
  )
  expect(sql.copySums(LEVEL, SOLD, [], 3, { table: { schema: 'rollups', name: 'r_1_l0' }, part: 5 }).sql).toBe(
    'insert into "rollups"."r_2_l0" ("part", "t0", "m0", "m1") select 3, "t0", "m0", "m1" from "rollups"."r_1_l0" where "part" = 5',
  )
})
