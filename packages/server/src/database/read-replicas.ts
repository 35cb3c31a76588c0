import { Replica } from './replica.ts'
import type { Database } from './schema.ts'
import { WriteNotices } from './write-notices.ts'

/** What reading from replicas needs. */
export interface ReadReplicaOptions {
  readonly primary: Database
  /** Of the primary. A connection of its own listens there, so it must keep a session: not PgBouncer in transaction mode. */
  readonly primaryUrl: string
  readonly replicaUrls: readonly string[]
  /** Most connections to each replica. */
  readonly maxConnections: number
  /** Hears of replicas that fail and of a lost connection to the primary. */
  readonly onError: (error: Error) => void
}

/** Where metadata may be read. Security decisions, and what is read to be written again, stay on the primary. */
export interface MetadataReads {
  /** A replica that has all that the organization wrote through any node; the primary when there is none. */
  for(organizationId: string): Database
  /** Call after a write was committed and before it is acknowledged. */
  noteWrite(organizationId: string): Promise<void>
  close(): Promise<void>
}

/** Reads that all go to the one database there is. */
export function readPrimary(primary: Database): MetadataReads {
  return { for: () => primary, noteWrite: async () => undefined, close: async () => undefined }
}

/** How often a replica is asked how far it is, and the primary whether it is heard, milliseconds. */
const POLL_MS = 250

/**
 * Opens replicas. Each write notes the primary's log position for its organization and tells all nodes by `NOTIFY`; a replica
 * serves an organization only once it has replayed that far. While this node may not have heard the others, it reads from the primary.
 */
export async function openReadReplicas(options: ReadReplicaOptions): Promise<MetadataReads> {
  const replicas = options.replicaUrls.map(
    (url) => new Replica(options.primary, url, options.maxConnections, options.onError),
  )
  const notices = new WriteNotices(options)
  await Promise.all([notices.start(), ...replicas.map((replica) => replica.poll())])
  const timer = setInterval(() => {
    void notices.ask()
    for (const replica of replicas) void replica.poll()
    notices.forget((position) => replicas.every((replica) => replica.position >= position))
  }, POLL_MS)
  timer.unref()
  let turn = 0
  return {
    for(organizationId) {
      if (!notices.isSure) return options.primary
      const needed = notices.positionOf(organizationId)
      for (let index = 0; index < replicas.length; index++) {
        const replica = replicas[(turn + index) % replicas.length] as Replica
        if (!replica.has(needed)) continue
        turn = (turn + index + 1) % replicas.length
        return replica.db
      }
      return options.primary
    },
    noteWrite: (organizationId) => notices.note(organizationId),
    async close() {
      clearInterval(timer)
      await notices.close()
      await Promise.all(replicas.map((replica) => replica.close()))
    },
  }
}
