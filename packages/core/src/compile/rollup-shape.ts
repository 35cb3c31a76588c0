import type { Interval } from '../model/interval.ts'
import type { Cube, CubeNode, Dimension, Measure, MemberRef, Model, PreAggregation } from '../model/model.ts'
import { ISO_RULES } from '../query/calendar.ts'
import { customBuckets } from '../query/time-buckets.ts'
import { GRANULARITIES, type Granularity } from '../schema/query.ts'
import { gridOf } from './bucket-grid.ts'
import { MeasureTerms } from './measure-terms.ts'
import type { AskedMeasure, Question } from './question.ts'
import type { RollupLeaf, RollupReason, RollupTable, RollupTime } from './rollup.ts'
import { hashText } from './stages/cursor.ts'
import { impliedSwitches } from './switch-values.ts'

/** A column of a rollup, in the order of the answer that fills it. */
export interface RollupColumn {
  readonly name: string
  /** `number` holds whole numbers, decimals and floats alike, as the source gives them. `time` is a local wall clock. */
  readonly holds: 'text' | 'number' | 'boolean' | 'time'
}

/** What a rollup of a model stores, before there is a table of it. */
export interface RollupShape extends Pick<RollupTable, 'name' | 'dimensions' | 'times' | 'measures'> {
  readonly cube: string
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
  readonly refresh: {
    readonly everyMs: number | undefined
    readonly sql: string | undefined
    readonly isIncremental: boolean
    readonly updateWindow: Interval | undefined
    readonly isScheduled: boolean
  }
  /** Changes with what it stores, not with when it is built. */
  readonly hash: string
}

type AskedTime = Pick<RollupTime, 'member' | 'size'> & { readonly granularity: string }

const HOUR_MS = 3_600_000

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

/** Names of the sum and the count kept of an average. */
export function averageParts(cube: Cube, name: string): { readonly sum: string; readonly count: string } {
  const free = (wanted: string): string => (cube.members.has(wanted) ? free(`${wanted}_`) : wanted)
  return { sum: free(`${name}_sum_`), count: free(`${name}_count_`) }
}

class ShapeReader {
  readonly #model: Model
  readonly #cube: Cube
  readonly #rollup: PreAggregation
  readonly #timezone: string
  readonly #name: string
  readonly #reasons: RollupReason[] = []

  constructor(model: Model, cube: Cube, rollup: PreAggregation, timezone: string) {
    this.#model = model
    this.#cube = cube
    this.#rollup = rollup
    this.#timezone = timezone
    this.#name = `${cube.name}.${rollup.name}`
  }

  read(): RollupShape | readonly RollupReason[] {
    const { kind, refreshKey, partitionGranularity, segments, buildRangeStart, buildRangeEnd } = this.#rollup
    if (kind !== 'rollup') return [{ reason: `${this.#name} is of the type ${kind}, which is not built` }]
    if (segments.length > 0) this.#refuse('segments are not stored')
    if (buildRangeStart !== undefined || buildRangeEnd !== undefined) this.#refuse('a build range is not supported')
    if (refreshKey?.cron !== undefined) this.#refuse('it is refreshed by an interval, not by a cron expression')
    const times = this.#rollup.timeDimensions.flatMap((entry) => this.#time(entry.dimension, entry.granularity) ?? [])
    const dimensions = this.#rollup.dimensions.flatMap((ref) => this.#dimension(ref) ?? [])
    const leaves = this.#leaves()
    if (this.#reasons.length > 0) return this.#reasons
    const timezone = times.every(({ size }) => fitsEveryZone(size)) ? 'UTC' : this.#timezone
    const columns: RollupColumn[] = []
    const add = (name: string, holds: RollupColumn['holds']) => {
      columns.push({ name, holds })
      return name
    }
    const timeColumns = times.map((time, index) => ({ ...time, timezone, column: add(`t${index}`, 'time') }))
    const dimensionColumns = dimensions.map(
      ({ member, holds }, index) => [member, add(`d${index}`, holds)] as [string, string],
    )
    const asked: string[] = []
    const measure = (name: string, holds: RollupColumn['holds']) => {
      asked.push(`${this.#cube.name}.${name}`)
      return add(`m${asked.length - 1}`, holds)
    }
    const measures = new Map<string, RollupLeaf>()
    for (const leaf of leaves) {
      if (leaf.type === 'avg') {
        const parts = averageParts(this.#cube, leaf.name)
        measures.set(leaf.name, { sum: measure(parts.sum, 'number'), count: measure(parts.count, 'number') })
      } else measures.set(leaf.name, { column: measure(leaf.name, leaf.type === 'string' ? 'text' : 'number') })
    }
    const columnOf = new Map<string, string>([
      ...timeColumns.map(({ member, column }) => [member, column] as const),
      ...dimensionColumns,
    ])
    const stored = {
      name: this.#name,
      cube: this.#cube.name,
      columns,
      asked: {
        times: times.map(({ member, granularity }) => ({ member, granularity })),
        dimensions: dimensions.map(({ member }) => member),
        measures: asked,
      },
      partition:
        partitionGranularity === undefined || times.length === 0
          ? undefined
          : { member: times[0]!.member, granularity: partitionGranularity },
      timezone,
      indexes: this.#rollup.indexes.flatMap((index) => {
        const names = index.columns.flatMap((written) => columnOf.get(this.#fullName(written)) ?? [])
        return names.length === index.columns.length ? [names] : []
      }),
    }
    return Object.freeze({
      ...stored,
      dimensions: new Map(dimensionColumns),
      times: timeColumns,
      measures,
      refresh: {
        everyMs: refreshKey?.everyMs,
        sql: refreshKey?.sql?.pieces.filter((piece) => typeof piece === 'string').join(''),
        isIncremental: refreshKey?.isIncremental ?? false,
        updateWindow: refreshKey?.updateWindow,
        isScheduled: this.#rollup.isScheduled && refreshKey?.isImmutable !== true,
      },
      hash: hashText(
        JSON.stringify([stored, [...measures], leaves, dimensions.map(({ member }) => this.#memberOf(member))]),
      ),
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

  #memberOf(fullName: string) {
    return this.#cube.members.get(fullName.slice(this.#cube.name.length + 1))
  }

  /** The member, when it is of the rollup's own cube and reads no other. */
  #own<Kind extends 'dimension' | 'measure'>(ref: MemberRef, kind: Kind) {
    const node = ref.node ?? this.#cube.name
    if (node !== this.#cube.name) return this.#refuse(`${node}.${ref.member} is of another cube`)
    const member = this.#cube.members.get(ref.member)
    if (member?.kind !== kind) return this.#refuse(`${node}.${ref.member} is no ${kind}`)
    if (member.touches.length > 0) return this.#refuse(`${node}.${ref.member} reads another cube`)
    return member as (Dimension | Measure) & { kind: Kind }
  }

  #dimension(ref: MemberRef): { member: string; holds: RollupColumn['holds'] } | undefined {
    const dimension = this.#own(ref, 'dimension') as Dimension | undefined
    if (dimension === undefined) return undefined
    const member = `${this.#cube.name}.${dimension.name}`
    if (dimension.subQuery) return this.#refuse(`${member} is answered by a query of its own`)
    if (TEXT_TYPES.has(dimension.type)) return { member, holds: 'text' }
    if (NUMBER_TYPES.has(dimension.type)) return { member, holds: 'number' }
    if (dimension.type === 'boolean') return { member, holds: 'boolean' }
    return this.#refuse(`${member} is a ${dimension.type}; times need a granularity`)
  }

  #time(ref: MemberRef, granularity: string | undefined): AskedTime | undefined {
    const dimension = this.#own(ref, 'dimension') as Dimension | undefined
    if (dimension === undefined) return undefined
    const member = `${this.#cube.name}.${dimension.name}`
    if (granularity === undefined) return this.#refuse(`${member} needs a granularity`)
    if (dimension.calendar !== undefined) return this.#refuse(`${member} has a calendar of its own`)
    const custom = dimension.granularities.get(granularity)
    const size = custom === undefined ? GRANULARITIES.find((one) => one === granularity)! : customBuckets(custom)
    return { member, size, granularity }
  }

  /** The measures that the planner would read: a ratio is read as its two parts. */
  #leaves(): readonly Measure[] {
    const node: CubeNode = this.#model.nodes.get(this.#cube.name)!
    const leaves = new Map<string, Measure>()
    for (const ref of this.#rollup.measures) {
      const member = this.#own(ref, 'measure') as Measure | undefined
      if (member === undefined) continue
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
      const terms = new MeasureTerms(this.#model, { ...plain, groupings }, true)
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
        else for (const leaf of fact.leaves) this.#leaf(leaf.member, leaves)
      }
    }
    return [...leaves.values()]
  }

  #leaf(leaf: Measure, leaves: Map<string, Measure>): void {
    if (leaf.touches.length > 0) this.#refuse(`${this.#cube.name}.${leaf.name} reads another cube`)
    else if (leaf.type === 'time' || leaf.type === 'boolean')
      this.#refuse(`${this.#cube.name}.${leaf.name} is a ${leaf.type}, which is not stored`)
    else leaves.set(leaf.name, leaf)
  }
}
