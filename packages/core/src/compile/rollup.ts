import type { CustomBuckets } from '../query/time-buckets.ts'
import type { Granularity } from '../schema/query.ts'

/** A time column of a request or a rollup. */
export interface RollupTime {
  /** `node.member`. */
  readonly member: string
  readonly size: Granularity | CustomBuckets
  /** Zone whose wall clock the buckets follow. */
  readonly timezone: string
}

/** Times that rows must lie in: instants, milliseconds, the end not included; without an end, or a start, any. */
export interface TimeSpan {
  readonly startMs: number | undefined
  readonly endMs: number | undefined
}

/** What one fact of a question needs to know: plain data, for whoever looks for a rollup that holds it. Members are `node.member`. */
export interface FactRequest {
  readonly node: string
  readonly cube: string
  /** Leaf measures of the node, by name. */
  readonly measures: readonly string[]
  readonly dimensions: readonly string[]
  readonly times: readonly RollupTime[]
  /** Members that conditions on rows test. */
  readonly filterMembers: readonly string[]
  /** Segments, all of which must hold. */
  readonly segments: readonly string[]
  /** Dimensions that row rules of the caller and token filters test, also those of joined cubes. */
  readonly ruleMembers: readonly string[]
  /** What the fact's rows are joined to, for any of this. */
  readonly joins: readonly RollupJoin[]
  /** What conditions on rows leave of each time that they bound. */
  readonly spans: readonly (TimeSpan & { readonly member: string })[]
}

/** A join to one row of another cube, or of a cube in a role. */
export interface RollupJoin {
  readonly from: string
  readonly to: string
  /** Of `inner` only rows with a match are there. */
  readonly type: 'left' | 'inner' | 'full'
}

/** Where a rollup keeps a leaf measure; `avg` as its sum and the count of its values. */
export type RollupLeaf = { readonly column: string } | { readonly sum: string; readonly count: string }

/**
 * A table with aggregates of one cube's rows, one row for each group of its dimensions, segments and times. It must hold all rows of
 * the cube, joined to all rows of others, whoever may see them: the caller's rules are tested on its own columns. Whoever offers one vouches for that, and that it is
 * as fresh as it should be; whether it can answer is looked at again.
 */
export interface RollupTable {
  /** `cube.rollup`. */
  readonly name: string
  readonly dataSource: string
  readonly identifiers: readonly string[]
  /** Columns of dimensions, by `node.member`. */
  readonly dimensions: ReadonlyMap<string, string>
  /**
   * Local starts of buckets. `holds`: the first and the last, local milliseconds; null when no row has a time, `undefined` when it is
   * not known.
   */
  readonly times: readonly (RollupTime & {
    readonly column: string
    readonly holds?: readonly [number, number] | null | undefined
  })[]
  /** Columns that are 1 where a segment holds and 0 where not, by `node.member`; none when absent. */
  readonly segments?: ReadonlyMap<string, string>
  /** The joins its rows went through, whichever of its columns needs them; none when absent. */
  readonly joins?: readonly RollupJoin[]
  /** By name of the measure. */
  readonly measures: ReadonlyMap<string, RollupLeaf>
  /** It holds all rows of this span of time and no others; `undefined`: all rows. */
  readonly covers?: (TimeSpan & { readonly member: string }) | undefined
  /** Its own rows summed up over some of its dimensions and segments, the fewest rows first. Read in its place where they hold all that is asked. */
  readonly coarser?: readonly RollupTable[]
}

/** Why a rollup does not answer a request: one lower-case sentence. */
export interface RollupReason {
  readonly reason: string
}

/** Offers rollups of a fact's cube, or says why it offers none. Of several the first that can answer is read. */
export type FindRollup = (request: FactRequest) => RollupTable | readonly (RollupTable | RollupReason)[]
