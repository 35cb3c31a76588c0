import { AnalyticsError, type Cell, type Security } from '@datainsight/core'
import { type CompiledQuery, compileQuery } from '@datainsight/core/compile'
import { type Model, parseModel } from '@datainsight/core/model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DataSource } from '../../src/data-sources/data-source.ts'
import { toCells } from '../../src/data-sources/to-cell.ts'
import { openDuckDBShop, openMariaDBShop, openPostgresShop, openSqliteShop } from './engines.ts'
import { CASES_NOW, type QueryCase, readCaseModel, readCases } from './read-cases.ts'
import { rowTexts, truthTexts } from './same-rows.ts'

const ENGINES = {
  postgres: openPostgresShop,
  duckdb: openDuckDBShop,
  mariadb: openMariaDBShop,
  sqlite: openSqliteShop,
} as const
type EngineName = keyof typeof ENGINES

const NOBODY: Security = {
  organizationId: 'cases',
  kind: 'user',
  roles: [],
  attributes: {},
  filters: [],
  deniedMembers: [],
  maskedMembers: [],
  maxRows: 50_000,
}

const models = new Map<string, Model>()
function modelOf(name: string): Model {
  let model = models.get(name)
  if (model === undefined) {
    model = parseModel([readCaseModel(name)])
    models.set(name, model)
  }
  return model
}

let postgres: Awaited<ReturnType<typeof openPostgresShop>>
const sources = new Map<EngineName, DataSource>()
const closers: (() => Promise<void>)[] = []

beforeAll(async () => {
  postgres = await openPostgresShop()
  closers.push(() => postgres.close())
  sources.set('postgres', postgres.source)
  for (const [name, open] of Object.entries(ENGINES) as [EngineName, (typeof ENGINES)['duckdb']][]) {
    if (name === 'postgres') continue
    const engine = await open()
    closers.push(() => engine.close())
    sources.set(name, engine.source)
  }
}, 60_000)

afterAll(async () => {
  for (const close of closers) await close()
})

for (const [group, cases] of readCases()) {
  describe(group, () => {
    for (const entry of cases) {
      describe(entry.name, () => {
        for (const name of Object.keys(ENGINES) as EngineName[]) test(name, () => checkCase(entry, name))
      })
    }
  })
}

async function checkCase(entry: QueryCase, name: EngineName): Promise<void> {
  const source = sources.get(name) as DataSource
  const expected = entry.unsupported?.includes(source.dialect) === true ? 'unsupported' : entry.error
  if (expected !== undefined) {
    expect(() => compile(entry, source)).toThrow(expect.objectContaining({ name: 'AnalyticsError', code: expected }))
    return
  }
  const compiled = compile(entry, source)
  const data = await ask(source, compiled)
  const truth = await postgres.truth.query<(string | null)[]>({ text: entry.sql as string, rowMode: 'array' })
  const actual = rowTexts(compiled.columns, data)
  const wanted = truthTexts(compiled.columns, truth.rows)
  const [a, b] = entry.ordered === true ? [actual, wanted] : [actual.toSorted(), wanted.toSorted()]
  expect(a, compiled.sql).toEqual(b)
  if (entry.total !== undefined) {
    const total = await source.query(compiled.total as NonNullable<CompiledQuery['total']>, limits(1))
    expect(Number(total.columns[0]?.[0])).toBe(entry.total)
  }
}

function compile({ model, query, caller }: QueryCase, source: DataSource): CompiledQuery {
  const security: Security = { ...NOBODY, ...caller, ...(caller !== undefined && { kind: 'embed' as const }) }
  return compileQuery(modelOf(model ?? 'shop'), query, {
    security: model === undefined || model === 'shop' ? { ...security, kind: 'user' } : security,
    now: CASES_NOW,
    dialect: () => source.dialect,
  })
}

async function ask(source: DataSource, compiled: CompiledQuery): Promise<readonly (readonly Cell[])[]> {
  try {
    const result = await source.query(compiled, limits(compiled.limit + 1))
    return compiled.columns.map((column, index) =>
      toCells((result.columns[index] ?? []).slice(0, compiled.limit), column),
    )
  } catch (error) {
    if (error instanceof AnalyticsError && error.cause instanceof Error)
      throw new Error(`${error.cause.message}\n${compiled.sql}`, { cause: error })
    throw error
  }
}

function limits(maxRows: number) {
  return { signal: new AbortController().signal, timeoutMs: 30_000, maxRows }
}
