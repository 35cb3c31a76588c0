import type { Redis } from 'ioredis'
import type { Database } from '../database/schema.ts'
import { DataVersions } from './data-versions.ts'
import { Freshness } from './freshness.ts'
import { RedisLevel } from './redis-level.ts'
import { RefreshKeys } from './refresh-keys.ts'
import { ResultCache } from './result-cache.ts'
import type { SharedLevel } from './shared-level.ts'
import { TableLevel } from './table-level.ts'

/** What the cache of a server is made of. */
export interface AnswerCacheOptions {
  readonly db: Database
  /** Handed in, and closed by whoever made it; no second level when absent. */
  readonly redis?: Redis | undefined
  /** Signs what leaves the process. */
  readonly secret: string
  /** Memory for answers, bytes. */
  readonly maxBytes: number
  /** Room in the table, bytes; no third level when 0. */
  readonly tableBytes: number
  /** See `nextTtl`. */
  readonly ttlFactor: number
  /** Longest run of one statement, milliseconds: whoever waits for another node waits no longer than a little more. */
  readonly statementTimeoutMs: number
  /** Whether other nodes use the same database. */
  readonly isShared: boolean
  /** Hears of faults that callers do not notice. */
  readonly onFault: (error: unknown, what: string) => void
}

/** The answer cache of a server and what it knows of changes. */
export interface AnswerCache {
  readonly cache: ResultCache
  readonly versions: DataVersions
  readonly freshness: Freshness
  readonly table: TableLevel | undefined
  close(): Promise<void>
}

/** Opens the levels there are. */
export async function openAnswerCache(options: AnswerCacheOptions): Promise<AnswerCache> {
  const { db, redis, secret, tableBytes, onFault } = options
  const versions = new DataVersions({
    db,
    poll: options.isShared,
    onError: (error) => onFault(error, 'versions of data could not be read'),
  })
  await versions.start()
  const table =
    tableBytes === 0
      ? undefined
      : new TableLevel({
          db,
          secret,
          maxBytes: tableBytes,
          onFault: (error) => onFault(error, 'the table of answers failed'),
        })
  table?.start()
  const levels: SharedLevel[] = []
  if (redis !== undefined) levels.push(new RedisLevel({ redis, secret }))
  if (table !== undefined) levels.push(table)
  const refreshKeys = new RefreshKeys({
    db,
    onError: (error) => onFault(error, 'a refresh key could not be asked'),
  })
  return {
    cache: new ResultCache({
      maxBytes: options.maxBytes,
      levels,
      ttlFactor: options.ttlFactor,
      waitMs: options.statementTimeoutMs + 5_000,
      onRefreshFault: (error) => onFault(error, 'an answer could not be refreshed'),
    }),
    versions,
    freshness: new Freshness({ versions, refreshKeys }),
    table,
    async close() {
      versions.stop()
      await table?.stop()
    },
  }
}
