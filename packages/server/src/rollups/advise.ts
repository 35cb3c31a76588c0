import { shapeRollup } from '@datainsight/core/compile'
import type { Cube, MemberRef, Model, PreAggregation } from '@datainsight/core/model'

/** Queries of one shape that no rollup answered. */
export interface AskedShape {
  readonly members: readonly string[]
  readonly count: number
  readonly databaseMs: number
}

/** A rollup that would answer them. */
export interface RollupAdvice {
  readonly cube: string
  readonly yaml: string
  /** What it would store, as queries name it. */
  readonly members: readonly string[]
  /** Queries it could have answered. */
  readonly queries: number
  /** What the data source spent on them, milliseconds: the most that can be saved. */
  readonly savesUpToMs: number
}

/** Most pieces of advice. */
const MAX_ADVICE = 10

/** Rollups for the shapes that cost most, one for each set of dimensions of a cube. They also keep what its row rules test. */
export function adviseRollups(model: Model, shapes: readonly AskedShape[], timezone: string): RollupAdvice[] {
  const groups = new Map<
    string,
    { cube: Cube; measures: Set<string>; dimensions: string[]; times: string[]; count: number; ms: number }
  >()
  for (const shape of shapes) {
    const cubes = new Set(shape.members.map((name) => name.split('.')[0] ?? ''))
    const cube = model.cubes.get([...cubes][0] ?? '')
    if (cubes.size !== 1 || cube === undefined) continue
    const names = shape.members.map((name) => name.slice(cube.name.length + 1))
    const measures = names.filter((name) => cube.members.get(name)?.kind === 'measure')
    const asked = names.filter((name) => cube.members.get(name)?.kind === 'dimension')
    const isTime = (name: string) => {
      const member = cube.members.get(name)
      return member?.kind === 'dimension' && member.type === 'time'
    }
    const dimensions = [...new Set([...asked.filter((name) => !isTime(name)), ...ruleDimensions(cube)])].sort()
    const times = asked.filter(isTime).sort()
    if (measures.length === 0 || measures.length + asked.length < names.length) continue
    if (!isStorable(model, cube, measures, dimensions, times, timezone)) continue
    const key = JSON.stringify([cube.name, dimensions, times])
    const group = groups.get(key) ?? { cube, measures: new Set(), dimensions, times, count: 0, ms: 0 }
    for (const measure of measures) group.measures.add(measure)
    groups.set(key, { ...group, count: group.count + shape.count, ms: group.ms + shape.databaseMs })
  }
  return [...groups.values()]
    .sort((a, b) => b.ms - a.ms)
    .slice(0, MAX_ADVICE)
    .map(({ cube, measures, dimensions, times, count, ms }) => ({
      cube: cube.name,
      yaml: yamlOf(cube, [...measures].sort(), dimensions, times),
      members: [...measures, ...dimensions, ...times].map((name) => `${cube.name}.${name}`).sort(),
      queries: count,
      savesUpToMs: ms,
    }))
}

function ruleDimensions(cube: Cube): string[] {
  return cube.policies.flatMap(({ rule }) => dimensionsIn(rule))
}

function dimensionsIn(rule: Cube['policies'][number]['rule']): string[] {
  if (rule === undefined) return []
  return rule.kind === 'condition' ? [rule.dimension.name] : rule.rules.flatMap(dimensionsIn)
}

function isStorable(
  model: Model,
  cube: Cube,
  measures: readonly string[],
  dimensions: readonly string[],
  times: readonly string[],
  timezone: string,
): boolean {
  const ref = (member: string): MemberRef => ({ node: undefined, member })
  const wanted: PreAggregation = {
    name: 'advised',
    kind: 'rollup',
    measures: measures.map(ref),
    dimensions: dimensions.map(ref),
    segments: [],
    timeDimensions: times.map((member) => ({ dimension: ref(member), granularity: 'day' })),
    partitionGranularity: undefined,
    refreshKey: undefined,
    buildRangeStart: undefined,
    buildRangeEnd: undefined,
    indexes: [],
    rollups: [],
    isScheduled: true,
    allowsLooseRanges: false,
  }
  return 'hash' in shapeRollup(model, cube, wanted, timezone)
}

function yamlOf(
  cube: Cube,
  measures: readonly string[],
  dimensions: readonly string[],
  times: readonly string[],
): string {
  const taken = new Set(cube.preAggregations.map(({ name }) => name))
  const parts = [...dimensions, ...(times.length > 0 ? ['day'] : [])]
  const wanted = parts.length === 0 ? 'all_rows' : `by_${parts.join('_')}`
  const name = [wanted, ...Array.from({ length: taken.size }, (_, index) => `${wanted}_${index + 2}`)].find(
    (one) => !taken.has(one),
  )
  return [
    'pre_aggregations:',
    `  - name: ${name}`,
    `    measures: [${measures.join(', ')}]`,
    ...(dimensions.length === 0 ? [] : [`    dimensions: [${dimensions.join(', ')}]`]),
    ...(times.length === 1 ? [`    time_dimension: ${times[0]}`, '    granularity: day'] : []),
    ...(times.length > 1
      ? ['    time_dimensions:', ...times.map((time) => `      - { dimension: ${time}, granularity: day }`)]
      : []),
    '    refresh_key: { every: 1 hour }',
    '',
  ].join('\n')
}
