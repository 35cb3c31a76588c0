import { AnalyticsError } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import { readDataSources } from './read-data-sources.ts'

const at = { directory: '/srv/app', env: { PASSWORD: 'a%20b' } }

function problemsOf(input: unknown) {
  try {
    readDataSources(input, at)
  } catch (error) {
    if (error instanceof AnalyticsError) return error.problems.map(({ path }) => path)
    throw error
  }
  return []
}

describe('readDataSources', () => {
  it('reads YAML, resolves files and fills in variables', () => {
    const text = `
airport:
  type: duckdb
  tables:
    flights: { file: data/flights.parquet }
    airports: { file: /data/airports.csv }
crm: { type: postgres, url: "postgres://reader:\${PASSWORD}@db/crm", cache_ttl_seconds: 5 }
`
    expect(readDataSources(text, at)).toEqual([
      {
        type: 'duckdb',
        name: 'airport',
        tables: { flights: { file: '/srv/app/data/flights.parquet' }, airports: { file: '/data/airports.csv' } },
      },
      { type: 'postgres', name: 'crm', url: 'postgres://reader:a%20b@db/crm', cacheTtlMs: 5_000 },
    ])
  })

  it('reports every problem with its path', () => {
    expect(
      problemsOf({
        a: { type: 'oracle' },
        b: { type: 'duckdb', tables: { t: { file: 7 } }, colour: 'red' },
        'c c': { type: 'postgres', url: 'http://x' },
      }),
    ).toEqual(['a.type', 'b.colour', 'b.tables.t.file', 'c c', 'c c.url'])
  })

  it('reports what only shows when the shape is right', () => {
    expect(
      problemsOf({
        a: { type: 'duckdb' },
        b: { type: 'duckdb', tables: { t: { file: 'x.xlsx' } } },
        c: { type: 'postgres', url: `postgres://\${NOPE}@db` },
      }),
    ).toEqual(['a', 'b.tables.t.file', 'c.url'])
  })

  it('takes a whole address from a variable, and checks what it holds', () => {
    const env = { GOOD: 'postgres://a:b@c:1/d', BAD: 'mysql://a:hunter2@c' }
    const read = (name: string) =>
      readDataSources({ x: { type: 'postgres', url: `\${${name}}` } }, { directory: '/', env })
    expect(read('GOOD')).toEqual([{ type: 'postgres', name: 'x', url: env.GOOD }])
    expect(() => read('BAD')).toThrow(/^(?!.*hunter2).*x\.url/)
  })

  it('names the line of broken YAML and refuses an alias bomb', () => {
    expect(problemsOf('a:\n  type: [duckdb')).toContain('line 2')
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      'b: &b [*a, *a, *a, *a, *a, *a, *a, *a]',
      'c: [*b, *b, *b, *b, *b, *b, *b, *b]',
    ].join('\n')
    expect(() => readDataSources(bomb, at)).toThrow()
  })

  it('takes no name from the prototype', () => {
    expect(problemsOf(JSON.parse('{"__proto__": {"type": "oracle"}}'))).toEqual(['__proto__.type'])
  })
})

describe('a source with connection and credentials', () => {
  const read = (text: string, env: Record<string, string> = {}) =>
    readDataSources(text, { directory: '/etc/datainsight', env })
  const MYSQL =
    'shop: { type: mysql, connection: { host: db, database: shop, user: reader }, credentials: { password: "${SHOP}" } }'

  it('takes its secret from the environment', () => {
    expect(read(MYSQL, { SHOP: 'hush' })).toEqual([
      {
        type: 'target',
        name: 'shop',
        directory: '/etc/datainsight',
        target: {
          type: 'mysql',
          connection: { host: 'db', database: 'shop', user: 'reader' },
          credentials: { password: 'hush' },
        },
      },
    ])
  })

  it.each([
    [MYSQL, {}, 'shop.credentials.password: unknown environment variable: SHOP'],
    ['a: { type: sqlite, connection: {} }', {}, 'a.connection.file'],
    ['a: { type: sqlite, connection: { file: x, mode: rw } }', {}, 'a.connection.mode'],
    ['a: { type: mysql }', {}, 'a.connection: is missing'],
    [MYSQL.replace(/}$/, ', rollups: { schema: r, url: "${NONE}" } }'), { SHOP: 'x' }, 'shop.rollups.url: unknown'],
    [MYSQL.replace(/}$/, ', rollups: { schema: "r.x" } }'), { SHOP: 'x' }, 'shop.rollups.schema'],
    ['a: { type: sqlite, connection: { file: x }, rollups: { schema: r } }', {}, 'a.rollups: cannot be kept'],
    ['a: { type: oracle, connection: {} }', {}, 'a.type'],
    ['a: { type: sqlite, connection: { file: x }, concurrency: 0 }', {}, 'a.concurrency'],
  ])('refuses %s', (text, env, message) => {
    expect(() => read(text, env)).toThrow(message)
  })

  it('takes the account that writes rollups from the environment', () => {
    const rollups = 'rollups: { schema: r, url: "${WRITER}" }'
    const [shop] = read(MYSQL.replace(/}$/, `, ${rollups} }`), { SHOP: 'x', WRITER: 'mysql://w:hush@db/shop' })
    expect(shop).toMatchObject({ rollups: { schema: 'r', url: 'mysql://w:hush@db/shop' } })
    const short = (url: string) => read(`a: { type: postgres, url: "postgres://r@h/d", ${rollups} }`, { WRITER: url })
    expect(short('postgres://w:hush@h/d')).toMatchObject([{ rollups: { schema: 'r', url: 'postgres://w:hush@h/d' } }])
    expect(() => short('mysql://w:hush@h/d')).toThrow(/^(?!.*hush).*a\.rollups\.url/)
  })

  it('AUT-16 says nothing of a secret that does not fit', () => {
    let fault: unknown
    try {
      read(MYSQL, { SHOP: `hush${'x'.repeat(10_000)}` })
    } catch (error) {
      fault = error
    }
    expect(fault).toBeInstanceOf(AnalyticsError)
    const { message, problems } = fault as AnalyticsError
    expect(problems.map(({ path }) => path)).toEqual(['shop.credentials.password'])
    expect(JSON.stringify([message, problems])).not.toContain('hush')
  })
})
