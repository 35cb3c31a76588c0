import fc from 'fast-check'
import { type Call, CHOICES, COMPARISONS, isTest, LOGIC, NUMBER_CALLS, SINGLE_CALLS } from './calls.ts'
import { DAY_OPERATORS } from './conditions.ts'
import type { Asked, AskedBin, AskedFilter, AskedTime, Formula } from './evaluate.ts'
import { CASES, MEASURES } from './members.ts'
import type { Caller, Policy, Rule, RuleValue } from './policies.ts'
import { RULED } from './sight.ts'
import {
  cubeOf,
  type ExtraDimension,
  GRANULARITIES,
  membersOfView,
  nodesOf,
  type Row,
  type World,
  type WorldCube,
  type WorldJoin,
  type WorldView,
} from './world.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e']
const TIMES = [
  '2025-12-31T23:30:00Z',
  '2026-01-31T12:00:00Z',
  '2026-02-28T22:45:00Z',
  '2026-03-28T23:30:00Z',
  '2026-03-29T00:30:00Z',
  '2026-03-29T01:30:00Z',
  '2026-04-01T00:00:00Z',
  '2026-05-15T09:00:00Z',
]

/** How two cubes are joined: which of them declares it, and how often. */
interface Edge {
  readonly parent: number
  readonly child: number
  readonly declaredBy: 'parent' | 'child' | 'one_to_one'
  readonly type: 'left' | 'inner' | 'full'
  readonly hasAlias: boolean
}

const list = <T>(item: fc.Arbitrary<T>, maxLength: number, minLength = 0) => fc.array(item, { minLength, maxLength })
/** `absent` times without one for each `present` times with. */
const maybe = <T>(item: fc.Arbitrary<T>, absent = 1, present = 1): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: absent, arbitrary: fc.constant(undefined) }, { weight: present, arbitrary: item })
const weighted = <T>(...cases: (readonly [number, fc.Arbitrary<T>])[]): fc.Arbitrary<T> =>
  fc.oneof(...cases.map(([weight, arbitrary]) => ({ weight, arbitrary })))

/** Three to five cubes: trees and diamonds of joins, rows without parents, nulls, repeated keys on the many side. */
const cubes: fc.Arbitrary<WorldCube[]> = fc.integer({ min: 3, max: 5 }).chain((count) => {
  const edge = fc
    .record({
      child: fc.integer({ min: 1, max: count - 1 }),
      up: fc.nat(),
      declaredBy: fc.constantFrom<Edge['declaredBy']>('child', 'child', 'parent', 'parent', 'one_to_one'),
      type: fc.constantFrom<Edge['type']>('left', 'left', 'left', 'left', 'inner', 'full'),
      hasAlias: fc.boolean(),
    })
    .map(({ up, ...rest }): Edge => ({ ...rest, parent: up % rest.child }))
  const row = fc.record({
    t: fc.constantFrom('x', 'y', null),
    n: fc.constantFrom(-1, 0, 1, 2, 3, null),
    seen: fc.option(fc.constantFrom(...TIMES), { nil: null, freq: 6 }),
    keys: list(fc.constantFrom(1, 2, 3, 9, null), 6, 6),
  })
  const extra = fc.record({
    outer: fc.nat(),
    sub: fc.nat(),
    measure: fc.constantFrom('count', 'total', 'most', 'share', 'kinds'),
    propagates: fc.boolean(),
    other: fc.nat(),
    masks: fc.record({ t: fc.constant('***'), total: fc.constant(-7) }, { requiredKeys: [] }),
  })
  return fc
    .record({
      edges: list(edge, count + 1, count - 1),
      hasKey: list(fc.constantFrom<WorldCube['hasKey']>(true, true, 'composite', 'composite', false), count, count),
      rows: list(list(row, 6), count, count),
      extras: list(extra, count, count),
      policies: list(
        maybe(policies(new Map(RULED.map((name) => [name, name])), [...MEMBERS, 'outer', 'sub', 'per_other']), 3),
        count,
        count,
      ),
    })
    .map(({ edges, hasKey, rows, extras, policies }) => {
      const joins = NAMES.map((): WorldJoin[] => [])
      const columns = NAMES.map(() => ['id', 't', 'n', 'seen'])
      for (const [index, { parent, child, declaredBy, type, hasAlias }] of edges.entries()) {
        const [owner, target] = declaredBy === 'child' ? [child, parent] : [parent, child]
        const isTaken = joins[owner]!.some((join) => join.cube === NAMES[target])
        const node = hasAlias || isTaken ? `role_${index}` : NAMES[target]!
        const key = `k${index}`
        if (declaredBy !== 'one_to_one') columns[child]!.push(key)
        joins[owner]!.push({
          node,
          cube: NAMES[target]!,
          relationship: declaredBy === 'child' ? 'many_to_one' : declaredBy === 'parent' ? 'one_to_many' : 'one_to_one',
          type,
          from: declaredBy === 'child' ? key : 'id',
          to: declaredBy === 'parent' ? key : 'id',
        })
      }
      return NAMES.slice(0, count).map((name, index): WorldCube => {
        const { masks, ...rest } = extras[index]!
        return {
          name,
          hasKey: hasKey[index]!,
          columns: [...columns[index]!, ...(hasKey[index] === 'composite' ? ['p', 'q'] : [])],
          joins: joins[index]!,
          rows: rows[index]!.map(({ keys, ...cells }, at): Row => {
            const foreign = columns[index]!.slice(4).map((column) => [column, keys[Number(column.slice(1)) % 6]!])
            return { id: at + 1, p: Math.floor(at / 2), q: at % 2, ...cells, ...Object.fromEntries(foreign) }
          }),
          ...extraMembers(joins[index]!, hasKey[index]!, rest),
          masks,
          policies: policies[index] ?? [],
        }
      })
    })
})

/** Dimensions of other cubes: only what joins lead to, and only where one value belongs to a row. */
function extraMembers(
  joins: readonly WorldJoin[],
  hasKey: WorldCube['hasKey'],
  pick: { readonly outer: number; readonly sub: number; readonly other: number; measure: string; propagates: boolean },
): Pick<WorldCube, 'extras' | 'other'> {
  const extras: Record<string, ExtraDimension> = {}
  const single = joins.filter((join) => join.relationship !== 'one_to_many')
  if (single.length > 0) extras.outer = { kind: 'outer', node: single[pick.outer % single.length]!.node }
  const { measure, propagates } = pick
  if (hasKey !== false && joins.length > 0)
    extras.sub = { kind: 'sub', node: joins[pick.sub % joins.length]!.node, measure, propagates }
  return { extras, other: joins.length === 0 ? undefined : joins[pick.other % joins.length]!.node }
}

const MEMBERS = ['id', 't', 'n', 'seen', 'pick', ...Object.keys(CASES), ...Object.keys(MEASURES), 'big', 'named']

/**
 * One to three policies that open much: else most questions would be refused. `tested`: names that rules may use, and what they
 * are in their cubes.
 */
function policies(tested: ReadonlyMap<string, string>, members: readonly string[]): fc.Arbitrary<Policy[]> {
  const value = (values: fc.Arbitrary<RuleValue>) => list(values, 2, 1)
  const texts = fc.constantFrom<RuleValue>({ value: 'x' }, { value: 'y' }, { attribute: 'texts' })
  const numbers = fc.constantFrom<RuleValue>({ value: 0 }, { value: 1 }, { value: 2 }, { attribute: 'numbers' })
  const labels = fc.constantFrom<RuleValue>({ value: 'small' }, { value: 'large' }, { value: 'none' })
  const named = (member: string) => [...tested].flatMap(([name, own]) => (own === member ? [name] : []))
  const one = (
    end: string,
    operators: readonly ('equals' | 'notEquals' | 'gt' | 'lte')[],
    values: fc.Arbitrary<RuleValue[]>,
  ) =>
    named(end).length === 0
      ? []
      : [fc.record({ member: fc.constantFrom(...named(end)), operator: fc.constantFrom(...operators), values })]
  const condition: fc.Arbitrary<Rule> = fc.oneof(
    ...one('t', ['equals', 'notEquals'], value(texts)),
    ...one('n', ['equals', 'notEquals'], value(numbers)),
    ...one('n', ['gt', 'lte'], list(numbers, 1, 1)),
    ...Object.keys(CASES).flatMap((name) => one(name, ['equals', 'notEquals'], value(labels))),
    fc.record({
      member: fc.constantFrom(...tested.keys()),
      operator: fc.constantFrom('set', 'notSet'),
      values: fc.constant([]),
    }),
  )
  const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'small', maxDepth: 2, withCrossShrink: true },
      condition,
      fc.record({ or: list(tie('rule'), 3, 1) }),
      fc.record({ and: list(tie('rule'), 2, 1) }),
    ),
  }))
  const hidden = fc.uniqueArray(fc.constantFrom(...members), { maxLength: 3 })
  const policy = fc
    .record({
      role: fc.constantFrom<Policy['role']>('*', '*', 'viewer', 'boss'),
      when: maybe(fc.constantFrom('trusted', 'missing'), 6),
      hidden: maybe(fc.tuple(hidden, fc.boolean()), 2),
      rules: maybe(list(rule, 2, 1)),
    })
    .map(
      ({ role, when, hidden, rules }): Policy => ({
        role,
        when,
        rules,
        includes: hidden === undefined ? undefined : members.filter((name) => !hidden[0].includes(name)),
        masks: hidden?.[1] === true && hidden[0].length > 0 ? hidden[0] : undefined,
      }),
    )
  // Mostly one for everyone.
  return fc
    .tuple(list(policy, 3, 1), fc.integer({ min: 0, max: 5 }))
    .map(([[first, ...rest], rare]) =>
      rare === 0 ? [first!, ...rest] : [{ ...first!, role: '*' as const, when: undefined }, ...rest],
    )
}

/** Policies name only members that are there. */
function fitting(list: readonly Policy[], has: (member: string) => boolean): Policy[] {
  return list.map((policy) => ({
    ...policy,
    includes: policy.includes?.filter(has),
    masks: policy.includes === undefined || policy.masks?.some(has) !== true ? undefined : policy.masks.filter(has),
  }))
}

/** A view: ways along joins, and under which names what is at their ends shows. */
function views(name: string, all: readonly WorldCube[]): fc.Arbitrary<WorldView[]> {
  const world: World = { cubes: all, views: [] }
  const part = fc.record({
    steps: list(fc.nat(), 3),
    alias: fc.boolean(),
    skipped: list(fc.constantFrom(...MEMBERS), 4),
  })
  return fc
    .record({ root: fc.nat(), parts: list(part, 3, 1), rules: maybe(fc.nat()), isThere: fc.boolean() })
    .chain(({ root, parts, rules, isThere }): fc.Arbitrary<WorldView[]> => {
      if (!isThere) return fc.constant([])
      const start = all[root % all.length]!.name
      const paths = new Map<string, WorldView['parts'][number]>()
      for (const { steps, alias, skipped } of [{ steps: [], alias: false, skipped: [] }, ...parts]) {
        const path = [start]
        for (const step of steps) {
          const { joins } = cubeOf(world, path.at(-1)!)
          const next = joins[step % Math.max(joins.length, 1)]?.node
          if (next !== undefined && !path.includes(next)) path.push(next)
        }
        const at = path.length === 1 ? undefined : alias ? `p${paths.size}` : path.at(-1)!
        if (paths.has(path.join()) || [...paths.values()].some(({ prefix }) => prefix === at && at !== undefined))
          continue
        const cube = cubeOf(world, path.at(-1)!)
        const members = [...MEMBERS, ...Object.keys(cube.extras)].filter((name) => !skipped.includes(name))
        paths.set(path.join(), { path, prefix: at, includes: members })
      }
      const view: WorldView = { name, parts: [...paths.values()], policies: [] }
      if (rules === undefined) return fc.constant([view])
      const names = [...membersOfView(view).keys()]
      const tested = new Map(
        [...membersOfView(view)].flatMap(([name, { member }]) =>
          RULED.includes(member) ? [[name, member] as const] : [],
        ),
      )
      if (tested.size === 0) return fc.constant([view])
      return policies(tested, names).map((list) => [
        { ...view, policies: fitting(list, (name) => names.includes(name)) },
      ])
    })
}

/** Cubes that hide nothing, without views. */
export const bareWorlds: fc.Arbitrary<World> = cubes.map((all) => ({
  cubes: all.map((cube) => ({ ...cube, extras: {}, other: undefined, policies: [] })),
  views: [],
}))

/** Cubes and a view of them, of which policies hide some. */
export const worlds: fc.Arbitrary<World> = cubes
  .map((all) =>
    all.map(
      (cube): WorldCube => ({
        ...cube,
        policies: fitting(
          cube.policies,
          (name) => MEMBERS.includes(name) || name in cube.extras || (name === 'per_other' && cube.other !== undefined),
        ),
      }),
    ),
  )
  .chain((all) => fc.tuple(views('v', all), views('w', all)).map((found) => ({ cubes: all, views: found.flat() })))

/** Who asks: mostly people, whom cubes without policies are open to. */
export function callers(world: World): fc.Arbitrary<Caller> {
  const cube = fc.constantFrom(...world.cubes.map(({ name }) => name))
  const filter: fc.Arbitrary<Rule> = fc
    .tuple(cube, fc.constantFrom('x', 'y'), fc.constantFrom(0, 1, 2), fc.constantFrom(0, 1, 2))
    .map(([name, text, number, form]): Rule => {
      const t: Rule = { member: `${name}.t`, operator: 'notEquals', values: [{ value: text }] }
      const n: Rule = { member: `${name}.n`, operator: 'gt', values: [{ value: number }] }
      return form === 0 ? t : form === 1 ? n : { or: [t, n] }
    })
  const listed = fc.tuple(cube, fc.constantFrom('total', 'most', 'sign')).map((parts) => [parts.join('.')])
  const none = fc.constant<string[]>([])
  return fc.record({
    kind: weighted<Caller['kind']>([9, fc.constant('user')], [1, fc.constant('embed')]),
    roles: fc.constantFrom<readonly string[]>(['viewer', 'boss'], ['viewer', 'boss'], ['viewer'], []),
    attributes: fc
      .record({
        texts: maybe(fc.constantFrom<readonly string[]>(['x'], ['x', 'y']), 1, 4),
        numbers: maybe(fc.constantFrom<readonly number[]>([1], [0, 2]), 1, 4),
        trusted: fc.boolean(),
      })
      .map(({ texts, numbers, trusted }): Caller['attributes'] => ({
        trusted,
        ...(texts !== undefined && { texts }),
        ...(numbers !== undefined && { numbers }),
      })),
    filters: weighted<Rule[]>([4, fc.constant([])], [1, list(filter, 2, 1)]),
    denied: weighted<string[]>([8, none], [1, listed]),
    masked: weighted<string[]>([5, none], [1, listed]),
  })
}

const RANGES: (readonly [string, string])[] = [
  ['2026-01-15', '2026-03-31'],
  ['2026-03-01', '2026-05-31'],
  ['2025-12-31', '2026-02-28'],
]

/** What a question may name: members of cubes and roles, or of a view. */
interface Names {
  readonly texts: readonly string[]
  readonly numbers: readonly string[]
  readonly times: readonly string[]
  readonly measures: readonly string[]
  readonly filtered: readonly string[]
  readonly segments: readonly string[]
  readonly picks: readonly string[]
}

function namesOf(world: World, views: number, root: string | undefined): Names {
  const named = world.views.slice(0, views)
  const all =
    named.length > 0
      ? named.flatMap((view) =>
          [...membersOfView(view)].map(([own, { member }]) => ({ name: `${view.name}.${own}`, member })),
        )
      : (root === undefined ? nodesOf(world) : reachedFrom(world, root)).flatMap((node) =>
          [
            ...MEMBERS,
            ...Object.keys(cubeOf(world, node).extras),
            ...(cubeOf(world, node).other === undefined ? [] : ['per_other']),
          ].map((member) => ({ name: `${node}.${member}`, member })),
        )
  const pick = (...members: string[]) => all.filter(({ member }) => members.includes(member)).map(({ name }) => name)
  return {
    texts: pick('t', 't', ...Object.keys(CASES), 'outer'),
    numbers: pick('n', 'sub'),
    times: pick('seen'),
    measures: pick(...Object.keys(MEASURES), 'per_other'),
    filtered: pick('large', 'untold'),
    segments: pick('big', 'named'),
    picks: pick('pick'),
  }
}

function reachedFrom(world: World, root: string): readonly string[] {
  const reached = new Set([root])
  for (const node of reached) for (const join of cubeOf(world, node).joins) reached.add(join.node)
  return [...reached]
}

/** Questions about a world: on a view, or on cubes that joins lead to from one, or on any. */
export function questions(world: World): fc.Arbitrary<Asked> {
  return fc
    .record({ views: fc.constantFrom(0, 0, 0, 1, 1, 2), root: maybe(fc.constantFrom(...nodesOf(world)), 1, 5) })
    .chain(({ views, root }) => questionsOn(namesOf(world, views, root)))
}

function questionsOn({ texts, numbers, times, measures, filtered, segments, picks }: Names): fc.Arbitrary<Asked> {
  const none = fc.constant<never[]>([])
  const from = (names: readonly string[]) => (names.length === 0 ? undefined : fc.constantFrom(...names))
  const text = from(texts)
  const number = from(numbers)
  const measure = from(measures)
  const dimension = fc.oneof(...[text, text, number].flatMap((one) => one ?? []))
  const values = fc.constantFrom(0, 1, 2)
  const group: fc.Arbitrary<AskedFilter>[] =
    measure === undefined
      ? []
      : [fc.record({ member: measure, operator: fc.constantFrom('gt', 'lte', 'set'), values: list(values, 1, 1) })]
  const rows: fc.Arbitrary<AskedFilter>[] = [
    ...(text === undefined
      ? []
      : [
          fc.record({
            member: text,
            operator: fc.constantFrom('equals', 'notEquals'),
            values: list(fc.constantFrom('x', 'y', 'small', 'large'), 2, 1),
          }),
          fc.record({
            member: text,
            operator: fc.constantFrom(
              ...(['contains', 'notContains', 'startsWith', 'notStartsWith', 'endsWith', 'notEndsWith'] as const),
            ),
            values: list(fc.constantFrom('X', 'y', 'all'), 2, 1),
          }),
        ]),
    ...(number === undefined
      ? []
      : [
          fc.record({
            member: number,
            operator: fc.constantFrom('gt', 'gte', 'lt', 'lte'),
            values: list(values, 1, 1),
          }),
          fc.record({ member: number, operator: fc.constantFrom('set', 'notSet'), values: none }),
        ]),
    ...(times.length === 0
      ? []
      : [
          fc.record({
            member: fc.constantFrom(...times),
            operator: fc.constant('inDateRange' as const),
            values: fc.constantFrom<readonly [string, string]>(...(RANGES as [readonly [string, string]])),
          }),
          fc
            .tuple(fc.constantFrom(...times), fc.constantFrom(...DAY_OPERATORS), fc.constantFrom(...RANGES))
            .map(([member, operator, [first, last]]): AskedFilter => {
              return { member, operator, values: operator === 'notInDateRange' ? [first, last] : [last] }
            }),
        ]),
    ...(filtered.length === 0
      ? []
      : [fc.record({ member: fc.constantFrom(...filtered), operator: fc.constant('measureFilter' as const) })]),
  ]
  const { filter } = fc.letrec<{ filter: AskedFilter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', maxDepth: 2, withCrossShrink: true },
      fc.oneof(...rows, ...rows, ...group),
      fc.record({ or: list(tie('filter'), 3, 1) }),
      fc.record({ and: list(tie('filter'), 2, 1) }),
    ),
  }))
  return fc
    .record({
      measures: measure === undefined ? none : fc.uniqueArray(measure, { maxLength: 3 }),
      dimensions: fc.uniqueArray(dimension, { maxLength: 2 }),
      bins:
        number === undefined
          ? none
          : weighted<AskedBin[]>(
              [8, none],
              [
                1,
                fc
                  .record(
                    { dimension: number, width: fc.constantFrom(1, 2), min: fc.constant(0), max: fc.constant(2) },
                    { requiredKeys: ['dimension', 'width'] },
                  )
                  .map((bin) => [bin]),
              ],
            ),
      times: times.length === 0 ? none : times_(times),
      segments: segments.length === 0 ? none : weighted([5, none], [1, list(fc.constantFrom(...segments), 1)]),
      filters: list(filter, 2),
      calculations:
        measure === undefined
          ? none
          : weighted([4, none], [1, formula(measure).map((value) => [{ name: 'made', value }])]),
      timezone: fc.constantFrom('UTC', 'Europe/Brussels', 'America/New_York'),
      weekStart: fc.constantFrom<Asked['weekStart']>('monday', 'monday', 'sunday'),
      fiscalYearStart: fc.constantFrom(1, 1, 4, 11),
      form: fc.constantFrom('plain', 'plain', 'subtotals', 'some', 'top', 'top'),
      isOrdered: fc.boolean(),
      limit: fc.integer({ min: 1, max: 4 }),
      rows: maybe(fc.integer({ min: 1, max: 6 }), 2),
      offset: maybe(fc.integer({ min: 1, max: 4 }), 5),
      isPaged: fc.boolean(),
      isUngrouped: fc.integer({ min: 0, max: 7 }).map((number) => number === 0),
      hidden: measure === undefined ? fc.constant(undefined) : maybe(measure, 3),
      made: maybe(
        fc.oneof(
          fc.record({ operator: fc.constantFrom('gt', 'lte'), values: list(values, 1, 1) }),
          fc.record({ operator: fc.constantFrom('set', 'notSet'), values: none }),
        ),
        2,
      ),
      direction: fc.constantFrom<'asc' | 'desc'>('asc', 'desc'),
      others: maybe(fc.constant('Rest')),
      pick: from(picks) === undefined ? fc.constant(undefined) : maybe(from(picks)!, 12),
      picked:
        from(picks) === undefined
          ? none
          : list(
              fc.record({
                member: from(picks)!,
                operator: fc.constantFrom('equals', 'notEquals', 'contains'),
                values: list(fc.constantFrom('A', 'B', 'C'), 2, 1),
              }),
              2,
            ),
      isWild: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
    })
    .map(
      ({
        form,
        isOrdered,
        limit,
        rows,
        offset,
        isPaged,
        isUngrouped,
        hidden,
        made,
        direction,
        others,
        isWild,
        pick,
        picked,
        ...wanted
      }): Asked => {
        if (isUngrouped) return rowsOf(wanted, offset, rows, isOrdered ? direction : undefined, isWild)
        const isTestable = (filter: AskedFilter) => isWild || canBeTested(filter, measures, wanted.dimensions)
        const isMade = wanted.calculations.length > 0
        const isMeant = made !== undefined && isMade
        const isFit = isMeant && (!isTest(wanted.calculations[0]!.value) || made.values.length === 0)
        // Also as one of several, of which one is enough.
        const beside =
          isFit && isPaged
            ? wanted.filters.find((filter) => canBeBeside(filter, measures, wanted.dimensions))
            : undefined
        const own: AskedFilter[] = isFit ? [{ member: 'calc.made', ...made }] : []
        const madeFilters = beside === undefined ? own : [{ or: [beside, ...own] }]
        const names = [...namesIn(wanted.filters), ...namesIn(wanted.calculations), ...wanted.measures, hidden]
        const isSwitched = pick !== undefined || names.some((name) => name?.includes('chosen') === true)
        const asked = {
          ...wanted,
          dimensions: [...wanted.dimensions, ...(pick === undefined ? [] : [pick])],
          filters: [
            ...(isSwitched ? picked : []),
            ...wanted.filters.filter((filter) => isTestable(filter) && filter !== beside),
            ...madeFilters,
          ],
        }
        const grouped = [
          ...asked.times.flatMap((time) => (time.granularity === undefined ? [] : [time.dimension])),
          ...asked.dimensions,
          ...asked.bins.map((bin) => bin.dimension),
        ]
        const [first] = asked.dimensions
        const [ranked] = asked.measures
        const isDistinct = new Set(grouped).size === grouped.length
        return {
          ...asked,
          ...(!isSwitched && form === 'subtotals' && grouped.length > 0 && { subtotals: true as const }),
          ...(!isSwitched &&
            form === 'some' &&
            grouped.length > 0 &&
            isDistinct && { subtotals: [[grouped.at(-1)!], []] }),
          ...(!isSwitched &&
            form === 'top' &&
            first !== undefined &&
            ranked !== undefined && {
              topN: {
                ...{ dimension: first, limit, direction },
                ...(others !== undefined && { others }),
                ...(hidden !== undefined && { measure: hidden }),
              },
            }),
          ...(isOrdered && {
            order: [
              ...(ranked === undefined ? [] : [[ranked, direction] as const]),
              ...asked.dimensions.map((name) => [name, direction] as const),
              ...(hidden === undefined || hidden === ranked ? [] : [[hidden, direction] as const]),
              ...(isMade ? [['calc.made', 'asc'] as const] : []),
            ],
          }),
          // Nothing tells where a page ends by what is not shown.
          ...(isPaged &&
          !isSwitched &&
          rows !== undefined &&
          !(isOrdered && hidden !== undefined && !asked.measures.includes(hidden))
            ? { limit: rows, isPaged }
            : { ...(rows !== undefined && { limit: rows }), ...(offset !== undefined && { offset }) }),
        }
      },
    )
    .filter(
      ({ measures, dimensions, bins, times, calculations }) =>
        measures.length + dimensions.length + bins!.length + calculations.length > 0 ||
        times.some(({ granularity }) => granularity !== undefined),
    )
}

/** Names of members anywhere in a part of a question. */
function namesIn(part: unknown): string[] {
  return [...JSON.stringify(part).matchAll(/"(?:name|member)":"([^"]+)"/g)].map(([, name]) => name!)
}

/** The same about rows as they are: without what is about groups. */
function rowsOf(
  { calculations: _, measures, filters, times, ...asked }: Asked,
  offset: number | undefined,
  limit: number | undefined,
  direction: 'asc' | 'desc' | undefined,
  isWild: boolean,
): Asked {
  const ofRows = isWild ? measures : measures.filter((name) => hasRows(name.split('.')[1]!))
  return {
    ...asked,
    measures: ofRows,
    filters: filters.filter((filter) => isWild || canBeTested(filter, [], [])),
    times: times.map(({ compare: _compare, fill: _fill, ...time }) => time),
    calculations: [],
    isUngrouped: true,
    ...(direction !== undefined && {
      order: [...asked.dimensions, ...ofRows].map((name) => [name, direction] as const).reverse(),
    }),
    ...(limit !== undefined && { limit }),
    ...(offset !== undefined && { offset }),
  }
}

/** Whether a measure, by its name in a cube or view, has a value for each row. */
function hasRows(name: string): boolean {
  const found = Object.entries(MEASURES).find(([own]) => name === own || name.endsWith(`_${own}`))?.[1]
  if (found === undefined) return false
  const { type, rolling, toDate, stage } = found
  return !['number', 'count_distinct'].includes(type) && (rolling ?? toDate ?? stage) === undefined
}

/** Whether a tree that mixes measures with dimensions, which is tested on groups, names only dimensions that are columns. */
function canBeTested(filter: AskedFilter, measures: readonly string[], dimensions: readonly string[]): boolean {
  const isMeasure = (name: string) => measures.includes(name)
  const leaves = leavesOf(filter)
  const isGrouped = leaves.some(({ member, operator }) => operator !== 'measureFilter' && isMeasure(member))
  return !isGrouped || canBeBeside(filter, measures, dimensions)
}

function canBeBeside(filter: AskedFilter, measures: readonly string[], dimensions: readonly string[]): boolean {
  return leavesOf(filter).every(
    ({ member, operator }) =>
      operator !== 'measureFilter' &&
      (measures.includes(member) || (dimensions.includes(member) && operator !== 'inDateRange')),
  )
}

function leavesOf(filter: AskedFilter): Exclude<AskedFilter, { and: unknown } | { or: unknown }>[] {
  if ('and' in filter) return filter.and.flatMap(leavesOf)
  return 'or' in filter ? filter.or.flatMap(leavesOf) : [filter]
}

/** Buckets of the calendar and of the model, of one time or two; spans, compared spans, filled ones. */
function times_(names: readonly string[]): fc.Arbitrary<AskedTime[]> {
  const range = fc.constantFrom(...RANGES)
  const granularity = fc.constantFrom('day', 'week', 'month', 'quarter', 'year', ...Object.keys(GRANULARITIES))
  const time: fc.Arbitrary<AskedTime> = fc
    .record({
      dimension: fc.constantFrom(...names),
      granularity: maybe(granularity, 1, 3),
      dateRange: maybe(range, 1, 2),
      compare: maybe(list(range, 2, 2), 6),
      fill: maybe(fc.constantFrom<'null' | 'zero'>('null', 'zero'), 2),
    })
    .map(
      ({ dimension, granularity, dateRange, compare, fill }): AskedTime => ({
        dimension,
        ...(granularity !== undefined && { granularity }),
        ...(compare !== undefined ? { compare } : dateRange !== undefined && { dateRange }),
        ...(fill !== undefined && granularity !== undefined && (compare ?? dateRange) !== undefined && { fill }),
      }),
    )
    .filter(({ granularity, dateRange, compare }) => (granularity ?? dateRange ?? compare) !== undefined)
  const plain = time.filter(({ compare, fill }) => compare === undefined && fill === undefined)
  // Also those that do not nest: weeks and months.
  const sizes = fc
    .tuple(time, fc.uniqueArray(granularity, { minLength: 1, maxLength: 2 }), fc.boolean())
    .filter(([first, others]) => first.granularity !== undefined && !others.includes(first.granularity))
    .map(([first, others, isLast]): AskedTime[] => {
      const rest = others.map((one) => ({ dimension: first.dimension, granularity: one }))
      return isLast ? [...rest, first] : [first, ...rest]
    })
  return weighted<AskedTime[]>(
    [3, fc.constant([])],
    [6, time.map((one) => [one])],
    [
      1,
      fc
        .tuple(time, plain)
        .filter(([one, other]) => one.dimension !== other.dimension || one.granularity !== other.granularity),
    ],
    [1, sizes],
  )
}

function formula(measure: fc.Arbitrary<string>): fc.Arbitrary<Formula> {
  const leaf = weighted<Formula>(
    [3, measure.map((name) => ({ kind: 'measure', name }))],
    [1, fc.constantFrom(-1, 0, 2).map((value) => ({ kind: 'number', value }))],
  )
  const call = (names: object, ...args: fc.Arbitrary<Formula>[]): fc.Arbitrary<Formula> =>
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom(...(Object.keys(names) as Call[])),
      args: fc.tuple(...args),
    })
  const test = call(COMPARISONS, leaf, leaf)
  const { not, told, ...joined } = LOGIC
  const tests = weighted([2, test], [1, call(joined, test, test)], [1, call({ not, told }, test)])
  const { when, either } = CHOICES
  const numbers = (part: fc.Arbitrary<Formula>) =>
    weighted(
      [3, call(NUMBER_CALLS, part, part)],
      [2, call(SINGLE_CALLS, part)],
      [1, call({ either }, tests, part, part)],
      [1, call({ when }, tests, part)],
    )
  return weighted([6, numbers(weighted([2, leaf], [1, numbers(leaf)]))], [1, tests]).filter(hasMeasure)
}

function hasMeasure(formula: Formula): boolean {
  return formula.kind === 'measure' || (formula.kind === 'call' && formula.args.some(hasMeasure))
}
