import { describe, expect, it } from 'vitest'
import { compileQuery, nextCursor } from '../../src/compile/index.ts'
import type { Cell, Query } from '../../src/index.ts'
import { parseModel } from '../../src/model/index.ts'
import { adminSecurity, NOW } from '../fixtures.ts'
import { LIVE, openDatabase } from './open-database.ts'

const IDS = ['1234567890123456788', '1234567890123456789', '1234567890123456790', '9223372036854775807']

const model = parseModel([
  {
    path: 'posts.yml',
    text: `cubes:
  - name: posts
    sql: "${IDS.map((id) => `select ${id} as id`).join(' union all ')}"
    dimensions: [{ name: id, type: integer, sql: id }]
`,
  },
])

describe.each(LIVE)('integers of 19 digits on %s', (dialect) => {
  it('are compared by every digit, by filters and by cursors', async () => {
    const database = await openDatabase(dialect)
    const ask = async (query: Query) => {
      const compiled = compileQuery(model, query, { security: adminSecurity(), now: NOW, dialect: () => dialect })
      const rows = await database.run(compiled.sql, compiled.parameters)
      return { compiled, ids: rows.map(([id]) => String(id)) }
    }
    const filtered = async (operator: 'equals' | 'gt' | 'lte' | 'notEquals') => {
      const filters = [{ member: 'posts.id', operator, values: ['1234567890123456789'] }]
      return (await ask({ dimensions: ['posts.id'], filters })).ids
    }
    try {
      expect(await filtered('equals')).toEqual([IDS[1]])
      expect(await filtered('gt')).toEqual(IDS.slice(2))
      expect(await filtered('lte')).toEqual(IDS.slice(0, 2))
      expect(await filtered('notEquals')).toEqual([IDS[0], ...IDS.slice(2)])
      const { compiled } = await ask({ dimensions: ['posts.id'], limit: 1 })
      const cursor = nextCursor(compiled, [IDS[0] as Cell])!
      expect((await ask({ dimensions: ['posts.id'], limit: 10, cursor })).ids).toEqual(IDS.slice(1))
    } finally {
      await database.close()
    }
  })
})
