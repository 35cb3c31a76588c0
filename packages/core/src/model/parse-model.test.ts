import { describe, expect, it } from 'vitest'
import { AnalyticsError, type Problem } from '../errors.ts'
import { parseModel } from './index.ts'

function problemsOf(...texts: string[]): readonly Problem[] {
  try {
    parseModel(texts.map((text, index) => ({ path: index === 0 ? 'm.yml' : `m${index}.yml`, text })))
  } catch (error) {
    if (error instanceof AnalyticsError && error.code === 'model_invalid') return error.problems
    throw error
  }
  return []
}

/** A cube `a` with lines added to it. */
const cube = (lines: string) => `cubes:
  - name: a
    sql_table: a
    dimensions:
      - { name: x, type: string, sql: "{CUBE}.x" }
      - { name: n, type: number, sql: "{CUBE}.n" }
    measures:
      - { name: count, type: count }
${lines}`
const one = (lines: string) => problemsOf(cube(lines))

describe('shape', () => {
  it('names file, line, column and path, and the nearest key', () => {
    const text = `cubes:
  - name: flights
    sql_table: flights
    measures:
      - name: count
        type: cuont
      - name: sum
        type: sum
        sqll: "{CUBE}.x"
`
    expect(problemsOf(text)).toEqual([
      {
        path: 'm.yml:6:9 cubes[0].measures[0].type',
        message:
          '"cuont" is not one of count, count_distinct, count_distinct_approx, sum, avg, min, max, median, percentile, number, string, time, boolean, rank, number_agg; did you mean count?',
      },
      { path: 'm.yml:9:9 cubes[0].measures[1].sqll', message: 'unknown key: sqll; did you mean sql?' },
    ])
  })

  it('reports the problems of every cube of every file at once, in order', () => {
    const second =
      'cubes:\n  - name: b\n    sql_table: b\n    joins: [{ name: nowhere, relationship: many_to_one, sql: "1 = 1" }]\n'
    const problems = problemsOf(cube('    nonsense: 1\n'), second, 'cubes: 5', '- a', '{')
    expect(problems.map((problem) => problem.path)).toEqual([
      'm.yml:9:5 cubes[0].nonsense',
      'm1.yml:4:15 cubes[0].joins[0].name',
      'm2.yml:1:1 cubes',
      'm3.yml:1:1',
      'm4.yml:1:2',
    ])
  })

  it.each([
    ['a number for a name', 'cubes: [{ name: 5, sql_table: a }]', 'expected a text, not 5'],
    [
      'a name with a blank',
      'cubes: [{ name: "a b", sql_table: a }]',
      '"a b" does not have the form ^[A-Za-z_][A-Za-z0-9_]*$',
    ],
    ['no name', 'cubes: [{ sql_table: a }]', 'name is missing'],
    ['a text for a mapping', 'cubes: [a]', 'expected a mapping, not "a"'],
    ['no rows', 'cubes: [{ name: a }]', 'sql_table or sql is missing'],
    ['both table and sql', 'cubes: [{ name: a, sql_table: a, sql: select 1 }]', 'give sql_table or sql, not both'],
    ['a prototype for a key', 'cubes: [{ name: a, sql_table: a, __proto__: { x: 1 } }]', 'unknown key: __proto__'],
    ['a merge key', 'x: &x {}\ncubes: [{ <<: *x, name: a, sql_table: a }]', 'unknown key: x'],
    ['a key twice', 'cubes: [{ name: a, name: b, sql_table: a }]', 'map keys must be unique'],
    ['a reserved name', 'cubes: [{ name: CUBE, sql_table: a }]', 'CUBE is a reserved name'],
    ['a name too long for PostgreSQL', `cubes: [{ name: ${'a'.repeat(64)}, sql_table: a }]`, /longer than 63 bytes/],
    ['a NUL', 'cubes: []\0', 'a NUL character is not allowed'],
    ['an open bracket', 'cubes: [', /flow sequence/],
    ['a tab', 'cubes:\n\t- name: a', /tab/i],
    ['two documents', 'cubes: []\n---\ncubes: []', /multiple documents|document/],
    ['a tag', 'cubes: !!js/function "x"', /tag/],
  ])('%s', (_, text, message) => {
    const messages = problemsOf(text).map((problem) => problem.message)
    expect(messages).toContainEqual(typeof message === 'string' ? message : expect.stringMatching(message))
  })

  it('reads an empty file, a comment and JSON', () => {
    expect(problemsOf('', '# nothing', '{"cubes": [{"name": "a", "sql_table": "a"}]}', '{}')).toEqual([])
  })

  it('follows aliases, but not without end', () => {
    expect(problemsOf('x: &d []\n')).toHaveLength(1)
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'
        .split('')
        .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]`),
    ]
    expect(problemsOf(bomb.join('\n'))[0]!.message).toMatch(/values are allowed once aliases are followed/)
    expect(problemsOf(`a: &a [1]\nb: [${Array(101).fill('*a').join(', ')}]`)[0]!.message).toBe(
      'at most 100 aliases are allowed, not 101',
    )
    expect(problemsOf('a: &a [*a]')[0]!.message).toMatch(/values are allowed once aliases are followed/)
  })

  it('bounds the size of a file', () => {
    expect(problemsOf(`#${'x'.repeat(4_000_000)}`)[0]!.message).toMatch(/^at most 4000000 characters are allowed/)
  })
})

describe('names', () => {
  it.each([
    [
      'a cube twice',
      'cubes: [{ name: a, sql_table: a }, { name: a, sql_table: a }]',
      'duplicate cube: a; the first is at m.yml:1:9',
    ],
    [
      'a member twice',
      cube('    segments: [{ name: x, sql: "true" }]'),
      'duplicate member: a.x is already a dimension',
    ],
    [
      'an unknown join',
      cube('    joins: [{ name: aa, relationship: many_to_one, sql: "1 = 1" }]'),
      'unknown cube: aa; did you mean a?',
    ],
    [
      'a join with itself',
      cube('    joins: [{ name: a, relationship: many_to_one, sql: "1 = 1" }]'),
      'a join of a with itself needs an alias',
    ],
    [
      'an alias that is a cube',
      cube('    joins: [{ name: a, alias: a, relationship: many_to_one, sql: "1 = 1" }]'),
      'alias a is the name of a cube',
    ],
    [
      'an alias twice',
      cube(
        '    joins: [{ name: a, alias: r, relationship: many_to_one, sql: "1 = 1" }, { name: a, alias: r, relationship: many_to_one, sql: "1 = 1" }]',
      ),
      'alias r is used twice; each role needs a name of its own',
    ],
  ])('%s', (_, text, message) => {
    expect(problemsOf(text).map((problem) => problem.message)).toContain(message)
  })

  it('looks names up in maps, so that a prototype is no member', () => {
    const model = parseModel([{ path: 'm.yml', text: cube('') }])
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(model.cubes.get(name)).toBeUndefined()
      expect(model.cubes.get('a')!.members.get(name)).toBeUndefined()
    }
  })
})

describe('references', () => {
  const dimension = (sql: string) => one(`    segments: [{ name: s, sql: ${JSON.stringify(sql)} }]`)
  it.each([
    ['{y}', /unknown reference: \{y\}/],
    ['{CUBE.y}', /unknown member: a.y$/],
    ['{b.x}', /unknown cube: b$/],
    ['{count}', /\{CUBE.count\} is a measure, which cannot stand here/],
    ['{FILTER_PARAMS.a.b.filter("x")}', /^\{FILTER_PARAMS\} stands in the sql of a cube only/],
    ['{SECURITY_CONTEXT.tenant}', /^\{SECURITY_CONTEXT\} is not supported in SQL: .* belong in access_policy/],
    ['{securityContext.tenant}', /^\{securityContext\} is not supported in SQL/],
    ['{}', /is not a reference/],
  ])('%s', (sql, message) => {
    const [problem, ...others] = dimension(sql)
    expect(problem).toEqual({ path: 'm.yml:9:27 cubes[0].segments[0].sql', message: expect.stringMatching(message) })
    expect(others).toEqual([])
  })

  it('understands every way to write one', () => {
    for (const sql of [
      '{CUBE}.x',
      '{TABLE}.x',
      `$\{CUBE}.x`,
      '{a}.x',
      '{x}',
      '{CUBE.x}',
      '{a.x}',
      `$\{x}`,
      '{ CUBE }.x',
      "'{literal}'",
      '\\{a: 1\\}',
    ]) {
      expect(dimension(sql)).toEqual([])
    }
  })

  it('reports a cycle with its way, once', () => {
    const text = cube('').replace(
      '    measures:',
      '      - { name: p, type: number, sql: "{q} + 1" }\n      - { name: q, type: number, sql: "{r}" }\n      - { name: r, type: number, sql: "{p}" }\n    measures:',
    )
    expect(problemsOf(text)).toEqual([
      { path: 'm.yml:7:9 cubes[0].dimensions[2]', message: 'its sql leads back to itself: a.p → a.q → a.r → a.p' },
    ])
  })

  it('reports two ways to a cube, naming both', () => {
    const text = `cubes:
  - name: a
    sql_table: a
    joins:
      - { name: b, alias: b1, relationship: many_to_one, sql: "{CUBE}.x = {b1}.id" }
      - { name: b, alias: b2, relationship: many_to_one, sql: "{CUBE}.y = {b2}.id" }
    dimensions: [{ name: z, type: string, sql: "{c.name}" }]
  - name: b
    sql_table: b
    joins: [{ name: c, relationship: many_to_one, sql: "{CUBE}.c = {c}.id" }]
  - name: c
    sql_table: c
    dimensions: [{ name: name, type: string, sql: "{CUBE}.name" }]
`
    expect(problemsOf(text)).toEqual([
      {
        path: 'm.yml:7:43 cubes[0].dimensions[0].sql',
        message: 'two ways lead from a to c: a → b1 → c and a → b2 → c',
      },
    ])
  })

  it('refuses a measure of another cube and a cube out of reach', () => {
    const text = `${cube('')}
  - name: b
    sql_table: b
    joins: [{ name: a, relationship: many_to_one, sql: "{CUBE}.a = {a.x} and {c}.id = 1" }]
    dimensions: [{ name: far, type: string, sql: "{c.id}" }]
    measures: [{ name: m, type: sum, sql: "{a.count} / 2" }, { name: r, type: number, sql: "{a.count} / 2" }]
  - name: c
    sql_table: c
    dimensions: [{ name: id, type: string, sql: id }]
`
    expect(problemsOf(text).map((problem) => problem.message)).toEqual([
      '{c} is neither of the two cubes this join connects',
      'no join leads from b to c',
      '{a.count} is a measure, which cannot stand here',
    ])
  })

  it('takes a bare word for a column of its own cube', () => {
    const model = parseModel([
      { path: 'm.yml', text: cube('    segments: [{ name: s, sql: flag }, { name: t, sql: current_date }]') },
    ])
    expect(model.cubes.get('a')!.members.get('s')).toMatchObject({
      sql: { isColumn: true, pieces: [{ kind: 'alias' }, '.flag'] },
    })
    expect(model.cubes.get('a')!.members.get('t')).toMatchObject({ sql: { isColumn: false, pieces: ['current_date'] } })
  })
})

describe('members', () => {
  const measure = (text: string) =>
    one(`    segments: []`.replace('segments: []', '')).concat(
      problemsOf(cube('').replace('{ name: count, type: count }', text)),
    )
  const dimension = (text: string) => problemsOf(cube('').replace('{ name: x, type: string, sql: "{CUBE}.x" }', text))
  it.each([
    [measure('{ name: m, type: sum }'), 'a measure of type sum needs sql'],
    [measure('{ name: m, type: number, sql: "1", filters: [{ sql: "true" }] }'), /has no filters/],
    [measure('{ name: m, type: sum, sql: "{m}" }'), /is a measure, which cannot stand here/],
    [measure('{ name: m, type: sum, sql: n, currency: EUR }'), 'currency needs format: currency'],
    [dimension('{ name: g, type: geo, sql: x }'), /latitude and longitude instead of sql/],
    [dimension('{ name: g, type: geo, latitude: { sql: lat } }'), 'a geo dimension needs longitude'],
    [dimension('{ name: g, type: string, sql: x, latitude: { sql: lat } }'), 'only a geo dimension has latitude'],
    [dimension('{ name: g, type: string }'), 'sql is missing'],
  ])('%#', (problems, message) => {
    expect(problems.map((problem) => problem.message)).toContainEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    )
  })
})

describe('policies', () => {
  const policy = (text: string) => one(`    access_policy: [${text}]`)
  const rule = (text: string) => policy(`{ role: "*", row_level: { filters: [${text}] } }`)
  it.each([
    [policy('{ row_level: { allow_all: true } }'), 'role is missing; write role: "*" for everyone'],
    [policy('{ role: a, group: b }'), 'give role or group, not both'],
    [policy('{ role: a, row_level: {} }'), 'filters are missing; write allow_all: true to open every row'],
    [policy('{ role: a, row_level: { filters: [] } }'), 'filters are missing; write allow_all: true to open every row'],
    [policy('{ role: a, member_level: { includes: [xx] } }'), 'unknown member: xx; did you mean x?'],
    [
      rule('{ member: xx, operator: set }'),
      /^unknown member: xx; did you mean x\?; a row rule names members of its own cube/,
    ],
    [rule('{ member: b.x, operator: set }'), /unknown member: b.x/],
    [rule('{ member: count, operator: set }'), 'count is a measure; a row rule names dimensions'],
    [rule('{ member: x, operator: gt, values: [1] }'), /gt does not compare a string/],
    [rule('{ member: x, operator: equals, values: [] }'), 'equals needs at least one value'],
    [rule('{ member: x, operator: equals }'), 'equals needs at least one value'],
    [rule('{ member: n, operator: equals, values: [abc] }'), '"abc" is not a number'],
    [
      rule('{ member: x, operator: equals, values: ["{ securityContxt.tenant }"] }'),
      /is not an attribute; write \{ securityContext.name \}/,
    ],
    [rule('{ member: x, operator: equals, values: ["{ securityContext }"] }'), /is not an attribute/],
    [rule('{ member: x, operator: equals, values: ["{ securityContext.a-b }"] }'), /is not an attribute/],
    [rule('{ member: x, operater: equals }'), 'unknown key: operater; did you mean operator?'],
  ])('%#', (problems, message) => {
    expect(problems.map((problem) => problem.message)).toContainEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    )
  })

  it('understands every way to write a member and an attribute', () => {
    for (const member of ['x', 'a.x', '{CUBE}.x', '{CUBE.x}', '{a.x}', 'CUBE.x']) {
      for (const attribute of [
        '{ securityContext.t }',
        '{securityContext.t}',
        '{ security_context.t }',
        `$\{securityContext.t}`,
      ]) {
        expect(rule(`{ member: "${member}", operator: equals, values: ["${attribute}"] }`)).toEqual([])
      }
    }
  })
})

describe('the model', () => {
  it('has an id that depends on every character, and not on the order of files', () => {
    const file = (path: string, name: string) => ({ path, text: `cubes: [{ name: ${name}, sql_table: a }]` })
    const id = (...files: ReturnType<typeof file>[]) => parseModel(files).id
    expect(id(file('a', 'x'), file('b', 'y'))).toBe(id(file('b', 'y'), file('a', 'x')))
    expect(
      new Set([id(file('a', 'x')), id(file('a', 'xx')), id(file('b', 'x')), id(file('a', 'x'), file('b', 'y'))]).size,
    ).toBe(4)
    expect(id(file('a', 'x'))).toMatch(/^[0-9a-f]{64}$/)
  })

  it('reads the same whether written plainly or not', () => {
    const plain = parseModel([{ path: 'm.yml', text: cube('') }])
    const folded = parseModel([{ path: 'm.yml', text: cube('').replace('sql_table: a', 'sql_table: >-\n      a') }])
    expect(folded.cubes.get('a')!.rows).toEqual(plain.cubes.get('a')!.rows)
    expect([...folded.cubes.get('a')!.members.keys()]).toEqual(['x', 'n', 'count'])
  })
})
