import type { SqlReference, SqlTemplate } from './model.ts'
import type { MemberKind, ModelIndex } from './model-index.ts'
import { didYouMean } from './nearest-name.ts'
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
}

/** Reads author SQL and resolves its references. Calls `report` for every fault and returns what could be read. */
export function resolveTemplate(sql: string, scope: TemplateScope, report: (message: string) => void): SqlTemplate {
  const { pieces, problems } = scanSql(sql, scope.isSelect)
  for (const problem of problems) report(problem)
  const resolved: (string | SqlReference)[] = []
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece === 'string') resolved.push(piece)
    else {
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

/** Names that stand for the cube which holds the SQL. */
const OWN_NAMES: ReadonlySet<string> = new Set(['CUBE', 'TABLE'])

function resolveReference(
  text: string,
  isQualifier: boolean,
  scope: TemplateScope,
  report: (message: string) => void,
): SqlReference | undefined {
  const parts = text.split('.').map((part) => part.trim())
  const [head, member, ...rest] = parts
  if (!parts.every((part) => /^[A-Za-z_]\w*$/.test(part)) || rest.length > 0 || head === undefined) {
    report(
      `{${text.slice(0, 60)}} is not a reference; write {CUBE}, {member} or {cube.member}, or \\{ for a brace of your own`,
    )
    return undefined
  }
  if (member !== undefined) return memberOf(head, member, scope, report)
  if (OWN_NAMES.has(head)) return Object.freeze({ kind: 'alias', node: undefined })

  const own = scope.index.drafts.get(scope.cube)!
  const isMember = own.members.has(head)
  const isNode = nodeFor(head, scope) !== undefined
  if (isMember && isNode && !isQualifier) {
    report(`{${head}} is ambiguous: a member of ${scope.cube} and a cube; write {CUBE.${head}} or {${head}}.column`)
    return undefined
  }
  if (isNode && (isQualifier || !isMember)) return aliasOf(head, scope, report)
  if (isMember) return memberOf('CUBE', head, scope, report)
  report(`unknown reference: {${head}}${didYouMean(head, [...own.members.keys(), ...scope.index.cubeOfNode.keys()])}`)
  return undefined
}

/** The node a name means here; `''` for the own cube, `undefined` for none. */
function nodeFor(name: string, scope: TemplateScope): string | undefined {
  if (OWN_NAMES.has(name) || name === scope.cube) return ''
  if (scope.joinTarget?.names.includes(name)) return scope.joinTarget.node
  return scope.index.cubeOfNode.has(name) ? name : undefined
}

function aliasOf(name: string, scope: TemplateScope, report: (message: string) => void): SqlReference | undefined {
  const node = nodeFor(name, scope)!
  if (node === '') return Object.freeze({ kind: 'alias', node: undefined })
  return isReachable(node, scope, report) ? Object.freeze({ kind: 'alias', node }) : undefined
}

function memberOf(
  head: string,
  member: string,
  scope: TemplateScope,
  report: (message: string) => void,
): SqlReference | undefined {
  const node = nodeFor(head, scope)
  if (node === undefined) {
    report(`unknown cube: ${head}${didYouMean(head, scope.index.cubeOfNode.keys())}`)
    return undefined
  }
  const cube = node === '' ? scope.cube : scope.index.cubeOfNode.get(node)!
  const members = scope.index.drafts.get(cube)?.members
  const kind = members?.get(member)
  if (kind === undefined) {
    report(`unknown member: ${cube}.${member}${didYouMean(member, members?.keys() ?? [])}`)
    return undefined
  }
  if (kind !== 'unknown' && !scope.mayUse.includes(kind)) {
    report(`{${head}.${member}} is a ${kind}, which cannot stand here`)
    return undefined
  }
  if (kind === 'measure' && node !== '') {
    report(`{${head}.${member}} is a measure of another cube, which would count rows more than once here`)
    return undefined
  }
  if (node !== '' && !isReachable(node, scope, report)) return undefined
  return Object.freeze({ kind: 'member', node: node === '' ? undefined : node, member })
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
