import type { CubeSource } from '../schema/cube.ts'
import type { ViewSource } from '../schema/model.ts'
import type { Origin } from './model-index.ts'
import type { Keys, ModelProblems } from './model-problems.ts'
import { didYouMean } from './nearest-name.ts'
import type { ModelFile } from './read-model-file.ts'

/** A cube or view as read: `source` has the right shape only when it is not broken. */
export interface ReadSource<Source> {
  readonly file: ModelFile
  readonly keys: Keys
  readonly source: Source
  readonly isBroken: boolean
}

/** One merged with what it extends. */
export interface Extended<Source> extends ReadSource<Source> {
  readonly origin: (keys: Keys) => Origin
  readonly ancestors: ReadonlySet<string>
}

/** Longest chain of `extends`. */
const MAX_CHAIN = 32
/** Most list items that `extends` may copy, over the whole model: a chain of large cubes grows with the square of its length. */
const MAX_COPIED = 250_000

/** How the lists of a cube merge: items of the same name are replaced. Joins go by the name queries use. */
const CUBE_LISTS: readonly List[] = [
  ['dimensions', nameOf],
  ['measures', nameOf],
  ['segments', nameOf],
  ['joins', (item) => (typeof item.alias === 'string' ? item.alias : nameOf(item))],
  ['hierarchies', nameOf],
  ['pre_aggregations', nameOf],
]
/** A view's cubes are listed one after the other; folders of the same name are replaced. */
const VIEW_LISTS: readonly List[] = [
  ['cubes', undefined],
  ['measures', nameOf],
  ['folders', nameOf],
]
/** What a cube says only of itself. */
const CUBE_KEYS: ReadonlySet<string> = new Set(['name', 'title', 'description', 'extends', 'sql_alias'])
/** A view's heir is described as the view is, unless it says otherwise. */
const VIEW_KEYS: ReadonlySet<string> = new Set(['name', 'title', 'extends'])

type List = readonly [key: string, nameOf: ((item: Record<string, unknown>) => unknown) | undefined]

function nameOf(item: Record<string, unknown>): unknown {
  return item.name
}

/** Merges cubes with the cubes they extend. Policies are kept from the base unless the cube lists its own. */
export function extendCubes(
  cubes: ReadonlyMap<string, ReadSource<CubeSource>>,
  problems: ModelProblems,
): Map<string, Extended<CubeSource>> {
  return new Extender('cube', cubes, CUBE_LISTS, problems).extendAll()
}

/** Merges views with the views they extend. Policies are kept from the base unless the view lists its own. */
export function extendViews(
  views: ReadonlyMap<string, ReadSource<ViewSource>>,
  problems: ModelProblems,
): Map<string, Extended<ViewSource>> {
  return new Extender('view', views, VIEW_LISTS, problems).extendAll()
}

class Extender<Source extends { name: string; extends?: string }> {
  readonly #kind: 'cube' | 'view'
  readonly #sources: ReadonlyMap<string, ReadSource<Source>>
  readonly #lists: readonly List[]
  readonly #problems: ModelProblems
  readonly #done = new Map<string, Extended<Source>>()
  #copied = 0

  constructor(
    kind: 'cube' | 'view',
    sources: ReadonlyMap<string, ReadSource<Source>>,
    lists: readonly List[],
    problems: ModelProblems,
  ) {
    this.#kind = kind
    this.#sources = sources
    this.#lists = lists
    this.#problems = problems
  }

  extendAll(): Map<string, Extended<Source>> {
    const result = new Map<string, Extended<Source>>()
    for (const name of this.#sources.keys()) result.set(name, this.#extend(name))
    return result
  }

  /** Walks to the end of the chain first, then merges from there: no recursion, however long a chain is. */
  #extend(name: string): Extended<Source> {
    const chain = new Set<string>()
    let at: string | undefined = name
    while (at !== undefined && !this.#done.has(at) && !chain.has(at)) {
      chain.add(at)
      at = this.#baseOf(at)
    }
    if (at !== undefined && chain.has(at)) {
      const names = [...chain]
      const circle = names.slice(names.indexOf(at))
      this.#report(at, `extends itself: ${[...circle, at].join(' → ')}`)
      for (const one of circle) this.#done.set(one, { ...alone(this.#sources.get(one)!), isBroken: true })
    }
    for (const one of [...chain].reverse()) if (!this.#done.has(one)) this.#done.set(one, this.#extendOne(one))
    return this.#done.get(name)!
  }

  /** Merges one with its base, which is done. What cannot be merged is broken: there is no more to say of it. */
  #extendOne(name: string): Extended<Source> {
    const read = this.#sources.get(name)!
    if (read.isBroken || read.source.extends === undefined) return alone(read)
    const base = this.#done.get(this.#baseOf(name) ?? '')
    if (base === undefined) {
      const written = nameOfBase(read.source.extends)
      this.#report(name, `unknown ${this.#kind}: ${written}${didYouMean(written, this.#sources.keys())}`)
    } else if (base.ancestors.size >= MAX_CHAIN)
      this.#report(name, `extends a chain of more than ${MAX_CHAIN} ${this.#kind}s`)
    else if (this.#copied > MAX_COPIED) this.#report(name, `extends copies more than ${MAX_COPIED} members in all`)
    else return this.#merge(read, base)
    return { ...alone(read), isBroken: true }
  }

  #baseOf(name: string): string | undefined {
    const { source, isBroken } = this.#sources.get(name)!
    if (isBroken || source.extends === undefined) return undefined
    const base = nameOfBase(source.extends)
    return this.#sources.has(base) ? base : undefined
  }

  #report(name: string, message: string): void {
    const { file, keys } = this.#sources.get(name)!
    this.#problems.add(file, [...keys, 'extends'], message)
  }

  #merge(own: ReadSource<Source>, base: Extended<Source>): Extended<Source> {
    const merged: Record<string, unknown> = {}
    const origins = new Map<string, Origin[]>()
    const written = own.source as Record<string, unknown>
    const ownKeys = this.#kind === 'view' ? VIEW_KEYS : CUBE_KEYS
    for (const [key, value] of Object.entries(base.source)) {
      if (!ownKeys.has(key)) merged[key] = value
    }
    if ('sql' in written || 'sql_table' in written) {
      delete merged.sql
      delete merged.sql_table
    }
    Object.assign(merged, written)
    // What a base hides or requires stays so unless its heir says otherwise in so many words; a required tenant stays required.
    if (base.source && (base.source as Record<string, unknown>).tenant_required === true) merged.tenant_required = true
    if (written.public !== undefined) delete merged.shown
    if (written.shown !== undefined && written.public === undefined) delete merged.public
    for (const [key, name] of this.#lists) {
      const items = listIn(base.source, key)
      const added = listIn(own.source, key)
      if (items.length === 0) continue
      this.#copied += items.length
      const list = items.map((item, index) => ({ item, origin: base.origin([key, index]) }))
      for (const [index, item] of added.entries()) {
        const origin = { file: own.file, keys: [...own.keys, key, index] }
        const at = name === undefined ? -1 : list.findIndex((entry) => name(entry.item) === name(item))
        // Two of one name within the heir itself are reported as duplicates.
        if (at >= 0 && at < items.length) list[at] = { item, origin }
        else list.push({ item, origin })
      }
      merged[key] = list.map(({ item }) => item)
      origins.set(
        key,
        list.map(({ origin }) => origin),
      )
    }
    return {
      ...own,
      isBroken: own.isBroken || base.isBroken,
      source: merged as Source,
      ancestors: new Set([...base.ancestors, base.source.name]),
      origin: (keys) => {
        const [key, index, ...rest] = keys
        const origin = typeof index === 'number' ? origins.get(String(key))?.[index] : undefined
        if (origin !== undefined) return { file: origin.file, keys: [...origin.keys, ...rest] }
        if (key !== undefined && !(key in written) && key in merged) return base.origin(keys)
        return { file: own.file, keys: [...own.keys, ...keys] }
      },
    }
  }
}

/** `extends: base` or `extends: "{base}"`. */
function nameOfBase(written: string): string {
  return written.replaceAll(/[{}\s]/g, '')
}

const NOBODY: ReadonlySet<string> = new Set()

function alone<Source>(read: ReadSource<Source>): Extended<Source> {
  return { ...read, ancestors: NOBODY, origin: (keys) => ({ file: read.file, keys: [...read.keys, ...keys] }) }
}

function listIn(source: object, key: string): readonly Record<string, unknown>[] {
  const list: unknown = (source as Record<string, unknown>)[key]
  return Array.isArray(list) ? (list as Record<string, unknown>[]) : []
}
