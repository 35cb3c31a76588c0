import type { MeasureSource } from '../schema/measure.ts'
import { hasAggregate } from './aggregate-sql.ts'
import type { Report } from './build-context.ts'
import { buildPresentation } from './build-presentation.ts'
import { describeMember, usedBy } from './describe-member.ts'
import type { Measure, SqlReference, SqlTemplate, ViewMember } from './model.ts'
import type { Keys } from './model-problems.ts'
import { didYouMean } from './nearest-name.ts'
import { OWN_NAMES } from './resolve-member.ts'
import { scanSql } from './scan-sql.ts'

/** What a view's own measure may say; everything else belongs to the measures it is made of. */
const KEYS: ReadonlySet<string> = new Set([
  'name',
  'title',
  'description',
  'public',
  'shown',
  'meta',
  'format',
  'currency',
  'unit',
  'fraction_digits',
  'type',
  'sql',
  'multi_stage',
  'better',
  'mask',
  'drill_members',
])
const TYPES = { number: 'number', number_agg: 'number', string: 'string', time: 'time', boolean: 'boolean' } as const

/** A view while it is built: its name and the members it has so far. */
interface Owner {
  readonly name: string
  readonly members: ReadonlyMap<string, ViewMember>
  readonly report: Report
}

/**
 * A measure of the view itself, computed of measures that the view has, each answered by itself. It is seen by those who may see
 * all of these. `undefined` after reporting what is wrong.
 */
export function buildViewMeasure(source: MeasureSource, keys: Keys, owner: Owner): ViewMember | undefined {
  const report: Report = (at, message) => owner.report([...keys, ...at], message)
  const type = TYPES[source.type as keyof typeof TYPES] as Measure['type'] | undefined
  if (type === undefined) {
    report(
      ['type'],
      `a view's own measure is made of its measures and of type ${Object.keys(TYPES).join(', ').replace('number_agg, ', '')}; define a ${source.type} in a cube`,
    )
    return undefined
  }
  for (const key of Object.keys(source))
    if (!KEYS.has(key)) report([key], `a view's own measure has no ${key}; give it to a measure of a cube`)
  if (typeof source.mask === 'object') report(['mask'], "the mask of a view's own measure is a value, not sql")
  if (source.sql === undefined) {
    report([], `a measure of type ${source.type} needs sql`)
    return undefined
  }
  const { sql, madeOf } = readSql(source.sql, owner, (message) => report(['sql'], message))
  const [first] = madeOf
  if (first === undefined) return undefined
  const { presentation, formatPattern } = buildPresentation(source, undefined, keys, owner.report)
  const described = describeMember(source)
  const member: Measure = Object.freeze({
    ...described,
    kind: 'measure',
    // No cube's member has such a name, so nothing that goes by a cube's names takes it for one.
    name: `${owner.name}.${source.name}`,
    uses: usedBy([sql]).uses,
    touches: Object.freeze([]),
    type,
    sql,
    filters: Object.freeze([]),
    better: source.better,
    percentile: undefined,
    rollingWindow: undefined,
    multiStage: undefined,
    drillMembers: drillMembers(source, owner, report),
    mask: typeof source.mask === 'object' ? undefined : source.mask,
    isPii: madeOf.some((part) => part.member.kind === 'measure' && part.member.isPii),
    presentation,
    ...(formatPattern !== undefined && { formatPattern }),
  })
  return Object.freeze({
    ...described,
    presentation,
    ...(formatPattern !== undefined && { formatPattern }),
    node: first.node,
    member,
    path: first.path,
    madeOf: Object.freeze(madeOf),
  })
}

function readSql(
  text: string,
  owner: Owner,
  report: (message: string) => void,
): { readonly sql: SqlTemplate; readonly madeOf: ViewMember[] } {
  const scanned = scanSql(text)
  for (const problem of scanned.problems) report(problem)
  const madeOf = new Set<ViewMember>()
  const pieces = scanned.pieces.flatMap((piece): (string | SqlReference)[] => {
    if (typeof piece === 'string') return [piece]
    const part = findPart(piece.call === undefined ? piece.text : '', piece.text, owner, report)
    if (part?.member.kind !== 'measure') return []
    madeOf.add(part)
    // What another own measure computes stands in its place.
    if (part.madeOf !== undefined) return ['(', ...part.member.sql!.pieces, ')']
    return [Object.freeze({ kind: 'member', node: part.node, member: part.member.name })]
  })
  const sql: SqlTemplate = Object.freeze({ pieces: Object.freeze(pieces), isColumn: false })
  if (scanned.problems.length === 0 && scanned.pieces.every((piece) => typeof piece === 'string'))
    report("a view's own measure is made of its measures; name one, such as {CUBE.revenue}")
  if (hasAggregate(sql)) report('measures of a view are aggregated already; define a measure that aggregates in a cube')
  return { sql, madeOf: [...madeOf] }
}

/** `{revenue}`, `{CUBE.revenue}` and `{sales_view.revenue}`; `{orders.revenue}` where the view shows it. */
function findPart(
  written: string,
  text: string,
  { name, members }: Owner,
  report: (message: string) => void,
): ViewMember | undefined {
  const parts = written.split('.').map((part) => part.trim())
  const last = parts.at(-1)!
  const head = parts.length === 2 ? parts[0]! : undefined
  const found =
    parts.length === 1 || (head !== undefined && (OWN_NAMES.has(head) || head === name))
      ? members.get(last)
      : [...members.values()].find((one) => one.node === head && one.member.name === last)
  if (found === undefined) report(`{${text}} is no measure that the view has so far${didYouMean(last, members.keys())}`)
  else if (found.member.kind !== 'measure')
    report(`{${text}} is a ${found.member.kind}; a view's own measure is made of its measures`)
  return found
}

function drillMembers({ drill_members: names }: MeasureSource, owner: Owner, report: Report): readonly string[] {
  return Object.freeze(
    (names ?? []).flatMap((written, position) => {
      const parts = written.replaceAll(/[${}\s]/g, '').split('.')
      const found = owner.members.get(parts.at(-1)!)
      if (found !== undefined && found.member.kind === 'dimension') return [`${found.node}.${found.member.name}`]
      report(
        ['drill_members', position],
        `unknown dimension: ${owner.name}.${parts.at(-1)}${didYouMean(parts.at(-1)!, owner.members.keys())}`,
      )
      return []
    }),
  )
}
