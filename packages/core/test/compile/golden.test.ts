import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DIALECT_NAMES } from '../../src/compile/index.ts'
import { LIVE, openDatabase, type TestDatabase } from '../dialects/open-database.ts'
import { parseSelect } from '../matchers.ts'
import { GOLDEN_QUERIES } from './golden-queries.ts'
import { functionStatements, goldenFiles, questionStatements } from './golden-text.ts'

describe.each(DIALECT_NAMES)('%s', (dialect) => {
  const folder = join(import.meta.dirname, 'golden', dialect)
  const files = goldenFiles(dialect)

  it('has exactly the kept files', () => {
    expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort())
  })

  it.each([...files.keys()])('%s says what was read and kept', (name) => {
    expect(files.get(name)).toBe(readFileSync(join(folder, name), 'utf8'))
  })
})

describe.each(['postgres', 'redshift'] as const)('%s', (dialect) => {
  /** What Redshift has and PostgreSQL's grammar has not. */
  const inPostgres = (text: string) => text.replaceAll('varchar(max)', 'text').replaceAll('approximate count', 'count')

  it('is read by the parser of PostgreSQL as one select each', () => {
    for (const name of Object.keys(GOLDEN_QUERIES)) {
      for (const { sql } of questionStatements(name, dialect)) parseSelect(inPostgres(sql))
    }
    for (const { sql } of functionStatements(dialect)) parseSelect(inPostgres(sql))
  })
})

describe('run', () => {
  const databases: TestDatabase[] = []
  beforeAll(async () => {
    for (const name of LIVE) {
      const database = await openDatabase(name)
      databases.push(database)
      await database.openShop()
    }
  })
  afterAll(async () => {
    for (const database of databases) await database.close()
  })

  it.each(Object.keys(GOLDEN_QUERIES))('%s has the same answer on every database', async (name) => {
    const answers: unknown[] = []
    for (const database of databases) {
      const rows: unknown[] = []
      for (const { sql, parameters } of questionStatements(name, database.dialect)) {
        rows.push((await database.run(sql, parameters)).map((row) => row.map(comparable)))
      }
      answers.push(rows)
    }
    expect((answers[0] as unknown[][][]).flat(2).length).toBeGreaterThan(0)
    for (const [index, answer] of answers.entries()) {
      expect({ [databases[index]!.dialect]: answer }).toEqual({ [databases[index]!.dialect]: answers[0] })
    }
  })
})

/** Exact decimals are texts on some, booleans numbers on others; in the questions a flag meets no other number. */
function comparable(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)) return Math.round(Number(value) * 1e6) / 1e6
  return typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value
}
