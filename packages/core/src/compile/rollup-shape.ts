import { AnalyticsError } from '../errors.ts'
import { type CronSchedule, parseCron } from '../model/cron.ts'
import type { Interval } from '../model/interval.ts'
import type {
  Cube,
  CubeNode,
  Dimension,
  Measure,
  Member,
  MemberRef,
  Model,
  PreAggregation,
  Segment,
  SqlTemplate,
} from '../model/model.ts'
import { ISO_RULES } from '../query/calendar.ts'
import { type CustomBuckets, customBuckets } from '../query/time-buckets.ts'
import { GRANULARITIES, type Granularity } from '../schema/query.ts'
import { gridOf, isMadeOf } from './bucket-grid.ts'
import { type JoinTree, joinTree, type Need } from './join-tree.ts'
import { MeasureTerms } from './measure-terms.ts'
import { type MemberExpression, memberExpression } from './member-expression.ts'
import type { AskedMeasure, Question } from './question.ts'
import type { RollupJoin, RollupLeaf, RollupReason, RollupTable, RollupTime } from './rollup.ts'
import { averageParts, BUILDER, segmentFlag } from './rollup-builder.ts'
import { levelsOf, type RollupLevel } from './rollup-levels.ts'
import { hashText } from './stages/cursor.ts'
import { impliedSwitches } from './switch-values.ts'

/** A column of a rollup, in the order of the answer that fills it. */
export interface RollupColumn {
  readonly name: string
  /** `number` holds whole numbers, decimals and floats alike, as the source gives them. `time` is a local wall clock. */
  readonly holds: 'text' | 'number' | 'boolean' | 'time'
  /** What makes one value of those of several groups; absent for what groups are made of, and for what does not add up. */
  readonly adds?: 'sum' | 'min' | 'max'
}

/** When a rollup is built anew: when any of its terms says so, every hour without one. */
export interface RollupRefresh {
  readonly terms: readonly RefreshTerm[]
  /** Built once. */
  readonly isImmutable: boolean
  readonly isIncremental: boolean
  readonly updateWindow: Interval | undefined
  readonly isScheduled: boolean
}

/** On a schedule, or every so often, with `sql` only when its answer changed. */
export interface RefreshTerm {
  readonly everyMs: number | undefined
  readonly sql: string | undefined
  readonly cron: { readonly schedule: CronSchedule; readonly timezone: string } | undefined
}

/** At least one of the selects is there. */
export interface RollupRange {
  readonly member: string
  /** What the span is widened to whole ones of: partitions, or buckets. */
  readonly grid: CustomBuckets
  readonly startSql: string | undefined
  readonly endSql: string | undefined
}

/** What a rollup of a model stores, before there is a table of it. */
export interface RollupShape
  extends Pick<RollupTable, 'name' | 'dimensions' | 'times' | 'measures'>,
    Required<Pick<RollupTable, 'segments' | 'joins'>> {
  readonly cube: string
  /** The cubes whose rows are in it, its own first. */
  readonly cubes: readonly string[]
  readonly columns: readonly RollupColumn[]
  /** Members of the builder's model behind `columns`: its times first, then dimensions, then measures. */
  readonly asked: {
    readonly times: readonly { readonly member: string; readonly granularity: string }[]
    readonly dimensions: readonly string[]
    readonly measures: readonly string[]
  }
  /** Time member and size of the parts it is built in; `undefined`: in one. */
  readonly partition: { readonly member: string; readonly granularity: Granularity } | undefined
  /** Zone whose wall clock the buckets follow: UTC where that serves every zone, or there are none. */
  readonly timezone: string
  /** Columns of each index. */
  readonly indexes: readonly (readonly string[])[]
  /** Tables to sum it up in; see `RollupTable.coarser`. */
  readonly levels: readonly RollupLevel[]
  readonly refresh: RollupRefresh
  /** The span of its first time that it is limited to, by selects of one moment each; `undefined`: all rows. */
  readonly range: RollupRange | undefined
  /** Changes with what it stores, not with when it is built. */
  readonly hash: string
}

interface AskedTime extends Pick<RollupTime, 'member' | 'size'> {
  readonly granularity: string
  readonly node: CubeNode
  readonly of: Dimension
}

const HOUR_MS = 3_600_000

/** Types of measures whose value over rows is that of their values over parts of them. */
export const ADDITIVE: ReadonlySet<string> = new Set(['count', 'sum', 'min', 'max', 'avg'])

function addsOf({ type }: Measure): RollupColumn['adds'] {
  if (!ADDITIVE.has(type)) return undefined
  return type === 'min' || type === 'max' ? type : 'sum'
}

function textOf(template: SqlTemplate | undefined): string | undefined {
  return template?.pieces.filter((piece) => typeof piece === 'string').join('')
}

function isLocalTime(piece: SqlTemplate['pieces'][number]): boolean {
  return typeof piece === 'object' && piece.kind === 'local-time'
}

/** Whether buckets that follow UTC serve other zones too, whose clocks are off by whole ones of them. */
function fitsEveryZone(size: RollupTime['size']): boolean {
  const { interval, originMs } = gridOf(size)
  return interval.months === 0 && HOUR_MS % interval.ms === 0 && originMs % interval.ms === 0
}

const NUMBER_TYPES: ReadonlySet<string> = new Set(['number', 'integer', 'decimal', 'currency'])
const TEXT_TYPES: ReadonlySet<string> = new Set(['string', 'switch'])

/**
 * What a rollup stores, or every reason why it cannot be built: sentences that name the member. `timezone`: whose wall clock buckets
 * follow that serve one zone only.
 */
export function shapeRollup(
  model: Model,
  cube: Cube,
  rollup: PreAggregation,
  timezone: string,
): RollupShape | readonly RollupReason[] {
  return new ShapeReader(model, cube, rollup, timezone).read()
}

class ShapeReader {
  readonly #model: Model
  readonly #cube: Cube
  readonly #rollup: PreAggregation
  readonly #timezone: string
  readonly #name: string
  readonly #reasons: RollupReason[] = []
  /** What its columns are made of, to be joined. */
  readonly #needs: Need[] = []

  constructor(model: Model, cube: Cube, rollup: PreAggregation, timezone: string) {
    this.#model = model
    this.#cube = cube
    this.#rollup = rollup
    this.#timezone = timezone
    this.#name = `${cube.name}.${rollup.name}`
  }

  read(): RollupShape | readonly RollupReason[] {
    const { kind, refreshKey, partitionGranularity } = this.#rollup
    if (kind !== 'rollup') return [{ reason: `${this.#name} is of the type ${kind}, which is not built` }]
    const segments = this.#rollup.segments.flatMap((ref) => this.#segment(ref) ?? [])
    const times = this.#rollup.timeDimensions.flatMap((entry) => this.#time(entry.dimension, entry.granularity) ?? [])
    const dimensions = this.#rollup.dimensions.flatMap((ref) => this.#dimension(ref) ?? [])
    const leaves = this.#leaves()
    const tree = this.#tree()
    const [first] = times
    if (partitionGranularity !== undefined && first !== undefined && first.node.name !== this.#cube.name)
      this.#refuse(`partition_granularity needs a time of ${this.#cube.name} itself, and ${first.member} is not`)
    const range = this.#range(first)
    if (partitionGranularity !== undefined && first !== undefined) this.#checkCuts(partitionGranularity, first, leaves)
    if (this.#reasons.length > 0 || tree === undefined) return this.#reasons
    const timezone = times.every(({ size }) => fitsEveryZone(size)) ? 'UTC' : this.#timezone
    const columns: RollupColumn[] = []
    const add = (name: string, holds: RollupColumn['holds'], adds?: RollupColumn['adds']) => {
      columns.push({ name, holds, ...(adds && { adds }) })
      return name
    }
    const timeColumns = times.map(({ member, size }, index) => ({
      member,
      size,
      timezone,
      column: add(`t${index}`, 'time'),
    }))
    const dimensionColumns = dimensions.map(
      ({ member, holds }, index) => [member, add(`d${index}`, holds)] as [string, string],
    )
    const segmentColumns = segments.map(({ member }, index) => [member, add(`s${index}`, 'number')] as [string, string])
    const asked: string[] = []
    const measure = (name: string, holds: RollupColumn['holds'], adds: RollupColumn['adds']) => {
      asked.push(`${this.#cube.name}.${name}`)
      return add(`m${asked.length - 1}`, holds, adds)
    }
    const measures = new Map<string, RollupLeaf>()
    for (const leaf of leaves) {
      if (leaf.type === 'avg') {
        const parts = averageParts(this.#cube, leaf.name)
        measures.set(leaf.name, {
          sum: measure(parts.sum, 'number', 'sum'),
          count: measure(parts.count, 'number', 'sum'),
        })
      } else {
        const holds = leaf.type === 'string' ? 'text' : 'number'
        measures.set(leaf.name, { column: measure(leaf.name, holds, addsOf(leaf)) })
      }
    }
    const columnOf = new Map<string, string>([
      ...timeColumns.map(({ member, column }) => [member, column] as const),
      ...dimensionColumns,
    ])
    const joins = tree.joins.map(
      ({ from, to, join }): RollupJoin => ({ from: from.name, to: to.name, type: join.type }),
    )
    const stored = {
      name: this.#name,
      cube: this.#cube.name,
      cubes: [...new Set([this.#cube.name, ...tree.joins.map(({ to }) => to.cube.name)])],
      joins,
      columns,
      asked: {
        times: times.map(({ member, granularity }) => ({ member, granularity })),
        dimensions: [...dimensions.map(({ member }) => member), ...segments.map(({ flag }) => flag)],
        measures: asked,
      },
      partition:
        partitionGranularity === undefined || first === undefined
          ? undefined
          : { member: first.member, granularity: partitionGranularity },
      timezone,
      indexes: this.#rollup.indexes.flatMap((index) => {
        const names = index.columns.flatMap((written) => columnOf.get(this.#fullName(written)) ?? [])
        return names.length === index.columns.length ? [names] : []
      }),
      levels: levelsOf(
        [...dimensionColumns, ...segmentColumns].map(([, column]) => column),
        columns,
      ),
    }
    const parts = [...dimensions, ...segments, ...times].map(({ of }) => of)
    return Object.freeze({
      ...stored,
      dimensions: new Map(dimensionColumns),
      segments: new Map(segmentColumns),
      times: timeColumns,
      measures,
      refresh: {
        terms: this.#refreshTerms(stored.cubes),
        isImmutable: refreshKey?.isImmutable ?? false,
        // Rows of joined cubes change whatever the time of those they are joined to.
        isIncremental: (refreshKey?.isIncremental ?? false) && joins.length === 0,
        updateWindow: refreshKey?.updateWindow,
        isScheduled: this.#rollup.isScheduled,
      },
      range,
      hash: hashText(JSON.stringify([stored, range, [...measures], leaves, parts, tree.joins.map(({ join }) => join)])),
    })
  }

  #refuse(problem: string): undefined {
    this.#reasons.push({ reason: `${this.#name}: ${problem}` })
  }

  #fullName(written: string): string {
    const [head, ...rest] = written.split('.')
    if (rest.length === 0) return `${this.#cube.name}.${head}`
    return head === 'CUBE' ? `${this.#cube.name}.${rest.join('.')}` : written
  }

  /** Its own refresh key, else those of all cubes whose rows are in it, if each has one. */
  #refreshTerms(cubes: readonly string[]): readonly RefreshTerm[] {
    const { refreshKey } = this.#rollup
    const keys = refreshKey === undefined ? cubes.map((name) => this.#model.cubes.get(name)!.refreshKey) : [refreshKey]
    if (keys.includes(undefined)) return []
    return keys.flatMap((key) => {
      if (key!.isImmutable) return []
      const cron = key!.cron && { schedule: parseCron(key!.cron.expression)!, timezone: key!.cron.timezone }
      return [{ everyMs: key!.everyMs, sql: textOf(key!.sql), cron }]
    })
  }

  #range(time: AskedTime | undefined): RollupRange | undefined {
    const { buildRangeStart, buildRangeEnd, partitionGranularity } = this.#rollup
    if (buildRangeStart === undefined && buildRangeEnd === undefined) return undefined
    if (time === undefined) return this.#refuse('a build range needs a time dimension')
    const grid = gridOf(partitionGranularity ?? time.size)
    return { member: time.member, grid, startSql: textOf(buildRangeStart), endSql: textOf(buildRangeEnd) }
  }

  /** A bucket in two partitions has two rows, which only what adds up makes one. */
  #checkCuts(partition: Granularity, { member, size }: AskedTime, leaves: readonly Measure[]): void {
    if (isMadeOf(gridOf(partition), gridOf(size))) return
    for (const { name, type } of leaves) {
      if (!ADDITIVE.has(type))
        this.#refuse(
          `partitions of a ${partition} cut buckets of ${member} in two, and ${name} (${type}) does not add up`,
        )
    }
  }

  /** The joins to everything its columns are made of; they must leave each of its rows one row. */
  #tree(): JoinTree | undefined {
    const own = this.#cube.name
    let tree: JoinTree
    try {
      tree = joinTree(this.#model, this.#needs, own, BUILDER)
    } catch (error) {
      if (error instanceof AnalyticsError) return this.#refuse(error.message)
      throw error
    }
    if (tree.root.name !== own) return this.#refuse(`no joins lead from ${own} to all that it holds`)
    for (const { from, to, join } of tree.joins) {
      if (join.relationship === 'one_to_many') this.#refuse(`one row of ${from.name} has many of ${to.name}`)
      if (join.type === 'full') this.#refuse(`${to.name} is joined by a full join, which adds rows`)
    }
    for (const { name, cube } of [tree.root, ...tree.joins.map(({ to }) => to)]) {
      if (cube.rows.kind === 'sql' && cube.rows.sql.pieces.some(isLocalTime))
        this.#refuse(`rows of ${name} depend on the time zone of the query`)
    }
    return tree
  }

  #node(ref: MemberRef): CubeNode {
    return this.#model.nodes.get(ref.node ?? this.#cube.name)!
  }

  /** Notes what a member is made of. False when its values are not those of one row, or not the same for everybody. */
  #canStore(node: CubeNode, member: Member): boolean {
    const name = `${node.name}.${member.name}`
    let expression: MemberExpression
    try {
      expression = memberExpression(this.#model, node, member)
    } catch (error) {
      if (!(error instanceof AnalyticsError)) throw error
      this.#refuse(error.message)
      return false
    }
    const { needs, subQueries, isZoned } = expression
    if (subQueries.length > 0) this.#refuse(`${name} is answered by a query of its own`)
    if (isZoned) this.#refuse(`${name} depends on the time zone of the query`)
    this.#needs.push({ node: node.name }, ...needs)
    return subQueries.length === 0 && !isZoned
  }

  #segment(ref: MemberRef): { member: string; flag: string; of: Segment } | undefined {
    const node = this.#node(ref)
    const segment = node.cube.members.get(ref.member)
    if (segment?.kind !== 'segment') return this.#refuse(`${node.name}.${ref.member} is no segment`)
    if (!this.#canStore(node, segment)) return undefined
    const flag = segmentFlag(node.cube, segment.name)
    return { member: `${node.name}.${segment.name}`, flag: `${node.name}.${flag}`, of: segment }
  }

  #dimension(ref: MemberRef): { member: string; holds: RollupColumn['holds']; of: Dimension } | undefined {
    const node = this.#node(ref)
    const member = `${node.name}.${ref.member}`
    const of = node.cube.members.get(ref.member)
    if (of?.kind !== 'dimension') return this.#refuse(`${member} is no dimension`)
    const holds = TEXT_TYPES.has(of.type)
      ? 'text'
      : NUMBER_TYPES.has(of.type)
        ? 'number'
        : of.type === 'boolean'
          ? 'boolean'
          : undefined
    if (holds === undefined) return this.#refuse(`${member} is a ${of.type}; times need a granularity`)
    return this.#canStore(node, of) ? { member, holds, of } : undefined
  }

  #time(ref: MemberRef, granularity: string | undefined): AskedTime | undefined {
    const node = this.#node(ref)
    const member = `${node.name}.${ref.member}`
    const of = node.cube.members.get(ref.member)
    if (of?.kind !== 'dimension') return this.#refuse(`${member} is no dimension`)
    if (granularity === undefined) return this.#refuse(`${member} needs a granularity`)
    if (of.calendar !== undefined) return this.#refuse(`${member} has a calendar of its own`)
    if (!this.#canStore(node, of)) return undefined
    const custom = of.granularities.get(granularity)
    const size = custom === undefined ? GRANULARITIES.find((one) => one === granularity)! : customBuckets(custom)
    return { member, size, granularity, node, of }
  }

  /** The measures that the planner would read: a ratio is read as its two parts. */
  #leaves(): readonly Measure[] {
    const node: CubeNode = this.#model.nodes.get(this.#cube.name)!
    const leaves = new Map<string, Measure>()
    for (const ref of this.#rollup.measures) {
      const name = `${ref.node ?? node.name}.${ref.member}`
      if (ref.node !== undefined && ref.node !== node.name) {
        this.#refuse(`${name} is a measure of another cube`)
        continue
      }
      const member = node.cube.members.get(ref.member)
      if (member?.kind !== 'measure') {
        this.#refuse(`${name} is no measure`)
        continue
      }
      const asked: AskedMeasure = { node, member, isMasked: false }
      const plain: Question = {
        groupings: [],
        rowFilters: [],
        segments: [],
        measures: [asked],
        timezone: 'UTC',
        rules: ISO_RULES,
      }
      const groupings = impliedSwitches(plain, this.#model, (_filter, _owner, question) => question)
      const terms = new MeasureTerms(this.#model, { ...plain, groupings }, () => true)
      try {
        terms.value(asked)
      } catch {
        this.#refuse(`${node.name}.${member.name} cannot be answered`)
        continue
      }
      if (terms.stages.length > 0) this.#refuse(`${node.name}.${member.name} is computed in several stages`)
      for (const fact of terms.facts) {
        if (fact.node !== node) this.#refuse(`${node.name}.${member.name} reads measures of ${fact.node.name}`)
        else if (fact.window !== undefined || fact.shifts.length > 0)
          this.#refuse(`${node.name}.${member.name} looks at other times than its own`)
        else for (const leaf of fact.leaves) this.#leaf(node, leaf.member, leaves)
      }
    }
    return [...leaves.values()]
  }

  #leaf(node: CubeNode, leaf: Measure, leaves: Map<string, Measure>): void {
    if (leaves.has(leaf.name) || !this.#canStore(node, leaf)) return
    if (leaf.type === 'time' || leaf.type === 'boolean')
      this.#refuse(`${node.name}.${leaf.name} is a ${leaf.type}, which is not stored`)
    else leaves.set(leaf.name, leaf)
  }
}
