import { AnalyticsError } from '../errors.ts'
import type { CubeNode, Dimension, Measure, Member, SqlTemplate, View } from '../model/model.ts'
import { comparedType } from '../model/operator-fit.ts'
import { timestamp } from '../query/filter-test.ts'
import {
  type CalendarBuckets,
  isOfCalendar,
  type NamedThrough,
  type ResolvedFilter,
  type RowCondition,
} from '../query/resolved-query.ts'
import { bindViewRule } from './bind-view-rule.ts'
import { buildCondition, testCondition } from './build-condition.ts'
import { type Fact, shiftOf } from './fact.ts'
import { freeAlias } from './free-alias.ts'
import { guardCondition } from './guard-condition.ts'
import { joinCondition, type ShiftedCalendar } from './join-condition.ts'
import { joinLookup } from './join-lookup.ts'
import { type JoinTree, joinTree, type Need, type Standing, standingOf } from './join-tree.ts'
import {
  inZone,
  type MemberExpression,
  memberExpression,
  type SubQuery,
  scalarExpression,
  templateExpression,
} from './member-expression.ts'
import type { Condition, Expression, From, JoinNode, NamedExpression, NullType } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { primaryKeyOf } from './primary-key.ts'
import { type AskedRows, pushFilters } from './push-filters.ts'
import type { Grouping, Lookup, MemberGrouping, Question } from './question.ts'
import { shiftedCondition, shiftedLocal } from './shifted-condition.ts'
import { subQueryRelation } from './sub-query-relation.ts'
import {
  checkWindow,
  listedSpine,
  occurringSpine,
  type Spine,
  spanCondition,
  type WindowFrame,
  windowFrame,
  withoutSpans,
} from './time-windows.ts'
import { viewNeeds } from './view-paths.ts'

/** Name of the column that shows whether a row of a cube without a primary key is there. */
const MARK = 'di_present'

/** What a select over cubes reads. */
export interface JoinedRows {
  readonly from: From
  readonly joins: readonly JoinNode[]
  /** The cubes among them. */
  readonly tree: JoinTree
  /** How the rows of the fact stand in these. */
  readonly standing: Standing
}

/** The rows that a select measures: without leaves. */
export type MeasuredRows = Omit<Fact, 'leaves'>

/** Makes the expressions of one select over cubes, and remembers which cubes they need. */
export class RowScope {
  readonly spine: Spine | undefined
  readonly #context: PlanContext
  readonly #question: Question
  readonly #fact: MeasuredRows | undefined
  readonly #frame: WindowFrame | undefined
  readonly #needs: Need[] = []
  readonly #viewPaths = new Map<string, readonly string[]>()
  readonly #lookups = new Map<Lookup, Expression>()
  readonly #subQueries = new Map<string, SubQuery>()
  /** Nodes without a key whose rows are told from missing ones. */
  readonly #marked = new Set<string>()
  readonly #shifted = new Map<string, ShiftedCalendar>()
  /** Conditions on rows that the select tests, once somebody has asked for them. */
  #tested: readonly ResolvedFilter[] | undefined

  /** `fact`: whose rows are measured, if any. */
  constructor(context: PlanContext, question: Question, fact?: MeasuredRows) {
    this.#context = context
    this.#question = question
    this.#fact = fact
    if (fact?.path !== undefined) this.#viewPaths.set(fact.path.join('.'), fact.path)
    if (fact?.window === undefined) return
    this.#frame = windowFrame(question)
    if (this.#frame !== undefined) checkWindow(fact.window, this.#frame)
    this.spine = this.#frame === undefined ? undefined : this.#spineOf(this.#frame)
  }

  #spineOf(frame: WindowFrame): Spine | undefined {
    const window = this.#fact!.window!
    if (frame.buckets.length === 0) return undefined
    const alias = freeAlias(this.#context.model, 'buckets')
    if (frame.span !== undefined) return listedSpine(window, { ...frame, span: frame.span }, this.#question, alias)
    const scope = new RowScope(this.#context, this.#question, { ...this.#fact!, window: undefined })
    const columns = scope.#only(frame.buckets.map(({ position }) => position))
    const where = scope.conditions()
    const { from, joins } = scope.rows()
    const isKnown: Condition = { kind: 'present', isNegated: false, argument: columns[0]!.expression }
    return occurringSpine(
      window,
      frame,
      {
        kind: 'select',
        from,
        joins,
        columns,
        where: [...where, isKnown],
        groupBy: columns.map((_, index) => index),
        having: [],
      },
      this.#question,
      alias,
    )
  }

  /** A member's value for a row; of a measure, its aggregate. */
  member(node: CubeNode, member: Member): Expression {
    return this.#use(node, memberExpression(this.#context.model, node, member))
  }

  /** SQL of a member as seen from its node. */
  template(node: CubeNode, template: SqlTemplate): Expression {
    return this.#use(node, templateExpression(this.#context.model, node, template))
  }

  #use(node: CubeNode, member: MemberExpression): Expression {
    this.needNode(node)
    for (const need of member.needs) this.#need(need)
    for (const subQuery of member.subQueries) {
      this.needNode(subQuery.node)
      this.#subQueries.set(subQuery.alias, subQuery)
    }
    return inZone(member, this.#question.timezone, this.#question.rules)
  }

  /** Columns of the question's groupings: g0, g1, …. */
  groupings(): NamedExpression[] {
    return this.#question.groupings.map((grouping, index) => {
      // Also where a spine has the value: which cube the joins start from depends on the order of the columns.
      const own = this.grouping(grouping)
      return { name: `g${index}`, expression: this.#spineColumn(index) ?? own }
    })
  }

  /** Columns b0, b1, … of some of the question's groupings, of rows that are joined as all of them are. */
  #only(positions: readonly number[]): NamedExpression[] {
    const expressions = this.#question.groupings.map((grouping, position) => {
      if (positions.includes(position)) return this.grouping(grouping)
      const own = grouping.kind === 'lookup' ? grouping.of : grouping
      this.through(own)
      this.needNode(own.node)
      if (!own.isMasked)
        for (const need of memberExpression(this.#context.model, own.node, own.member).needs) this.#need(need)
      return undefined
    })
    return positions.map((position, index) => ({ name: `b${index}`, expression: expressions[position]! }))
  }

  #spineColumn(position: number): Expression | undefined {
    const index = this.#frame?.buckets.findIndex((bucket) => bucket.position === position) ?? -1
    if (this.spine === undefined || index === -1) return undefined
    return { kind: 'column', alias: this.spine.from.alias, name: this.spine.buckets[index]! }
  }

  /** The value that a grouping groups by. */
  grouping(grouping: Grouping): Expression {
    if (grouping.kind !== 'lookup') return this.#memberGrouping(grouping)
    const own = this.#memberGrouping(grouping.of)
    this.#lookups.set(grouping.lookup, own)
    return grouping.value(own)
  }

  #memberGrouping(grouping: MemberGrouping): Expression {
    const { node, member } = grouping
    this.through(grouping)
    if (grouping.isMasked) return this.mask(node, member, false)
    const argument = this.member(node, member)
    const { timezone, rules } = this.#question
    switch (grouping.kind) {
      case 'time': {
        const by = this.#shift(node, member)
        const granularity = grouping.buckets
        // A calendar's own bucket is a local time already, and its shifts are in the way its rows are joined.
        if (isOfCalendar(granularity)) return this.#calendarBucket(node, member, granularity)
        if (by !== undefined)
          return { kind: 'truncate', granularity, rules, argument: shiftedLocal({ argument, by, timezone }) }
        return { kind: 'bucket', granularity, timezone, rules, argument, offsets: undefined }
      }
      case 'bin': {
        const { width, min, max } = grouping.bin
        return { kind: 'bin', argument, width, min, max }
      }
      case 'dimension':
        return member.type === 'time' ? { kind: 'instant', argument } : argument
    }
  }

  #shift(node: CubeNode, member: Dimension) {
    if (this.#fact === undefined || member.type !== 'time') return undefined
    const by = shiftOf(this.#fact.shifts, node, member)
    if (by === undefined || 'interval' in by) return by?.interval
    this.#shifted.set(node.name, { node, member, sql: by.sql })
    return undefined
  }

  #calendarBucket(node: CubeNode, member: Dimension, { calendar }: CalendarBuckets): Expression {
    if (this.#shift(node, member) !== undefined)
      throw new AnalyticsError(
        'invalid_request',
        `${node.name}.${member.name} is shifted by an interval, which its own calendar does not have`,
        { hint: 'Declare the interval in the time_shift of the calendar, with sql.' },
      )
    return { kind: 'instant', argument: this.template(node, calendar) }
  }

  /** What stands for a value that the caller may not see. It reads nothing but what the mask names. */
  mask(node: CubeNode, member: Dimension | Measure, isAggregate: boolean): Expression {
    this.needNode(node)
    const { mask } = member
    if (mask === undefined) return { kind: 'null', type: nullTypeOf(member), isAggregate }
    if (typeof mask === 'object') return this.template(node, mask)
    const value = scalarExpression(mask)
    return isAggregate ? { kind: 'aggregate', function: 'max', argument: value, filters: [] } : value
  }

  /** The question's conditions on rows, and those of the views it names members through. */
  conditions(): Condition[] {
    const { segments, rowFilters } = this.#question
    const filters =
      this.#frame === undefined || this.#fact?.window === undefined ? rowFilters : withoutSpans(rowFilters, this.#frame)
    this.#tested = filters
    const asked = [
      ...segments.map((segment): Condition => {
        this.through(segment)
        return { kind: 'expression', expression: this.member(segment.node, segment.member) }
      }),
      ...rowFilters.flatMap((filter) => this.#kept(filter)),
      ...this.#windowConditions(),
    ]
    const rules = [...this.#context.views].flatMap(([view, members]) => this.#viewRule(view, members) ?? [])
    return rules.length === 0 ? asked : [...rules, ...asked.map((condition) => guardCondition(condition, rules))]
  }

  /** A condition without what a window takes the place of. Its cubes are needed all the same: which root joins have goes by their order. */
  #kept(filter: ResolvedFilter): Condition[] {
    if (this.#frame === undefined || this.#fact?.window === undefined) return [this.#filter(filter)]
    const { node, member } = this.#frame
    const [kept] = withoutSpans([filter], this.#frame)
    if (kept !== filter) {
      for (const through of this.#frame.via) this.through(through)
      this.member(node, member)
    }
    return kept === undefined ? [] : [this.#filter(kept)]
  }

  #filter(filter: ResolvedFilter): Condition {
    return buildCondition<RowCondition>(filter, (condition) => {
      const { node } = condition
      this.through(condition)
      if (condition.kind === 'measure-filter') return this.#measureFilter(node, condition.member)
      const { member, test } = condition
      const argument = this.member(node, member)
      const by = this.#shift(node, member)
      return by === undefined
        ? testCondition(test, argument)
        : shiftedCondition(test, { argument, by, timezone: this.#question.timezone })
    })
  }

  #measureFilter(node: CubeNode, { filters }: Measure): Condition {
    const conditions = filters.map((own): Condition => ({ kind: 'expression', expression: this.template(node, own) }))
    return { kind: 'and', conditions }
  }

  /** Which rows a window that is not bucketed takes, and roughly which ones those that are take. */
  #windowConditions(): Condition[] {
    const frame = this.#frame
    const window = this.#fact?.window
    if (frame === undefined || window === undefined) return []
    for (const through of frame.via) this.through(through)
    const argument = this.member(frame.node, frame.member)
    const by = this.#shift(frame.node, frame.member)
    if (this.spine === undefined) {
      // A span without a single bucket has no rows.
      if (frame.buckets.length > 0) return [{ kind: 'never' }]
      if (frame.span === undefined) return []
      if (frame.span.endMs <= frame.span.startMs) return [{ kind: 'never' }]
      return spanCondition(window, { ...frame, span: frame.span }, this.#question).map((test) =>
        by === undefined
          ? testCondition(test, argument)
          : shiftedCondition(test, { argument, by, timezone: this.#question.timezone }),
      )
    }
    if (this.spine.around === undefined || by !== undefined) return []
    const [from, to] = this.spine.around
    return [{ kind: 'within', isNegated: false, argument, spans: [[timestamp(from), timestamp(to)]] }]
  }

  #viewRule(view: View, members: ReadonlySet<string>): Condition | undefined {
    const rule = bindViewRule(view, members, this.#question, this.#context)
    for (const { viewMember, dimension } of rule?.tested ?? []) {
      this.through({ view, viewMember })
      this.member(this.#context.model.nodes.get(viewMember.node)!, dimension)
    }
    return rule?.condition
  }

  /** Values of the primary key of the fact; none when it has none. */
  key(): readonly Expression[] {
    const { node } = this.#fact!
    return primaryKeyOf(node).map((dimension) => this.member(node, dimension))
  }

  /** Takes the way to a member that a view gives. */
  through({ viewMember }: NamedThrough): void {
    if (viewMember !== undefined) this.#viewPaths.set(viewMember.path.join('.'), viewMember.path)
  }

  /** Reads a node's rows, of which no value is wanted. */
  needNode(node: CubeNode): void {
    this.#need({ node: node.name })
  }

  #need(need: Need): void {
    if (!this.#needs.some(({ node, path }) => node === need.node && isSameWay(path, need.path))) this.#needs.push(need)
  }

  /** Joins everything the expressions made so far need. */
  rows(): JoinedRows {
    const { model, security } = this.#context
    const ways = viewNeeds(
      [...this.#viewPaths.values()],
      this.#fact?.node.name,
      (name) => model.nodes.get(name)!.isOfView === true,
    )
    const needs = [...ways, ...this.#needs]
    const tree = joinTree(model, needs, this.#fact?.node.name, security)
    return this.#join(tree)
  }

  #join(tree: JoinTree): JoinedRows {
    const standing: Standing =
      this.#fact === undefined ? { isMultiplied: false, isOptional: false } : standingOf(tree, this.#fact.node.name)
    return {
      from: this.#source(tree.root, standing, tree),
      joins: [
        ...tree.joins.map((treeJoin): JoinNode => {
          const { type, expression } = joinCondition(this.#context.model, treeJoin, this.#shifted)
          return { type, from: this.#source(treeJoin.to, standing, tree), on: [{ kind: 'expression', expression }] }
        }),
        ...[...this.#subQueries.values()].map((subQuery) => this.#joinSubQuery(subQuery)),
        ...[...this.#lookups].map(([lookup, own]) => joinLookup(lookup, own)),
        ...(this.spine === undefined ? [] : [this.#joinSpine(this.spine)]),
      ],
      tree,
      standing,
    }
  }

  #source(node: CubeNode, standing: Standing, tree: JoinTree): From {
    const source = pushFilters(this.#context.source(node), this.#askedRows(node, tree), this.#question)
    const isOptional = standing.isOptional && node === this.#fact?.node && primaryKeyOf(node).length === 0
    return isOptional || this.#marked.has(node.name) ? { ...source, mark: MARK } : source
  }

  #askedRows(node: CubeNode, { root, joins }: JoinTree): AskedRows | undefined {
    if (this.#tested === undefined) return undefined
    const { segments, timezone } = this.#question
    const shifts = this.#fact?.shifts ?? []
    return {
      filters: this.#tested,
      segments,
      timezone,
      shift: (of, member) => (member.type === 'time' ? shiftOf(shifts, of, member) : undefined),
      isRoot: node === root && joins.every(({ join }) => join.type !== 'full'),
    }
  }

  #joinSubQuery(subQuery: SubQuery): JoinNode {
    const { node, alias } = subQuery
    const relation = subQueryRelation(subQuery, this.#question, this.#context)
    const on = primaryKeyOf(node).map(
      (dimension, index): Condition => ({
        kind: 'relate',
        operator: '=',
        left: this.member(node, dimension),
        right: { kind: 'column', alias, name: `k${index}` },
      }),
    )
    return { type: 'left', from: { kind: 'derived', alias, relation }, on }
  }

  #joinSpine({ from, low, high }: Spine): JoinNode {
    const { node, member } = this.#frame!
    const argument = this.member(node, member)
    const by = this.#shift(node, member)
    const { timezone } = this.#question
    const local: Expression =
      by === undefined
        ? { kind: 'local-time', timezone, argument, offsets: undefined }
        : shiftedLocal({ argument, by, timezone })
    const on: Condition[] = []
    if (low !== undefined) on.push({ kind: 'relate', operator: '>=', left: local, right: low })
    if (high !== undefined) on.push({ kind: 'relate', operator: '<', left: local, right: high })
    return on.length === 0 ? { type: 'cross', from, on } : { type: 'inner', from, on }
  }

  /** Whether a row of the fact, or of another node, is there where there may be none; of another node, before {@link rows}. */
  presence(node = this.#fact!.node): Condition {
    const [key] = primaryKeyOf(node).map((dimension) => this.member(node, dimension))
    if (key === undefined) this.#marked.add(node.name)
    const argument: Expression = key ?? { kind: 'column', alias: node.name, name: MARK }
    return { kind: 'present', isNegated: false, argument }
  }
}

function isSameWay(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return (
    a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((name, at) => name === b[at]))
  )
}

function nullTypeOf(member: Dimension | Measure): NullType {
  if (member.kind === 'measure') return 'number'
  const type = comparedType(member.type)
  return type === 'geo' ? 'string' : type
}
