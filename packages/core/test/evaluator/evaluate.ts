import { bucketStart, bucketsOf, isWithin, type LocalTime, localTime, shiftTime, windowOf } from './local-times.ts'
import { MEASURES, type Row, type World, type WorldCube, type WorldJoin, type WorldMeasure } from './world.ts'

/** A question in the evaluator's own words. */
export interface Asked {
  readonly measures: readonly string[]
  readonly dimensions: readonly string[]
  /** At most one. `dateRange`: first and last local day. */
  readonly time?: {
    readonly dimension: string
    readonly granularity?: 'day' | 'week' | 'month' | 'quarter' | 'year'
    readonly dateRange?: readonly [string, string]
  }
  readonly filters: readonly AskedFilter[]
  readonly timezone: string
}

export type AskedFilter =
  | { readonly member: string; readonly operator: 'equals' | 'notEquals'; readonly value: number | string }
  | { readonly member: string; readonly operator: 'gt' | 'lte'; readonly value: number }
  | { readonly member: string; readonly operator: 'set' | 'notSet' }

export type Cell = number | string | null
/** One row of each node of a join tree; `null` where none matched. */
type Joined = Readonly<Record<string, Row | null>>

/** The question has no answer: its nodes are not joined, or in two ways, or rows cannot be told apart. */
export class Refused extends Error {}

/**
 * Answers a question by going through all rows, straight from the meaning of the words: no plan, no SQL.
 * Columns: the time bucket, the dimensions, the measures; in no order.
 */
export function evaluate(world: World, asked: Asked): Cell[][] {
  const measureFilters = asked.filters.filter((filter) => measureOf(filter.member) !== undefined)
  const rowFilters = asked.filters.filter((filter) => measureOf(filter.member) === undefined)
  const wanted = [...new Set([...asked.measures, ...measureFilters.map((filter) => filter.member)])]
  const leaves = new Set(wanted.flatMap((name) => leavesOf(name)))
  const facts = new Set([...leaves].map((name) => nodeOf(name)))
  const groups = new Map<string, { cells: Cell[]; values: Map<string, Cell> }>()
  const put = (cells: Cell[], name: string | undefined, value: Cell): void => {
    const key = JSON.stringify(cells)
    const group = groups.get(key) ?? { cells, values: new Map<string, Cell>() }
    groups.set(key, group)
    if (name !== undefined) group.values.set(name, value)
  }
  if (facts.size === 0) {
    for (const joined of joinedRows(world, asked, rowFilters, undefined).rows)
      if (inRange(joined, asked)) put(groupingCells(joined, asked), undefined, null)
  }
  for (const fact of facts) {
    const own = [...leaves].filter((name) => nodeOf(name) === fact)
    const { rows, isMultiplied } = joinedRows(world, asked, rowFilters, fact)
    const cube = cubeOf(world, fact)
    const isSensitive = own.some((name) => !['min', 'max', 'count_distinct'].includes(measureOf(name)!.type))
    if (isMultiplied && isSensitive && !cube.hasKey) throw new Refused(`${fact} has no key`)
    for (const name of own) evaluateLeaf(name, fact, rows, asked, put)
  }
  return [...groups.values()]
    .map(({ cells, values }) => ({ cells, value: (name: string) => measured(name, values) }))
    .filter(({ value }) => measureFilters.every((filter) => passes(value(filter.member), filter)))
    .map(({ cells, value }) => [...cells, ...asked.measures.map(value)])
}

type Put = (cells: Cell[], name: string | undefined, value: Cell) => void

function evaluateLeaf(name: string, fact: string, rows: readonly Joined[], asked: Asked, put: Put): void {
  const measure = measureOf(name)!
  const inner = measure.prior === undefined ? measure : measureOf(`${fact}.${measure.prior[0]}`)!
  const isWindowed = (inner.rolling !== undefined || inner.toDate !== undefined) && asked.time !== undefined
  const groups = new Map<string, { cells: Cell[]; rows: Set<Row> }>()
  const add = (cells: Cell[], row: Row | null | undefined): void => {
    const key = JSON.stringify(cells)
    const group = groups.get(key) ?? { cells, rows: new Set<Row>() }
    groups.set(key, group)
    // Each row of the fact counts once in a group, however often it was joined.
    if (row !== null && row !== undefined) group.rows.add(row)
  }
  if (isWindowed) {
    const time = asked.time!
    const buckets = bucketsOf(time.granularity, time.dateRange!)
    for (const [start, end] of buckets) {
      const cell = time.granularity === undefined ? [] : [start]
      if (asked.dimensions.length === 0) add(cell, null)
      for (const joined of rows) {
        const at = timeOf(joined, time.dimension, asked.timezone)
        if (at === null || !isWithin(at, windowOf(inner, start, end))) continue
        add([...cell, ...dimensionCells(joined, asked)], joined[fact])
      }
    }
  } else {
    const shift = measure.prior?.[1]
    if (asked.dimensions.length === 0 && asked.time?.granularity === undefined) add([], null)
    for (const joined of rows) {
      if (inRange(joined, asked, shift)) add(groupingCells(joined, asked, shift), joined[fact])
    }
  }
  for (const { cells, rows: own } of groups.values()) put(cells, name, aggregate(inner, [...own]))
}

function aggregate(measure: WorldMeasure, rows: readonly Row[]): Cell {
  const counted = rows.filter((row) => measure.filter?.holds(row) ?? true)
  if (measure.type === 'count') return counted.length
  const values = counted.map((row) => row[measure.column!]!).filter((value) => value !== null)
  if (measure.type === 'count_distinct') return new Set(values).size
  if (values.length === 0) return null
  const numbers = values.map(Number)
  const sum = numbers.reduce((total, value) => total + value, 0)
  if (measure.type === 'sum') return sum
  if (measure.type === 'avg') return sum / numbers.length
  return measure.type === 'min' ? Math.min(...numbers) : Math.max(...numbers)
}

function measured(name: string, values: ReadonlyMap<string, Cell>): Cell {
  const measure = measureOf(name)!
  if (measure.ratio === undefined) return values.get(name) ?? null
  const [above, below] = measure.ratio.map((part) => measured(`${nodeOf(name)}.${part}`, values))
  return above === null || below === null || above === undefined || !below ? null : Number(above) / Number(below)
}

function leavesOf(name: string): string[] {
  const ratio = measureOf(name)!.ratio
  return ratio === undefined ? [name] : ratio.flatMap((part) => leavesOf(`${nodeOf(name)}.${part}`))
}

function measureOf(name: string): WorldMeasure | undefined {
  return MEASURES[name.split('.')[1]!]
}

function nodeOf(name: string): string {
  return name.split('.')[0]!
}

function groupingCells(joined: Joined, asked: Asked, shift?: string): Cell[] {
  const { time } = asked
  if (time?.granularity === undefined) return dimensionCells(joined, asked)
  const at = timeOf(joined, time.dimension, asked.timezone)
  const moved = at === null || shift === undefined ? at : shiftTime(at, shift)
  return [moved === null ? null : bucketStart(time.granularity, moved), ...dimensionCells(joined, asked)]
}

function dimensionCells(joined: Joined, asked: Asked): Cell[] {
  return asked.dimensions.map((name) => cellOf(joined, name))
}

function cellOf(joined: Joined, name: string): Cell {
  const [node, column] = name.split('.') as [string, string]
  return joined[node]?.[column] ?? null
}

function timeOf(joined: Joined, name: string, timezone: string): LocalTime | null {
  const value = cellOf(joined, name)
  return value === null ? null : localTime(String(value), timezone)
}

function inRange(joined: Joined, asked: Asked, shift?: string): boolean {
  if (asked.time?.dateRange === undefined) return true
  const at = timeOf(joined, asked.time.dimension, asked.timezone)
  if (at === null) return false
  const [first, last] = asked.time.dateRange
  const day = (shift === undefined ? at : shiftTime(at, shift)).slice(0, 10)
  return day >= first && day <= last
}

function passes(value: Cell, filter: AskedFilter): boolean {
  switch (filter.operator) {
    case 'set':
      return value !== null
    case 'notSet':
      return value === null
    case 'equals':
      return value === filter.value
    case 'notEquals':
      return value !== filter.value
    case 'gt':
      return value !== null && Number(value) > filter.value
    case 'lte':
      return value !== null && Number(value) <= filter.value
  }
}

function cubeOf(world: World, node: string): WorldCube {
  const direct = world.cubes.find((cube) => cube.name === node)
  if (direct !== undefined) return direct
  const role = world.cubes.flatMap((cube) => cube.joins).find((join) => join.node === node)
  return world.cubes.find((cube) => cube.name === role?.cube)!
}

interface Tree {
  readonly root: string
  readonly joins: readonly { readonly from: string; readonly join: WorldJoin }[]
}

function joinedRows(
  world: World,
  asked: Asked,
  filters: readonly AskedFilter[],
  fact: string | undefined,
): { rows: Joined[]; isMultiplied: boolean } {
  const needed = [
    ...new Set([
      ...(fact === undefined ? [] : [fact]),
      ...(asked.time?.granularity === undefined ? [] : [nodeOf(asked.time.dimension)]),
      ...asked.dimensions.map(nodeOf),
      ...(asked.time === undefined ? [] : [nodeOf(asked.time.dimension)]),
      ...filters.map((filter) => nodeOf(filter.member)),
    ]),
  ]
  // In the order of the columns, and then of what filters.
  const tree = treeOf(world, needed)
  let rows: Joined[] = cubeOf(world, tree.root).rows.map((row) => ({ [tree.root]: row }))
  for (const { from, join } of tree.joins) rows = rows.flatMap((joined) => joinOne(world, joined, from, join))
  return {
    rows: rows.filter((joined) => filters.every((filter) => passes(cellOf(joined, filter.member), filter))),
    isMultiplied: fact !== undefined && isMultiplied(tree, fact),
  }
}

function joinOne(world: World, joined: Joined, from: string, join: WorldJoin): Joined[] {
  const value = joined[from]?.[join.from] ?? null
  const matches = value === null ? [] : cubeOf(world, join.node).rows.filter((row) => row[join.to] === value)
  if (matches.length === 0) return join.type === 'inner' ? [] : [{ ...joined, [join.node]: null }]
  return matches.map((row) => ({ ...joined, [join.node]: row }))
}

/** Whether going from the fact to the other nodes of the tree leads to many rows somewhere. */
function isMultiplied(tree: Tree, fact: string): boolean {
  const seen = new Set([fact])
  const open = [fact]
  for (const node of open) {
    for (const { from, join } of tree.joins) {
      const isForward = from === node
      const isBackward = join.node === node
      const next = isForward ? join.node : from
      if ((!isForward && !isBackward) || seen.has(next)) continue
      if (join.relationship === (isForward ? 'one_to_many' : 'many_to_one')) return true
      seen.add(next)
      open.push(next)
    }
  }
  return false
}

function treeOf(world: World, needed: readonly string[]): Tree {
  const nodes = [
    ...world.cubes.map((cube) => cube.name),
    ...new Set(world.cubes.flatMap((cube) => cube.joins.map((join) => join.node))),
  ]
  const all = [...new Set(nodes)]
  const reaching = (root: string) => {
    const ways = waysFrom(world, root)
    return needed.every((node) => ways.has(node)) ? ways : undefined
  }
  let root = needed.find((node) => reaching(node) !== undefined)
  if (root === undefined) {
    const candidates = all.flatMap((node) => {
      const ways = reaching(node)
      return ways === undefined ? [] : [{ node, steps: needed.reduce((sum, to) => sum + ways.get(to)![0]!.length, 0) }]
    })
    const least = Math.min(...candidates.map((candidate) => candidate.steps))
    const nearest = candidates.filter((candidate) => candidate.steps === least)
    if (nearest.length !== 1) throw new Refused(`${nearest.length} roots`)
    root = nearest[0]!.node
  }
  const ways = waysFrom(world, root)
  const joins = new Map<string, { from: string; join: WorldJoin }>()
  for (const node of needed) {
    const found = ways.get(node)!
    if (found.length > 1) throw new Refused(`two ways to ${node}`)
    let from = root
    for (const join of found[0]!) {
      const known = joins.get(join.node)
      if (known !== undefined && known.from !== from) throw new Refused(`two ways to ${join.node}`)
      joins.set(join.node, { from, join })
      from = join.node
    }
  }
  return { root, joins: [...joins.values()] }
}

/** All shortest ways along joins from a node to each other. */
function waysFrom(world: World, root: string): Map<string, WorldJoin[][]> {
  const ways = new Map<string, WorldJoin[][]>([[root, [[]]]])
  for (let open = [root]; open.length > 0; ) {
    const next = new Map<string, WorldJoin[][]>()
    for (const node of open) {
      for (const join of cubeOf(world, node).joins) {
        if (ways.has(join.node)) continue
        const longer = ways.get(node)!.map((way) => [...way, join])
        next.set(join.node, [...(next.get(join.node) ?? []), ...longer])
      }
    }
    for (const [node, found] of next) ways.set(node, found)
    open = [...next.keys()]
  }
  return ways
}
