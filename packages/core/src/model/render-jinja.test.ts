import { describe, expect, it } from 'vitest'
import type { AnalyticsError } from '../errors.ts'
import { parseModel } from './index.ts'
import { hasJinja, renderJinja } from './render-jinja.ts'

const render = (text: string) => {
  const done = renderJinja(text)
  if ('problem' in done) throw new Error(`${done.line}: ${done.problem}`)
  return done.text
}
const problemOf = (text: string) => {
  const done = renderJinja(text)
  return 'problem' in done ? `${done.line}: ${done.problem}` : undefined
}

describe('templates', () => {
  it.each([
    ['{{ 1 + 2 * 3 }} {{ 7 // 2 }} {{ 7 % 4 }} {{ -2 }} {{ 1.5 }}', '7 3 3 -2 1.5'],
    ["{{ 'a' ~ 1 ~ \"b\" }} {{ 'it\\'s' }}", "a1b it's"],
    ['{{ True }} {{ None }} {{ not false }}', 'True None True'],
    ["{{ 1 if 2 > 1 else 3 }} {{ 'b' in ['a', 'b'] }} {{ 'x' not in 'abc' }}", '1 True True'],
    ['{{ 1 == 1 and 2 != 2 or 3 >= 3 }}', 'True'],
    ["{{ {'a': [1, 2]}['a'][1] }} {{ {'a': {'b': 3}}.a.b }} {{ (4, 5)[0] }} {{ [1, 2][-1] }}", '2 3 4 2'],
    [
      "{{ 'total_sum' | replace('_', ' ') | title }} {{ 'A' | lower | safe }} {{ [3, 1] | sort | join('-') }}",
      'Total Sum a 1-3',
    ],
    ["{{ 'x'.upper() }} {{ ['a'] | length }} {{ nothing | default('none') }} {{ [1, 2] | first }}", 'X 1 none 1'],
    ['{{ nothing is defined }} {{ 1 is not none }} {{ 2 is even }}', 'False True True'],
    ["{% set x, y = [1, 2] %}{{ x }}{{ y }}{% set z = 'q' %}{{ z }}", '12q'],
    ['{% for a in [1, 2, 3] if a != 2 %}{{ loop.index }}:{{ a }}{{ "," if not loop.last }}{% endfor %}', '1:1,2:3'],
    ["{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}{{ v }} {% endfor %}", 'a1 b2 '],
    ["{% for k, v in {'a': 1} | items %}{{ k }}{{ v }}{% endfor %}", 'a1'],
    ['{% for a in [] %}x{% else %}none{% endfor %}', 'none'],
    ['{% for n in range(2, 6, 2) %}{{ n }}{% endfor %}', '24'],
    ['{% if 0 %}a{% elif "" %}b{% elif [1] %}c{% else %}d{% endif %}', 'c'],
    ['a {#- not this -#} b', 'ab'],
    ['a\n  {%- if true -%}\n  b\n  {%- endif %}\nc', 'ab\nc'],
    ['{% raw %}{{ kept }}{% endraw %}', '{{ kept }}'],
    [
      "{% macro m(a, b='x', c=False) %}{{ a }}{{ b }}{{ c }};{% endmacro %}{{ m(1) }}{{ m(1, 'y') }}{{ m(1, c=True) }}",
      '1xFalse;1yFalse;1xTrue;',
    ],
  ])('%s', (text, expected) => {
    expect(render(text)).toBe(expected)
  })

  it('keep what a loop sets inside of it', () => {
    expect(render('{% set a = 1 %}{% for b in [2] %}{% set a = b %}{{ a }}{% endfor %}{{ a }}')).toBe('21')
  })

  it('are not looked for in comments of YAML', () => {
    expect(hasJinja('cubes: [] # {{ nothing }}')).toBe(false)
    expect(hasJinja('a: "#{{ x }}"')).toBe(true)
  })

  it.each([
    ['a\n{{ nope }}', '2: nope is not defined'],
    ['{{ load() }}', /^1: what is called is no macro of this file: there is no Python here/],
    ['{{ COMPILE_CONTEXT.securityContext.x }}', /^1: COMPILE_CONTEXT is not there: one model serves all callers/],
    ['{%- import "macros/a.jinja" as a -%}', /^1: import is not supported: a file is read by itself/],
    ['{% for a in b %}{% endfor %}', '1: a loop over a value that is not defined'],
    ['\n{% for a in [1] %}', '2: for has no endfor'],
    ['{% if 1 %}{% endfor %}', '1: if has no endif'],
    ['{% endif %}', '1: endif has nothing to end'],
    ['{% switch a %}', '1: unknown tag: switch'],
    ['{{ 1 | shell }}', '1: unknown filter: shell'],
    ['{{ 1 is prime }}', '1: unknown test: prime'],
    ['{{ a b }}', '1: cannot read "b" here'],
    ['{{ 1 + }}', '1: expected a value at the end'],
    ['{{ § }}', '1: cannot read "§"'],
    ['{{ 1', '1: {{ is never closed'],
    ["{{ 'a }}", '1: {{ is never closed'],
    ["{{ 'a' * 3 }}", '1: * takes two numbers'],
    ["{{ 'a'.constructor('x') }}", /^1: what is called is no macro/],
    ['{{ [].__proto__ }}', '1: [].__proto__ is not defined'],
    ['{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}', '1: m takes at most 1 values'],
    ['{% macro m(a) %}{% endmacro %}{{ m(b=2) }}', '1: m takes no b'],
  ])('refuse %s', (text, problem) => {
    expect(problemOf(text)).toEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem))
  })

  it('DOS-17 end, however they loop, nest or grow', () => {
    const loop = '{% for a in range(10000) %}'
    expect(problemOf(`${loop}${loop}{{ a }}{% endfor %}{% endfor %}`)).toMatch(/more than 200000 steps/)
    expect(problemOf('{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}')).toMatch(/at most 30 deep/)
    expect(problemOf('{{ range(100000000) }}')).toMatch(/at most 10000 numbers/)
    expect(problemOf(`{{ ${'('.repeat(500)}1${')'.repeat(500)} }}`)).toMatch(/at most 50 deep/)
    expect(problemOf(`${'{% if 1 %}'.repeat(100)}${'{% endif %}'.repeat(100)}`)).toMatch(/at most 30 deep/)
    const double = '{% set a = a ~ a %}'
    expect(problemOf(`{% set a = 'xxxxxxxxxx' %}${double.repeat(40)}`)).toMatch(/at most 1000000 characters/)
    const big = `{% set a = 'xxxxxxxxxx' %}${double.repeat(16)}`
    expect(problemOf(`${big}{% for b in range(10) %}{{ a }}{% endfor %}`)).toMatch(/more than 4000000 characters/)
  })

  const many = (text: string) => text.repeat(50_000)
  const grown = (name: string) => `{% set ${name} = [1] %}${`{% set ${name} = [${`${name},`.repeat(8)}] %}`.repeat(12)}`
  const longText = `{% set a = 'xxxxxxxxxx' %}${'{% set a = a ~ a %}'.repeat(16)}`

  it.each([
    ['empty loops in each other', '{% for a in range(10000) %}{% for b in range(10000) %}{% endfor %}{% endfor %}'],
    ['a list of the same lists', `${grown('a')}{{ a }}`],
    ['two lists of the same lists', `${grown('a')}${grown('b')}{{ a == b }}`],
    ['long texts made again and again', `${longText}{% for b in range(2000) %}{% set c = a | upper %}{% endfor %}`],
    ['a long expression done often', `{% for a in range(10000) %}{{ 1${'+ 1'.repeat(499)} }}{% endfor %}`],
  ])('DOS-17 count the work of %s', (_, text) => {
    expect(problemOf(text)).toMatch(/more than 200000 steps/)
  })

  it('DOS-17 makes no text of a list of the same lists to find a number in it', () => {
    const file = `${grown('a')}{{ a | int }} {{ a is even }} {{ a is odd }} {{ '12' | int }} {{ '12' is even }}`
    expect(renderJinja(file)).toMatchObject({ text: '0 False False 12 True' })
    expect(problemOf(`${grown('a')}{{ range(a) }}`)).toMatch(/at most 10000 numbers/)
  })

  it.each([
    ['a sum', `{{ 1 ${many('+ 1')} }}`, /at most 500 operations/],
    ['filters', `{{ 1 ${many('| default(1)')} }}`, /at most 500 operations/],
    ['choices', `{{ ${many('1 if false else ')} 1 }}`, /at most 50 deep/],
    [
      'macros, blocks and lists in each other',
      `{% macro f() %}${'{% if 1 %}'.repeat(28)}{{ ${'['.repeat(40)}f()${']'.repeat(40)} | length }}${'{% endif %}'.repeat(28)}{% endmacro %}{{ f() }}`,
      /^1: (?:its templates nest too deep|macros call each other at most 30 deep)/,
    ],
    ['a text between characters', `${longText}{{ a | replace('', a) }}`, /needs a text to look for/],
    ['a text in place of a letter', `${longText}{{ a | replace('x', a) }}`, /at most 1000000 characters/],
    ['a text between items', `${longText}{{ range(10000) | join(a) }}`, /at most 1000000 characters/],
  ])('DOS-18 end with a problem, not a fault of ours: %s', (_, text, problem) => {
    expect(problemOf(text)).toMatch(problem)
  })

  it('read any number of signs', () => {
    expect(render(`{{ ${many('not ')} true }}{{ ${many('- ')} 1 }}{{ - 2 }}{{ not true }}`)).toBe('True1-2False')
  })
})

describe('models with templates', () => {
  const text = `{%- set windows = { "month": 30, "week": 7 } -%}
{%- macro dimension(column_name, type='string', primary_key=False) %}
      - name: {{ column_name }}
        sql: {{ column_name }}
        type: {{ type }}
        {% if primary_key -%}
        primary_key: true
        {% endif -%}
{% endmacro -%}

cubes:
  - name: orders
    sql_table: orders
    dimensions:
      {{ dimension('id', 'number', primary_key=True) }}
      {{ dimension('status') }}
    measures:
      {%- for name, days in windows | items %}
      - name: users_{{ name | safe }}
        type: count_distinct
        sql: "{CUBE}.user_id"
        rolling_window:
          trailing: {{ days }} day
      {% endfor %}
      - name: broken
        type: sum
        sql: x
`

  it('are read as what the templates make', () => {
    const members = parseModel([{ path: 'm.yml', text }]).cubes.get('orders')!.members
    expect([...members.keys()]).toEqual(['id', 'status', 'users_month', 'users_week', 'broken'])
    expect(members.get('id')).toMatchObject({ type: 'number', isPrimaryKey: true })
    expect(members.get('users_week')).toMatchObject({ rollingWindow: { trailing: { ms: 7 * 86_400_000 } } })
  })

  it('have problems in the lines of the file', () => {
    const place = (broken: string) => {
      try {
        parseModel([{ path: 'm.yml', text: broken }])
      } catch (error) {
        return (error as AnalyticsError).problems.map(({ path }) => path)
      }
      return []
    }
    expect(place(text.replace('type: sum', 'type: summ'))).toEqual(['m.yml:26:1 cubes[0].measures[2].type'])
    expect(place(text.replace('{CUBE}.user_id', '{nope}.user_id'))).toEqual([
      'm.yml:21:1 cubes[0].measures[0].sql',
      'm.yml:21:1 cubes[0].measures[1].sql',
    ])
    expect(place(text.replace("'status'", 'status'))).toEqual(['m.yml:3:1'])
  })
})
