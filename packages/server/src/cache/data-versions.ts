import { sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import { FreshRead } from '../fresh-read.ts'
import { repeat } from '../repeat.ts'
import { type Scope, tableName } from './scope.ts'

/** How often each node reads what others were told, milliseconds. A change is known everywhere within this plus one read: under 1 s. */
export const VERSIONS_POLL_MS = 500
/** Reads go back this much further than the last, for transactions that committed late, milliseconds. */
const OVERLAP_MS = 10_000
/** Names that are told apart in one organization. Changes of more are taken for changes of the whole source, or of everything. */
export const MAX_VERSION_NAMES = 10_000

/** What changed. */
export type DataChange =
  | { readonly kind: 'all' }
  | { readonly kind: 'source'; readonly source: string }
  | { readonly kind: 'table'; readonly source: string; readonly table: string }
  | { readonly kind: 'tag'; readonly tag: string }

interface Row {
  readonly kind: 'all' | 'source' | 'table' | 'tag'
  readonly source: string
  readonly name: string
}

/** What is known of one organization. */
interface Known {
  readonly versions: Map<string, number>
  /** Sum over all tables of a source: for answers whose tables are not known. */
  readonly anyTable: Map<string, number>
}

interface DataVersionsOptions {
  readonly db: Database
  /** Whether other nodes use the same database. */
  readonly poll: boolean
  readonly onError: (error: unknown) => void
}

/**
 * How often data was told to have changed, per organization, source, table and tag. Held in memory, so that a lookup costs no
 * round trip; persisted, so that an old answer does not come back after a restart; read again twice a second, which needs nothing
 * but the database.
 */
export class DataVersions {
  readonly #options: DataVersionsOptions
  readonly #known = new Map<string, Known>()
  #generation = 0
  #since: Date | undefined
  readonly #reading = new FreshRead(() => this.#read())
  #stopReading: () => void = () => undefined

  constructor(options: DataVersionsOptions) {
    this.#options = options
  }

  /** Reads everything, then keeps reading what changes. */
  async start(): Promise<void> {
    await this.refresh()
    if (this.#options.poll) this.#stopReading = repeat(() => this.refresh(), VERSIONS_POLL_MS, this.#options.onError)
  }

  stop(): void {
    this.#stopReading()
  }

  /** Another number after anything changed: as long as it is the same, no version is another. */
  get generation(): number {
    return this.#generation
  }

  /** The version of everything an answer was made from: a number that only grows. */
  of({ organizationId, source, tables, tags }: Scope): number {
    const known = this.#known.get(organizationId)
    if (known === undefined) return 0
    const versionOf = (row: Row) => known.versions.get(keyOf(row)) ?? 0
    let version = versionOf({ kind: 'all', source: '', name: '' }) + versionOf({ kind: 'source', source, name: '' })
    if (tables.includes('*')) version += known.anyTable.get(source) ?? 0
    else for (const table of tables) version += versionOf({ kind: 'table', source, name: tableName(table) })
    for (const tag of tags) version += versionOf({ kind: 'tag', source: '', name: tag })
    return version
  }

  /** Notes that data changed. When it resolves this node knows, and the others will within a second. */
  async bump(organizationId: string, changes: readonly DataChange[]): Promise<void> {
    const names = this.#known.get(organizationId)?.versions.size ?? 0
    const rows = changes.map((change) => toRow(change, names + changes.length > MAX_VERSION_NAMES))
    // One statement may not touch a row twice; sorted, so that two of them do not wait for each other.
    const distinct = [...new Map(rows.map((row) => [keyOf(row), row])).entries()].sort(([a], [b]) => (a < b ? -1 : 1))
    if (distinct.length === 0) return
    await this.#options.db
      .insertInto('data_versions')
      .values(distinct.map(([, row]) => ({ organization_id: organizationId, ...row })))
      .onConflict((conflict) =>
        conflict.columns(['organization_id', 'kind', 'source', 'name']).doUpdateSet({
          version: sql`data_versions.version + 1`,
          changed_at: sql`clock_timestamp()`,
        }),
      )
      .execute()
    await this.refresh()
  }

  /** Reads what changed now. */
  refresh(): Promise<void> {
    return this.#reading.run()
  }

  async #read(): Promise<void> {
    let query = this.#options.db
      .selectFrom('data_versions')
      .select(['organization_id', 'kind', 'source', 'name', 'version', 'changed_at'])
    if (this.#since !== undefined) query = query.where('changed_at', '>', new Date(this.#since.getTime() - OVERLAP_MS))
    for (const row of await query.execute()) {
      this.#note(row.organization_id, row, Number(row.version))
      if (this.#since === undefined || row.changed_at > this.#since) this.#since = row.changed_at
    }
  }

  #note(organizationId: string, row: Row, version: number): void {
    let known = this.#known.get(organizationId)
    if (known === undefined) {
      known = { versions: new Map(), anyTable: new Map() }
      this.#known.set(organizationId, known)
    }
    const before = known.versions.get(keyOf(row)) ?? 0
    if (before >= version) return
    known.versions.set(keyOf(row), version)
    if (row.kind === 'table') known.anyTable.set(row.source, (known.anyTable.get(row.source) ?? 0) + version - before)
    this.#generation++
  }
}

/** Whether answers of a scope are made from what changed. */
export function concerns(change: DataChange, scope: Scope): boolean {
  switch (change.kind) {
    case 'all':
      return true
    case 'source':
      return scope.source === change.source
    case 'table':
      return (
        scope.source === change.source &&
        scope.tables.some((table) => table === '*' || tableName(table) === tableName(change.table))
      )
    case 'tag':
      return scope.tags.includes(change.tag)
  }
}

function toRow(change: DataChange, isCoarse: boolean): Row {
  switch (change.kind) {
    case 'all':
      return EVERYTHING
    case 'source':
      return { kind: 'source', source: change.source, name: '' }
    case 'table':
      return isCoarse
        ? { kind: 'source', source: change.source, name: '' }
        : { kind: 'table', source: change.source, name: tableName(change.table) }
    case 'tag':
      return isCoarse ? EVERYTHING : { kind: 'tag', source: '', name: change.tag }
  }
}

const EVERYTHING: Row = { kind: 'all', source: '', name: '' }

function keyOf({ kind, source, name }: Row): string {
  return `${kind}\n${source}\n${name}`
}
