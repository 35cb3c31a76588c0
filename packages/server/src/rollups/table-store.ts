import { setTimeout as sleep } from 'node:timers/promises'
import { AnalyticsError } from '@datainsight/core'
import { levelColumns, type RollupLevel } from '@datainsight/core/compile'
import type { DataSource, Statement } from '../data-sources/data-source.ts'
import type { RollupSchema, SourceWriter } from '../data-sources/source-place.ts'
import { readHeldTimes } from './held-times.ts'
import type { RollupBuild, StoredLevel, StoredPart } from './rollup-build.ts'
import {
  type BuildLimits,
  type BuildPlan,
  type BuildSession,
  type PartTask,
  type RollupStore,
  type StoredTables,
  worthwhile,
} from './rollup-store.ts'
import { type TableName, TableSql } from './table-sql.ts'

/** Most groups of a part; the builder's statement asks for no more than one more. */
const MAX_GROUPS = 1_000_000_000
/** How often, and how long apart, is looked whether readers see a table: they may read a replica. Milliseconds. */
const PROBES = 5
const PROBE_MS = 500
/** Longest wait of a removal for statements that still read, milliseconds. */
const DROP_MS = 5_000
/** Bytes of an index entry of MySQL for all text columns together, and of a character. */
const KEY_BYTES = 3_000
const CHARACTER_BYTES = 4
/** What we make: `r_<build>`, `r_<build>_<part>` and `r_<build>_l<level>`. Nothing else in the schema is ever touched. */
const OURS = /^r_([0-9a-f]{32})(?:_l?\d+)?$/

/**
 * Rollups as tables in a schema of their own data source: one for each part and build, a view over the parts, and one for
 * each level. What a build makes has the build's name, so builders never meet; what becomes readable is decided by the record of the build.
 */
export class TableStore implements RollupStore {
  readonly id: string
  /** A view over more would cost more to plan than it saves. */
  readonly maxParts = 1_000
  readonly #schema: RollupSchema

  /** `target`: see `SourcePlace`. */
  constructor(target: string, schema: RollupSchema) {
    this.id = `tables ${target} ${schema.schema}`
    this.#schema = schema
  }

  async beginBuild(plan: BuildPlan, source: DataSource, limits: BuildLimits): Promise<BuildSession> {
    const sql = new TableSql(source.dialect)
    const writer = await this.#schema.openWriter()
    try {
      const there = new Set((await this.#list(writer, sql, limits)).map((table) => table.name))
      return {
        has: ({ file }) => there.has(file),
        write: (task) => this.#write({ writer, sql, limits, plan }, task),
        finish: async (parts) => {
          const use = { writer, sql, limits, plan }
          await this.#join(use, parts)
          const levels: StoredLevel[] = []
          for (const [index, level] of plan.levels.entries())
            levels.push(await this.#sumUp(use, parts, { index, level, there }))
          const kept = worthwhile(levels, parts)
          for (const { file } of levels.filter((one) => !kept.includes(one)))
            await writer.run(sql.drop(this.#at(file), 'table'), limits)
          await this.#untilReadable(use, [relationOf({ id: plan.id, parts }), ...kept.map(({ file }) => file)], source)
          return kept
        },
        close: () => writer.close(),
      }
    } catch (error) {
      await writer.close()
      throw error
    }
  }

  tablesOf(build: Pick<RollupBuild, 'id' | 'parts' | 'levels'>, dataSource: string): StoredTables {
    const { schema } = this.#schema
    return {
      dataSource,
      identifiers: [schema, relationOf(build)],
      levels: build.levels.map(({ file }) => [schema, file]),
    }
  }

  /**
   * Drops what no build owns: of builders that died, and of builds that were forgotten. Resolves to the ids of builds that are read
   * although some of it is gone. `readBuilds` is asked after the tables, so that a build that begins meanwhile is known.
   */
  async sweep(readBuilds: () => Promise<readonly RollupBuild[]>, limits: BuildLimits): Promise<readonly string[]> {
    const writer = await this.#schema.openWriter()
    try {
      const sql = new TableSql(writer.dialect)
      const found = await this.#list(writer, sql, limits)
      const builds = await readBuilds()
      const known = new Set(builds.map(({ id }) => tableName(id)))
      const kept = new Set(builds.flatMap(({ parts }) => parts.map(({ file }) => file)))
      const isOwned = (name: string) => kept.has(name) || known.has(`r_${OURS.exec(name)?.[1]}`)
      const orphans = found.filter(({ name }) => !isOwned(name))
      // Views first: a table that one reads cannot be dropped.
      for (const { name, isView } of orphans.toSorted((a, b) => Number(b.isView) - Number(a.isView))) {
        const dropped = sql.drop(this.#at(name), isView ? 'view' : 'table')
        // Whoever still reads it holds it; it is tried again.
        await writer.run(dropped, { ...limits, timeoutMs: DROP_MS }).catch(() => undefined)
      }
      const there = new Set(found.map(({ name }) => name))
      return builds
        .filter(({ state, store }) => state === 'ready' && store === this.id)
        .filter(
          (build) =>
            ![relationOf(build), ...[...build.parts, ...build.levels].map(({ file }) => file)].every((name) =>
              there.has(name),
            ),
        )
        .map(({ id }) => id)
    } finally {
      await writer.close()
    }
  }

  async #write(use: Session, { start, index, statement }: PartTask): Promise<StoredPart> {
    const { writer, sql, limits, plan } = use
    const { columns } = plan
    const table = this.#at(`${tableName(plan.id)}_${index}`)
    if (writer.typesOf === undefined) await writer.run(sql.createAs(table, columns, statement), limits)
    else {
      const types = await writer.typesOf(sql.select(columns, statement), limits)
      await writer.run(sql.create(table, columns, types), limits)
      await writer.run(sql.insert(table, columns, statement), limits)
      await this.#narrow(
        use,
        table,
        columns.filter((_, at) => types[at] === 'numeric').map(({ name }) => name),
      )
    }
    const measured = await writer.read(sql.measure(table, columns), { ...limits, maxRows: 1 })
    const [count, ...ends] = measured.columns.map((column) => column[0] ?? null)
    const rows = Number(count)
    if (rows > MAX_GROUPS) throw new AnalyticsError('unsupported', `a partition has more than ${MAX_GROUPS} groups`)
    if (sql.hasIndexes) await this.#index(use, table)
    const bytes = await this.#settle(use, table)
    return { file: table.name, rows, bytes, times: readHeldTimes(ends), ...(start !== undefined && { start }) }
  }

  /** Sums of whole numbers are decimals to PostgreSQL, and decimals are slow to add up. */
  async #narrow({ writer, sql, limits }: Session, table: TableName, decimals: readonly string[]): Promise<void> {
    const asked = decimals.length === 0 ? undefined : sql.areWhole(table, decimals)
    if (asked === undefined) return
    const { columns } = await writer.read(asked, { ...limits, maxRows: 1 })
    const whole = decimals.filter((_, at) => columns[at]?.[0] === true)
    if (whole.length > 0) await writer.run(sql.toWhole(table, whole), limits)
  }

  /** Readies a full table for its readers, and says how many bytes it takes. */
  async #settle(use: Session, table: TableName): Promise<number> {
    const { writer, sql, limits } = use
    const analyze = sql.analyze(table)
    if (analyze !== undefined) await writer.run(analyze, limits)
    const size = sql.size(table)
    return size === undefined ? 0 : await askNumber(use, size)
  }

  async #index({ writer, sql, limits, plan: { indexes } }: Session, table: TableName): Promise<void> {
    const texts = new Map<string, number>()
    const asked = sql.texts(table)
    if (asked !== undefined && indexes.length > 0) {
      const { columns } = await writer.read(asked, { ...limits, maxRows: 1_000 })
      columns[0]?.forEach((name, row) => {
        texts.set(String(name), Number(columns[1]?.[row]))
      })
    }
    for (const [index, names] of indexes.entries()) {
      const room = Math.floor(KEY_BYTES / CHARACTER_BYTES / Math.max(1, names.filter((name) => texts.has(name)).length))
      const keys = names.map((name) => sql.name(name) + ((texts.get(name) ?? 0) > room ? `(${room})` : ''))
      await writer.run(sql.createIndex(table, `${table.name}_i${index}`, keys), limits)
    }
  }

  /** Makes one relation of several parts. */
  async #join({ writer, sql, limits, plan }: Session, parts: readonly StoredPart[]): Promise<void> {
    if (parts.length === 1) return
    const tables = parts.map(({ file }) => this.#at(file))
    await writer.run(sql.createView(this.#at(tableName(plan.id)), tables, plan.columns), limits)
  }

  /** Makes a level of a build. What the last build's level has of parts that are in this one too is not read again. */
  async #sumUp(
    use: Session,
    parts: readonly StoredPart[],
    {
      index,
      level,
      there,
    }: { readonly index: number; readonly level: RollupLevel; readonly there: ReadonlySet<string> },
  ): Promise<StoredLevel> {
    const { writer, sql, limits, plan } = use
    const { columns, previous } = plan
    const table = this.#at(`${tableName(plan.id)}_l${index}`)
    await writer.run(sql.createLevel(table, columns, level, this.#at(relationOf({ id: plan.id, parts }))), limits)
    const last = previous?.levels.find((one) => one.columns.join() === level.join() && there.has(one.file))
    for (const [part, { file }] of parts.entries()) {
      const lastPart = last === undefined ? -1 : previous!.parts.findIndex((one) => one.file === file)
      const from = last && lastPart >= 0 ? { table: this.#at(last.file), part: lastPart } : undefined
      const statement = from
        ? sql.copySums(table, columns, level, part, from)
        : sql.sumUp(table, columns, level, part, this.#at(file))
      await writer.run(statement, limits)
    }
    if (writer.typesOf !== undefined) {
      const { sums } = levelColumns(columns, level)
      const names = sums.map(({ name }) => name)
      const types = await writer.typesOf(sql.read(table, names), limits)
      await this.#narrow(
        use,
        table,
        names.filter((_, at) => types[at] === 'numeric'),
      )
    }
    const bytes = await this.#settle(use, table)
    return { columns: level, file: table.name, rows: await askNumber(use, sql.count(table)), bytes }
  }

  /** @throws AnalyticsError `query_failed` when the account of the source may not read what was made. */
  async #untilReadable({ sql, limits, plan }: Session, names: readonly string[], source: DataSource): Promise<void> {
    for (let probe = 1; ; probe++) {
      limits.signal.throwIfAborted()
      try {
        for (const name of names) await source.query(sql.probe(this.#at(name)), { ...limits, maxRows: 1 })
        return
      } catch (error) {
        if (probe < PROBES) await sleep(PROBE_MS, undefined, { signal: limits.signal })
        else {
          throw new AnalyticsError(
            'query_failed',
            `${plan.name} is built, but the data source ${source.name} cannot read the schema ${this.#schema.schema}: its account needs the right to select from all tables there`,
            { cause: error },
          )
        }
      }
    }
  }

  /** What we made in the schema. */
  async #list(
    writer: SourceWriter,
    sql: TableSql,
    limits: BuildLimits,
  ): Promise<readonly { readonly name: string; readonly isView: boolean }[]> {
    const { columns } = await writer.read(sql.list(this.#schema.schema), { ...limits, maxRows: 1_000_000 })
    return (columns[0] ?? [])
      .map((name, row) => ({ name: String(name), isView: /view/i.test(String(columns[1]?.[row])) }))
      .filter(({ name }) => OURS.test(name))
  }

  #at(name: string): TableName {
    return { schema: this.#schema.schema, name }
  }
}

interface Session {
  readonly writer: SourceWriter
  readonly sql: TableSql
  readonly limits: BuildLimits
  readonly plan: BuildPlan
}

function tableName(buildId: string): string {
  return `r_${buildId.replaceAll('-', '')}`
}

/** What a build is read from: its only table, or the view over them. */
function relationOf({ id, parts }: Pick<RollupBuild, 'id' | 'parts'>): string {
  return parts.length === 1 ? parts[0]!.file : tableName(id)
}

async function askNumber(
  { writer, limits }: Pick<Session, 'writer' | 'limits'>,
  statement: Statement,
): Promise<number> {
  const { columns } = await writer.read(statement, { ...limits, maxRows: 1 })
  return Number(columns[0]?.[0] ?? 0)
}
