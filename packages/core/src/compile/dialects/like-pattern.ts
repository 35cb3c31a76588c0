import type { LikeMode } from './dialect.ts'

/** The pattern of `like … escape '!'` that matches a text literally. A backslash would mean something else in each database. */
export function likePattern(mode: LikeMode, text: string, special = /[!%_]/g): string {
  const literal = text.replaceAll(special, '!$&')
  if (mode === 'contains') return `%${literal}%`
  return mode === 'startsWith' ? `${literal}%` : `%${literal}`
}
