import type { DataVersions } from './data-versions.ts'
import type { RefreshKeys, RefreshRule, RuleContext } from './refresh-keys.ts'
import { type CacheKey, toCacheKey } from './result-cache.ts'
import type { Scope } from './scope.ts'

/** A plan's part that the cache reads. */
export interface KeyHolder {
  /** Name of the statement; see `statementKey`. */
  readonly key: string
  readonly scope: Scope
  /** The refresh keys of its cubes. */
  readonly refreshRules: readonly RefreshRule[]
  /** The last key made and as long as what it is good: little of it changes between two requests. */
  cacheKey: KeyMemo | undefined
}

interface KeyMemo {
  readonly key: CacheKey
  readonly sourceVersion: string
  readonly generation: number
  readonly untilMs: number
}

/** How a source tells of changes and is asked for refresh keys. */
export interface FreshnessSource {
  readonly version: string
  readonly ask: RuleContext['ask']
  /** Tells it from others of the same name. */
  readonly id: string
}

/** What is known of changes; nothing without these. */
export interface FreshnessOptions {
  readonly versions?: DataVersions
  readonly refreshKeys?: RefreshKeys
  /** Milliseconds since 1970; the system's clock when absent. */
  readonly now?: () => number
}

/** Makes the cache keys of plans out of the three ways to hear of changes: the source's own, announcements and refresh keys. */
export class Freshness {
  readonly #versions: DataVersions | undefined
  readonly #refreshKeys: RefreshKeys | undefined
  readonly #now: () => number

  constructor({ versions, refreshKeys, now = Date.now }: FreshnessOptions = {}) {
    this.#versions = versions
    this.#refreshKeys = refreshKeys
    this.#now = now
  }

  /** The key now; undefined when a refresh key has to be asked first, see {@link makeKey}. */
  findKey(holder: KeyHolder, source: Pick<FreshnessSource, 'version' | 'id'>): CacheKey | undefined {
    const known = holder.cacheKey
    const generation = this.#versions?.generation ?? 0
    if (
      known !== undefined &&
      known.generation === generation &&
      known.sourceVersion === source.version &&
      (known.untilMs === Number.POSITIVE_INFINITY || this.#now() < known.untilMs)
    ) {
      return known.key
    }
    const { refreshRules: rules, scope } = holder
    const state =
      rules.length === 0 || this.#refreshKeys === undefined
        ? UNRULED
        : this.#refreshKeys.peek(rules, { organizationId: scope.organizationId, source: source.id })
    return state && this.#remember(holder, source.version, generation, state)
  }

  /** The key now, after asking what has to be asked. */
  async makeKey(holder: KeyHolder, source: FreshnessSource): Promise<CacheKey> {
    const found = this.findKey(holder, source)
    if (found !== undefined || this.#refreshKeys === undefined) return found as CacheKey
    const { organizationId } = holder.scope
    const state = await this.#refreshKeys.check(holder.refreshRules, {
      organizationId,
      source: source.id,
      ask: source.ask,
    })
    return this.#remember(holder, source.version, this.#versions?.generation ?? 0, state)
  }

  #remember(
    holder: KeyHolder,
    sourceVersion: string,
    generation: number,
    { version, untilMs }: { readonly version: string; readonly untilMs: number },
  ): CacheKey {
    const text = `${sourceVersion}|${this.#versions?.of(holder.scope) ?? 0}|${version}`
    const known = holder.cacheKey?.key
    const key = known?.version === text ? known : toCacheKey(holder.key, text, holder.scope)
    holder.cacheKey = { key, sourceVersion, generation, untilMs }
    return key
  }
}

const UNRULED = { version: '', untilMs: Number.POSITIVE_INFINITY }
