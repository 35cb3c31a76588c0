import type { CalendarShiftSource, DimensionSource, GranularitySource } from '../schema/dimension.ts'
import { GRANULARITIES } from '../schema/query.ts'
import { type BuildContext, DIMENSIONS, DIMENSIONS_AND_MEASURES } from './build-context.ts'
import { buildPresentation } from './build-presentation.ts'
import { describeMember, usedBy } from './describe-member.ts'
import { type Interval, negateInterval, parseInterval } from './interval.ts'
import { readTitle } from './member-title.ts'
import type { Calendar, CalendarShift, CaseTemplate, CustomGranularity, Dimension, SqlTemplate } from './model.ts'
import type { Keys } from './model-problems.ts'
import { quoteValue } from './quote-value.ts'

/** SQL of a dimension that has none of its own. */
const NOTHING: SqlTemplate = Object.freeze({ pieces: Object.freeze([]), isColumn: false })
const NO_GRANULARITIES: ReadonlyMap<string, CustomGranularity> = new Map()

/** Turns a well-formed dimension into its checked form. */
export function buildDimension(source: DimensionSource, keys: Keys, context: BuildContext): Dimension {
  const reader = new DimensionReader(source, keys, context)
  const { sql, longitude, caseOf } = reader.value()
  const mask = reader.mask()
  const cases = caseOf === undefined ? [] : templatesOf(caseOf)
  const { granularities, calendar } = reader.granularities()
  const { uses, touches } = usedBy([sql, longitude, ...cases])
  const { presentation, formatPattern } = buildPresentation(source, source.type, keys, context.report)
  return Object.freeze({
    ...describeMember(source),
    kind: 'dimension',
    uses,
    touches,
    type: source.type,
    sql,
    longitude,
    isPrimaryKey: source.primary_key ?? false,
    caseOf,
    subQuery: source.sub_query ?? false,
    propagatesFilters: source.propagate_filters_to_sub_query ?? false,
    granularities,
    mask,
    isPii: source.classification === 'pii',
    presentation,
    ...(formatPattern !== undefined && { formatPattern }),
    ...(source.values !== undefined && { values: Object.freeze([...source.values]) }),
    ...(calendar !== undefined && { calendar }),
    ...(source.order !== undefined && { order: source.order }),
    ...(source.links !== undefined && { links: source.links }),
  })
}

function templatesOf({ whens, otherwise }: CaseTemplate): SqlTemplate[] {
  return [...whens.flatMap(({ condition, label }) => [condition, label]), otherwise].filter(
    (part): part is SqlTemplate => typeof part === 'object',
  )
}

class DimensionReader {
  readonly #source: DimensionSource
  readonly #keys: Keys
  readonly #context: BuildContext

  constructor(source: DimensionSource, keys: Keys, context: BuildContext) {
    this.#source = source
    this.#keys = keys
    this.#context = context
  }

  value(): Pick<Dimension, 'sql' | 'longitude' | 'caseOf'> {
    const { type, sql, case: written, sub_query: isSubQuery, values } = this.#source
    if (type !== 'switch' && values !== undefined) this.#report(['values'], 'only a switch dimension has values')
    if (type === 'geo') return this.#geo()
    for (const key of ['latitude', 'longitude'] as const) {
      if (this.#source[key] !== undefined) this.#report([key], `only a geo dimension has ${key}`)
    }
    if (this.#source.propagate_filters_to_sub_query === true && isSubQuery !== true)
      this.#report(['propagate_filters_to_sub_query'], 'propagate_filters_to_sub_query needs sub_query: true')
    if (written !== undefined) {
      if (sql !== undefined) this.#report(['sql'], 'a dimension has sql or case, not both')
      return { sql: NOTHING, longitude: undefined, caseOf: this.#case(written) }
    }
    if (type === 'switch') {
      if (values === undefined) this.#report([], 'a switch dimension needs values')
      const template = sql === undefined ? NOTHING : this.#template(sql, ['sql'])
      return { sql: template, longitude: undefined, caseOf: undefined }
    }
    if (sql === undefined) {
      this.#report([], 'sql is missing')
      return { sql: NOTHING, longitude: undefined, caseOf: undefined }
    }
    return {
      sql: isSubQuery === true ? this.#subQuery(sql) : this.#template(sql, ['sql']),
      longitude: undefined,
      caseOf: undefined,
    }
  }

  #geo(): Pick<Dimension, 'sql' | 'longitude' | 'caseOf'> {
    const { sql, case: written, latitude, longitude } = this.#source
    if (sql !== undefined) this.#report(['sql'], 'a geo dimension has latitude and longitude instead of sql')
    if (written !== undefined) this.#report(['case'], 'a geo dimension has latitude and longitude instead of case')
    if (latitude === undefined) this.#report([], 'a geo dimension needs latitude')
    if (longitude === undefined) this.#report([], 'a geo dimension needs longitude')
    return {
      sql: latitude === undefined ? NOTHING : this.#template(latitude.sql, ['latitude', 'sql']),
      longitude: longitude === undefined ? undefined : this.#template(longitude.sql, ['longitude', 'sql']),
      caseOf: undefined,
    }
  }

  /** Measures are answered for each row, so there must be a key to tell rows apart and a way to the measure's cube. */
  #subQuery(sql: string): SqlTemplate {
    const { source } = this.#context
    if (!(source.dimensions ?? []).some((dimension) => dimension.primary_key === true))
      this.#report(['sub_query'], `a sub_query dimension needs a primary_key in ${source.name}`)
    const template = this.#context.template(sql, [...this.#keys, 'sql'], {
      mayUse: DIMENSIONS_AND_MEASURES,
      mayReachBack: true,
    })
    for (const piece of template.pieces) {
      if (typeof piece === 'object' && piece.node !== undefined && !this.#isConnected(piece.node))
        this.#report(['sql'], `no joins connect ${source.name} and ${piece.node}`)
    }
    return template
  }

  /** Whether joins lead to a node, or from its cube to this one. */
  #isConnected(node: string): boolean {
    const { index, source } = this.#context
    if (index.pathsFrom(source.name).has(node)) return true
    const back = index.pathsFrom(index.cubeOfNode.get(node)!)
    return [...back.keys()].some((reached) => index.cubeOfNode.get(reached) === source.name)
  }

  #case(written: NonNullable<DimensionSource['case']>): CaseTemplate {
    const label = (value: (typeof written.when)[number]['label'], keys: Keys) =>
      typeof value === 'object' ? this.#template(value.sql, [...keys, 'sql']) : value
    return Object.freeze({
      whens: Object.freeze(
        written.when.map((when, position) =>
          Object.freeze({
            condition: this.#template(when.sql, ['case', 'when', position, 'sql']),
            label: label(when.label, ['case', 'when', position, 'label']),
          }),
        ),
      ),
      otherwise: written.else === undefined ? undefined : label(written.else.label, ['case', 'else', 'label']),
    })
  }

  mask(): Dimension['mask'] {
    const { mask } = this.#source
    return typeof mask === 'object' ? this.#template(mask.sql, ['mask', 'sql']) : mask
  }

  granularities(): { granularities: ReadonlyMap<string, CustomGranularity>; calendar: Calendar | undefined } {
    const { granularities, time_shift: shifts, type } = this.#source
    if (granularities === undefined && shifts === undefined)
      return { granularities: NO_GRANULARITIES, calendar: undefined }
    const isCalendar = this.#context.source.calendar === true
    for (const key of ['granularities', 'time_shift'] as const) {
      if (this.#source[key] !== undefined && type !== 'time') this.#report([key], `only a time dimension has ${key}`)
    }
    if (shifts !== undefined && !isCalendar)
      this.#report(['time_shift'], 'a dimension has time_shift only in a calendar cube (calendar: true)')
    const customs = new Map<string, CustomGranularity>()
    const overrides = new Map<string, SqlTemplate>()
    for (const [position, granularity] of (granularities ?? []).entries()) {
      const at = ['granularities', position]
      const { name } = granularity
      if (customs.has(name) || overrides.has(name)) this.#report([...at, 'name'], `duplicate granularity: ${name}`)
      if (granularity.sql !== undefined) {
        if (!isCalendar) this.#report([...at, 'sql'], 'a granularity has sql only in a calendar cube (calendar: true)')
        if (granularity.interval !== undefined)
          this.#report([...at, 'interval'], 'a granularity has sql or an interval, not both')
        overrides.set(name, this.#template(granularity.sql, [...at, 'sql']))
        continue
      }
      if ((GRANULARITIES as readonly string[]).includes(name))
        this.#report([...at, 'name'], `${name} is a built-in granularity; only sql in a calendar cube can replace it`)
      const custom = this.#granularity(granularity, at)
      if (custom !== undefined) customs.set(name, custom)
    }
    const calendar =
      overrides.size === 0 && shifts === undefined
        ? undefined
        : Object.freeze({
            granularities: overrides,
            shifts: Object.freeze(
              (shifts ?? []).map((shift, position) => this.#shift(shift, ['time_shift', position])),
            ),
          })
    return { granularities: customs, calendar }
  }

  #granularity(source: GranularitySource, at: Keys): CustomGranularity | undefined {
    if (source.interval === undefined) {
      this.#report(at, 'interval is missing')
      return undefined
    }
    const interval = this.#interval(source.interval, [...at, 'interval'])
    const offset = source.offset === undefined ? undefined : this.#interval(source.offset, [...at, 'offset'])
    if (source.offset !== undefined && source.origin !== undefined)
      this.#report([...at, 'origin'], 'give offset or origin, not both')
    const originMs = source.origin === undefined ? undefined : readOrigin(source.origin)
    if (source.origin !== undefined && originMs === undefined)
      this.#report(
        [...at, 'origin'],
        `${quoteValue(source.origin)} is not a date; write 2026-04-01 or 2026-04-01T06:00`,
      )
    if (interval === undefined) return undefined
    if (interval.months !== 0 && interval.ms !== 0) {
      this.#report(
        [...at, 'interval'],
        'an interval of buckets is of months and years, or of weeks and less, not of both',
      )
      return undefined
    }
    if (interval.months + interval.ms <= 0) {
      this.#report([...at, 'interval'], 'an interval of buckets is more than nothing')
      return undefined
    }
    return Object.freeze({ name: source.name, ...readTitle(source.title, source.name), interval, offset, originMs })
  }

  #shift(source: CalendarShiftSource, at: Keys): CalendarShift {
    const interval = source.interval === undefined ? undefined : this.#interval(source.interval, [...at, 'interval'])
    if (source.name === undefined && source.interval === undefined)
      this.#report(at, 'a time shift needs a name or an interval')
    if (source.sql === undefined && source.interval === undefined)
      this.#report(at, 'a time shift needs sql or an interval')
    if ((source.interval === undefined) !== (source.type === undefined))
      this.#report(at, 'interval and type (prior or next) go together')
    return Object.freeze({
      name: source.name,
      interval: interval !== undefined && source.type === 'prior' ? negateInterval(interval) : interval,
      sql: source.sql === undefined ? undefined : this.#template(source.sql, [...at, 'sql']),
    })
  }

  #interval(text: string, at: Keys): Interval | undefined {
    const interval = parseInterval(text)
    if (interval === undefined)
      this.#report(at, `${quoteValue(text)} is not an interval; write 1 day, 2 weeks or 1 year 6 months`)
    return interval
  }

  #template(sql: string, keys: Keys): SqlTemplate {
    return this.#context.template(sql, [...this.#keys, ...keys], { mayUse: DIMENSIONS })
  }

  #report(keys: Keys, message: string): void {
    this.#context.report([...this.#keys, ...keys], message)
  }
}

/** Local wall clock as if it were UTC; an offset or `Z` at the end is dropped, as origins are local. */
function readOrigin(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(text.trim())
  if (match === null) return undefined
  const ms = Date.parse(`${match[1]}T${match[2] ?? '00:00'}Z`)
  // Date.parse turns the 30th of February into March.
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== match[1] ? undefined : ms
}
