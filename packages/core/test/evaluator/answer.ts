import { type DayOperator, type Operator, passes, passesDay } from './conditions.ts'
import { type Joined, joinRows, type Need } from './join-rows.ts'
import {
  addInterval,
  bucketStart,
  type Calendar,
  cellAround,
  cellsOf,
  isWithin,
  type LocalTime,
  localTime,
  windowOf,
} from './local-times.ts'
import { PERCENTILE, type WorldMeasure, type WorldStage, type WorldStageFilter } from './members.ts'
import { dimensionOfRow, isInSegment } from './row-values.ts'
import { type Named, type Ref, Refused, type Sight } from './sight.ts'
import { type Cell, cubeOf, measureOf, type Row, type World } from './world.ts'

/** What rows are grouped by: a dimension, or with a granularity the bucket of a time. */
export interface Grouping {
  readonly of: Named
  readonly granularity?: string
  /** What is shown in place of a value. */
  readonly as?: (value: Cell) => Cell
}

/** A condition on joined rows. */
export type Condition =
  | {
      readonly kind: 'test'
      readonly of: Ref
      readonly operator: Operator
      readonly values: readonly (number | string)[]
    }
  /** First and last local day. `isBound`: all rows must lie in it, so that it says which buckets a question is about. */
  | { readonly kind: 'range'; readonly of: Ref; readonly days: readonly [string, string]; readonly isBound: boolean }
  | { readonly kind: 'days'; readonly of: Ref; readonly operator: DayOperator; readonly days: readonly string[] }
  | { readonly kind: 'segment'; readonly of: Ref }
  /** The filters that a measure has of its own. */
  | { readonly kind: 'filters'; readonly of: Ref }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }

export interface Question {
  readonly groupings: readonly Grouping[]
  readonly measures: readonly Named[]
  readonly conditions: readonly Condition[]
  /** Those of the question itself, within a stage with a filter. */
  readonly asked?: readonly Condition[]
  /** The value of each node's switch. */
  readonly picks?: ReadonlyMap<string, string>
}

/** The values of a question's measures for one combination of what groups. */
export interface Group {
  readonly cells: readonly Cell[]
  readonly values: readonly Cell[]
}

/** Intervals by which the times of rows count as later. */
type Shifts = readonly string[]
type Column = ReadonlyMap<string, Cell>

/** Answers questions by going through all rows, straight from the meaning of the words: no plan, no SQL. */
export class Walk {
  readonly #world: World
  readonly #sight: Sight
  readonly #calendar: Calendar

  constructor(world: World, sight: Sight, calendar: Calendar) {
    this.#world = world
    this.#sight = sight
    this.#calendar = calendar
  }

  answer(question: Question): Group[] {
    const groups = new Map<string, readonly Cell[]>()
    const note = (cells: readonly Cell[]): string => {
      const key = JSON.stringify(cells)
      if (!groups.has(key)) groups.set(key, cells)
      return key
    }
    const values = question.measures.map((measure) => this.#value(measure, question, [], note))
    if (values.length === 0) {
      const { rows, value } = this.#rows(question, undefined, [], undefined)
      for (const joined of rows) note(this.#cells(joined, question.groupings, [], value))
    }
    return [...groups].map(([key, cells]) => ({ cells, values: values.map((value) => value(key)) }))
  }

  /** Rows as they are; of each measure what it reads of the row, 1 where it counts, null where the row is not there or not counted. */
  list(question: Question): Group[] {
    const { groupings, measures } = question
    const [fact] = measures
    const { rows, value } = this.#rows(question, fact, [], undefined, measures.slice(1))
    return rows.map((joined) => ({
      cells: this.#cells(joined, groupings, [], value),
      values: measures.map(({ node, member, isMasked }): Cell => {
        const cube = cubeOf(this.#world, node)
        if (isMasked) return (member === 'total' ? cube.masks.total : undefined) ?? null
        const { column, filter } = measureOf(cube, member)!
        const row = joined[node] ?? null
        if (row === null || filter?.holds(row) === false) return null
        return column === undefined ? 1 : (row[column] ?? null)
      }),
    }))
  }

  /** The value of a measure by group. Every aggregate that it is made of notes the groups it has. */
  #value(
    measure: Named,
    question: Question,
    shifts: Shifts,
    note: (cells: readonly Cell[]) => string,
  ): (key: string) => Cell {
    const cube = cubeOf(this.#world, measure.node)
    const found = measureOf(cube, measure.member)!
    const other = (name: string): Named => {
      const [node, member] = name.includes('.') ? (name.split('.') as [string, string]) : [measure.node, name]
      const path = node === measure.node ? measure.path : undefined
      return { name: `${node}.${member}`, node, member, isMasked: false, ...(path !== undefined && { path }) }
    }
    if (!measure.isMasked && found.ratio !== undefined) {
      const [above, below] = found.ratio.map((part) => this.#value(other(part), question, shifts, note))
      return (key) => divide(above!(key), below!(key))
    }
    if (!measure.isMasked && found.cases !== undefined) {
      const pick = question.picks!.get(measure.node)!
      return this.#value(other(found.cases[pick] ?? found.cases.otherwise), question, shifts, note)
    }
    const { stage } = found
    if (!measure.isMasked && stage?.filter !== undefined) {
      // The question's own conditions say which groups there are; what only another measure has is none of them.
      const own = new Set(
        this.#inner(question, other(stage.of), movedBy(stage, shifts)).map(({ cells }) => note(cells)),
      )
      if (question.groupings.length === 0) own.add(note([]))
      const { filter, ...rest } = stage
      const inner = filtered(question, filter, measure)
      const value = this.#staged(found, rest, other, inner, shifts, (cells) => JSON.stringify(cells))
      return (key) => (own.has(key) ? value(key) : null)
    }
    if (!measure.isMasked && stage !== undefined) return this.#staged(found, stage, other, question, shifts, note)
    const column = this.#leaf(measure, measure.isMasked ? undefined : found, question, shifts, note)
    return (key) => column.get(key) ?? null
  }

  #staged(
    found: WorldMeasure,
    stage: WorldStage,
    other: (name: string) => Named,
    question: Question,
    shifts: Shifts,
    note: (cells: readonly Cell[]) => string,
  ): (key: string) => Cell {
    const moved = movedBy(stage, shifts)
    const isRegrouped = [stage.groupBy, stage.reduceBy, stage.addGroupBy].some((list) => list !== undefined)
    if (!isRegrouped && found.type !== 'rank') return this.#value(other(stage.of), question, moved, note)
    const column = this.#stage(found, stage, other(stage.of), question, moved, note)
    return (key) => column.get(key) ?? null
  }

  /** A measure over groups: the inner one by more groupings, then one value for each wider group, given to all groups in it. */
  #stage(
    { type }: WorldMeasure,
    stage: WorldStage,
    inner: Named,
    question: Question,
    shifts: Shifts,
    note: (cells: readonly Cell[]) => string,
  ): Column {
    const isOwn = ({ of }: Grouping, names: readonly string[] | undefined) =>
      of.node === inner.node && names?.includes(of.member) === true
    const isKept = question.groupings.map((grouping) =>
      stage.groupBy === undefined ? !isOwn(grouping, stage.reduceBy) : isOwn(grouping, stage.groupBy),
    )
    const added = (stage.addGroupBy ?? []).flatMap((member): Grouping[] => {
      const isThere = question.groupings.some(
        (grouping) => grouping.granularity === undefined && grouping.as === undefined && isOwn(grouping, [member]),
      )
      const { node, path } = inner
      return isThere
        ? []
        : [{ of: { name: `${node}.${member}`, node, member, isMasked: false, ...(path !== undefined && { path }) } }]
    })
    const width = question.groupings.length
    const keyOf = (cells: readonly Cell[]) => JSON.stringify(cells.filter((_, at) => isKept[at]))
    const groups = this.#inner({ ...question, groupings: [...question.groupings, ...added] }, inner, shifts)
    const wide = new Map<string, Cell[]>()
    for (const { cells, value } of groups) {
      const key = keyOf(cells.slice(0, width))
      wide.set(key, [...(wide.get(key) ?? []), value])
    }
    let whole: (key: string, value: Cell) => Cell
    if (type === 'number') {
      const kept = question.groupings.filter((_, at) => isKept[at])
      const values = new Map(
        this.#inner({ ...question, groupings: kept }, inner, shifts).map(({ cells, value }) => [
          JSON.stringify(cells),
          value,
        ]),
      )
      whole = (key) => values.get(key) ?? null
    } else if (type === 'rank') {
      whole = (key, value) => 1 + wide.get(key)!.filter((other) => isBefore(other, value, stage.direction)).length
    } else {
      whole = (key) => aggregate(type, wide.get(key)!)
    }
    const column = new Map<string, Cell>()
    // Without groupings there is one group, also of nothing.
    if (width === 0 && groups.length === 0) column.set(note([]), aggregate(type, []))
    for (const { cells, value } of groups) {
      const own = cells.slice(0, width)
      column.set(note(own), whole(keyOf(own), value))
    }
    return column
  }

  #inner(question: Question, measure: Named, shifts: Shifts): { cells: readonly Cell[]; value: Cell }[] {
    const groups = new Map<string, readonly Cell[]>()
    const value = this.#value(measure, question, shifts, (cells) => {
      const key = JSON.stringify(cells)
      groups.set(key, cells)
      return key
    })
    return [...groups].map(([key, cells]) => ({ cells, value: value(key) }))
  }

  /** An aggregate of the rows of its node; without `measure`, a masked one. */
  #leaf(
    named: Named,
    measure: WorldMeasure | undefined,
    question: Question,
    shifts: Shifts,
    note: (cells: readonly Cell[]) => string,
  ): Column {
    const { groupings } = question
    const frame = measure?.rolling === undefined && measure?.toDate === undefined ? undefined : this.#frame(question)
    const later = measure === undefined ? [] : shifts
    const found = this.#rows(question, named, later, frame)
    const cube = cubeOf(this.#world, named.node)
    const isSensitive = measure !== undefined && !['min', 'max', 'count_distinct'].includes(measure.type)
    if (found.isMultiplied && isSensitive && !cube.hasKey) throw new Refused(`${named.node} has no key`)
    const groups = new Map<string, { cells: readonly Cell[]; rows: Set<Row> }>()
    const add = (cells: readonly Cell[], row: Row | null | undefined): void => {
      const key = note(cells)
      const group = groups.get(key) ?? { cells, rows: new Set<Row>() }
      groups.set(key, group)
      // Each row of the fact counts once in a group, however often it was joined.
      if (row !== null && row !== undefined) group.rows.add(row)
    }
    if (frame === undefined) {
      if (groupings.length === 0) add([], null)
      for (const joined of found.rows) add(this.#cells(joined, groupings, later, found.value), joined[named.node])
    } else {
      if (groupings.length === 0) add([], null)
      const isAlone = groupings.every((grouping) => this.#isOf(grouping, frame))
      for (const [start, end] of this.#buckets(frame, question, named, later)) {
        const cell = (grouping: Grouping) => bucketStart(grouping.granularity!, start, this.#calendar)
        if (isAlone) add(groupings.map(cell), null)
        for (const joined of found.rows) {
          const at = this.#time(joined, frame.of, later, found.value)
          if (at === null || !isWithin(at, windowOf(measure!, start, end, this.#calendar))) continue
          add(
            groupings.map((grouping) =>
              this.#isOf(grouping, frame) ? cell(grouping) : this.#cell(joined, grouping, later, found.value),
            ),
            joined[named.node],
          )
        }
      }
    }
    const column = new Map<string, Cell>()
    for (const [key, { rows }] of groups) {
      column.set(key, measure === undefined ? maskOf(cube.masks, named, rows.size) : measured(measure, [...rows]))
    }
    return column
  }

  /** The time that windows are about: the first that is bucketed, else the first that is bounded. */
  #frame({ groupings, conditions }: Question): Frame | undefined {
    const times = groupings.filter(({ granularity, of }) => granularity !== undefined && !of.isMasked)
    const bounds = conditions.flatMap((condition) =>
      condition.kind === 'range' && condition.isBound ? [condition] : [],
    )
    const of = times[0]?.of ?? bounds[0]?.of
    if (of === undefined) return undefined
    const own = bounds.filter((bound) => isSame(bound.of, of))
    const granularities = times.filter((time) => isSame(time.of, of)).map(({ granularity }) => granularity!)
    const days = own.reduce<readonly [string, string] | undefined>(
      (sum, { days: [first, last] }) =>
        sum === undefined ? [first, last] : [first > sum[0] ? first : sum[0], last < sum[1] ? last : sum[1]],
      undefined,
    )
    return { of, granularities, days }
  }

  #isOf({ of, granularity }: Grouping, frame: Frame): boolean {
    return granularity !== undefined && !of.isMasked && isSame(of, frame.of)
  }

  /** The buckets of the span, else those that occur; of several sizes, what they have in common. */
  #buckets(
    frame: Frame,
    question: Question,
    named: Named,
    shifts: Shifts,
  ): readonly (readonly [LocalTime, LocalTime])[] {
    if (frame.days !== undefined) return cellsOf(frame.granularities, frame.days, this.#calendar)
    const { rows, value } = this.#rows(question, named, shifts, undefined)
    const cells = new Map<string, [LocalTime, LocalTime]>()
    for (const joined of rows) {
      const at = this.#time(joined, frame.of, shifts, value)
      if (at === null) continue
      const cell = cellAround(frame.granularities, at, this.#calendar)
      cells.set(cell[0], cell)
    }
    return [...cells.values()]
  }

  /** The rows that a question is about, joined; with a frame, of all its time. */
  #rows(
    { groupings, conditions }: Question,
    fact: Named | undefined,
    shifts: Shifts,
    frame: Frame | undefined,
    others: readonly Named[] = [],
  ): { rows: Joined[]; isMultiplied: boolean; value: Value } {
    const rules = this.#sight.viewRules()
    const refs = [
      ...groupings.map(({ of }) => of),
      ...others,
      ...conditions.flatMap(refsIn),
      ...rules.flatMap(({ members }) => members),
    ]
    const needs = [
      ...(fact?.path === undefined ? [] : [{ node: fact.node, path: fact.path }]),
      ...refs.flatMap((ref) => this.#needs(ref)),
    ]
    const { rows, isMultiplied } = joinRows(this.#world, this.#sight, needs, fact?.node)
    const subs = new Map<string, Column>()
    for (const ref of refs) {
      const isRead = !('isMasked' in ref && ref.isMasked === true)
      if (isRead && cubeOf(this.#world, ref.node).extras[ref.member]?.kind === 'sub')
        subs.set(`${ref.node}.${ref.member}`, this.#sub(ref, conditions))
    }
    const value: Value = (joined, ref) => {
      const row = joined[ref.node] ?? null
      const outer = cubeOf(this.#world, ref.node).extras[ref.member]
      if (outer === undefined) return dimensionOfRow(row, ref.member)
      if (outer.kind === 'outer') return joined[outer.node]?.t ?? null
      const column = subs.get(`${ref.node}.${ref.member}`)!
      return row === null ? null : (column.get(JSON.stringify([row.id])) ?? null)
    }
    const tested = conditions.filter(
      (condition) =>
        !(frame !== undefined && condition.kind === 'range' && condition.isBound && isSame(condition.of, frame.of)),
    )
    return {
      rows: rows.filter(
        (joined) =>
          tested.every((condition) => this.#holds(joined, condition, shifts, value)) &&
          rules.every(({ hold }) => hold((ref) => value(joined, ref))),
      ),
      isMultiplied,
      value,
    }
  }

  /** A measure for each row of another node. */
  #sub({ node, member }: Ref, conditions: readonly Condition[]): Column {
    const extra = cubeOf(this.#world, node).extras[member]!
    if (extra.kind !== 'sub') throw new Error(`${member} is no sub-query`)
    const named = (owner: string, name: string): Named => ({ name, node: owner, member: name, isMasked: false })
    const groups = this.answer({
      groupings: [{ of: named(node, 'id') }],
      measures: [named(extra.node, extra.measure)],
      // Those on sub-queries that propagate conditions would be made of one another without end.
      conditions: extra.propagates
        ? conditions.filter((condition) => !refsIn(condition).some((ref) => this.#propagates(ref)))
        : [],
    })
    return new Map(groups.map(({ cells, values }) => [JSON.stringify(cells), values[0]!]))
  }

  #propagates({ node, member }: Ref): boolean {
    const extra = cubeOf(this.#world, node).extras[member]
    return extra?.kind === 'sub' && extra.propagates
  }

  #needs(ref: Ref): Need[] {
    const { node, path, member } = ref
    const extra = cubeOf(this.#world, node).extras[member]
    const own: Need = path === undefined ? { node } : { node, path }
    const isRead = extra?.kind === 'outer' && !('isMasked' in ref && ref.isMasked === true)
    return isRead ? [own, { node: extra.node, path: [node, extra.node], isFixed: true }] : [own]
  }

  #holds(joined: Joined, condition: Condition, shifts: Shifts, value: Value): boolean {
    switch (condition.kind) {
      case 'and':
        return condition.parts.every((part) => this.#holds(joined, part, shifts, value))
      case 'or':
        return condition.parts.some((part) => this.#holds(joined, part, shifts, value))
      case 'segment':
        return isInSegment(joined[condition.of.node] ?? null, condition.of.member)
      case 'filters': {
        const { filter } = measureOf(cubeOf(this.#world, condition.of.node), condition.of.member)!
        const row = joined[condition.of.node] ?? null
        return filter === undefined || filter.holds(row ?? NOTHING)
      }
      case 'range': {
        const day = this.#time(joined, condition.of, shifts, value)?.slice(0, 10)
        return day !== undefined && day >= condition.days[0] && day <= condition.days[1]
      }
      case 'days':
        return passesDay(
          this.#time(joined, condition.of, shifts, value)?.slice(0, 10),
          condition.operator,
          condition.days,
        )
      case 'test':
        return passes(value(joined, condition.of), condition.operator, condition.values)
    }
  }

  #cells(joined: Joined, groupings: readonly Grouping[], shifts: Shifts, value: Value): Cell[] {
    return groupings.map((grouping) => this.#cell(joined, grouping, shifts, value))
  }

  #cell(joined: Joined, { of, granularity, as }: Grouping, shifts: Shifts, value: Value): Cell {
    if (of.isMasked) return (of.member === 't' ? cubeOf(this.#world, of.node).masks.t : undefined) ?? null
    if (granularity === undefined) return as === undefined ? value(joined, of) : as(value(joined, of))
    const at = this.#time(joined, of, shifts, value)
    return at === null ? null : bucketStart(granularity, at, this.#calendar)
  }

  #time(joined: Joined, of: Ref, shifts: Shifts, value: Value): LocalTime | null {
    const instant = value(joined, of)
    if (instant === null) return null
    return shifts.reduce(addInterval, localTime(String(instant), this.#calendar.timezone))
  }
}

type Value = (joined: Joined, ref: Ref) => Cell

interface Frame {
  readonly of: Ref
  readonly granularities: readonly string[]
  readonly days: readonly [string, string] | undefined
}

const NOTHING: Row = { n: null, t: null }

function isSame(a: Ref, b: Ref): boolean {
  return a.node === b.node && a.member === b.member
}

function movedBy({ prior, next }: WorldStage, shifts: Shifts): Shifts {
  const by = prior ?? (next === undefined ? undefined : `-${next}`)
  return by === undefined ? shifts : [...shifts, by]
}

/** The question with the conditions that a stage says. */
function filtered(question: Question, filter: WorldStageFilter, { node, path }: Named): Question {
  const asked = question.asked ?? question.conditions
  const { exclude, keepOnly, include } = filter
  const isKept = ({ of }: { readonly of: Ref }) => {
    const isIn = (names: readonly string[]) => of.node === node && names.includes(of.member)
    return keepOnly === undefined ? !isIn(exclude ?? []) : isIn(keepOnly)
  }
  /** What is dropped is met. */
  const left = (condition: Condition): Condition | 'met' => {
    if (!('parts' in condition)) return isKept(condition) ? condition : 'met'
    const parts = condition.parts.map(left)
    const rest = parts.filter((part) => part !== 'met')
    return rest.length === 0 || (condition.kind === 'or' && parts.includes('met'))
      ? 'met'
      : { ...condition, parts: rest }
  }
  const tests = (include ?? []).map(
    ({ member, operator, values }): Condition => ({
      kind: 'test',
      of: { node, member, ...(path !== undefined && { path }) },
      operator,
      values,
    }),
  )
  return {
    ...question,
    asked,
    conditions: [
      ...(filter.isFixed === true ? asked : question.conditions).map(left).filter((one) => one !== 'met'),
      ...(tests.length > 1 ? [{ kind: 'or' as const, parts: tests }] : tests),
    ],
  }
}

function refsIn(condition: Condition): Ref[] {
  return 'parts' in condition ? condition.parts.flatMap(refsIn) : [condition.of]
}

function maskOf(masks: { readonly total?: number }, { member }: Named, count: number): Cell {
  return member === 'total' && count > 0 ? (masks.total ?? null) : null
}

export function divide(above: Cell, below: Cell): Cell {
  return above === null || below === null || Number(below) === 0 ? null : Number(above) / Number(below)
}

/** Whether one value stands before another in an order; nulls are last both ways. */
export function isBefore(a: Cell, b: Cell, direction: 'asc' | 'desc' = 'asc'): boolean {
  if (a === null || b === null) return a !== null && b === null
  return direction === 'asc' ? a < b : a > b
}

function measured({ type, column, filter }: WorldMeasure, rows: readonly Row[]): Cell {
  const counted = rows.filter((row) => filter?.holds(row) ?? true)
  return column === undefined
    ? counted.length
    : aggregate(
        type,
        counted.map((row) => row[column] ?? null),
      )
}

function aggregate(type: WorldMeasure['type'], values: readonly Cell[]): Cell {
  const known = values.filter((value) => value !== null)
  if (type === 'count') return known.length
  if (type === 'count_distinct') return new Set(known).size
  if (known.length === 0) return null
  const numbers = known.map(Number).sort((a, b) => a - b)
  const sum = numbers.reduce((total, value) => total + value, 0)
  const half = (numbers.length - 1) / 2
  switch (type) {
    case 'sum':
      return sum
    case 'avg':
      return sum / numbers.length
    case 'min':
      return numbers[0]!
    case 'max':
      return numbers.at(-1)!
    case 'median':
      return (numbers[Math.floor(half)]! + numbers[Math.ceil(half)]!) / 2
    case 'percentile': {
      const at = PERCENTILE * (numbers.length - 1)
      const [low, high] = [numbers[Math.floor(at)]!, numbers[Math.ceil(at)]!]
      return low + (high - low) * (at - Math.floor(at))
    }
    default:
      throw new Error(`${type} is no aggregate`)
  }
}
