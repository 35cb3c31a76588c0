import type { CubeNode, Measure } from '../model/model.ts'
import type { CalendarRules } from '../query/calendar.ts'
import type { NamedThrough, ResolvedColumn, ResolvedFilter, ResolvedQuery } from '../query/resolved-query.ts'
import type { Shift } from './fact.ts'
import type { Expression, Relation } from './plan.ts'

/** A member that groups rows: a dimension, a bucket of a time, a bin of a number. */
export type MemberGrouping = Exclude<ResolvedColumn, { readonly kind: 'measure' }>

/**
 * A grouping whose values are looked up in a relation: every fact joins it, null-safe, by the value of `of`. Several groupings may
 * share one lookup.
 */
export interface LookupGrouping {
  readonly kind: 'lookup'
  readonly of: MemberGrouping
  readonly lookup: Lookup
  /** The value that groups, from that of `of`. Columns of the relation go by `lookup.alias`. */
  readonly value: (own: Expression) => Expression
}

/** A relation with at most one row for each value of its column `key`; rows of a fact without one keep nulls. */
export interface Lookup {
  /** A name no cube has: see `freeAlias`. */
  readonly alias: string
  readonly relation: Relation
  readonly key: string
  /** Whether its values are texts; see `joinLookup`. */
  readonly isText?: boolean
}

export type Grouping = MemberGrouping | LookupGrouping

/** `viewMember` gives the way to the node when a view named the measure. */
export interface AskedMeasure extends NamedThrough {
  readonly node: CubeNode
  readonly member: Measure
  readonly isMasked: boolean
  /** Times of rows taken for others, where the measure shows another time. */
  readonly shifts?: readonly Shift[]
}

/** What is asked of the model, apart from how the answer is shown. */
export interface Question {
  readonly groupings: readonly Grouping[]
  readonly measures: readonly AskedMeasure[]
  /** On rows of every fact that they do not leave to another, before grouping; all must hold. See `factQuestion`. */
  readonly rowFilters: readonly ResolvedFilter[]
  readonly segments: ResolvedQuery['segments']
  /** The conditions of the query itself, where stages of measures have changed them. */
  readonly asked?: Pick<Question, 'rowFilters' | 'segments'>
  /** IANA name of the zone that times are bucketed in. */
  readonly timezone: string
  /** Where the weeks and years of its buckets start. */
  readonly rules: CalendarRules
}
