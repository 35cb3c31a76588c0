import type { MeasureSource, TimeShiftSource } from '../schema/measure.ts'
import { GRANULARITIES } from '../schema/query.ts'
import { hasAggregate } from './aggregate-sql.ts'
import { type BuildContext, DIMENSIONS, DIMENSIONS_AND_MEASURES, MEASURES } from './build-context.ts'
import { buildPresentation } from './build-presentation.ts'
import { buildStageFilter, testedMembers } from './build-stage-filter.ts'
import { describeMember, usedBy } from './describe-member.ts'
import { type Interval, negateInterval, parseInterval } from './interval.ts'
import type { Measure, MemberRef, MultiStage, RollingWindow, SqlTemplate, SwitchCase, TimeShift } from './model.ts'
import type { MemberKind } from './model-index.ts'
import type { Keys } from './model-problems.ts'
import { quoteValue } from './quote-value.ts'

/** Turns a well-formed measure into its checked form. */
export function buildMeasure(source: MeasureSource, keys: Keys, context: BuildContext): Measure {
  const reader = new MeasureReader(source, keys, context)
  const sql = reader.sql()
  const filters = reader.filters()
  const multiStage = reader.multiStage()
  if (multiStage !== undefined) reader.checkStage(sql, filters, multiStage)
  const mask = reader.mask()
  const stages = multiStage === undefined ? [] : stageTemplates(multiStage)
  const conditions = multiStage?.filter === undefined ? [] : [namesOf(testedMembers(multiStage.filter.include))]
  const { uses, touches } = usedBy([sql, ...filters, ...stages, ...conditions])
  const { presentation, formatPattern } = buildPresentation(source, undefined, keys, context.report)
  return Object.freeze({
    ...describeMember(source),
    kind: 'measure',
    uses,
    touches,
    type: source.type === 'number_agg' ? 'number' : source.type,
    sql,
    filters,
    better: source.better,
    percentile: source.percentile,
    rollingWindow: reader.rollingWindow(),
    multiStage,
    drillMembers: reader.drillMembers(),
    mask,
    isPii: source.classification === 'pii',
    presentation,
    ...(formatPattern !== undefined && { formatPattern }),
    ...(source.links !== undefined && { links: source.links }),
  })
}

function isSame(a: MemberRef, b: MemberRef): boolean {
  return a.node === b.node && a.member === b.member
}

/** SQL that names members, for what uses them otherwise. */
function namesOf(members: readonly MemberRef[]): SqlTemplate {
  return { pieces: members.map(({ node, member }) => ({ kind: 'member', node, member })), isColumn: false }
}

function stageTemplates({ orderBy, switchOn }: MultiStage): SqlTemplate[] {
  const cases = switchOn === undefined ? [] : [...switchOn.whens.map((when) => when.sql), switchOn.otherwise]
  return [...orderBy.map((entry) => entry.sql), ...cases]
}

const NONE: readonly never[] = Object.freeze([])
/** Types whose SQL is an expression of aggregates, not an argument of one. */
const EXPRESSIONS: ReadonlySet<string> = new Set(['number', 'number_agg', 'string', 'time', 'boolean'])
const STAGE_KEYS = [
  'time_shift',
  'group_by',
  'reduce_by',
  'add_group_by',
  'grain',
  'filter',
  'order_by',
  'case',
] as const

class MeasureReader {
  readonly #source: MeasureSource
  readonly #keys: Keys
  readonly #context: BuildContext
  readonly #isExpression: boolean
  readonly #isMultiStage: boolean

  constructor(source: MeasureSource, keys: Keys, context: BuildContext) {
    this.#source = source
    this.#keys = keys
    this.#context = context
    this.#isExpression = EXPRESSIONS.has(source.type)
    this.#isMultiStage = source.multi_stage ?? (source.type === 'rank' || source.time_shift !== undefined)
  }

  sql(): SqlTemplate | undefined {
    const { type, sql, case: written, percentile } = this.#source
    if (type === 'percentile' && percentile === undefined)
      this.#report([], 'a measure of type percentile needs percentile, such as 0.95')
    if (type !== 'percentile' && percentile !== undefined)
      this.#report(['percentile'], 'only a measure of type percentile has percentile')
    if (written !== undefined) {
      if (sql !== undefined) this.#report(['sql'], 'a measure has sql or case, not both')
      return undefined
    }
    if (type === 'rank') {
      if (sql !== undefined) this.#report(['sql'], 'a measure of type rank has order_by instead of sql')
      return undefined
    }
    if (sql === undefined) {
      if (type !== 'count') this.#report([], `a measure of type ${type} needs sql`)
      return undefined
    }
    const mayUse = this.#isExpression || this.#isMultiStage ? DIMENSIONS_AND_MEASURES : DIMENSIONS
    return this.#context.template(sql, [...this.#keys, 'sql'], { mayUse, mayReachBack: true })
  }

  filters(): readonly SqlTemplate[] {
    const { filters, type } = this.#source
    if (filters === undefined) return NONE
    if (this.#isExpression || type === 'rank')
      this.#report(['filters'], `a measure of type ${type} has no filters; give them to the measures it is made of`)
    const mayUse = this.#isMultiStage ? DIMENSIONS_AND_MEASURES : DIMENSIONS
    return Object.freeze(
      filters.map((filter, position) => this.#template(filter.sql, ['filters', position, 'sql'], mayUse)),
    )
  }

  mask(): Measure['mask'] {
    const { mask } = this.#source
    return typeof mask === 'object' ? this.#template(mask.sql, ['mask', 'sql'], DIMENSIONS_AND_MEASURES) : mask
  }

  drillMembers(): readonly string[] {
    const written = this.#source.drill_members
    if (written === undefined) return NONE
    const members = this.#context.members(written, [...this.#keys, 'drill_members'], DIMENSIONS_AND_MEASURES)
    return Object.freeze(members.map(({ node, member }) => `${node ?? this.#context.source.name}.${member}`))
  }

  rollingWindow(): RollingWindow | undefined {
    const window = this.#source.rolling_window
    if (window === undefined) return undefined
    const at = ['rolling_window']
    if (this.#isExpression || this.#isMultiStage || this.#source.type === 'rank') {
      this.#report(
        at,
        `a measure of type ${this.#source.type} has no rolling_window; give it to the measures it is made of`,
      )
    }
    const type = window.type ?? 'fixed'
    if (type === 'fixed') {
      if (window.granularity !== undefined)
        this.#report([...at, 'granularity'], 'only a window of type to_date has a granularity')
      if (window.trailing === undefined && window.leading === undefined)
        this.#report(at, 'a rolling window needs trailing or leading, or type: to_date')
      return Object.freeze({
        kind: 'range',
        trailing: this.#extent(window.trailing, [...at, 'trailing']),
        leading: this.#extent(window.leading, [...at, 'leading']),
        offset: window.offset ?? 'end',
      })
    }
    for (const key of ['trailing', 'leading', 'offset'] as const) {
      if (window[key] !== undefined) this.#report([...at, key], `a window of type ${type} has no ${key}`)
    }
    const granularity = type === 'to_date' ? window.granularity : type.replace('_to_date', '')
    if (granularity === undefined) {
      this.#report(at, 'a window of type to_date needs a granularity')
      return undefined
    }
    if (
      type === 'to_date' &&
      !(GRANULARITIES as readonly string[]).includes(granularity) &&
      !this.#hasGranularity(granularity)
    )
      this.#report([...at, 'granularity'], `unknown granularity: ${granularity}`)
    return Object.freeze({ kind: 'to_date', granularity })
  }

  #hasGranularity(name: string): boolean {
    return [...this.#context.index.drafts.values()].some(
      ({ source, isBroken }) =>
        !isBroken && source.dimensions?.some((dimension) => dimension.granularities?.some((one) => one.name === name)),
    )
  }

  #extent(text: string | undefined, at: Keys): Interval | 'unbounded' | undefined {
    if (text === undefined || text === 'unbounded') return text
    return this.#interval(text, at)
  }

  multiStage(): MultiStage | undefined {
    const { source } = this
    if (!this.#isMultiStage) {
      for (const key of STAGE_KEYS) {
        if (source[key] !== undefined) this.#report([key], `${key} needs multi_stage: true`)
      }
      return undefined
    }
    const { grain } = source
    const pick = (old: 'group_by' | 'reduce_by' | 'add_group_by', key: 'keep_only' | 'exclude' | 'include') => {
      if (source[old] !== undefined && grain?.[key] !== undefined)
        this.#report(['grain', key], `give grain.${key} or ${old}, not both`)
      return source[old] === undefined
        ? this.#dimensions(grain?.[key], ['grain', key])
        : this.#dimensions(source[old], [old])
    }
    const groupBy = pick('group_by', 'keep_only')
    const reduceBy = pick('reduce_by', 'exclude')
    if (groupBy !== undefined && reduceBy !== undefined)
      this.#report([grain === undefined ? 'reduce_by' : 'grain'], 'give group_by or reduce_by, not both')
    if (source.type === 'rank' && source.order_by === undefined)
      this.#report([], 'a measure of type rank needs order_by')
    if (source.type !== 'rank' && source.order_by !== undefined)
      this.#report(['order_by'], 'only a measure of type rank has order_by')
    const addGroupBy = pick('add_group_by', 'include')
    return Object.freeze({
      timeShifts: this.#timeShifts(),
      groupBy,
      reduceBy,
      addGroupBy,
      filter:
        source.filter === undefined
          ? undefined
          : buildStageFilter(source.filter, [...this.#keys, 'filter'], this.#context),
      orderBy: Object.freeze(
        (source.order_by ?? []).map((entry, position) =>
          Object.freeze({
            sql: this.#template(entry.sql, ['order_by', position, 'sql'], DIMENSIONS_AND_MEASURES),
            direction: entry.dir ?? 'asc',
          }),
        ),
      ),
      switchOn: this.#switch(),
    })
  }

  /** Of a multi-stage measure: whether its SQL is made of what its inner groups have, and says how groups make a value. */
  checkStage(sql: SqlTemplate | undefined, filters: readonly SqlTemplate[], stage: MultiStage): void {
    const { type } = this.source
    if (sql !== undefined) {
      this.#checkStageSql(sql, stage, ['sql'])
      const hasMeasure = this.#members(sql).some((kind) => kind === 'measure' || kind === 'unknown')
      if (!hasMeasure && !type.startsWith('count'))
        this.#report(['sql'], 'a multi-stage measure is made of measures; name one, such as {revenue}')
      if (this.#isExpression && stage.addGroupBy !== undefined && !hasAggregate(sql))
        this.#report(
          ['type'],
          `a ${type} says no way to aggregate the groups of ${this.source.add_group_by === undefined ? 'grain.include' : 'add_group_by'}; take a type such as sum or avg, or write an aggregate around the measure, such as max({revenue})`,
        )
    }
    for (const [position, filter] of filters.entries()) this.#checkStageSql(filter, stage, ['filters', position, 'sql'])
    for (const [position, entry] of stage.orderBy.entries())
      this.#checkStageSql(entry.sql, stage, ['order_by', position, 'sql'])
    for (const [position, when] of (stage.switchOn?.whens ?? []).entries())
      this.#checkStageSql(when.sql, stage, ['case', 'when', position, 'sql'])
    if (stage.switchOn !== undefined) this.#checkStageSql(stage.switchOn.otherwise, stage, ['case', 'else', 'sql'])
  }

  /** Groups have measures, and of dimensions those that were added; rows are out of reach. */
  #checkStageSql({ pieces }: SqlTemplate, { addGroupBy = [] }: MultiStage, keys: Keys): void {
    for (const piece of pieces) {
      if (typeof piece === 'string') continue
      if (piece.kind !== 'member') {
        this.#report(
          keys,
          `a multi-stage measure is made of measures, and cannot read columns of ${piece.node ?? this.#context.source.name}; make them a measure of their own`,
        )
      } else if (this.#context.dimension(piece) !== undefined && !addGroupBy.some((ref) => isSame(ref, piece))) {
        this.#report(keys, `${piece.member} is a dimension, which groups have when add_group_by lists it`)
      }
    }
  }

  #members({ pieces }: SqlTemplate): (MemberKind | undefined)[] {
    const { index, source } = this.#context
    return pieces.flatMap((piece) => {
      if (typeof piece === 'string' || piece.kind !== 'member') return []
      const cube = piece.node === undefined ? source.name : index.cubeOfNode.get(piece.node)
      return [index.drafts.get(cube ?? '')?.members.get(piece.member)]
    })
  }

  get source(): MeasureSource {
    return this.#source
  }

  #dimensions(names: readonly string[] | undefined, keys: Keys): readonly MemberRef[] | undefined {
    return names === undefined ? undefined : this.#context.members(names, [...this.#keys, ...keys], DIMENSIONS)
  }

  #timeShifts(): readonly TimeShift[] {
    const shifts = this.#source.time_shift
    if (shifts === undefined) return NONE
    if (shifts.length > 1 && shifts.some((shift) => shift.time_dimension === undefined && shift.name === undefined)) {
      this.#report(['time_shift'], 'several time shifts need a time_dimension each')
    }
    return Object.freeze(shifts.flatMap((shift, position) => this.#timeShift(shift, ['time_shift', position]) ?? []))
  }

  #timeShift(source: TimeShiftSource, at: Keys): TimeShift | undefined {
    const timeDimension =
      source.time_dimension === undefined
        ? undefined
        : this.#timeDimension(source.time_dimension, [...at, 'time_dimension'])
    if (source.name !== undefined) {
      if (source.interval !== undefined || source.type !== undefined)
        this.#report([...at, 'name'], 'a time shift has a name, or an interval and a type')
      return this.#namedShift(source.name, timeDimension, [...at, 'name'])
    }
    if (source.interval === undefined || source.type === undefined) {
      this.#report(at, 'a time shift needs an interval and a type (prior or next), or a name')
      return undefined
    }
    const interval = this.#interval(source.interval, [...at, 'interval'])
    if (interval === undefined) return undefined
    return Object.freeze({ timeDimension, by: source.type === 'prior' ? negateInterval(interval) : interval })
  }

  #timeDimension(name: string, at: Keys): MemberRef | undefined {
    const found = this.#context.member(name, [...this.#keys, ...at], DIMENSIONS)
    if (found === undefined) return undefined
    const type = this.#context.dimension(found)?.type
    if (type !== 'time') this.#report(at, `${name} is a ${type}, not a time`)
    return found
  }

  /** A shift that calendars declare by name; which one of them the query's time dimension says. */
  #namedShift(name: string, timeDimension: MemberRef | undefined, at: Keys): TimeShift {
    const { index, source } = this.#context
    const isKnown = [...index.pathsFrom(source.name).keys()].some((node) => {
      const draft = index.drafts.get(index.cubeOfNode.get(node) ?? '')
      if (draft === undefined || draft.isBroken) return false
      return draft.source.dimensions?.some(({ time_shift: shifts }) => shifts?.some((one) => one.name === name))
    })
    if (!isKnown)
      this.#report(at, `unknown time shift: ${name}; a calendar cube that joins lead to declares one by this name`)
    return Object.freeze({ timeDimension, by: Object.freeze({ name }) })
  }

  #switch(): SwitchCase | undefined {
    const { case: written } = this.#source
    if (written === undefined) return undefined
    for (const key of ['group_by', 'reduce_by', 'add_group_by', 'grain', 'filter'] as const) {
      if (this.#source[key] !== undefined)
        this.#report([key], `a case has no ${key}; give it to a measure that is made of this one`)
    }
    const at: Keys = ['case', 'switch']
    const dimension = this.#context.member(written.switch, [...this.#keys, ...at], DIMENSIONS)
    if (dimension === undefined) return undefined
    const target = this.#context.dimension(dimension)
    if (target?.type !== 'switch') this.#report(at, `${written.switch} is a ${target?.type}, not a switch`)
    for (const [position, { value }] of written.when.entries()) {
      if (target?.values !== undefined && !target.values.includes(value))
        this.#report(
          ['case', 'when', position, 'value'],
          `${quoteValue(value)} is not a value of ${dimension.member}: ${target.values.join(', ')}`,
        )
    }
    return Object.freeze({
      dimension,
      whens: Object.freeze(
        written.when.map((when, position) =>
          Object.freeze({
            value: when.value,
            sql: this.#template(when.sql, ['case', 'when', position, 'sql'], MEASURES),
          }),
        ),
      ),
      otherwise: this.#template(written.else.sql, ['case', 'else', 'sql'], MEASURES),
    })
  }

  #interval(text: string, at: Keys): Interval | undefined {
    const interval = parseInterval(text)
    if (interval === undefined)
      this.#report(at, `${quoteValue(text)} is not an interval; write 1 month, 7 days or unbounded`)
    return interval
  }

  #template(sql: string, keys: Keys, mayUse: typeof DIMENSIONS): SqlTemplate {
    return this.#context.template(sql, [...this.#keys, ...keys], { mayUse, mayReachBack: true })
  }

  #report(keys: Keys, message: string): void {
    this.#context.report([...this.#keys, ...keys], message)
  }
}
