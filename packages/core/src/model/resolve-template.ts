import { GRANULARITIES } from '../schema/query.ts'
import type { FilterParam, SqlReference, SqlTemplate } from './model.ts'
import type { CubeDraft, MemberKind, ModelIndex } from './model-index.ts'
import { didYouMean } from './nearest-name.ts'
import type { ContextCall, WrittenFilterParam } from './read-context-call.ts'
import { OWN_NAMES } from './resolve-member.ts'
import { scanSql } from './scan-sql.ts'

/** Where a piece of SQL stands, and what it may name. */
export interface TemplateScope {
  readonly index: ModelIndex
  readonly cube: string
  /** Kinds of members it may use. */
  readonly mayUse: readonly MemberKind[]
  /** In a join's SQL: the node it leads to, by each name that may stand for it. */
  readonly joinTarget?: { readonly names: readonly string[]; readonly node: string }
  /** Whether it is a whole `select`. */
  readonly isSelect?: boolean
  /** Whether it is where a cube's rows come from, so that a query's filters and zone can stand in it. */
  readonly isRows?: boolean
  /** Whether it is an expression inside of a select. */
  readonly isPart?: boolean
  /** What a lambda calls the values of a filter. */
  readonly argumentNames?: readonly string[]
  /** Whether measures of other cubes may stand here: they are answered apart, each in a statement part of its own. */
  readonly mayReachBack?: boolean
}

/** Reads author SQL and resolves its references. Calls `report` for every fault and returns what could be read. */
export function resolveTemplate(sql: string, scope: TemplateScope, report: (message: string) => void): SqlTemplate {
  const { pieces, problems } = scanSql(sql, scope.isSelect === true && scope.isPart !== true)
  for (const problem of problems) report(problem)
  const resolved: (string | SqlReference)[] = []
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece === 'string') resolved.push(piece)
    else {
      if (piece.call !== undefined) {
        const called = resolveCall(piece.call, scope, report)
        if (called !== undefined) resolved.push(called)
        continue
      }
      const position = scope.argumentNames?.indexOf(piece.text) ?? -1
      if (position !== -1) {
        resolved.push(Object.freeze({ kind: 'argument', position }))
        continue
      }
      const next = pieces[index + 1]
      const isQualifier = typeof next === 'string' && next.startsWith('.')
      const reference = resolveReference(piece.text, isQualifier, scope, report)
      if (reference !== undefined) resolved.push(reference)
    }
  }
  qualifyBareColumn(resolved, scope)
  const [first, second] = resolved
  const isColumn =
    resolved.length === 2 &&
    typeof first === 'object' &&
    first.kind === 'alias' &&
    first.node === undefined &&
    typeof second === 'string' &&
    /^\.(?:[A-Za-z_]\w*|"(?:[^"]|"")+")$/.test(second)
  return Object.freeze({ pieces: Object.freeze(resolved), isColumn })
}

/** Stands for conditions where there is no query. */
const ALWAYS = '(1 = 1)'

function resolveCall(
  call: ContextCall,
  scope: TemplateScope,
  report: (message: string) => void,
): SqlReference | string | undefined {
  if (call.kind === 'local-time') {
    if (scope.joinTarget === undefined && (scope.isSelect !== true || scope.isRows === true))
      return Object.freeze({ kind: 'local-time', sql: resolveInner(call.sql, scope, report) })
    report('{SQL_UTILS.convertTz} cannot stand here, where there is no query to have a time zone')
    return undefined
  }
  if (scope.isSelect !== true) {
    report('{FILTER_PARAMS} stands in the sql of a cube only: members are tested by the filters of a query anyway')
    return undefined
  }
  const params = call.params.flatMap((param) => resolveParam(param, scope, report) ?? [])
  return scope.isRows === true ? Object.freeze({ kind: 'filters', params: Object.freeze(params) }) : ALWAYS
}

function resolveParam(
  { cube, member, sql, names }: WrittenFilterParam,
  scope: TemplateScope,
  report: (message: string) => void,
): FilterParam | undefined {
  const node = nodeFor(cube, scope)
  const draft = scope.index.drafts.get(node === '' ? scope.cube : (scope.index.cubeOfNode.get(node ?? '') ?? ''))
  const kind = draft?.members.get(member)
  if (node === undefined || draft === undefined)
    report(`unknown cube: ${cube}${didYouMean(cube, scope.index.cubeOfNode.keys())}`)
  else if (kind === undefined) report(`unknown member: ${cube}.${member}${didYouMean(member, draft.members.keys())}`)
  else if (kind === 'measure') report(`{FILTER_PARAMS.${cube}.${member}}: conditions on measures hold for groups`)
  else if (kind === 'segment' && names !== undefined)
    report(`{FILTER_PARAMS.${cube}.${member}}: a segment has no values for a lambda`)
  else {
    const inner = names === undefined ? scope : { ...scope, argumentNames: names }
    return Object.freeze({
      node: node === '' ? undefined : node,
      member,
      sql: resolveInner(sql, inner, report),
      arity: names?.length,
    })
  }
  return undefined
}

/** SQL inside of SQL: one expression, also where a select is around it. */
function resolveInner(sql: string, scope: TemplateScope, report: (message: string) => void): SqlTemplate {
  return resolveTemplate(sql, { ...scope, isPart: true }, report)
}

/** Words that stand alone without being a column. */
const BARE_WORDS: ReadonlySet<string> = new Set(
  'null true false current_date current_time current_timestamp current_user session_user user localtime localtimestamp'.split(
    ' ',
  ),
)

/** `sql: origin` means the cube's own column, also where a joined cube has one of that name. */
function qualifyBareColumn(pieces: (string | SqlReference)[], scope: TemplateScope): void {
  const [only] = pieces
  if (pieces.length !== 1 || typeof only !== 'string' || scope.isSelect === true) return
  if (!/^[A-Za-z_]\w*$/.test(only) || BARE_WORDS.has(only.toLowerCase())) return
  pieces.splice(0, 1, Object.freeze({ kind: 'alias', node: undefined }), `.${only}`)
}

function resolveReference(
  text: string,
  isQualifier: boolean,
  scope: TemplateScope,
  report: (message: string) => void,
): SqlReference | undefined {
  const parts = text.split('.').map((part) => part.trim())
  if (!parts.every((part) => /^[A-Za-z_]\w*$/.test(part)) || parts.length > MAX_PARTS) {
    report(faultOf(text))
    return undefined
  }
  return parts.length === 1 ? singleName(parts[0]!, isQualifier, scope, report) : qualifiedName(parts, scope, report)
}

/** Most names between braces: cubes on the way, a member, a granularity. */
const MAX_PARTS = 10

/** Words of Cube's models that would put request text or code into SQL. */
const CONTEXT_WORD =
  /^\s*(FILTER_PARAMS|FILTER_GROUP|SECURITY_CONTEXT|securityContext|security_context|SQL_UTILS|COMPILE_CONTEXT|userAttributes)\b/

function faultOf(text: string): string {
  const word = CONTEXT_WORD.exec(text)?.[1]
  if (word === undefined)
    return `{${text.slice(0, 60)}} is not a reference; write {CUBE}, {member} or {cube.member}, or \\{ for a brace of your own`
  if (word === 'COMPILE_CONTEXT')
    return '{COMPILE_CONTEXT} is not supported: one model serves all callers; use access_policy'
  return `{${word}} is not supported in SQL: conditions on the caller belong in access_policy, as row_level filters with { securityContext.name }, and filters of a query are applied without it`
}

function singleName(
  head: string,
  isQualifier: boolean,
  scope: TemplateScope,
  report: (message: string) => void,
): SqlReference | undefined {
  if (OWN_NAMES.has(head)) return OWN_ALIAS
  const own = scope.index.drafts.get(scope.cube)!
  const isMember = own.members.has(head)
  const isNode = nodeFor(head, scope) !== undefined
  if (isMember && isNode && !isQualifier) {
    report(`{${head}} is ambiguous: a member of ${scope.cube} and a cube; write {CUBE.${head}} or {${head}}.column`)
    return undefined
  }
  if (isNode && (isQualifier || !isMember)) return aliasOf(head, scope, report)
  if (isMember) return memberOf({ node: '', cube: scope.cube, path: [] }, head, undefined, scope, report)
  if (CONTEXT_WORD.test(head)) report(faultOf(head))
  else
    report(`unknown reference: {${head}}${didYouMean(head, [...own.members.keys(), ...scope.index.cubeOfNode.keys()])}`)
  return undefined
}

const OWN_ALIAS: SqlReference = Object.freeze({ kind: 'alias', node: undefined })

/** How far a reference has been followed: to a node (`''` is the own cube) and the nodes passed on the way. */
interface Step {
  readonly node: string
  readonly cube: string
  readonly path: readonly string[]
}

/** `{cube.member}`, `{cube.cube.member}`, and of time dimensions `{…member.granularity}`. */
function qualifiedName(
  parts: readonly string[],
  scope: TemplateScope,
  report: (message: string) => void,
): SqlReference | undefined {
  if (CONTEXT_WORD.test(parts[0]!) && nodeFor(parts[0]!, scope) === undefined) {
    report(faultOf(parts.join('.')))
    return undefined
  }
  let step: Step = { node: '', cube: scope.cube, path: [] }
  let at = 0
  // The last part is never a cube, and the last but one is none where it is a time dimension.
  while (at < parts.length - 1 && !isTimeOf(step.cube, parts, at, scope)) {
    const next = follow(step, parts[at]!, scope)
    if (next === undefined) {
      report(
        at === 0
          ? `unknown cube: ${parts[0]}${didYouMean(parts[0]!, scope.index.cubeOfNode.keys())}`
          : `no join leads from ${step.cube} to ${parts[at]}`,
      )
      return undefined
    }
    step = next
    at += 1
  }
  return memberOf(step, parts[at]!, parts[at + 1], scope, report)
}

/** Whether the part at `at` is a time dimension of the cube and the last part, which follows it, a granularity. */
function isTimeOf(cube: string, parts: readonly string[], at: number, scope: TemplateScope): boolean {
  if (at !== parts.length - 2) return false
  const draft = scope.index.drafts.get(cube)
  if (draft === undefined || draft.members.get(parts[at]!) !== 'dimension' || draft.members.has(parts[at + 1]!))
    return false
  return granularitiesOf(draft, parts[at]!)?.includes(parts[at + 1]!) === true
}

/** What a time dimension can be cut into; `undefined` for any other. */
function granularitiesOf(draft: CubeDraft, name: string): readonly string[] | undefined {
  const dimension = draft.isBroken ? undefined : draft.source.dimensions?.find((one) => one.name === name)
  if (dimension?.type !== 'time') return undefined
  return [...GRANULARITIES, ...(dimension.granularities ?? []).map((one) => one.name)]
}

function isColumnlessSwitch(draft: CubeDraft, name: string): boolean {
  const dimension = draft.isBroken ? undefined : draft.source.dimensions?.find((one) => one.name === name)
  return dimension?.type === 'switch' && dimension.sql === undefined && dimension.case === undefined
}

function follow(step: Step, name: string, scope: TemplateScope): Step | undefined {
  if (step.path.length === 0 && step.node === '') {
    const node = nodeFor(name, scope)
    if (node === undefined) return undefined
    if (node === '') return step
    return { node, cube: scope.index.cubeOfNode.get(node)!, path: [node] }
  }
  const target = scope.index.joinTarget(step.cube, name)
  return target === undefined
    ? undefined
    : { node: target, cube: scope.index.cubeOfNode.get(target)!, path: [...step.path, target] }
}

/** The node a name means here; `''` for the own cube, `undefined` for none. */
function nodeFor(name: string, scope: TemplateScope): string | undefined {
  if (OWN_NAMES.has(name) || name === scope.cube) return ''
  if (scope.joinTarget?.names.includes(name)) return scope.joinTarget.node
  const draft = scope.index.drafts.get(scope.cube)
  if (draft?.ancestors.has(name) === true && scope.index.joinTarget(scope.cube, name) === undefined) return ''
  return scope.index.cubeOfNode.has(name) ? name : undefined
}

function aliasOf(name: string, scope: TemplateScope, report: (message: string) => void): SqlReference | undefined {
  const node = nodeFor(name, scope)!
  if (node === '') return OWN_ALIAS
  return isReachable(node, scope, report) ? Object.freeze({ kind: 'alias', node }) : undefined
}

function memberOf(
  { node, cube, path }: Step,
  member: string,
  granularity: string | undefined,
  scope: TemplateScope,
  report: (message: string) => void,
): SqlReference | undefined {
  const draft = scope.index.drafts.get(cube)
  const kind = draft?.members.get(member)
  const written = `${node === '' ? 'CUBE' : node}.${member}`
  if (draft === undefined || kind === undefined) {
    report(`unknown member: ${cube}.${member}${didYouMean(member, draft?.members.keys() ?? [])}`)
    return undefined
  }
  if (kind !== 'unknown' && !scope.mayUse.includes(kind)) {
    report(`{${written}} is a ${kind}, which cannot stand here`)
    return undefined
  }
  if (granularity !== undefined && granularitiesOf(draft, member) === undefined) {
    report(`{${written}.${granularity}}: ${member} is not a time dimension`)
    return undefined
  }
  if (kind === 'dimension' && isColumnlessSwitch(draft, member)) {
    report(
      `{${written}} is a switch without sql, of which rows have no value; only case: { switch } of a measure reads it`,
    )
    return undefined
  }
  if (kind === 'measure' && node !== '') {
    if (scope.mayReachBack !== true) {
      report(`{${written}} is a measure of another cube, which would count rows more than once here`)
      return undefined
    }
  } else if (path.length > 1) {
    if (!startsReachable(path[0]!, scope, report)) return undefined
  } else if (node !== '' && !isReachable(node, scope, report)) return undefined
  const way = path.length > 1 ? pathFromCube(path, scope) : undefined
  return Object.freeze({
    kind: 'member',
    node: node === '' ? undefined : node,
    member,
    ...(granularity !== undefined && { granularity }),
    ...(way !== undefined && { path: way }),
  })
}

/** The whole way from the own cube, unless it is the only shortest one, which is taken anyway. */
function pathFromCube(path: readonly string[], scope: TemplateScope): readonly string[] | undefined {
  const paths = scope.index.pathsFrom(scope.cube)
  const [first, ...rest] = path
  const whole = [...(paths.get(first!)?.path.slice(1) ?? [first!]), ...rest]
  const shortest = paths.get(whole.at(-1)!)
  if (shortest?.other === undefined && shortest?.path.slice(1).join('.') === whole.join('.')) return undefined
  return Object.freeze(whole)
}

function startsReachable(first: string, scope: TemplateScope, report: (message: string) => void): boolean {
  if (scope.joinTarget === undefined) return isReachable(first, scope, report)
  report('a join path cannot stand in the sql of a join')
  return false
}

function isReachable(node: string, scope: TemplateScope, report: (message: string) => void): boolean {
  if (scope.isSelect) {
    report(`{${node}} cannot stand in the cube's own sql`)
    return false
  }
  if (scope.joinTarget !== undefined) {
    if (scope.joinTarget.node === node) return true
    report(`{${node}} is neither of the two cubes this join connects`)
    return false
  }
  const way = scope.index.pathsFrom(scope.cube).get(node)
  if (way === undefined) {
    report(`no join leads from ${scope.cube} to ${node}`)
    return false
  }
  if (way.other === undefined) return true
  report(`two ways lead from ${scope.cube} to ${node}: ${way.path.join(' → ')} and ${way.other.join(' → ')}`)
  return false
}
