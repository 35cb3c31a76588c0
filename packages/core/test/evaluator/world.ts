import { CASES, MEASURES, PERCENTILE, PICKS, type WorldMeasure, type WorldStageFilter } from './members.ts'
import { type Policy, policiesYaml } from './policies.ts'

/** A row of a cube: whole numbers, texts, times as ISO 8601 UTC, nulls. */
export type Row = Readonly<Record<string, number | string | null>>
export type Cell = number | string | null

/** A join as both the model and the evaluator read it: rows match where the two columns are equal. */
export interface WorldJoin {
  /** Name in queries: the cube's, or an alias. */
  readonly node: string
  readonly cube: string
  readonly relationship: 'one_to_one' | 'one_to_many' | 'many_to_one'
  readonly type: 'left' | 'inner' | 'full'
  readonly from: string
  readonly to: string
}

/** A dimension that a cube has besides those that all have. */
export type ExtraDimension =
  /** The text `t` of a node that a join leads to. */
  | { readonly kind: 'outer'; readonly node: string }
  /** A measure of a node that a join leads to, for each row. */
  | { readonly kind: 'sub'; readonly node: string; readonly measure: string; readonly propagates: boolean }

export interface WorldCube {
  readonly name: string
  /** Whether `id` is declared as primary key; it is unique in any case. A composite one has the columns `p` and `q`. */
  readonly hasKey: boolean | 'composite'
  readonly columns: readonly string[]
  readonly joins: readonly WorldJoin[]
  readonly rows: readonly Row[]
  readonly extras: Readonly<Record<string, ExtraDimension>>
  /** The node whose count `per_other` divides by; that measure is missing without. */
  readonly other: string | undefined
  /** What stands for masked values of `t` and `total`; `undefined`: null. */
  readonly masks: { readonly t?: string; readonly total?: number }
  readonly policies: readonly Policy[]
}

/** A member of a cube or role under the name a view gives it. */
export interface ViewMember {
  /** Nodes from the view's root; the last one holds the member. A node that the view reaches in a second way has a name of its own. */
  readonly path: readonly string[]
  readonly member: string
}

export interface WorldView {
  readonly name: string
  /** How the model lists them: one entry for each path. */
  readonly parts: readonly {
    readonly path: readonly string[]
    readonly prefix: string | undefined
    readonly includes: readonly string[]
  }[]
  readonly policies: readonly Policy[]
}

/** Data and a model of it. Every cube has `id`, a text `t`, a number `n`, a time `seen`, and the members of `members.ts`. */
export interface World {
  readonly cubes: readonly WorldCube[]
  readonly views: readonly WorldView[]
}

/** Buckets that every cube's `seen` has besides the calendar's: an interval, and a local day on which one starts. */
export const GRANULARITIES: Readonly<Record<string, { interval: string; yaml: string; origin: string }>> = {
  sprint: { interval: '2 week', yaml: 'interval: 2 weeks, origin: "2026-01-07"', origin: '2026-01-07' },
  half: { interval: '6 month', yaml: 'interval: 6 months, offset: 1 month', origin: '1970-02-01' },
  pay: { interval: '1 month', yaml: 'interval: 1 month, origin: "2025-12-25"', origin: '2025-12-25' },
  slot: { interval: '10 day', yaml: 'interval: 10 days, offset: 3 days', origin: '1970-01-04' },
  pair: { interval: '2 week', yaml: 'interval: 2 weeks', origin: '1970-01-05' },
}

export function membersOfView(view: WorldView): Map<string, ViewMember> {
  const members = new Map<string, ViewMember>()
  const parents = new Map<string, string>()
  for (const { path } of view.parts)
    for (const [at, node] of path.entries()) if (!parents.has(node)) parents.set(node, path[at - 1] ?? '')
  for (const { path, prefix, includes } of view.parts) {
    const own: string[] = []
    for (const node of path) {
      const parent = own.at(-1) ?? ''
      own.push(parents.get(node) === parent ? node : `${parent}${SECOND_WAY}${node}`)
    }
    for (const member of includes)
      members.set(`${prefix === undefined ? '' : `${prefix}_`}${member}`, { path: own, member })
  }
  return members
}

/** Between the node that a second way comes from and the one it leads to. */
const SECOND_WAY = '>'

/** Whether a view's way alone leads to a node. */
export function isOfSecondWay(node: string): boolean {
  return node.includes(SECOND_WAY)
}

/** The join that leads from one node to another. */
export function joinBetween(world: World, from: string, to: string): WorldJoin | undefined {
  const node = to.startsWith(`${from}${SECOND_WAY}`) ? to.slice(from.length + SECOND_WAY.length) : to
  const join = cubeOf(world, from).joins.find((one) => one.node === node)
  return join === undefined ? undefined : { ...join, node: to }
}

export function cubeOf(world: World, named: string): WorldCube {
  const node = named.slice(named.lastIndexOf(SECOND_WAY) + 1)
  const direct = world.cubes.find((cube) => cube.name === node)
  if (direct !== undefined) return direct
  const role = world.cubes.flatMap((cube) => cube.joins).find((join) => join.node === node)
  return world.cubes.find((cube) => cube.name === role?.cube)!
}

/** Cubes and roles. */
export function nodesOf(world: World): readonly string[] {
  return [
    ...new Set([
      ...world.cubes.map((cube) => cube.name),
      ...world.cubes.flatMap((cube) => cube.joins.map((join) => join.node)),
    ]),
  ]
}

export function measureOf(cube: WorldCube, member: string): WorldMeasure | undefined {
  if (member === 'per_other' && cube.other !== undefined)
    return { type: 'number', ratio: ['count', `${cube.other}.count`] }
  return MEASURES[member]
}

/** The model files of a world. */
export function modelOf(world: World): { path: string; text: string }[] {
  const cubes = world.cubes.map((cube) => ({ path: `${cube.name}.yml`, text: cubeYaml(cube) }))
  return [...cubes, ...world.views.map((view) => ({ path: `${view.name}.yml`, text: viewYaml(view) }))]
}

function viewYaml({ name, parts, policies }: WorldView): string {
  const cubes = parts.map(({ path, prefix, includes }) => {
    const named = prefix === undefined ? '' : `, prefix: true${prefix === path.at(-1) ? '' : `, alias: ${prefix}`}`
    return `{ join_path: ${path.join('.')}${named}, includes: [${includes.join(', ')}] }`
  })
  return `views:
  - name: ${name}
    cubes: [${cubes.join(', ')}]
${policiesYaml(policies)}`
}

function cubeYaml(cube: WorldCube): string {
  const joins = cube.joins.map((join) => {
    const alias = join.node === join.cube ? '' : `, alias: ${join.node}`
    const type = join.type === 'left' ? '' : `, type: ${join.type}`
    return `{ name: ${join.cube}${alias}, relationship: ${join.relationship}${type}, sql: "{CUBE}.${join.from} = {${join.node}}.${join.to}" }`
  })
  const measures = Object.entries(MEASURES).map(([name, measure]) => {
    const mask = name === 'total' && cube.masks.total !== undefined ? `, mask: ${cube.masks.total}` : ''
    return `{ name: ${name}, ${measureYaml(measure)}${mask} }`
  })
  if (cube.other !== undefined)
    measures.push(`{ name: per_other, ${measureYaml({ type: 'number', ratio: ['count', `${cube.other}.count`] })} }`)
  const granularities = Object.entries(GRANULARITIES).map(([name, { yaml }]) => `{ name: ${name}, ${yaml} }`)
  const cases = Object.entries(CASES).map(
    ([name, { whens, otherwise }]) =>
      `      - { name: ${name}, type: string, case: { when: [${whens.map(({ sql, label }) => `{ sql: "${sql}", label: ${label} }`).join(', ')}]${otherwise === null ? '' : `, else: { label: ${otherwise} }`} } }`,
  )
  const extras = Object.entries(cube.extras).map(([name, extra]) =>
    extra.kind === 'outer'
      ? `      - { name: ${name}, type: string, sql: "{${extra.node}.t}" }`
      : `      - { name: ${name}, type: number, sub_query: true${extra.propagates ? ', propagate_filters_to_sub_query: true' : ''}, sql: "{${extra.node}.${extra.measure}}" }`,
  )
  return `cubes:
  - name: ${cube.name}
    sql_table: ${cube.name}
    joins: [${joins.join(', ')}]
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id"${cube.hasKey === true ? ', primary_key: true' : ''} }${cube.hasKey === 'composite' ? COMPOSITE_KEY : ''}
      - { name: t, type: string, sql: "{CUBE}.t"${cube.masks.t === undefined ? '' : `, mask: "${cube.masks.t}"`} }
      - { name: n, type: number, sql: "{CUBE}.n" }
      - { name: seen, type: time, sql: "{CUBE}.seen", granularities: [${granularities.join(', ')}] }
      - { name: pick, type: switch, values: [${PICKS.join(', ')}] }
${[...cases, ...extras].join('\n')}
    measures: [${measures.join(', ')}]
    segments: [{ name: big, sql: "{CUBE}.n >= 1" }, { name: named, sql: "{t} is not null" }]
${policiesYaml(cube.policies)}`
}

const COMPOSITE_KEY = ['p', 'q']
  .map(
    (column) =>
      `\n      - { name: ${column}, type: number, sql: "{CUBE}.${column}", primary_key: true, public: false }`,
  )
  .join('')

function measureYaml(measure: WorldMeasure): string {
  if (measure.ratio !== undefined)
    return `type: number, sql: "1.0 * {${measure.ratio[0]}} / nullif({${measure.ratio[1]}}, 0)"`
  const { stage, cases } = measure
  if (cases !== undefined) {
    const whens = Object.entries(cases).filter(([value]) => value !== 'otherwise')
    const when = whens.map(([value, of]) => `{ value: ${value}, sql: "{CUBE.${of}}" }`)
    return `type: number, multi_stage: true, case: { switch: "{CUBE.pick}", when: [${when.join(', ')}], else: { sql: "{CUBE.${cases.otherwise}}" } }`
  }
  if (stage !== undefined) {
    const keys = [`type: ${measure.type}`, 'multi_stage: true']
    if (measure.type === 'rank') keys.push(`order_by: [{ sql: "{${stage.of}}", dir: ${stage.direction ?? 'asc'} }]`)
    else keys.push(`sql: "{${stage.of}}"`)
    if (stage.prior !== undefined) keys.push(`time_shift: [{ interval: ${stage.prior}, type: prior }]`)
    if (stage.next !== undefined) keys.push(`time_shift: [{ interval: ${stage.next}, type: next }]`)
    if (stage.groupBy !== undefined) keys.push(`group_by: [${stage.groupBy.join(', ')}]`)
    if (stage.reduceBy !== undefined) keys.push(`reduce_by: [${stage.reduceBy.join(', ')}]`)
    if (stage.addGroupBy !== undefined) keys.push(`add_group_by: [${stage.addGroupBy.join(', ')}]`)
    if (stage.filter !== undefined) keys.push(`filter: { ${stageFilterYaml(stage.filter)} }`)
    return keys.join(', ')
  }
  const parts = [`type: ${measure.type}`]
  if (measure.column !== undefined) parts.push(`sql: "{CUBE}.${measure.column}"`)
  if (measure.type === 'percentile') parts.push(`percentile: ${PERCENTILE}`)
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

function stageFilterYaml({ exclude, keepOnly, include, isFixed }: WorldStageFilter): string {
  const tests = (include ?? []).map(
    ({ member, operator, values }) => `{ member: ${member}, operator: ${operator}, values: ${JSON.stringify(values)} }`,
  )
  return [
    ...(exclude === undefined ? [] : [`exclude: [${exclude.join(', ')}]`]),
    ...(keepOnly === undefined ? [] : [`keep_only: [${keepOnly.join(', ')}]`]),
    ...(tests.length === 0 ? [] : [`include: [${tests.length === 1 ? tests[0] : `{ or: [${tests.join(', ')}] }`}]`]),
    ...(isFixed === true ? ['mode: fixed'] : []),
  ].join(', ')
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
