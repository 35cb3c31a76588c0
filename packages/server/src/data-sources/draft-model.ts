import { AnalyticsError } from '@datainsight/core'
import { parseModel } from '@datainsight/core/model'
import { Document, isMap, isSeq, type Node } from 'yaml'
import type { Dialect } from './data-source.ts'
import type { ColumnInfo, TableInfo } from './discover.ts'

/** A model to start from. */
export interface DraftModel {
  readonly yaml: string
  /** Names of its cubes, in the order of the tables. */
  readonly cubes: readonly string[]
  /** What was left out, and why. */
  readonly notes: readonly string[]
}

/** Longest name made of a column's, characters: with the prefix of a measure and the number of a repeated name below 63. */
const MAX_NAME = 44
/** Words that some database reads otherwise when they stand unquoted after a dot. */
const PLAIN = /^[a-z_][a-z0-9_]*$/
const RESERVED = new Set(
  `all alter and any array as asc between both by case cast check collate column constraint create cross current_date
   current_time current_timestamp current_user default delete desc distinct div do drop else end except exists explain false
   fetch for foreign from full function grant group groups having if in index inner insert intersect interval into is join key
   keys kill lateral leading left like limit lock long loop match mod natural not null of offset on or order outer over
   partition primary procedure range rank read recursive references repeat replace return revoke right row rows schema select
   session_user set show some system table then to trailing trigger true union unique unsigned update usage use user using
   values when where window with write`.split(/\s+/),
)

interface CubeDraft {
  readonly table: TableInfo
  readonly name: string
  /** Names taken by dimensions and measures. */
  readonly taken: Set<string>
  readonly joins: Record<string, unknown>[]
  /** Joins that are guesses, by their place in `joins`. */
  readonly guesses: Map<number, string>
}

/**
 * Writes a model for tables: a dimension for each column, `count`, sums and averages of numbers that are no keys, and joins by
 * foreign keys and, marked as guesses, by names such as `customer_id`. The text loads: what no model can name is left out and noted.
 */
export function draftModel(
  tables: readonly TableInfo[],
  options: { readonly dataSource: string; readonly dialect: Dialect },
): DraftModel {
  const notes: string[] = []
  // Cubes and roles share one set of names.
  const nodeNames = new Set<string>()
  const drafts = tables.flatMap((table): CubeDraft[] => {
    if (!loads({ name: PROBE, sql_table: tableSql(table) })) {
      notes.push(`table ${show(table.schema)}.${show(table.name)} is left out: its name cannot be written in a model`)
      return []
    }
    const name = freeName(toName(table.name, 'table'), nodeNames)
    return [{ table, name, taken: new Set(), joins: [], guesses: new Map() }]
  })
  for (const draft of drafts) addJoins(draft, drafts, nodeNames, options.dialect)
  const cubes = drafts.map((draft) => toCube(draft, options, notes))
  const document = new Document({ cubes })
  for (const [index, draft] of drafts.entries()) addComments(document, draft, index)
  const yaml = document.toString({ lineWidth: 0 })
  return { yaml: cubes.length === 0 ? 'cubes: []\n' : yaml, cubes: drafts.map(({ name }) => name), notes }
}

function toCube(draft: CubeDraft, options: { dataSource: string; dialect: Dialect }, notes: string[]) {
  const { table, name, taken, joins } = draft
  const isKey = keyColumns(table)
  const dimensions: Record<string, unknown>[] = []
  const measures: Record<string, unknown>[] = [{ name: freeName('count', taken), title: 'Count', type: 'count' }]
  for (const column of table.columns) {
    const sql = `{CUBE}.${quote(column.name, options.dialect)}`
    const isPrimary = table.primaryKey.includes(column.name)
    const title = toTitle(column.name)
    const dimension = {
      name: freeName(toName(column.name, 'column'), taken),
      title,
      ...(column.comment === undefined ? {} : { description: toDescription(column.comment) }),
      sql,
      type: dimensionType(column),
      ...(isPrimary && { primary_key: true }),
    }
    if (!isSql(sql)) {
      notes.push(
        `column ${show(column.name)} of ${show(table.name)} is left out: its name cannot be written in a model`,
      )
      continue
    }
    dimensions.push(dimension)
    if ((column.kind !== 'number' && column.kind !== 'integer') || isKey(column.name)) continue
    const base = toName(column.name, 'column')
    measures.push(
      { name: freeName(`total_${base}`, taken), title: `Total ${lowerFirst(title)}`, sql, type: 'sum' },
      { name: freeName(`average_${base}`, taken), title: `Average ${lowerFirst(title)}`, sql, type: 'avg' },
    )
  }
  return {
    name,
    title: toTitle(table.name),
    ...(table.comment === undefined ? {} : { description: toDescription(table.comment) }),
    sql_table: tableSql(table),
    ...(options.dataSource !== 'default' && { data_source: options.dataSource }),
    ...(joins.length > 0 && { joins }),
    ...(dimensions.length > 0 && { dimensions }),
    measures,
  }
}

function addJoins(draft: CubeDraft, drafts: readonly CubeDraft[], nodeNames: Set<string>, dialect: Dialect): void {
  const { table } = draft
  const joinedColumns = new Set<string>()
  const targets = new Set<string>()
  const add = (columns: readonly string[], target: CubeDraft, theirs: readonly string[], guess?: string) => {
    for (const column of columns) joinedColumns.add(column)
    const isRole = target === draft || targets.has(target.name)
    const role = isRole ? freeName(toName(columns.join('_').replace(/_id$/i, ''), 'role'), nodeNames) : undefined
    const node = role ?? target.name
    const sql = columns
      .map((column, index) => `{CUBE}.${quote(column, dialect)} = {${node}}.${quote(theirs[index]!, dialect)}`)
      .join(' and ')
    if (![...columns, ...theirs].every((column) => isSql(`{CUBE}.${quote(column, dialect)}`))) return
    targets.add(target.name)
    if (guess !== undefined) draft.guesses.set(draft.joins.length, guess)
    draft.joins.push({
      name: target.name,
      ...(role !== undefined && { alias: role, title: toTitle(columns.join('_').replace(/_id$/i, '')) }),
      relationship: 'many_to_one',
      sql,
    })
  }
  for (const { columns, references } of table.foreignKeys) {
    const target = drafts.find(
      (other) => other.table.schema === references.schema && other.table.name === references.name,
    )
    if (target === undefined) continue
    const theirs = references.columns.length === columns.length ? references.columns : target.table.primaryKey
    if (theirs.length === columns.length) add(columns, target, theirs)
  }
  for (const { name } of table.columns) {
    const stem = /^(.+)_id$/i.exec(name)?.[1]?.toLowerCase()
    if (stem === undefined || joinedColumns.has(name) || table.primaryKey.includes(name)) continue
    const target = drafts.find(
      (other) =>
        other !== draft && other.table.primaryKey.length === 1 && isNamedFor(other.table.name.toLowerCase(), stem),
    )
    if (target !== undefined)
      add(
        [name],
        target,
        target.table.primaryKey,
        `a guess, because of the name ${show(name)}: the database declares no foreign key`,
      )
  }
}

/** `customer` for `customer`, `customers`; `category` for `categories`. */
function isNamedFor(table: string, stem: string): boolean {
  return [stem, `${stem}s`, `${stem}es`, stem.replace(/y$/, 'ies')].includes(table)
}

/** Columns whose sum says nothing. */
function keyColumns(table: TableInfo): (column: string) => boolean {
  const keys = new Set([...table.primaryKey, ...table.foreignKeys.flatMap(({ columns }) => columns)])
  return (column) => keys.has(column) || /(?:^|_)(?:id|uuid|key|code|number|no|year|month|day|zip)$/i.test(column)
}

function dimensionType({ kind }: ColumnInfo): string {
  if (kind === 'integer' || kind === 'number') return 'number'
  return kind === 'time' || kind === 'boolean' ? kind : 'string'
}

/** Names of tables in a model are written as PostgreSQL writes them, whatever the database. */
function tableSql({ schema, name }: TableInfo): string {
  return `${quote(schema, 'postgres')}.${quote(name, 'postgres')}`
}

function quote(name: string, dialect: Dialect): string {
  if (PLAIN.test(name) && !RESERVED.has(name)) return name
  switch (dialect) {
    case 'mysql':
    case 'bigquery':
    case 'databricks':
      return `\`${name.replaceAll('`', '``')}\``
    default:
      return `"${name.replaceAll('"', '""')}"`
  }
}

/** A name of the model for a name of the database: words of small letters, digits and underscores. */
function toName(text: string, fallback: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, MAX_NAME)
  if (words === '') return fallback
  return /^\d/.test(words) ? `_${words}` : words
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted
  for (let number = 2; taken.has(name) || !isName(name); number++) name = `${wanted}_${number}`
  taken.add(name)
  return name
}

/** Some words mean something in a model. */
function isName(name: string): boolean {
  return loads({ name, sql_table: 'x', dimensions: [{ name, sql: '{CUBE}.x', type: 'string' }] })
}

/** Whether a model takes the text as the SQL of a member. */
function isSql(sql: string): boolean {
  // To a model, backticks are no quotes: a name in braces would be a reference.
  if (/^\{CUBE\}\.`.*[{}]/s.test(sql)) return false
  return (
    PLAIN.test(sql.slice('{CUBE}.'.length)) ||
    loads({ name: PROBE, sql_table: 'x', dimensions: [{ name: 'x', sql, type: 'string' }] })
  )
}

/** Cubes to try text in; no name of a database may mean them by chance. */
const PROBE = 'draft_probe_1f8e'
const OTHER_PROBE = 'draft_probe_2c4d'
const KNOWN_NAMES = new Map<string, boolean>()

function loads(cube: Record<string, unknown>): boolean {
  const text = JSON.stringify({ cubes: [cube, { name: OTHER_PROBE, sql_table: 'y' }] })
  const known = KNOWN_NAMES.get(text)
  if (known !== undefined) return known
  let isGood = true
  try {
    parseModel([{ path: 'draft.yml', text }])
  } catch (error) {
    if (!(error instanceof AnalyticsError)) throw error
    isGood = false
  }
  if (KNOWN_NAMES.size > 10_000) KNOWN_NAMES.clear()
  KNOWN_NAMES.set(text, isGood)
  return isGood
}

function toTitle(text: string): string {
  const words = plain(text)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[\p{C}\p{Z}_]+/gu, ' ')
    .trim()
    .slice(0, 180)
  return words === '' ? 'Untitled' : words[0]!.toUpperCase() + words.slice(1)
}

/** Two braces, or one before a percent or number sign, would be taken for a template of Jinja's. */
function plain(text: string): string {
  return text.replace(/\{(?=[{%#])/g, '{ ')
}

function toDescription(comment: string): string {
  return plain(comment.slice(0, 1_000))
}

function lowerFirst(text: string): string {
  return text[0]!.toLowerCase() + text.slice(1)
}

/** A name for a note or a comment: on one line. */
function show(name: string): string {
  return plain(JSON.stringify(name).slice(1, -1).slice(0, 200))
}

function addComments(document: Document, draft: CubeDraft, index: number): void {
  const joins = document.getIn(['cubes', index, 'joins'])
  if (!isSeq(joins)) return
  for (const [place, guess] of draft.guesses) {
    const node = joins.items[place]
    if (isMap(node)) (node as Node).commentBefore = ` ${guess}`
  }
}
