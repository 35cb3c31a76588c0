import { stat } from 'node:fs/promises'
import { levelColumns, type RollupColumn, type RollupLevel } from '@datainsight/core/compile'
import { literal, withScratch } from './scratch-duckdb.ts'

/** Types of sums that Parquet has no number of as many digits for. */
const WIDE = /^U?HUGEINT$/
const MAX_BIGINT = 2n ** 63n - 1n

/**
 * Writes the level of a rollup that these files are together. `undefined` when what should be added up are no numbers to DuckDB.
 */
export function sumUpParquet(
  path: string,
  columns: readonly RollupColumn[],
  level: RollupLevel,
  files: readonly string[],
): Promise<{ readonly rows: number; readonly bytes: number } | undefined> {
  const { groups, sums } = levelColumns(columns, level)
  const keys = groups.map(({ name }) => `"${name}"`)
  const values = sums.map(({ name, adds }) => `${adds}("${name}") as "${name}"`)
  const by = keys.length === 0 ? '' : ` group by ${keys.join(', ')}`
  return withScratch(path, async (connection) => {
    const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRows()
    await connection.run(
      `create view whole as select * from read_parquet([${files.map(literal).join(', ')}], union_by_name = true)`,
    )
    const types = new Map((await ask('describe whole')).map(([name, type]) => [String(name), String(type)]))
    if (sums.some(({ name, adds }) => adds === 'sum' && types.get(name) === 'VARCHAR')) return undefined
    await connection.run(
      `create table level as select ${[...keys, ...values].join(', ')} from whole${by} having count(*) > 0`,
    )
    const selected: string[] = []
    for (const [name, type] of await ask('describe level')) {
      if (!WIDE.test(String(type))) selected.push(`"${name}"`)
      else {
        const [[isNarrow] = []] = await ask(`select max(abs("${name}")) <= ${MAX_BIGINT} from level`)
        selected.push(`cast("${name}" as ${isNarrow === false ? 'decimal(38, 0)' : 'bigint'}) as "${name}"`)
      }
    }
    await connection.run(`copy (select ${selected.join(', ')} from level) to ${literal(path)} (format parquet)`)
    const [[rows] = []] = await ask('select count(*) from level')
    return { rows: Number(rows), bytes: (await stat(path)).size }
  })
}
