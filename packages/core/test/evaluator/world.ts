/** A row of a cube: whole numbers, texts, times as ISO 8601 UTC, nulls. */
export type Row = Readonly<Record<string, number | string | null>>

/** A join as both the model and the evaluator read it: rows match where the two columns are equal. */
export interface WorldJoin {
  /** Name in queries: the cube's, or an alias. */
  readonly node: string
  readonly cube: string
  readonly relationship: 'one_to_one' | 'one_to_many' | 'many_to_one'
  readonly type: 'left' | 'inner'
  readonly from: string
  readonly to: string
}

export interface WorldCube {
  readonly name: string
  /** Whether `id` is declared as primary key; it is unique in any case. */
  readonly hasKey: boolean
  readonly columns: readonly string[]
  readonly joins: readonly WorldJoin[]
  readonly rows: readonly Row[]
}

/** Data and a model of it. Every cube has `id`, a text `t`, a number `n`, a time `seen`, and the same measures. */
export interface World {
  readonly cubes: readonly WorldCube[]
}

/** Measures of every cube: what to aggregate, over which rows. */
export interface WorldMeasure {
  readonly type: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'count_distinct' | 'number'
  readonly column?: string
  readonly filter?: { readonly sql: string; readonly holds: (row: Row) => boolean }
  /** Of type `number`: names of measures of the same cube, divided. */
  readonly ratio?: readonly [string, string]
  readonly rolling?: { readonly trailing?: string; readonly leading?: string; readonly offset?: 'start' | 'end' }
  readonly toDate?: 'month' | 'quarter' | 'year'
  /** The measure it shows as it was this long ago. */
  readonly prior?: readonly [string, string]
}

export const MEASURES: Readonly<Record<string, WorldMeasure>> = {
  count: { type: 'count' },
  total: { type: 'sum', column: 'n' },
  average: { type: 'avg', column: 'n' },
  least: { type: 'min', column: 'n' },
  most: { type: 'max', column: 'n' },
  kinds: { type: 'count_distinct', column: 't' },
  large: { type: 'count', filter: { sql: '{CUBE}.n >= 2', holds: (row) => row.n !== null && Number(row.n) >= 2 } },
  untold: { type: 'count', filter: { sql: '{CUBE}.t is null', holds: (row) => row.t === null } },
  share: { type: 'number', ratio: ['total', 'count'] },
  last_week: { type: 'sum', column: 'n', rolling: { trailing: '7 day' } },
  running: { type: 'count', rolling: { trailing: 'unbounded' } },
  ahead: { type: 'avg', column: 'n', rolling: { leading: '1 month', offset: 'start' } },
  around: { type: 'count_distinct', column: 't', rolling: { trailing: '1 month', leading: '2 day', offset: 'start' } },
  so_far: { type: 'sum', column: 'n', toDate: 'year' },
  month_ago: { type: 'number', prior: ['total', '1 month'] },
  days_ago: { type: 'number', prior: ['large', '3 day'] },
  growth: { type: 'number', ratio: ['total', 'month_ago'] },
}

/** The model files of a world. */
export function modelOf(world: World): { path: string; text: string }[] {
  return world.cubes.map((cube) => ({ path: `${cube.name}.yml`, text: cubeYaml(cube) }))
}

function cubeYaml(cube: WorldCube): string {
  const joins = cube.joins.map((join) => {
    const alias = join.node === join.cube ? '' : `, alias: ${join.node}`
    const type = join.type === 'left' ? '' : `, type: ${join.type}`
    return `{ name: ${join.cube}${alias}, relationship: ${join.relationship}${type}, sql: "{CUBE}.${join.from} = {${join.node}}.${join.to}" }`
  })
  const measures = Object.entries(MEASURES).map(([name, measure]) => `{ name: ${name}, ${measureYaml(measure)} }`)
  return `cubes:
  - name: ${cube.name}
    sql_table: ${cube.name}
    joins: [${joins.join(', ')}]
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id"${cube.hasKey ? ', primary_key: true' : ''} }
      - { name: t, type: string, sql: "{CUBE}.t" }
      - { name: n, type: number, sql: "{CUBE}.n" }
      - { name: seen, type: time, sql: "{CUBE}.seen" }
    measures: [${measures.join(', ')}]
`
}

function measureYaml(measure: WorldMeasure): string {
  if (measure.ratio !== undefined)
    return `type: number, sql: "1.0 * {${measure.ratio[0]}} / nullif({${measure.ratio[1]}}, 0)"`
  if (measure.prior !== undefined)
    return `type: number, multi_stage: true, sql: "{${measure.prior[0]}}", time_shift: [{ interval: ${measure.prior[1]}, type: prior }]`
  const parts = [`type: ${measure.type}`]
  if (measure.column !== undefined) parts.push(`sql: "{CUBE}.${measure.column}"`)
  if (measure.filter !== undefined) parts.push(`filters: [{ sql: "${measure.filter.sql}" }]`)
  if (measure.toDate !== undefined) parts.push(`rolling_window: { type: to_date, granularity: ${measure.toDate} }`)
  if (measure.rolling !== undefined) {
    const { trailing, leading, offset } = measure.rolling
    const window = [
      ...(trailing === undefined ? [] : [`trailing: ${trailing}`]),
      ...(leading === undefined ? [] : [`leading: ${leading}`]),
      ...(offset === undefined ? [] : [`offset: ${offset}`]),
    ]
    parts.push(`rolling_window: { ${window.join(', ')} }`)
  }
  return parts.join(', ')
}

/** Statements that make the tables of a world, alike on every database. */
export function tablesOf(world: World): string {
  return world.cubes
    .map(({ name, columns, rows }) => {
      const types = columns.map((column) => `${column} ${COLUMN_TYPES[column] ?? 'integer'}`)
      const values = rows.map((row) => `(${columns.map((column) => literal(row[column] ?? null)).join(', ')})`)
      const insert = values.length === 0 ? '' : `insert into ${name} values ${values.join(', ')};`
      return `drop table if exists ${name}; create table ${name} (${types.join(', ')}); ${insert}`
    })
    .join('\n')
}

const COLUMN_TYPES: Readonly<Record<string, string>> = { t: 'varchar', seen: 'timestamp' }

function literal(value: number | string | null): string {
  if (value === null) return 'null'
  return typeof value === 'number' ? String(value) : `'${value.replace('Z', '')}'`
}
