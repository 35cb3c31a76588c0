import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'

import { dialectOf } from '../../src/compile/dialects/index.ts'
import { queryBuilderOf } from '../../src/compile/dialects/query-builder.ts'
import { compileQuery, DIALECT_NAMES, type DialectName } from '../../src/compile/index.ts'
import { parseModel } from '../../src/model/index.ts'
import { adminSecurity, compileShop, NOW } from '../fixtures.ts'
import { refusal } from '../matchers.ts'

/** What databases that do not fold to lower case make of `Orders`. */
const UNQUOTED: Readonly<Record<string, string>> = {
  snowflake: 'ORDERS',
  mysql: 'Orders',
  bigquery: 'Orders',
  clickhouse: 'Orders',
  sqlserver: 'Orders',
}

/** Marks of parameters, and what stands between two of them when the parameters are taken away. */
const MARK: Readonly<Record<DialectName, RegExp>> = {
  postgres: /\$\d+/g,
  duckdb: /\$\d+/g,
  redshift: /\$\d+/g,
  mysql: /\?/g,
  sqlite: /\?/g,
  snowflake: /\?/g,
  bigquery: /\?/g,
  trino: /\?/g,
  clickhouse: /\{p\d+:String\}/g,
  sqlserver: /@p\d+/g,
  databricks: /:p\d+/g,
}

const HOSTILE = [
  ...[
    "' or 1=1 --",
    '" or 1=1 --',
    '` or 1=1 #',
    '\\',
    "\\' or 1=1 --",
    "'; drop table orders; --",
    '*/ or 1=1 /*',
    '%_\\[a-z]',
  ],
  ...['{p9:String}', '$9', '?', '@p9', ':p9', '{{ x }}', '\u2019', '\u00bf\u0027', '\uff07 or 1=1', "x'\n; select 1"],
]

describe.each(DIALECT_NAMES)('%s', (dialect) => {
  const compile = (filter: {
    member: string
    operator: 'equals' | 'contains' | 'notEndsWith' | 'gt'
    values: (string | number)[]
  }) => compileShop({ measures: ['orders.count'], filters: [filter] }, { dialect, security: adminSecurity() })

  it.each(['equals', 'contains', 'notEndsWith'] as const)(
    'SQL-05 keeps every text of %s out of the statement',
    (operator) => {
      const plain = compile({ member: 'orders.status', operator, values: ['paid'] })
      for (const value of HOSTILE) {
        const hostile = compile({ member: 'orders.status', operator, values: [value] })
        expect(hostile.sql).toBe(plain.sql)
        expect(hostile.parameters).toHaveLength(plain.parameters.length)
        expect(hostile.parameters.some((parameter) => String(parameter).includes(value.slice(-3)))).toBe(true)
      }
    },
  )

  it('SQL-05 marks as many parameters as it sends', () => {
    for (const value of HOSTILE) {
      const { sql: text, parameters } = compile({ member: 'orders.status', operator: 'contains', values: [value] })
      expect(text.match(MARK[dialect])).toHaveLength(parameters.length)
    }
  })

  it('SQL-05 gives like an escape of its own, or no pattern at all', () => {
    const { sql: text } = compile({ member: 'orders.status', operator: 'contains', values: ['a'] })
    const isPattern = / i?like /.test(text)
    expect(isPattern).toBe(text.includes("escape '!'"))
    expect(isPattern || /\b(?:strpos|position)\(/.test(text)).toBe(true)
  })

  it('SQL-14 names columns c0, c1, … whatever their titles', () => {
    const title = 'x"; drop table t --`]'
    const model = parseModel([
      {
        path: 'model/t.yml',
        text: `
cubes:
  - name: t
    sql_table: t
    dimensions:
      - { name: ${'d'.repeat(60)}, type: string, sql: a, title: ${JSON.stringify(title)} }
      - { name: ${'d'.repeat(59)}e, type: string, sql: b, title: ${JSON.stringify(title)} }
    access_policy: [{ role: "*" }]
`,
      },
    ])
    const dimensions = [`t.${'d'.repeat(60)}`, `t.${'d'.repeat(59)}e`]
    const compiled = compileQuery(
      model,
      { dimensions },
      { security: adminSecurity(), now: NOW, dialect: () => dialect },
    )
    expect(compiled.sql).not.toContain('drop table')
    expect(compiled.sql).not.toContain('ddd')
    expect(compiled.sql).toMatch(/as .c0., .* as .c1./)
  })

  it('SQL-16 writes a hostile name of a table as one name', () => {
    const words = dialectOf(dialect)
    for (const name of [
      'x"; drop table t --',
      'x`; drop table t --',
      'x]; drop table t --',
      'a\\',
      'a\\"b',
      'a\\`b',
      'Sele ct',
    ]) {
      const { sql: text, parameters } = sql`${words.table([
        { text: name, isQuoted: true },
        { text: 'Orders', isQuoted: false },
      ])}`.compile(queryBuilderOf(words))
      expect(parameters).toEqual([])
      expect(readNames(text, dialect)).toEqual([name, UNQUOTED[dialect] ?? 'orders'])
    }
  })

  it('SQL-18 binds numbers, typed, and refuses what is none', () => {
    const plain = compile({ member: 'orders.id', operator: 'gt', values: [1] })
    for (const value of [-1, 0, '-9007199254740993', 2 ** 40]) {
      const other = compile({ member: 'orders.id', operator: 'gt', values: [value] })
      expect(other.sql).toBe(plain.sql)
      expect(other.parameters.map(String)).toContain(String(value))
    }
    for (const value of ['NaN', 'Infinity', '0x1F', '1_000', '1e999', '9'.repeat(400), '1; drop table t', '--1', '']) {
      expect(refusal(() => compile({ member: 'orders.id', operator: 'gt', values: [value] })).code).toBe(
        'invalid_filter',
      )
    }
    const words = dialectOf(dialect)
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1.5, '1' as unknown as number]) {
      expect(() => words.addInterval(sql`t`, { months: value, ms: 0 })).toThrow(Error)
      if (typeof value === 'number' && Number.isFinite(value)) continue
      if (dialect !== 'postgres' && dialect !== 'duckdb') expect(() => words.page(value, 0, true)).toThrow(Error)
    }
  })

  it('SQL-19 writes only dates that exist, and only their digits', () => {
    for (const value of [
      'infinity',
      '0000-00-00',
      '+275760-09-13',
      '2026-02-30',
      '2026-W53',
      "2026-01-01' or '1'='1",
    ]) {
      const query = {
        measures: ['orders.count'],
        filters: [{ member: 'orders.created_at', operator: 'afterDate' as const, values: [value] }],
      }
      expect(refusal(() => compileShop(query, { dialect })).code).toBe('invalid_date_range')
    }
    const words = dialectOf(dialect)
    for (const text of ["2026-01-01' or '1'='1", '2026-01-01\\', '2026-01-01"', '2026-01-01;']) {
      expect(() => words.localLiteral(text)).toThrow('not a plain text')
    }
  })

  it('SQL-08 SQL-19 takes no zone but one that exists, and no time that its clocks skip', () => {
    const at = (value: string) =>
      compileShop(
        {
          measures: ['orders.count'],
          filters: [{ member: 'orders.created_at', operator: 'beforeDate', values: [value] }],
          timezone: 'Europe/Brussels',
        },
        { dialect, security: adminSecurity() },
      ).parameters
    expect(refusal(() => at('2026-03-29T02:30:00')).code).toBe('invalid_date_range')
    expect(at('2026-03-29T03:00:00').map(String)).toContainEqual(expect.stringMatching(/^2026-03-29[T ]01:00:00/))
    for (const zone of ["UTC'; --", '../../etc/localtime', '+99:99', 'posixrules', 'europe/brussels']) {
      const query = {
        timeDimensions: [{ dimension: 'orders.created_at', granularity: 'day' as const }],
        timezone: zone,
      }
      expect(refusal(() => compileShop(query, { dialect })).code).toBe('invalid_time_zone')
    }
  })
})

/** The names of `a.b` as the database's own rules of quotes read them. */
function readNames(text: string, dialect: DialectName): string[] {
  const names: string[] = []
  const [open, close] = dialect === 'sqlserver' ? ['[', ']'] : [text[0]!, text[0]!]
  const hasBackslashes = dialect === 'bigquery' || dialect === 'clickhouse'
  let at = 0
  while (at < text.length) {
    expect(text[at]).toBe(open)
    let name = ''
    for (at += 1; ; at += 1) {
      expect(at).toBeLessThan(text.length)
      const letter = text[at]!
      if (hasBackslashes && letter === '\\') {
        at += 1
        name += text[at]
      } else if (letter === close) {
        if (hasBackslashes || text[at + 1] !== close) break
        at += 1
        name += close
      } else name += letter
    }
    names.push(name)
    at += 1
    if (at < text.length) expect(text[at]).toBe('.')
    at += 1
  }
  return names
}
