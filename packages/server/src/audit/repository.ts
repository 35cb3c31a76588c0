import type { Database } from '../database/schema.ts'

/** One change, as it is kept. */
export interface AuditEntry {
  /** UUIDv7, so entries sort by it. */
  readonly id: string
  readonly at: Date
  readonly actorKind: string
  readonly actorId: string
  /** `<thing>.<verb>`, as the route declares it. */
  readonly action: string
  /** What was changed: the route's parameters, and `id` of something new. Names only, no values. */
  readonly target: Readonly<Record<string, string>>
  readonly requestId: string
}

/** Where a page of the list starts: after this entry. */
export interface AuditPosition {
  readonly at: Date
  readonly id: string
}

/** Keeps an entry. There is no way to change or remove one but the retention. */
export async function insertAuditEntry(db: Database, organizationId: string, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({
      id: entry.id,
      at: entry.at,
      organization_id: organizationId,
      actor_kind: entry.actorKind,
      actor_id: entry.actorId,
      action: entry.action,
      target: JSON.stringify(entry.target),
      request_id: entry.requestId,
    })
    .execute()
}

/** An organization's entries, newest first, at most `limit`. */
export async function listAuditEntries(
  db: Database,
  organizationId: string,
  page: { readonly limit: number; readonly after: AuditPosition | undefined; readonly action: string | undefined },
): Promise<AuditEntry[]> {
  const { limit, after, action } = page
  let query = db.selectFrom('audit_log').selectAll().where('organization_id', '=', organizationId)
  if (action !== undefined) query = query.where('action', '=', action)
  if (after !== undefined)
    query = query.where((where) => where(where.refTuple('at', 'id'), '<', where.tuple(after.at, after.id)))
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    action: row.action,
    target: row.target,
    requestId: row.request_id,
  }))
}
