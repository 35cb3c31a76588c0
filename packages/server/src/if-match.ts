import { AnalyticsError } from '@datainsight/core'
import { Type } from '@sinclair/typebox'

/** The headers of a change. The header may be absent here, so that {@link readIfMatch} can say what it is for. */
export const IfMatch = Type.Object({ 'if-match': Type.Optional(Type.String({ maxLength: 100 })) })

/** The ETag of something that counts its changes. */
export function versionTag(version: number): string {
  return `"${version}"`
}

/**
 * The version that `If-Match` names; undefined for `*`. Weak tags count: proxies that compress make tags weak.
 * @throws AnalyticsError `precondition_required` without the header, `precondition_failed` when it names no version.
 */
export function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined) {
    throw new AnalyticsError('precondition_required', 'a change needs If-Match with the ETag that was read', {
      hint: 'send If-Match: "<version>"',
    })
  }
  if (header.trim() === '*') return undefined
  const match = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(header)
  if (match === null) throw new AnalyticsError('precondition_failed', `If-Match names no version: ${header}`)
  return Number(match[1])
}
