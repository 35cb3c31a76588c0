import type { CubeSource } from '../schema/cube.ts'

/** Longest SQL once each `{cube.sql()}` is replaced, in characters. */
const MAX_LENGTH = 200_000

const CALL = /\$?\{\s*([A-Za-z_]\w*)\.sql\(\)\s*\}/g

/**
 * A cube's `sql` with each `{other.sql()}` replaced by where the other cube's rows come from: its table, or its select in
 * brackets. Reports unknown cubes, cycles and texts that grow without bound. The other cube's policies do not come along: a
 * select is as open as its author writes it. But what reads a cube with `tenant_required` must have it too.
 */
export function expandRowsSql(
  sql: string,
  cube: string,
  sourceOf: (cube: string) => CubeSource | undefined,
  report: (message: string) => void,
): string {
  let length = sql.length
  let hasFailed = false
  const fail = (message: string): string => {
    if (!hasFailed) report(message)
    hasFailed = true
    return 'null'
  }
  const expand = (text: string, path: readonly string[]): string =>
    text.replaceAll(CALL, (_, name: string) => {
      if (hasFailed) return 'null'
      if (path.includes(name)) return fail(`its sql leads back to itself: ${[...path, name].join(' → ')}`)
      const source = sourceOf(name)
      if (source === undefined) return fail(`unknown cube: ${name}`)
      if (source.tenant_required === true && sourceOf(cube)?.tenant_required !== true)
        return fail(`${name} has tenant_required, so ${cube}, which reads its rows, needs it too`)
      const inner = source.sql_table ?? source.sql ?? ''
      length += inner.length
      if (length > MAX_LENGTH) return fail(`at most ${MAX_LENGTH} characters are allowed once {cube.sql()} is replaced`)
      if (source.sql_table !== undefined) return inner
      return `(\n${expand(inner.replace(/\s*;\s*$/, ''), [...path, name])}\n)`
    })
  return expand(sql, [cube])
}

/** Whether SQL has a `{cube.sql()}` in it. */
export function hasSqlCall(sql: string): boolean {
  return sql.includes('.sql()')
}
