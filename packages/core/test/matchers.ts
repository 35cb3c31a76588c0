import { loadModule, parseSync } from 'libpg-query'
import { expect } from 'vitest'
import type { CompiledQuery } from '../src/compile/index.ts'
import { AnalyticsError } from '../src/errors.ts'
import type { ShopDatabase } from './fixtures.ts'

// The parser is WebAssembly, which loads on its own time.
await loadModule()

/** Plans a statement on the real database, then runs it; the total too. */
export async function rowsOf(database: ShopDatabase, compiled: CompiledQuery): Promise<unknown[][]> {
  expect(compiled.dialect).toBe(database.dialect)
  for (const statement of compiled.total === undefined ? [compiled] : [compiled, compiled.total]) {
    expect((await database.run(`explain ${statement.sql}`, statement.parameters)).length).toBeGreaterThan(0)
  }
  return database.run(compiled.sql, compiled.parameters)
}

/** The problems a call is refused with. Fails when it is not refused, or when it breaks instead of refusing. */
export function refusal(call: () => unknown): AnalyticsError {
  try {
    call()
  } catch (error) {
    if (error instanceof AnalyticsError) return error
    throw error
  }
  throw new Error('expected a refusal')
}

/** A node of libpg-query's parse tree. */
export type TreeNode = { readonly [key: string]: unknown }

/** The one SELECT a statement is. Fails on anything else. */
export function parseSelect(sql: string): TreeNode {
  const { stmts } = parseSync(sql) as { stmts?: { stmt?: TreeNode }[] }
  expect(stmts).toHaveLength(1)
  const select = stmts?.[0]?.stmt?.SelectStmt
  expect(select).toBeDefined()
  return select as TreeNode
}

/** Every object in a parse tree, parents before children. */
export function* walk(node: unknown): Generator<TreeNode> {
  if (Array.isArray(node)) for (const item of node) yield* walk(item)
  else if (typeof node === 'object' && node !== null) {
    yield node as TreeNode
    for (const value of Object.values(node)) yield* walk(value)
  }
}
