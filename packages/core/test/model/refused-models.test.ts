import { describe, expect, it } from 'vitest'
import { AnalyticsError, type Problem } from '../../src/errors.ts'
import { parseModel } from '../../src/model/index.ts'

function problemsOf(...texts: string[]): readonly Problem[] {
  try {
    parseModel(texts.map((text, index) => ({ path: `m${index}.yml`, text })))
  } catch (error) {
    if (error instanceof AnalyticsError && error.code === 'model_invalid') return error.problems
    throw error
  }
  return []
}

/** Cube `a`, which joins `b` and, as `home`, `c`; lines are added to `a` or to the model. */
function model({ dimensions = '', measures = '', cube = '', rest = '' }): string {
  return `cubes:
  - name: a
    sql_table: a
    joins:
      - { name: b, relationship: many_to_one, sql: "{CUBE}.b = {b.id}" }
      - { name: c, alias: home, relationship: many_to_one, sql: "{CUBE}.c = {home.id}" }
      - { name: c, alias: work, relationship: many_to_one, sql: "{CUBE}.w = {work.id}" }
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: x, type: string, sql: x }
      - { name: at, type: time, sql: at }
      - { name: kind, type: switch, values: [p, q] }
${dimensions}
    measures:
      - { name: count, type: count }
      - { name: total, type: sum, sql: x }
${measures}
${cube}
  - name: b
    sql_table: b
    dimensions: [{ name: id, type: number, sql: id, primary_key: true }, { name: y, type: string, sql: y }]
    measures: [{ name: count, type: count }]
  - name: c
    sql_table: c
    dimensions: [{ name: id, type: number, sql: id, primary_key: true }]
  - name: far
    sql_table: far
    measures: [{ name: count, type: count }]
    dimensions: [{ name: id, type: number, sql: id }]
${rest}
`
}
const messages = (parts: Parameters<typeof model>[0]) => problemsOf(model(parts)).map(({ message }) => message)
const dimension = (text: string) => messages({ dimensions: `      - { name: d, ${text} }` })
const measure = (text: string) => messages({ measures: `      - { name: m, ${text} }` })
const cube = (text: string) => messages({ cube: `    ${text}` })
const view = (text: string) => messages({ rest: `views:\n  - { name: v, ${text} }` })

it('accepts the model that these start from', () => {
  expect(problemsOf(model({}))).toEqual([])
})

describe('FILTER_PARAMS', () => {
  const rows = (where: string) =>
    problemsOf(`cubes:
  - name: t
    sql: ${JSON.stringify(`select * from t where ${where}`)}
    dimensions: [{ name: x, type: string, sql: x }]
    segments: [{ name: s, sql: x }]
    measures: [{ name: count, type: count }]`).map(({ message }) => message)

  it.each<[string, string | RegExp]>([
    ['{FILTER_PARAMS.t.y.filter("y")}', /^unknown member: t.y/],
    ['{FILTER_PARAMS.u.x.filter("x")}', /^unknown cube: u/],
    ['{FILTER_PARAMS.t.count.filter("x")}', /conditions on measures hold for groups/],
    ['{FILTER_PARAMS.t.s.filter(lambda v: f"x = {v}")}', /a segment has no values for a lambda/],
    ['{FILTER_PARAMS.t.x.value("x")}', 'FILTER_PARAMS.t.x has filter, not value'],
    ['{FILTER_PARAMS.t.x.filter(x)}', /^expected SQL in quotes before "x\)/],
    ['{FILTER_PARAMS.t.x.filter("x)}', 'the quote " is never closed'],
    ['{FILTER_PARAMS.t.x.filter("x")', 'expected } at the end'],
    ['{FILTER_PARAMS.t.x.filter("x", "y")}', /^expected \) before/],
    ['{FILTER_PARAMS.t.x.filter("x) or (1=1")}', /\) has no opening bracket/],
    ['{FILTER_PARAMS.t.x.filter("x; drop table t")}', /; is not allowed/],
    ['{FILTER_PARAMS.t.x.filter(lambda v: f"x = {w}")}', /unknown reference: \{w\}/],
    ['{FILTER_PARAMS.t.x.filter(lambda *v: f"x")}', /^expected a name before "\*v/],
    ['{FILTER_GROUP()}', 'FILTER_GROUP needs FILTER_PARAMS in its brackets'],
    ['{FILTER_GROUP(SQL_UTILS.convertTz("x"))}', 'FILTER_GROUP holds FILTER_PARAMS, not SQL_UTILS'],
    ['{SECURITY_CONTEXT.x.filter("x")}', /belong in access_policy/],
  ])('%s', (where, message) => {
    expect(rows(where)).toContainEqual(typeof message === 'string' ? message : expect.stringMatching(message))
  })

  it('has no query to ask in a refresh key', () => {
    expect(cube('refresh_key: { sql: "select {SQL_UTILS.convertTz(`x`)}" }')).toEqual([
      '{SQL_UTILS.convertTz} cannot stand here, where there is no query to have a time zone',
    ])
  })
})

describe('dimensions', () => {
  it.each<[string, string | RegExp]>([
    ['type: string, sql: x, case: { when: [{ sql: "true", label: a }] }', 'a dimension has sql or case, not both'],
    ['type: string, case: { when: [] }', /at least 1 item is needed/],
    ['type: string, case: { when: [{ sql: "{nope}", label: a }] }', /unknown reference: \{nope\}/],
    ['type: string, sql: x, values: [a]', 'only a switch dimension has values'],
    ['type: switch', 'a switch dimension needs values'],
    ['type: string, sql: x, granularities: [{ name: g, interval: 1 day }]', 'only a time dimension has granularities'],
    ['type: time, sql: x, granularities: [{ name: g }]', 'interval is missing'],
    ['type: time, sql: x, granularities: [{ name: g, interval: 1 moon }]', /"1 moon" is not an interval/],
    [
      'type: time, sql: x, granularities: [{ name: g, interval: 0 days }]',
      'an interval of buckets is more than nothing',
    ],
    [
      'type: time, sql: x, granularities: [{ name: g, interval: -1 day }]',
      'an interval of buckets is more than nothing',
    ],
    [
      'type: time, sql: x, granularities: [{ name: g, interval: 1 month 1 day }]',
      /of months and years, or of weeks and less/,
    ],
    ['type: time, sql: x, granularities: [{ name: day, interval: 1 day }]', /^day is a built-in granularity/],
    [
      'type: time, sql: x, granularities: [{ name: g, interval: 1 day }, { name: g, interval: 2 days }]',
      'duplicate granularity: g',
    ],
    [
      'type: time, sql: x, granularities: [{ name: g, interval: 1 day, origin: "2025-02-30" }]',
      /"2025-02-30" is not a date/,
    ],
    [
      'type: time, sql: x, granularities: [{ name: g, interval: 1 day, origin: yesterday }]',
      /"yesterday" is not a date/,
    ],
    [
      'type: time, sql: x, granularities: [{ name: g, interval: 1 day, origin: "2025-02-03", offset: 1 hour }]',
      'give offset or origin, not both',
    ],
    ['type: time, sql: x, granularities: [{ name: g, sql: z }]', /only in a calendar cube/],
    ['type: time, sql: x, time_shift: [{ name: s, sql: z }]', /only in a calendar cube/],
    ['type: number, sql: "{b.count}"', '{b.count} is a measure, which cannot stand here'],
    ['type: number, sql: "{far.count}", sub_query: true', 'no joins connect a and far'],
    ['type: number, sql: x, propagate_filters_to_sub_query: true', /needs sub_query: true/],
    ['type: string, sql: x, format: curency', /unknown format: "curency"; did you mean currency/],
    ['type: string, sql: x, format: { type: button }', /expected "link"/],
    ['type: string, sql: x, mask: { sql: "{nope}" }', /unknown reference/],
    ['type: string, sql: x, classification: secret', /expected "pii", not "secret"/],
    ['type: string, sql: x, title: { en: A, "de AT": B }', /unknown key/],
    ['type: string, sql: x, multi_stage: true', /unknown key: multi_stage/],
    ['type: money, sql: x', /"money" is not one of string, number, integer, decimal, currency/],
    ['type: string, sql: "{at.fortnight}"', /unknown cube: at/],
    ['type: string, sql: "{x.month}"', /unknown cube: x/],
    ['type: string, sql: "{b.c.id}"', 'no join leads from b to c'],
    ['type: string, sql: "{a.b.y.month}"', /no join leads from b to y/],
    ['type: string, sql: "{SQL_UTILS.toTz(`x`)}"', 'SQL_UTILS has convertTz, not toTz'],
    ['type: string, sql: "{SQL_UTILS.convertTz(x)}"', /^expected SQL in quotes before/],
    ['type: string, sql: "{SQL_UTILS.convertTz(`x; y`)}"', '; is not allowed: write one expression'],
    ['type: string, sql: "{SQL_UTILS.convertTz(`{nope}`)}"', /unknown reference: \{nope\}/],
    ['type: string, sql: "{COMPILE_CONTEXT.x}"', /COMPILE_CONTEXT\} is not supported: one model serves all callers/],
    ['type: string, sql: "{FILTER_GROUP(1)}"', /^expected a name before "1\)/],
    [
      'type: string, sql: x, public: COMPILE_CONTEXT.is_finance',
      /expected true or false, not "COMPILE_CONTEXT.is_finance"/,
    ],
  ])('%s', (text, message) => {
    expect(dimension(text)).toContainEqual(typeof message === 'string' ? message : expect.stringMatching(message))
  })

  it('need a key for sub-queries', () => {
    expect(
      problemsOf(
        'cubes:\n  - { name: a, sql_table: a, dimensions: [{ name: d, type: number, sql: "{m}", sub_query: true }], measures: [{ name: m, type: count }] }',
      ).map(({ message }) => message),
    ).toEqual(['a sub_query dimension needs a primary_key in a'])
  })
})

describe('measures', () => {
  it.each<[string, string | RegExp]>([
    ['type: percentile, sql: x', /needs percentile, such as 0.95/],
    ['type: percentile, sql: x, percentile: 95', /expected at most 1, not 95/],
    ['type: median, sql: x, percentile: 0.5', 'only a measure of type percentile has percentile'],
    ['type: sum, sql: "{count}"', '{CUBE.count} is a measure, which cannot stand here'],
    ['type: number, sql: "{nope.count}"', /unknown cube: nope/],
    ['type: number, sql: "{b.cuont}"', /unknown member: b.cuont; did you mean count\?/],
    ['type: string, sql: max(x), filters: [{ sql: "true" }]', /a measure of type string has no filters/],
    ['type: count, rolling_window: {}', /needs trailing or leading/],
    ['type: count, rolling_window: { trailing: 1 eon }', /"1 eon" is not an interval/],
    ['type: count, rolling_window: { type: to_date }', /needs a granularity/],
    ['type: count, rolling_window: { type: to_date, granularity: yer }', 'unknown granularity: yer'],
    ['type: count, rolling_window: { type: to_date, granularity: year, trailing: 1 day }', /has no trailing/],
    ['type: count, rolling_window: { granularity: year, trailing: 1 day }', /only a window of type to_date/],
    ['type: number, sql: "{count}", rolling_window: { trailing: 1 day }', /has no rolling_window/],
    ['type: count, group_by: [x]', 'group_by needs multi_stage: true'],
    ['type: number, sql: "{count}", grain: { exclude: [x] }', 'grain needs multi_stage: true'],
    [
      'type: sum, sql: "{total}", multi_stage: true, group_by: [x], reduce_by: [id]',
      'give group_by or reduce_by, not both',
    ],
    [
      'type: sum, sql: "{total}", multi_stage: true, group_by: [x], grain: { keep_only: [x] }',
      'give grain.keep_only or group_by, not both',
    ],
    ['type: sum, sql: "{total}", multi_stage: true, group_by: [total]', 'total is a measure, not a dimension'],
    ['type: sum, sql: "{total}", multi_stage: true, group_by: [nope]', /unknown member: a.nope/],
    [
      'type: sum, sql: "{total}", multi_stage: true, filters: [{ sql: "{CUBE}.state = 1" }]',
      /a multi-stage measure is made of measures, and cannot read columns/,
    ],
    ['type: rank, multi_stage: true', 'a measure of type rank needs order_by'],
    ['type: rank, sql: x, order_by: [{ sql: "{total}" }]', /has order_by instead of sql/],
    [
      'type: sum, sql: "{total}", multi_stage: true, order_by: [{ sql: "{total}" }]',
      'only a measure of type rank has order_by',
    ],
    ['type: number, sql: "{total}", time_shift: [{ interval: 1 year }]', /needs an interval and a type/],
    ['type: number, sql: "{total}", time_shift: [{ interval: 1 yr, type: prior }]', /"1 yr" is not an interval/],
    [
      'type: number, sql: "{total}", time_shift: [{ interval: 1 year, type: prior, time_dimension: x }]',
      'x is a string, not a time',
    ],
    [
      'type: number, sql: "{total}", time_shift: [{ interval: 1 year, type: prior }, { interval: 1 day, type: prior }]',
      /need a time_dimension each/,
    ],
    ['type: number, sql: "{total}", time_shift: [{ name: nowhere }]', /unknown time shift: nowhere/],
    [
      'type: number, multi_stage: true, case: { switch: "{x}", when: [{ value: p, sql: "{total}" }], else: { sql: "{count}" } }',
      '{x} is a string, not a switch',
    ],
    [
      'type: number, multi_stage: true, case: { switch: "{kind}", when: [{ value: r, sql: "{total}" }], else: { sql: "{count}" } }',
      /"r" is not a value of kind: p, q/,
    ],
    [
      'type: number, case: { switch: "{kind}", when: [{ value: p, sql: "{total}" }], else: { sql: "{count}" } }',
      'case needs multi_stage: true',
    ],
    [
      'type: number, multi_stage: true, sql: "{total}", filter: { exclude: [x], keep_only: [id] }',
      'give exclude or keep_only, not both',
    ],
    [
      'type: number, multi_stage: true, sql: "{total}", filter: { exclude: [total] }',
      'total is a measure, not a dimension or a segment',
    ],
    [
      'type: number, multi_stage: true, sql: "{total}", filter: { include: [{ member: total, operator: gt, values: [1] }] }',
      'total is a measure, not a dimension',
    ],
    [
      'type: number, multi_stage: true, sql: "{total}", filter: { include: [{ or: [{ member: id, operator: equals, values: [one] }] }] }',
      '"one" is not a number',
    ],
    [
      'type: number, multi_stage: true, sql: "{total}", filter: { include: [{ member: x, operator: gt, values: [a] }] }',
      /gt does not compare a string/,
    ],
    [
      'type: number, multi_stage: true, sql: "{total}", filter: { include: [{ member: x, operator: equals, values: ["{ securityContext.x }"] }] }',
      /what depends on the caller belongs in access_policy/,
    ],
    [
      'type: number, multi_stage: true, sql: "{total}", add_group_by: [x]',
      /a number says no way to aggregate the groups of add_group_by/,
    ],
    [
      'type: number, multi_stage: true, sql: "{total}", grain: { include: [x] }',
      /no way to aggregate the groups of grain.include/,
    ],
    ['type: sum, multi_stage: true, sql: "{CUBE}.x"', /cannot read columns of a; make them a measure of their own/],
    [
      'type: median, multi_stage: true, sql: "{x}", add_group_by: [id]',
      'x is a dimension, which groups have when add_group_by lists it',
    ],
    [
      'type: median, multi_stage: true, sql: "{x}", add_group_by: [x]',
      /is made of measures; name one, such as {revenue}/,
    ],
    [
      'type: rank, multi_stage: true, order_by: [{ sql: "{x}" }]',
      'x is a dimension, which groups have when add_group_by lists it',
    ],
    ['type: count, drill_members: [x, nope]', /unknown member: a.nope/],
    ['type: count, currency: EUR', 'currency needs format: currency'],
  ])('%s', (text, message) => {
    expect(measure(text)).toContainEqual(typeof message === 'string' ? message : expect.stringMatching(message))
  })
})

describe('cubes', () => {
  it.each<[string, string | RegExp]>([
    ['refresh_key: {}', 'refresh_key needs every, sql or immutable'],
    ['refresh_key: { every: often }', /"often" is neither an interval/],
    ['refresh_key: { every: 1 month }', /has no fixed length/],
    ['refresh_key: { every: "* * * *" }', /neither an interval/],
    ['refresh_key: { every: "0 5 * * *", sql: select 1 }', /cannot stand beside sql/],
    ['refresh_key: { every: 1 day, timezone: UTC }', /with a cron expression only/],
    ['refresh_key: { every: "0 5 * * *", timezone: Mars/Base }', /unknown time zone: "Mars\/Base"/],
    ['refresh_key: { sql: drop table a }', 'expected one select, which only reads'],
    ['refresh_key: { sql: "with x as (delete from a returning 1) select 1" }', 'expected one select, which only reads'],
    ['refresh_key: { incremental: true }', /belongs in the refresh_key of a pre-aggregation/],
    ['hierarchies: [{ name: h, levels: [nope] }]', /unknown member: a.nope/],
    ['hierarchies: [{ name: h, levels: [] }]', /at least 1 item is needed/],
    ['hierarchies: [{ name: h, levels: [far.id] }]', /no join leads from a to far/],
    ['hierarchies: [{ name: h, levels: [x] }, { name: h, levels: [x] }]', 'duplicate name: h'],
    ['pre_aggregations: [{ name: p }]', 'a rollup needs measures or dimensions'],
    ['pre_aggregations: [{ name: p, measures: [x] }]', 'x is a dimension, not a measure'],
    ['pre_aggregations: [{ name: p, dimensions: [nope] }]', /unknown member: a.nope/],
    ['pre_aggregations: [{ name: p, measures: [count], time_dimension: at }]', 'time_dimension needs a granularity'],
    ['pre_aggregations: [{ name: p, measures: [count], granularity: day }]', 'granularity needs a time_dimension'],
    [
      'pre_aggregations: [{ name: p, measures: [count], time_dimension: x, granularity: day }]',
      'x is a string, not a time',
    ],
    [
      'pre_aggregations: [{ name: p, measures: [count], time_dimension: at, granularity: dya }]',
      /unknown granularity: dya; did you mean day/,
    ],
    ['pre_aggregations: [{ name: p, measures: [count], partition_granularity: day }]', /needs time_dimension/],
    ['pre_aggregations: [{ name: p, type: rollup_join, measures: [count] }]', 'a rollup_join needs rollups'],
    ['pre_aggregations: [{ name: p, type: rollup_lambda, rollups: [b.nope] }]', /unknown pre-aggregation: b.nope/],
    ['pre_aggregations: [{ name: p, measures: [count], rollups: [b.p] }]', 'a rollup has no rollups'],
    [
      'pre_aggregations: [{ name: p, measures: [count], build_range_start: { sql: now() } }]',
      'expected one select, which only reads',
    ],
    [
      'pre_aggregations: [{ name: p, measures: [count], granularty: day }]',
      /unknown key: granularty; did you mean granularity/,
    ],
    ['access_policy: [{ role: a, conditions: [{ if: "{ user.x }" }] }]', /"user.x" is not an attribute/],
    ['access_policy: [{ role: a, groups: [b] }]', 'give role or groups, not both'],
    ['access_policy: [{ groups: [] }]', /at least 1 item is needed/],
    ['access_policy: [{ role: a, member_masking: { includes: "*" } }]', /member_masking needs member_level/],
    [
      'access_policy: [{ role: a, member_level: { includes: [] }, member_masking: { includes: [nope] } }]',
      /unknown member: nope/,
    ],
    [
      'access_policy: [{ role: a, row_level: { filters: [{ member: kind, operator: equals, values: [p] }] } }]',
      /kind is a switch without sql/,
    ],
    [
      'access_policy: [{ role: a, row_level: { filters: [{ member: x, operator: measureFilter }] } }]',
      /measureFilter does not compare a string/,
    ],
    ['extends: nowhere', /unknown cube: nowhere/],
    ['extends: a', 'extends itself: a → a'],
  ])('%s', (text, message) => {
    expect(cube(text)).toContainEqual(typeof message === 'string' ? message : expect.stringMatching(message))
  })

  it('reports cycles of extends and of sql, naming the way', () => {
    const chain = 'cubes: [{ name: a, extends: b }, { name: b, extends: c }, { name: c, extends: a }]'
    expect(problemsOf(chain).map(({ message }) => message)).toContain('extends itself: a → b → c → a')
    const sql = 'cubes: [{ name: a, sql: "select * from {b.sql()}" }, { name: b, sql: "select * from {a.sql()}" }]'
    expect(problemsOf(sql).map(({ message }) => message)).toContain('its sql leads back to itself: a → b → a')
    const unknown = 'cubes: [{ name: a, sql: "select * from {nope.sql()}" }]'
    expect(problemsOf(unknown).map(({ message }) => message)).toContain('unknown cube: nope')
  })

  it('reports a cycle through a sub-query and through measures of two cubes', () => {
    const text = `cubes:
  - name: a
    sql_table: a
    joins: [{ name: b, relationship: one_to_many, sql: "{CUBE}.id = {b}.a" }]
    dimensions:
      - { name: id, type: number, sql: id, primary_key: true }
      - { name: d, type: number, sql: "{b.m}", sub_query: true }
    measures: [{ name: p, type: number, sql: "{b.q}" }]
  - name: b
    sql_table: b
    joins: [{ name: a, relationship: many_to_one, sql: "{CUBE}.a = {a.id}" }]
    measures: [{ name: m, type: sum, sql: "{a.d}" }, { name: q, type: number, sql: "{a.p}" }]
`
    expect(problemsOf(text).map(({ message }) => message)).toEqual([
      'its sql leads back to itself: a.d → b.m → a.d',
      'its sql leads back to itself: a.p → b.q → a.p',
    ])
  })

  it('reports a fault of a base once, where it is written', () => {
    const text = `cubes:
  - name: base
    sql_table: base
    dimensions:
      - { name: d, type: string, sql: "{nope}" }
  - { name: one, extends: base }
  - { name: two, extends: one }
`
    expect(problemsOf(text)).toEqual([
      { path: 'm0.yml:5:34 cubes[0].dimensions[0].sql', message: 'unknown reference: {nope}' },
    ])
  })

  it('reports a second join under one alias, but not the same join taken over', () => {
    const base = `cubes:
  - name: base
    sql_table: base
    joins: [{ name: base, alias: parent, relationship: many_to_one, sql: "{CUBE}.p = {parent}.id" }]
`
    expect(problemsOf(`${base}  - { name: one, extends: base }\n`)).toEqual([])
    const other =
      '  - { name: one, sql_table: o, joins: [{ name: base, alias: parent, relationship: many_to_one, sql: "1 = 1" }] }\n'
    expect(problemsOf(base + other).map(({ message }) => message)).toEqual([
      'alias parent is used twice; each role needs a name of its own',
    ])
  })
})

describe('views', () => {
  it.each<[string, string | RegExp]>([
    ['', 'a view needs cubes'],
    ['cubes: [{ join_path: nope, includes: "*" }]', /unknown cube: nope/],
    ['cubes: [{ join_path: a.nope, includes: "*" }]', /no join leads from a to nope/],
    ['cubes: [{ join_path: b.a, includes: "*" }]', 'no join leads from b to a'],
    ['cubes: [{ join_path: a.c, includes: "*" }]', 'several joins lead from a to c; write home or work'],
    ['cubes: [{ join_path: a }]', 'includes is missing'],
    ['cubes: [{ join_path: a, includes: [cuont] }]', /unknown member: a.cuont; did you mean count/],
    ['cubes: [{ join_path: a, includes: "*", excludes: [nope] }]', /unknown member: a.nope/],
    [
      'cubes: [{ join_path: a, includes: [count] }, { join_path: a.b, includes: [count] }]',
      'duplicate member: v.count is both a.count and a.b.count; give one an alias or a prefix',
    ],
    ['cubes: [{ join_path: a, includes: [{ name: x, alias: count }, count] }]', /duplicate member: v.count/],
    ['cubes: [{ join_path: a, includes: [x], alias: p }]', /needs prefix: true/],
    ['cubes: [{ join_path: a, includes: [{ name: x, format: wat }] }]', /unknown format/],
    ['cubes: [{ join_path: a, includes: [x] }], folders: [{ name: F, includes: [y] }]', /unknown member: v.y/],
    [
      'cubes: [{ join_path: a, includes: [x] }], folders: [{ name: F, includes: [{ join_path: a.b }] }]',
      'the view takes no members from a.b',
    ],
    ['cubes: [{ join_path: a, includes: [x] }], folders: [{ name: F, includes: [{ nome: G }] }]', /unknown key: nome/],
    ['cubes: [{ join_path: a, includes: [x] }], extends: nope', /unknown view: nope/],
    [
      'cubes: [{ join_path: a, includes: [x] }], access_policy: [{ role: r, member_level: { includes: [count] } }]',
      /unknown member: count/,
    ],
    [
      'cubes: [{ join_path: a, includes: [x] }], access_policy: [{ role: r, row_level: { filters: [{ member: a.x, operator: set }] } }]',
      /unknown member: a.x/,
    ],
    [
      'cubes: [{ join_path: a, includes: [x] }], access_policy: [{ role: r, row_level: { filters: [{ member: x, operator: gt, values: [1] }] } }]',
      /gt does not compare a string/,
    ],
    ['cubes: [{ join_path: a, includes: [x] }], dimensions: []', /unknown key: dimensions/],
    ['cubes: [{ join_path: a, includes: [x] }], segments: []', /unknown key: segments/],
  ])('%s', (text, message) => {
    expect(view(text)).toContainEqual(typeof message === 'string' ? message : expect.stringMatching(message))
  })

  it('have names of their own', () => {
    const named = (name: string) =>
      messages({ rest: `views:\n  - { name: ${name}, cubes: [{ join_path: a, includes: [x] }] }` })
    expect(named('a')).toEqual([expect.stringMatching(/^duplicate view: a; the first is at m0.yml:2:5$/)])
    expect(named('home')).toEqual(['alias home is the name of a view'])
    expect(named('calc')).toEqual(['calc is a reserved name'])
    expect(named('v')).toEqual([])
  })

  it('are in groups that are declared, of views that exist', () => {
    expect(messages({ rest: 'view_groups: [{ name: g, views: [nope] }, { name: g }]' })).toEqual([
      'unknown view: nope',
      'duplicate view group: g',
    ])
  })
})

it('reports a fault of a template by its line, and reads none in comments alone', () => {
  const text = `cubes:
  {%- for name in names %}
  - name: "{{ name }}"
  {%- endfor %}
`
  expect(problemsOf(text)).toEqual([
    { path: 'm0.yml:2:1', message: 'in a template: a loop over a value that is not defined' },
  ])
  expect(problemsOf('# {{ nothing }} {% here %}\ncubes: []\n')).toEqual([])
})

it('reports faults of cubes, views and files together, in the order of the files', () => {
  const problems = problemsOf(
    model({
      dimensions: '      - { name: d, type: nope, sql: x }',
      rest: 'views: [{ name: v, cubes: [{ join_path: a.zzz, includes: "*" }] }]',
    }),
    'views: [{ name: w, cubes: [{ join_path: zzz, includes: "*" }] }]',
    'view: []',
  )
  expect(problems.map(({ path }) => path)).toEqual([
    'm0.yml:13:20 cubes[0].dimensions[4].type',
    expect.stringMatching(/^m0.yml:\d+:\d+ views\[0\]\.cubes\[0\]\.join_path$/),
    'm1.yml:1:30 views[0].cubes[0].join_path',
    'm2.yml:1:1 view',
  ])
})
