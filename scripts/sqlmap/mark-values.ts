import type { Route } from './describe-routes.ts'
import type { Sample } from './samples.ts'

/**
 * Address of a sample with `mark` behind each value: each part of the path, each parameter, and each text within a parameter that
 * is JSON.
 */
export function markUrl(route: Route, sample: Sample, mark = '*'): string {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `${encode(sample.path?.[name] ?? '')}${mark}`)
  const query = Object.entries(sample.query ?? {}).map(([name, value]) => `${name}=${markParameter(value, mark)}`)
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}

function markParameter(value: string, mark: string): string {
  if (!value.startsWith('{')) return encode(value) + mark
  return encode(markBody(JSON.parse(value), '\u0000')).replaceAll('%5Cu0000', mark)
}

/**
 * JSON with `mark` behind each text. Numbers and booleans have none: what is appended to them is no JSON, and is refused before it
 * is read.
 */
export function markBody(body: unknown, mark = '*'): string {
  return JSON.stringify(body, (_, value: unknown) => (typeof value === 'string' ? value + mark : value))
}

/** An asterisk of ours would be taken for a mark. */
const encode = (text: string) => encodeURIComponent(text).replaceAll('*', '%2A')
