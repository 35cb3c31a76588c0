import { type Condition, type Group, type Grouping, isBefore, type Question, Walk } from './answer.ts'
import { type Call, called } from './calls.ts'
import { DAY_OPERATORS, type DayOperator, type Operator, passes } from './conditions.ts'
import { bucketStart, type Calendar, cellsOf } from './local-times.ts'
import { PICKS } from './members.ts'
import type { Caller } from './policies.ts'
import { type Named, Refused, Sight } from './sight.ts'
import { type Cell, cubeOf, measureOf, type World } from './world.ts'

/** A question in the evaluator's own words. */
export interface Asked {
  readonly measures: readonly string[]
  readonly dimensions: readonly string[]
  readonly bins?: readonly AskedBin[]
  readonly times: readonly AskedTime[]
  readonly segments: readonly string[]
  readonly filters: readonly AskedFilter[]
  readonly calculations: readonly { readonly name: string; readonly value: Formula }[]
  readonly subtotals?: true | readonly (readonly string[])[]
  readonly topN?: {
    readonly dimension: string
    readonly limit: number
    /** The first measure when absent. */
    readonly measure?: string
    readonly direction?: 'asc' | 'desc'
    /** Label of the rest; without, the rest is left out. */
    readonly others?: string
  }
  /** Rows in this order, then by what groups them; the usual order when absent. */
  readonly order?: readonly (readonly [string, 'asc' | 'desc'])[]
  /** Rows of a page. */
  readonly limit?: number
  readonly offset?: number
  /** Pages are asked for by cursors until there is none: all rows, in place of so many. */
  readonly isPaged?: boolean
  /** Rows as they are. */
  readonly isUngrouped?: boolean
  readonly timezone: string
  readonly weekStart: 'monday' | 'sunday'
  readonly fiscalYearStart: number
}

export interface AskedBin {
  readonly dimension: string
  readonly width: number
  readonly min?: number
  readonly max?: number
}

export interface AskedTime {
  readonly dimension: string
  readonly granularity?: string
  /** First and last local day. */
  readonly dateRange?: readonly [string, string]
  readonly compare?: readonly (readonly [string, string])[]
  readonly fill?: 'null' | 'zero'
}

export type AskedFilter =
  | { readonly member: string; readonly operator: Operator; readonly values: readonly (number | string)[] }
  | { readonly member: string; readonly operator: 'inDateRange'; readonly values: readonly [string, string] }
  | { readonly member: string; readonly operator: DayOperator; readonly values: readonly string[] }
  | { readonly member: string; readonly operator: 'measureFilter' }
  | { readonly and: readonly AskedFilter[] }
  | { readonly or: readonly AskedFilter[] }

/** A calculation: measures, numbers and texts put together. */
export type Formula =
  | { readonly kind: 'measure'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'call'; readonly name: Call; readonly args: readonly Formula[] }

function measuresIn(formula: Formula): string[] {
  if (formula.kind === 'measure') return [formula.name]
  return formula.kind === 'number' ? [] : formula.args.flatMap(measuresIn)
}

/** A row of the answer before it is cut to columns. */
interface Result {
  readonly cells: readonly Cell[]
  readonly rolledUp: readonly boolean[]
  readonly other: number
  readonly period: number
  readonly values: readonly Cell[]
}

/**
 * Answers a question. Columns: time buckets, dimensions, `$grouping`, `$other`, `$period`, measures, calculations; all rows,
 * in order.
 * @throws Refused where there is no answer.
 */
export function evaluate(world: World, caller: Caller, asked: Asked): Cell[][] {
  return new Evaluation(world, caller, asked).rows()
}

class Evaluation {
  readonly #world: World
  readonly #asked: Asked
  readonly #sight: Sight
  readonly #calendar: Calendar
  readonly #walk: Walk
  /** Those that are shown, then switches that measures depend on. */
  readonly #groupings: Grouping[]
  readonly #width: number
  readonly #pickTests: { readonly node: string; readonly holds: (pick: string) => boolean }[] = []
  /** Measures whose values are needed, shown or not. */
  readonly #measures: Named[] = []
  readonly #shown: readonly number[]
  /** Conditions on rows, without the compared spans. */
  readonly #conditions: Condition[] = []
  readonly #groupTests: ((result: Result) => boolean)[] = []
  readonly #calculations: readonly ((result: Result) => Cell)[]

  constructor(world: World, caller: Caller, asked: Asked) {
    this.#world = world
    this.#asked = asked
    this.#sight = new Sight(world, caller)
    this.#calendar = asked
    this.#walk = new Walk(world, this.#sight, this.#calendar)
    this.#groupings = [
      ...asked.times.flatMap(({ dimension, granularity }) =>
        granularity === undefined ? [] : [{ of: this.#sight.name(dimension), granularity }],
      ),
      ...asked.dimensions.map((name) => ({ of: this.#sight.name(name) })),
      ...(asked.bins ?? []).map((bin): Grouping => ({ of: this.#sight.name(bin.dimension), as: binOf(bin) })),
    ]
    if (asked.isUngrouped === true) {
      for (const name of [...asked.measures, ...(asked.order ?? []).map(([one]) => one)]) this.#mustHaveRows(name)
    }
    this.#width = this.#groupings.length
    for (const { dimension } of asked.bins ?? []) this.#mustRead(this.#sight.name(dimension))
    this.#shown = asked.measures.map((name) => this.#measure(name))
    for (const { dimension, dateRange, compare } of asked.times) {
      const of = this.#sight.name(dimension)
      if (dateRange === undefined && compare === undefined) continue
      this.#mustRead(of)
      if (dateRange !== undefined) this.#conditions.push({ kind: 'range', of, days: dateRange, isBound: true })
    }
    for (const name of asked.segments) {
      const of = this.#sight.name(name)
      this.#mustRead(of)
      this.#conditions.push({ kind: 'segment', of })
    }
    // They are read in this order, which says where joins start from when nothing else does.
    this.#conditions.sort((a, b) => Number(b.kind === 'segment') - Number(a.kind === 'segment'))
    this.#calculations = asked.calculations.map(({ value }) => this.#formula(value))
    for (const filter of asked.filters) this.#place(filter)
    for (const [name] of asked.order ?? []) {
      if (name.startsWith('calc.')) this.#mustReadAll(name)
      else {
        this.#mustRead(this.#sight.name(name))
        if (this.#isMeasure(name)) this.#measure(name)
        else if (!this.#groupings.some(({ of }) => of.name === name)) throw new Refused(`${name} is no column`)
      }
    }
    if (asked.topN !== undefined) {
      this.#mustRead(this.#sight.name(asked.topN.dimension))
      this.#mustRead(this.#measures[this.#topMeasure()]!)
    }
    for (const node of this.#pickedBy(this.#measures)) {
      const isThere = this.#groupings.some(({ of }) => of.node === node && of.member === 'pick' && !of.isMasked)
      if (!isThere) this.#groupings.push({ of: { name: `${node}.pick`, node, member: 'pick', isMasked: false } })
    }
  }

  rows(): Cell[][] {
    const { subtotals, topN, times } = this.#asked
    const compared = times.find(({ compare }) => compare !== undefined)
    const spans = compared?.compare ?? [undefined]
    if (this.#asked.isUngrouped === true) return this.#listed()
    const hasPicks = this.#groupings.some((grouping) => this.#isPick(grouping))
    if (hasPicks && subtotals !== undefined) throw new Refused('a switch is not summed up')
    const sets = this.#keptSets()
    const top = topN === undefined ? undefined : this.#topValues(this.#within(compared, spans[0]))
    const results = spans.flatMap((span, period) =>
      sets.flatMap((kept) => this.#part(kept, this.#within(compared, span), period, top)),
    )
    const passing = results.filter((result) => this.#groupTests.every((test) => test(result)))
    const filled = this.#filled(passing, spans)
    const rows = filled.map((result) => ({
      result,
      row: [
        ...result.cells.slice(0, this.#width),
        ...(subtotals === undefined
          ? []
          : [result.rolledUp.reduce((bits, isRolledUp, at) => bits + (isRolledUp ? 2 ** at : 0), 0)]),
        ...(topN?.others === undefined ? [] : [result.other]),
        ...(compared === undefined ? [] : [result.period]),
        ...this.#shown.map((at) => result.values[at]!),
        ...this.#calculations.map((calculate) => calculate(result)),
      ],
    }))
    return rows.sort((a, b) => this.#compare(a.result, b.result)).map(({ row }) => row)
  }

  /** Rows by what the question says, then by each of their columns. */
  #listed(): Cell[][] {
    if (this.#groupTests.length > 0) throw new Refused('rows are no groups')
    const groupings = this.#groupings
    const { order } = this.#asked
    const isRead = [
      ...groupings.map(({ of }) => !of.isMasked),
      ...this.#shown.map((at) => !this.#measures[at]!.isMasked),
    ]
    const columns = [...isRead.keys()].filter((at) => isRead[at])
    const first = (isOne: (at: number) => boolean) => columns.find((at) => isOne(at))
    const usual =
      first((at) => groupings[at]?.granularity !== undefined) ??
      first((at) => groupings[at]?.as !== undefined) ??
      first((at) => at >= groupings.length)
    const named = (name: string) => {
      const at = groupings.findIndex(({ of }) => of.name === name)
      return at === -1 ? groupings.length + this.#asked.measures.indexOf(name) : at
    }
    const terms = [
      ...(order?.map(([name, direction]) => [named(name), direction] as const) ??
        (usual === undefined ? [] : [[usual, usual < groupings.length ? 'asc' : 'desc'] as const])),
      ...columns.map((at) => [at, 'asc'] as const),
    ]
    return this.#walk
      .list({ groupings, measures: this.#shown.map((at) => this.#measures[at]!), conditions: this.#conditions })
      .map(({ cells, values }) => [...cells, ...values])
      .sort((a, b) => {
        for (const [at, direction] of terms) {
          const order = inOrder(a[at]!, b[at]!, direction)
          if (order !== 0) return order
        }
        return 0
      })
  }

  #mustHaveRows(name: string): void {
    if (!this.#isMeasure(name)) return
    const { node, member } = this.#sight.name(name)
    const { type, rolling, toDate, stage } = measureOf(cubeOf(this.#world, node), member)!
    const isOfGroups = ['number', 'count_distinct'].includes(type) || (rolling ?? toDate ?? stage) !== undefined
    if (isOfGroups || !this.#asked.measures.includes(name)) throw new Refused(`${name} has no value for a row`)
  }

  #within(
    compared: { readonly dimension: string } | undefined,
    span: readonly [string, string] | undefined,
  ): Condition[] {
    if (compared === undefined || span === undefined) return this.#conditions
    return [{ kind: 'range', of: this.#sight.name(compared.dimension), days: span, isBound: true }, ...this.#conditions]
  }

  /** Which groupings each answer keeps: all, then those of each subtotal. */
  #keptSets(): readonly (readonly number[])[] {
    const { subtotals } = this.#asked
    const all = this.#groupings.map((_, at) => at)
    if (subtotals === undefined) return [all]
    if (all.length === 0) throw new Refused('nothing to sum up')
    if (subtotals === true) return [all, ...all.map((_, at) => all.slice(0, all.length - 1 - at))]
    const sets = new Map([[all.join(), all]])
    for (const names of subtotals) {
      const kept = all.filter((at) => names.includes(this.#groupings[at]!.of.name))
      sets.set(kept.join(), kept)
    }
    return [...sets.values()]
  }

  #part(
    kept: readonly number[],
    conditions: readonly Condition[],
    period: number,
    top: ReadonlySet<Cell> | undefined,
  ): Result[] {
    if (kept.length === 0 && this.#measures.length === 0) {
      // Of nothing measured, the total says only that there is something.
      const details = this.#part([...this.#groupings.keys()], conditions, period, top)
      const cells = this.#groupings.map(() => null)
      return details.slice(0, 1).map(() => ({ cells, rolledUp: cells.map(() => true), other: 0, period, values: [] }))
    }
    const topAt = top === undefined ? -1 : this.#topAt()
    const { topN } = this.#asked
    const isText = topN !== undefined && this.#isText(this.#groupings[topAt]!.of)
    const groupings = kept.map((at): Grouping => {
      const grouping = this.#groupings[at]!
      if (at !== topAt) return grouping
      return { ...grouping, as: (value) => (top!.has(value) ? value : isText ? (topN!.others ?? null) : null) }
    })
    const isFlagged = top !== undefined && (topN!.others === undefined || kept.includes(topAt))
    if (isFlagged) groupings.push({ of: this.#groupings[topAt]!.of, as: (value) => (top.has(value) ? 0 : 1) })
    const places = kept.filter((at) => this.#isPick(this.#groupings[at]!))
    const nodes = places.map((at) => this.#groupings[at]!.of.node)
    const rest = groupings.filter((grouping) => !this.#isPick(grouping))
    const left = this.#picks(nodes)
    // Who may not ask learns that also where nothing is left.
    if (left.length === 0 && rest.length + this.#measures.length > 0) {
      const picks = new Map(nodes.map((node) => [node, PICKS[0]]))
      this.#walk.answer({ groupings: rest, measures: this.#measures, conditions, picks })
    }
    const answers = left.flatMap((picks) => {
      const question: Question = { groupings: rest, measures: this.#measures, conditions, picks }
      const isBare = rest.length === 0 && this.#measures.length === 0
      return (isBare ? [{ cells: [], values: [] }] : this.#walk.answer(question)).map(
        ({ cells, values }: Group): Group => {
          const left = [...cells]
          return {
            values,
            cells: groupings.map((grouping) => (this.#isPick(grouping) ? picks.get(grouping.of.node)! : left.shift()!)),
          }
        },
      )
    })
    return answers.flatMap(({ cells, values }: Group): Result[] => {
      const other = isFlagged ? Number(cells.at(-1)) : 0
      if (other === 1 && topN!.others === undefined) return []
      const all = this.#groupings.map((_, at) => (kept.includes(at) ? cells[kept.indexOf(at)]! : null))
      return [{ cells: all, rolledUp: this.#groupings.map((_, at) => !kept.includes(at)), other, period, values }]
    })
  }

  #topAt(): number {
    const { dimension } = this.#asked.topN!
    return this.#groupings.findIndex(
      ({ of, granularity, as }) => granularity === undefined && as === undefined && of.name === dimension,
    )
  }

  #topMeasure(): number {
    const { measure } = this.#asked.topN!
    return measure === undefined ? this.#shown[0]! : this.#measure(measure)
  }

  /** The values of the dimension that stay. */
  #topValues(conditions: readonly Condition[]): ReadonlySet<Cell> {
    const { limit, direction = 'desc' } = this.#asked.topN!
    const groups = this.#walk.answer({
      groupings: [this.#groupings[this.#topAt()]!],
      measures: [this.#measures[this.#topMeasure()]!],
      conditions,
    })
    groups.sort((a, b) => inOrder(a.values[0]!, b.values[0]!, direction) || inOrder(a.cells[0]!, b.cells[0]!, 'asc'))
    return new Set(groups.slice(0, limit).map(({ cells }) => cells[0]!))
  }

  #isText({ node, member }: Named): boolean {
    const extra = cubeOf(this.#world, node).extras[member]
    return extra === undefined ? !['n', 'id'].includes(member) : extra.kind === 'outer'
  }

  /** With a row for every bucket and each combination of the rest that is there. */
  #filled(results: readonly Result[], spans: readonly (readonly [string, string] | undefined)[]): readonly Result[] {
    const at = this.#asked.times
      .filter(({ granularity }) => granularity !== undefined)
      .findIndex(({ fill }) => fill !== undefined)
    if (at === -1) return results
    const time = this.#asked.times.find(({ fill }) => fill !== undefined)!
    const { of: own } = this.#groupings[at]!
    // Buckets of other sizes of the same time: those that share a moment with the filled one.
    const isOwn = this.#groupings.map(
      ({ of, granularity }) =>
        granularity !== undefined && !of.isMasked && of.node === own.node && of.member === own.member,
    )
    const sums = results.filter(({ rolledUp }) => rolledUp[at])
    const details = results.filter(({ rolledUp }) => !rolledUp[at])
    const restOf = ({ cells, rolledUp, other }: Result) =>
      JSON.stringify([cells.filter((_, index) => !isOwn[index]), rolledUp, other])
    const combinations = new Map(details.map((result) => [restOf(result), result]))
    // Switches that are no columns have no combinations of their own.
    if (isOwn.every(Boolean) || (details.length === 0 && isOwn.slice(0, this.#width).every(Boolean))) {
      for (const kept of this.#keptSets().filter((set) => set.includes(at))) {
        const rolledUp = isOwn.map((_, index) => !kept.includes(index))
        const empty: Result = { cells: isOwn.map(() => null), rolledUp, other: 0, period: 0, values: [] }
        combinations.set(restOf(empty), empty)
      }
    }
    const found = new Map(
      details.map((result) => [JSON.stringify([result.cells, result.rolledUp, result.other, result.period]), result]),
    )
    // A bucket of nothing has one row, whatever switches that are no columns would make of it.
    const shownOf = ({ cells, rolledUp, other, period }: Result) =>
      JSON.stringify([cells.slice(0, this.#width), rolledUp, other, period])
    const shown = new Set(details.map(shownOf))
    const filled = spans.flatMap((span, period) =>
      [...combinations.values()].flatMap(({ cells, rolledUp, other }) => {
        const units = isOwn.map((is, index) =>
          is && !rolledUp[index] ? this.#groupings[index]!.granularity : undefined,
        )
        const named = units.filter((unit) => unit !== undefined)
        return cellsOf(named, span ?? time.dateRange!, this.#calendar).flatMap(([start]): Result[] => {
          const bucketed = cells.map((cell, index) => {
            const unit = units[index]
            return unit === undefined ? cell : bucketStart(unit, start, this.#calendar)
          })
          const known = found.get(JSON.stringify([bucketed, rolledUp, other, period]))
          const values = this.#measures.map(({ node, member, isMasked }, index) => {
            const { type } = measureOf(cubeOf(this.#world, node), member)!
            const isZero = time.fill === 'zero' && !isMasked && ['count', 'count_distinct', 'sum'].includes(type)
            return known?.values[index] ?? (isZero ? 0 : null)
          })
          if (known !== undefined) return [{ ...known, values }]
          const empty = { cells: bucketed, rolledUp, other, period, values }
          if (shown.has(shownOf(empty))) return []
          shown.add(shownOf(empty))
          return [empty]
        })
      }),
    )
    return [...filled, ...sums]
  }

  /** By what the question says, then by what groups, then one period after the other; rows of a switch that is not shown by what they show. */
  #compare(a: Result, b: Result): number {
    const usual = this.#asked.order === undefined ? this.#compareUsual(a, b) : 0
    if (usual !== 0) return usual
    for (const [name, direction] of this.#asked.order ?? []) {
      const at = this.#groupings.findIndex(({ of }) => of.name === name)
      const value = at === -1 ? this.#ordered(name) : undefined
      const order = value === undefined ? this.#compareAt(at, a, b, direction) : inOrder(value(a), value(b), direction)
      if (order !== 0) return order
    }
    for (const at of this.#groupings.slice(0, this.#width).keys()) {
      const order = this.#compareAt(at, a, b, 'asc')
      if (order !== 0) return order
    }
    if (a.period !== b.period || this.#groupings.length === this.#width) return a.period - b.period
    return (
      this.#shownValues()
        .map((value) => inOrder(value(a), value(b), 'asc'))
        .find((order) => order !== 0) ?? 0
    )
  }

  /** Periods, then the first time, else the first bin, else the first measure, highest first; sums go by what groups. */
  #compareUsual(a: Result, b: Result): number {
    if (a.period !== b.period) return a.period - b.period
    if (this.#asked.subtotals !== undefined) return 0
    const isShown = ({ of }: Grouping) => !of.isMasked
    const time = this.#groupings.findIndex((one) => one.granularity !== undefined && isShown(one))
    const first = time === -1 ? this.#groupings.findIndex((one) => one.as !== undefined && isShown(one)) : time
    if (first !== -1) return this.#compareAt(first, a, b, 'asc')
    const [value] = this.#shownValues()
    return value === undefined ? 0 : a.other - b.other || inOrder(value(a), value(b), 'desc')
  }

  #shownValues(): ((result: Result) => Cell)[] {
    const measures = this.#shown
      .filter((at) => !this.#measures[at]!.isMasked)
      .map(
        (at) =>
          ({ values }: Result) =>
            values[at]!,
      )
    const isRead = ({ value }: Asked['calculations'][number]) =>
      measuresIn(value).every((name) => !this.#measures[this.#measure(name)]!.isMasked)
    return [...measures, ...this.#calculations.filter((_, at) => isRead(this.#asked.calculations[at]!))]
  }

  /** A sum stands after what it sums up, and the rest of a top after the top. */
  #compareAt(at: number, a: Result, b: Result, direction: 'asc' | 'desc'): number {
    const isTopped = this.#asked.topN !== undefined && at === this.#topAt()
    return (
      Number(a.rolledUp[at]) - Number(b.rolledUp[at]) ||
      (isTopped ? a.other - b.other : 0) ||
      inOrder(a.cells[at]!, b.cells[at]!, direction)
    )
  }

  #ordered(name: string): (result: Result) => Cell {
    if (name.startsWith('calc.'))
      return this.#calculations[this.#asked.calculations.findIndex((one) => `calc.${one.name}` === name)]!
    const measure = this.#measure(name)
    return ({ values }) => values[measure]!
  }

  #measure(name: string): number {
    const known = this.#measures.findIndex((measure) => measure.name === name)
    return known === -1 ? this.#measures.push(this.#sight.name(name)) - 1 : known
  }

  #formula(formula: Formula): (result: Result) => Cell {
    const isMasked = measuresIn(formula).some((name) => this.#measures[this.#measure(name)]!.isMasked)
    const read = (part: Formula): ((result: Result) => Cell) => {
      if (part.kind === 'number') return () => part.value
      if (part.kind === 'measure') {
        const at = this.#measure(part.name)
        return ({ values }) => values[at]!
      }
      const args = part.args.map(read)
      return (result) =>
        called(
          part.name,
          args.map((arg) => arg(result)),
        )
    }
    const value = read(formula)
    return isMasked ? () => null : value
  }

  /** Everything that a calculation is made of; which one it is. */
  #mustReadAll(calculation: string): number {
    const at = this.#asked.calculations.findIndex((one) => `calc.${one.name}` === calculation)
    for (const name of measuresIn(this.#asked.calculations[at]!.value)) this.#mustRead(this.#sight.name(name))
    return at
  }

  #mustRead({ name, isMasked }: Named): void {
    if (isMasked) throw new Refused(`${name} is masked`)
  }

  /** The nodes whose switch measures depend on. */
  #pickedBy(measures: readonly Named[]): ReadonlySet<string> {
    const nodes = new Set<string>()
    const visit = (node: string, member: string): void => {
      const { ratio, stage, cases } = measureOf(cubeOf(this.#world, node), member)!
      if (cases !== undefined) nodes.add(node)
      for (const use of [...(ratio ?? []), ...(stage === undefined ? [] : [stage.of])]) {
        const [owner, own] = use.includes('.') ? (use.split('.') as [string, string]) : [node, use]
        visit(owner, own)
      }
    }
    for (const { node, member, isMasked } of measures) if (!isMasked) visit(node, member)
    return nodes
  }

  #isPick({ of }: Grouping): boolean {
    return of.member === 'pick' && !of.isMasked
  }

  /** A value for each of the switches, in every way that the conditions leave. */
  #picks(switches: readonly string[]): ReadonlyMap<string, string>[] {
    return switches.reduce<ReadonlyMap<string, string>[]>(
      (all, node) =>
        all.flatMap((known) =>
          PICKS.filter((pick) => this.#pickTests.every((test) => test.node !== node || test.holds(pick))).map(
            (pick) => new Map([...known, [node, pick]]),
          ),
        ),
      [new Map()],
    )
  }

  /** Conditions on measures are about groups, the others about rows; an "or" of both is about groups. */
  #place(filter: AskedFilter): void {
    if ('and' in filter) for (const part of filter.and) this.#place(part)
    else if (this.#isOnPick(filter)) this.#pickTests.push(this.#pickTest(filter))
    else if (!this.#isOnGroups(filter)) this.#conditions.push(this.#rowCondition(filter, true))
    else this.#groupTests.push(this.#groupTest(filter))
  }

  #isOnGroups(filter: AskedFilter): boolean {
    if ('and' in filter) return filter.and.some((part) => this.#isOnGroups(part))
    if ('or' in filter) return filter.or.some((part) => this.#isOnGroups(part))
    return filter.operator !== 'measureFilter' && (filter.member.startsWith('calc.') || this.#isMeasure(filter.member))
  }

  #isOnPick(filter: AskedFilter): filter is Extract<AskedFilter, { operator: Operator }> {
    return 'member' in filter && filter.member.endsWith('pick')
  }

  #pickTest({ member, operator, values }: Extract<AskedFilter, { operator: Operator }>) {
    const of = this.#sight.name(member)
    this.#mustRead(of)
    return { node: of.node, holds: (pick: string) => passes(pick, operator, values) }
  }

  #isMeasure(name: string): boolean {
    const { node, member } = this.#sight.name(name)
    return measureOf(cubeOf(this.#world, node), member) !== undefined
  }

  #rowCondition(filter: AskedFilter, isTop: boolean): Condition {
    if ('and' in filter) return { kind: 'and', parts: filter.and.map((part) => this.#rowCondition(part, false)) }
    if ('or' in filter) return { kind: 'or', parts: filter.or.map((part) => this.#rowCondition(part, false)) }
    const of = this.#sight.name(filter.member)
    this.#mustRead(of)
    if (filter.operator === 'measureFilter') return { kind: 'filters', of }
    if (filter.operator === 'inDateRange') return { kind: 'range', of, days: filter.values, isBound: isTop }
    if (isOfDays(filter)) return { kind: 'days', of, operator: filter.operator, days: filter.values }
    return { kind: 'test', of, operator: filter.operator, values: filter.values }
  }

  #groupTest(filter: AskedFilter): (result: Result) => boolean {
    if ('and' in filter || 'or' in filter) {
      const tests = ('and' in filter ? filter.and : filter.or).map((part) => this.#groupTest(part))
      return 'and' in filter
        ? (result) => tests.every((test) => test(result))
        : (result) => tests.some((test) => test(result))
    }
    const { member, operator } = filter
    if (operator === 'measureFilter' || operator === 'inDateRange' || isOfDays(filter))
      throw new Refused('a condition on rows among groups')
    const { operator: test, values } = filter
    if (member.startsWith('calc.')) {
      const at = this.#mustReadAll(member)
      return (result) => passes(this.#calculations[at]!(result), test, values)
    }
    this.#mustRead(this.#sight.name(member))
    if (this.#isMeasure(member)) {
      const at = this.#measure(member)
      return (result) => passes(result.values[at]!, test, values)
    }
    const at = this.#groupings.findIndex(
      ({ of, granularity, as }) => granularity === undefined && as === undefined && of.name === member,
    )
    if (at === -1) throw new Refused(`${member} is no column`)
    return ({ cells }) => passes(cells[at]!, test, values)
  }
}

function isOfDays(filter: AskedFilter): filter is Extract<AskedFilter, { operator: DayOperator }> {
  return 'operator' in filter && (DAY_OPERATORS as readonly string[]).includes(filter.operator)
}

function binOf({ width, min, max }: AskedBin): (value: Cell) => Cell {
  return (value) => {
    if (value === null) return null
    const start = Math.floor(Number(value) / width) * width
    return Math.min(Math.max(start, min ?? start), max ?? Number.POSITIVE_INFINITY)
  }
}

function inOrder(a: Cell, b: Cell, direction: 'asc' | 'desc'): number {
  if (isBefore(a, b, direction)) return -1
  return isBefore(b, a, direction) ? 1 : 0
}
