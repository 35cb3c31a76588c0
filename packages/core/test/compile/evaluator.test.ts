import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compileQuery } from '../../src/compile/index.ts'
import { AnalyticsError } from '../../src/errors.ts'
import { parseModel } from '../../src/model/index.ts'
import type { Query } from '../../src/schema/query.ts'
import { questions, worlds } from '../evaluator/arbitraries.ts'
import { type Asked, evaluate, Refused } from '../evaluator/evaluate.ts'
import { modelOf, tablesOf, type World } from '../evaluator/world.ts'
import { adminSecurity, NOW, openDuckdb, openPostgres, type ShopDatabase } from '../fixtures.ts'

const databases: ShopDatabase[] = []
beforeAll(async () => {
  databases.push(await openPostgres(), await openDuckdb())
})
afterAll(async () => {
  for (const database of databases) await database.close()
})

const QUESTIONS_PER_WORLD = 8

function queryOf({ measures, dimensions, time, filters, timezone }: Asked): Query {
  return {
    measures: [...measures],
    dimensions: [...dimensions],
    timezone,
    ...(time !== undefined && {
      timeDimensions: [
        {
          dimension: time.dimension,
          ...(time.granularity !== undefined && { granularity: time.granularity }),
          ...(time.dateRange !== undefined && { dateRange: [...time.dateRange] }),
        },
      ],
    }),
    filters: filters.map(({ member, operator, ...rest }) => ({
      member,
      operator,
      ...('value' in rest && { values: [rest.value] }),
    })),
  }
}

/** Rows in an order of their own, numbers to nine digits: databases divide in their own ways. */
function comparable(rows: readonly (readonly unknown[])[]): string[] {
  return rows
    .map((row) => JSON.stringify(row.map((cell) => (typeof cell === 'number' ? Number(cell.toFixed(9)) : cell))))
    .sort()
}

function expected(world: World, asked: Asked): string[] | undefined {
  try {
    return comparable(evaluate(world, asked))
  } catch (error) {
    if (error instanceof Refused) return undefined
    throw error
  }
}

it('answers any question about any data like a walk through all rows', async () => {
  let answered = 0
  const cases = worlds.chain((world) =>
    fc.record({
      world: fc.constant(world),
      asked: fc.array(questions(world), { minLength: QUESTIONS_PER_WORLD, maxLength: QUESTIONS_PER_WORLD }),
    }),
  )
  await fc.assert(
    fc.asyncProperty(cases, async ({ world, asked }) => {
      const model = parseModel(modelOf(world))
      for (const database of databases) {
        for (const statement of tablesOf(world).split(';')) if (statement.trim() !== '') await database.run(statement)
      }
      for (const question of asked) {
        const rows = expected(world, question)
        for (const database of databases) {
          const options = { security: adminSecurity(), now: NOW, dialect: () => database.dialect }
          let compiled: ReturnType<typeof compileQuery>
          try {
            compiled = compileQuery(model, queryOf(question), options)
          } catch (error) {
            if (!(error instanceof AnalyticsError)) throw error
            expect({ error: error.message, rows }).toEqual({ error: error.message, rows: undefined })
            continue
          }
          const answer = comparable(await database.run(compiled.sql, compiled.parameters))
          expect({ sql: compiled.sql, rows: answer }).toEqual({ sql: compiled.sql, rows })
          answered += 1
        }
      }
    }),
    { numRuns: 40 },
  )
  expect(answered).toBeGreaterThan(100)
}, 600_000)
