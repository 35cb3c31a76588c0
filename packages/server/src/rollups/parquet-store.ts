import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { DataSource, RawColumns, Statement, StatementLimits } from '../data-sources/data-source.ts'
import { HeldTimes } from './held-times.ts'
import type { RollupBuild, StoredLevel } from './rollup-build.ts'
import {
  type BuildLimits,
  type BuildPlan,
  type BuildSession,
  type RollupStore,
  type StoredTables,
  worthwhile,
} from './rollup-store.ts'
import { sumUpParquet } from './sum-up-parquet.ts'
import { writeParquet } from './write-parquet.ts'

/** The data source that files are read from. No model and no caller can name it: names have no `$`. */
export const ROLLUP_SOURCE = '$rollups'
/** Most groups of a part; `rollupBuildQuery` asks for no more. */
const MAX_GROUPS = 1_000_000_001
/** Largest table kept in memory, and all of them together, as bytes of Parquet. In memory they take a multiple. */
const MAX_LOADED_BYTES = 8 * 1_048_576
const ALL_LOADED_BYTES = 64 * 1_048_576
/** Says which folder this is: nodes that share it see the same. */
const ID_FILE = '.store'

/** What reads the files: tables of them come and go. */
export interface RollupReader extends DataSource {
  defineTable(name: string, files: readonly string[], load?: boolean): Promise<void>
  dropTable(name: string): Promise<void>
}

/** Rollups as Parquet files below one folder: `<organization>/<rollup>/<build>/<part>.parquet`, levels as `l<level>.parquet`. */
export class ParquetStore implements RollupStore {
  readonly id: string
  readonly directory: string
  readonly maxParts = 10_000
  readonly #reader: RollupReader
  /** By build the tables that the reader has, and how many bytes of each are in memory. */
  readonly #defined = new Map<string, ReadonlyMap<string, number>>()

  constructor(directory: string, reader: RollupReader) {
    mkdirSync(directory, { recursive: true })
    this.directory = directory
    this.#reader = reader
    this.id = `files ${readId(join(directory, ID_FILE))}`
  }

  async beginBuild(plan: BuildPlan, source: DataSource, { signal, timeoutMs }: BuildLimits): Promise<BuildSession> {
    return {
      has: ({ file }) => statSync(join(this.directory, file), { throwIfNoEntry: false }) !== undefined,
      write: async ({ start, index, statement }) => {
        const file = `${folderOf(plan)}${index}.parquet`
        const held = new HeldTimes(plan)
        const rows = held.watch(rowsOf(source, statement, { signal, timeoutMs, maxRows: MAX_GROUPS }))
        const written = await writeParquet(join(this.directory, file), plan.columns, rows, signal)
        return { file, ...written, times: held.times, ...(start !== undefined && { start }) }
      },
      // All are read once the record of the build names them.
      finish: async (parts) => {
        const paths = parts.map(({ file }) => join(this.directory, file))
        const levels: StoredLevel[] = []
        for (const [index, columns] of plan.levels.entries()) {
          signal.throwIfAborted()
          const file = `${folderOf(plan)}l${index}.parquet`
          const written = await sumUpParquet(join(this.directory, file), plan.columns, columns, paths)
          if (written !== undefined) levels.push({ columns, file, ...written })
        }
        const kept = worthwhile(levels, parts)
        for (const { file } of levels.filter((one) => !kept.includes(one))) await rm(join(this.directory, file))
        return kept
      },
      close: async () => undefined,
    }
  }

  tablesOf(build: RollupBuild): StoredTables {
    return {
      dataSource: ROLLUP_SOURCE,
      identifiers: [nameOf(build)],
      levels: build.levels.map((_, index) => [levelName(build, index)]),
    }
  }

  /** Whether a build is one of files, of this folder or another. */
  isOwn({ store }: RollupBuild): boolean {
    return store === undefined || store.startsWith('files ')
  }

  /**
   * Gets ready to read the builds that are `ready`, and lets go of those that are not among `kept`. Says of the builds whose files
   * are not all here why they cannot be read, by their ids.
   */
  async sync(kept: readonly RollupBuild[]): Promise<ReadonlyMap<string, string>> {
    const problems = new Map<string, string>()
    const own = kept.filter((build) => this.isOwn(build))
    const files = await this.#list(own)
    for (const build of own) {
      const isHere = filesOf(build).every((file) => files.has(file))
      if (!isHere) {
        const isElsewhere = build.store !== undefined && build.store !== this.id
        problems.set(build.id, isElsewhere ? ELSEWHERE : 'its files are gone')
        await this.#drop(build.id)
      } else if (build.state === 'ready' && !this.#defined.has(build.id)) {
        this.#defined.set(build.id, await this.#define(build))
      }
    }
    const ids = new Set(own.map(({ id }) => id))
    for (const id of this.#defined.keys()) if (!ids.has(id)) await this.#drop(id)
    return problems
  }

  /** Removes every file but those of `kept`, those of builds under way, and those written after `untilMs`. */
  removeBut(kept: readonly RollupBuild[], untilMs: number): void {
    const files = new Set(kept.flatMap(filesOf))
    const open = kept.filter(({ state }) => state === 'building').map(folderOf)
    const isKept = (file: string) =>
      file === ID_FILE || files.has(file) || open.some((folder) => file.startsWith(folder))
    const clean = (directory: string): boolean => {
      let isEmpty = true
      for (const entry of readdirSync(directory, { withFileTypes: true })) {
        const path = join(directory, entry.name)
        if (entry.isDirectory()) {
          if (clean(path)) rmSync(path, { recursive: true, force: true })
          else isEmpty = false
        } else if (!isKept(relative(this.directory, path)) && isBefore(path, untilMs)) rmSync(path, { force: true })
        else isEmpty = false
      }
      return isEmpty && isBefore(directory, untilMs)
    }
    clean(this.directory)
  }

  /** The files in the folders of builds, as their parts name them. */
  async #list(builds: readonly RollupBuild[]): Promise<ReadonlySet<string>> {
    const folders = new Set(builds.flatMap(filesOf).map((file) => dirname(file)))
    const found = await Promise.all(
      [...folders].map(async (folder) => {
        const names = await readdir(join(this.directory, folder)).catch(() => [])
        return names.map((name) => join(folder, name))
      }),
    )
    return new Set(found.flat())
  }

  /** Lets the reader read a build, from memory while there is room: a small table is read several times as fast. */
  async #define(build: RollupBuild): Promise<ReadonlyMap<string, number>> {
    const { parts, levels } = build
    const loaded = new Map<string, number>()
    const add = async (name: string, of: readonly { readonly file: string; readonly bytes: number }[]) => {
      const bytes = of.reduce((sum, one) => sum + one.bytes, 0)
      const all = [loaded, ...this.#defined.values()].flatMap((tables) => [...tables.values()])
      const isLoaded = bytes <= MAX_LOADED_BYTES && all.reduce((sum, one) => sum + one, bytes) <= ALL_LOADED_BYTES
      const paths = of.map(({ file }) => join(this.directory, file))
      await this.#reader.defineTable(name, paths, isLoaded)
      loaded.set(name, isLoaded ? bytes : 0)
    }
    // Levels first: they are small and much read.
    for (const [index, level] of levels.entries()) await add(levelName(build, index), [level])
    await add(nameOf(build), parts)
    return loaded
  }

  async #drop(id: string): Promise<void> {
    const tables = this.#defined.get(id)
    if (tables === undefined) return
    this.#defined.delete(id)
    for (const name of tables.keys()) await this.#reader.dropTable(name)
  }
}

/** Why this node does not read what another one wrote to a disk of its own. */
export const ELSEWHERE = 'its files are in the rollup folder of another node'

function folderOf({ organizationId, name, id }: Pick<RollupBuild, 'organizationId' | 'name' | 'id'>): string {
  return `${organizationId}/${name}/${id}/`
}

function nameOf({ id }: RollupBuild): string {
  return `b_${id.replaceAll('-', '')}`
}

function levelName(build: RollupBuild, index: number): string {
  return `${nameOf(build)}_l${index}`
}

function filesOf({ parts, levels }: Pick<RollupBuild, 'parts' | 'levels'>): readonly string[] {
  return [...parts, ...levels].map(({ file }) => file)
}

async function* rowsOf(source: DataSource, statement: Statement, limits: StatementLimits): AsyncGenerator<RawColumns> {
  if (source.stream !== undefined) yield* source.stream(statement, limits)
  else yield await source.query(statement, limits)
}

/** The folder's own id: the first of its nodes gives it one. */
function readId(path: string): string {
  try {
    writeFileSync(path, randomUUID(), { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  for (let attempt = 0; attempt < 100; attempt++) {
    const id = readFileSync(path, 'utf8')
    if (id.length > 0) return id
    // Another node has made the file this moment.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
  }
  throw new Error(`${path} is empty`)
}

function isBefore(path: string, untilMs: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && found.mtimeMs < untilMs
}
