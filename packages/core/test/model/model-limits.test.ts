import { describe, expect, it } from 'vitest'
import { AnalyticsError } from '../../src/errors.ts'
import { type ModelText, parseModel } from '../../src/model/index.ts'

function refusal(...texts: string[]): AnalyticsError {
  const files: ModelText[] = texts.map((text, index) => ({ path: `m${index}.yml`, text }))
  try {
    parseModel(files)
  } catch (error) {
    if (error instanceof AnalyticsError) return error
    throw error
  }
  throw new Error('the model was read')
}
const messages = (error: AnalyticsError) => error.problems.map(({ message }) => message)
const list = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))

describe('DOS-17: large and hostile models', () => {
  it('reads five thousand cubes, joined in a chain', () => {
    const files = list(5_000, (index) => ({
      path: `${index}.yml`,
      text: `cubes:
  - name: c${index}
    sql_table: c${index}
${index === 0 ? '' : `    joins: [{ name: c${index - 1}, relationship: many_to_one, sql: "{CUBE}.p = {c${index - 1}.id}" }]\n`}    dimensions: [{ name: id, type: number, sql: id, primary_key: true }]
    measures: [{ name: count, type: count }]
`,
    }))
    expect(parseModel(files).cubes.size).toBe(5_000)
  })

  it('reads joins that go in circles', () => {
    const cubes = list(
      50,
      (index) =>
        `  - { name: c${index}, sql_table: c, joins: [${list(50, (other) => other)
          .filter((other) => other !== index)
          .map((other) => `{ name: c${other}, relationship: many_to_one, sql: "1 = 1" }`)
          .join(', ')}] }`,
    )
    expect(parseModel([{ path: 'm.yml', text: `cubes:\n${cubes.join('\n')}\n` }]).nodes.size).toBe(50)
  })

  it('refuses circles of extends however long, each once', () => {
    const count = 5_000
    const cubes = list(count, (index) => `  - { name: c${index}, extends: c${(index + 1) % count} }`)
    const error = refusal(`cubes:\n${cubes.join('\n')}\n`)
    expect(messages(error).filter((message) => message.startsWith('extends itself'))).toHaveLength(1)
  })

  it('refuses long chains of extends, whose members grow with the square of their length', () => {
    const chain = (count: number) =>
      `cubes:\n${list(count, (index) => `  - { name: c${index}, ${index === 0 ? 'sql_table: c' : `extends: c${index - 1}`}, dimensions: [${list(20, (at) => `{ name: d${index}_${at}, type: string, sql: x }`).join(', ')}] }`).join('\n')}\n`
    expect(parseModel([{ path: 'm.yml', text: chain(20) }]).cubes.get('c19')!.members.size).toBe(400)
    expect(messages(refusal(chain(400)))).toContainEqual(expect.stringMatching(/extends a chain of more than 32 cubes/))
  })

  it('refuses thousands of heirs of a large cube', () => {
    const base = `  - name: base\n    sql_table: base\n    dimensions:\n${list(500, (at) => `      - { name: d${at}, type: string, sql: x }`).join('\n')}`
    const heirs = list(2_000, (index) => `  - { name: h${index}, extends: base }`)
    expect(messages(refusal(`cubes:\n${base}\n${heirs.join('\n')}\n`))).toContainEqual(
      'extends copies more than 250000 members in all',
    )
  })

  it('refuses selects that double with each step', () => {
    const cubes = list(40, (index) =>
      index === 0
        ? '  - { name: c0, sql: "select 1 as id" }'
        : `  - { name: c${index}, sql: "select * from {c${index - 1}.sql()} a, {c${index - 1}.sql()} b" }`,
    )
    expect(messages(refusal(`cubes:\n${cubes.join('\n')}\n`))).toContainEqual(
      expect.stringMatching(/characters are allowed once \{cube.sql\(\)\} is replaced/),
    )
  })

  it('refuses aliases that stand for more and more', () => {
    const bomb = [
      'x: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((key, at) => `${key}: &${key} [${list(9, () => `*${'abcdefgh'[at]}`).join(', ')}]`),
    ]
    expect(messages(refusal(bomb.join('\n')))[0]).toMatch(/values are allowed once aliases are followed/)
  })

  it('follows chains of members however long, and finds the circle in them', () => {
    const dimensions = (last: string) =>
      `cubes:\n  - name: c\n    sql_table: c\n    dimensions:\n${list(1_000, (at) => `      - { name: d${at}, type: string, sql: "{${at === 999 ? last : `d${at + 1}`}}" }`).join('\n')}\n`
    expect(
      parseModel([{ path: 'm.yml', text: dimensions('CUBE}.x || {CUBE').replace('{CUBE}.x || {CUBE}', '{CUBE}.x') }])
        .cubes.size,
    ).toBe(1)
    const [message] = messages(refusal(dimensions('d0')))
    expect(message).toMatch(/^its sql leads back to itself: c.d0 → c.d1 /)
  })

  it.each([
    ['dimensions', (at: number) => `{ name: d${at}, type: number, sql: "{d${at - 1}} + {d${at - 1}}" }`],
    ['measures', (at: number) => `{ name: d${at}, type: number, sql: "{d${at - 1}} / {d${at - 1}}" }`],
  ])('refuses %s that double with each step, once', (kind, make) => {
    const first = kind === 'measures' ? '{ name: d0, type: count }' : '{ name: d0, type: number, sql: x }'
    const model = (count: number) =>
      `cubes: [{ name: c, sql_table: c, ${kind}: [${[first, ...list(count, (at) => make(at + 1))].join(', ')}] }]`
    expect(parseModel([{ path: 'm.yml', text: model(11) }]).cubes.size).toBe(1)
    expect(messages(refusal(model(60)))).toEqual([
      'its sql becomes 8191 parts with that of all members it refers to, more than 5000',
    ])
  })

  it('refuses stages and sub-queries that double with each step', () => {
    const stages = list(
      20,
      (at) =>
        `{ name: s${at + 1}, type: number, multi_stage: true, sql: "{s${at}} + {p${at}}" }, { name: p${at}, type: number, multi_stage: true, sql: "{s${at}}", time_shift: [{ time_dimension: t, interval: 1 year, type: prior }] }`,
    )
    const staged = `cubes: [{ name: c, sql_table: c, dimensions: [{ name: t, type: time, sql: t }], measures: [{ name: s0, type: count }, ${stages.join(', ')}] }]`
    const cubes = list(20, (at) => {
      const isLast = at === 19
      const join = isLast
        ? ''
        : `joins: [{ name: c${at + 1}, relationship: one_to_many, sql: "{CUBE}.id = {c${at + 1}}.up" }], `
      const from = (measure: string) => (isLast ? 'sql: x' : `sub_query: true, sql: "{c${at + 1}.${measure}}"`)
      return `{ name: c${at}, sql_table: c, ${join}dimensions: [{ name: id, type: number, sql: id, primary_key: true }, { name: x, type: number, ${from('a')} }, { name: y, type: number, ${from('b')} }], measures: [{ name: a, type: sum, sql: "{x} + {y}" }, { name: b, type: max, sql: "{x} + {y}" }] }`
    })
    for (const text of [staged, `cubes: [${cubes.join(', ')}]`])
      expect(messages(refusal(text))).toEqual([expect.stringMatching(/^its sql becomes \d{4} parts with that of all/)])
  })

  it('refuses chains of members longer than a thousand', () => {
    const cubes = list(2, (cube) => {
      const join = `joins: [{ name: c1, relationship: one_to_one, sql: "1 = 1" }], `
      const before = (at: number) => (at > 0 ? `{d${at - 1}}` : cube === 0 ? '{c1.d599}' : '{CUBE}.x')
      const dimensions = list(600, (at) => `{ name: d${at}, type: number, sql: "1 + ${before(at)}" }`)
      return `{ name: c${cube}, sql_table: c, ${cube === 0 ? join : ''}dimensions: [${dimensions.join(', ')}] }`
    })
    expect(messages(refusal(`cubes: [${cubes.join(', ')}]`))).toEqual([
      'its sql refers to members that refer to others, more than 1000 deep',
    ])
  })

  it('refuses lists in lists without running out of stack, and long blanks without going back', () => {
    expect(messages(refusal('- '.repeat(20_000)))[0]).toMatch(/stack/)
    expect(messages(refusal(`cubes:\n  ${'- '.repeat(300)}x`))).toEqual(['expected a mapping, not a list'])
    expect(messages(refusal(`cubes: a${' '.repeat(100_000)}b`))[0]).toMatch(/^expected a list, not "a {2}/)
  })

  it('refuses deep folders and rules without running out of stack', () => {
    const folder = (depth: number): string => (depth === 0 ? 'x' : `{ name: f, includes: [${folder(depth - 1)}] }`)
    const text = `cubes: [{ name: c, sql_table: c, dimensions: [{ name: x, type: string, sql: x }] }]
views: [{ name: v, cubes: [{ join_path: c, includes: "*" }], folders: [${folder(60)}] }]
`
    expect(messages(refusal(text))).toContain('nested too deeply')
    const rule = (depth: number): string =>
      depth === 0 ? '{ member: x, operator: set }' : `{ and: [${rule(depth - 1)}] }`
    const policy = `cubes: [{ name: c, sql_table: c, dimensions: [{ name: x, type: string, sql: x }], access_policy: [{ role: r, row_level: { filters: [${rule(60)}] } }] }]`
    expect(messages(refusal(policy))).toContain('nested too deeply')
  })
})
