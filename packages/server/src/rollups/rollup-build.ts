/** A part of a build: the buckets that start at a local time, and the file or table with their rows. */
export interface StoredPart {
  /** Local milliseconds; `null`: rows without a time; absent: all rows. */
  readonly start?: number | null
  /** A path relative to the store's folder, or the name of a table. */
  readonly file: string
  readonly rows: number
  readonly bytes: number
  /** First and last bucket of each time column, local milliseconds; null: no row has a time. Absent: not known. */
  readonly times?: readonly (readonly [number, number] | null)[]
  /** Of a rollup with a range: which times all rows of are in it, local milliseconds, the end not included; null: no bound. */
  readonly covers?: readonly [number | null, number | null]
}

/** A coarser table of a build: the rows of all its parts summed up. */
export interface StoredLevel {
  /** See `RollupLevel`. */
  readonly columns: readonly string[]
  /** As of a part. */
  readonly file: string
  readonly rows: number
  readonly bytes: number
}

/** A rollup of an organization as it was built once. */
export interface RollupBuild {
  /** UUIDv7. */
  readonly id: string
  readonly organizationId: string
  /** `cube.rollup`. */
  readonly name: string
  /** What it stores and where; see `RollupDefinition.hash`. */
  readonly hash: string
  /** The store it is in, see `RollupStore.id`; `undefined`: files, of before stores had one. */
  readonly store: string | undefined
  readonly state: 'building' | 'ready' | 'retired' | 'failed'
  readonly parts: readonly StoredPart[]
  /** The fewest rows first. */
  readonly levels: readonly StoredLevel[]
  /** Of its parts. */
  readonly rows: number
  /** Of its parts and levels. */
  readonly bytes: number
  /** Answer of the refresh key before it was built. */
  readonly refreshValue: string | undefined
  readonly error: string | undefined
  readonly startedAt: Date
  readonly endedAt: Date | undefined
}
