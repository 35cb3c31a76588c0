/** A route as it was declared. */
export interface KnownRoute {
  readonly method: string
  readonly url: string
}

/** The methods that exist for `path`, sorted; none when nothing is there. Runs only when no route matched. */
export function allowedMethods(routes: readonly KnownRoute[], path: string): string[] {
  const methods = new Set<string>()
  for (const { method, url } of routes) if (matches(url, path)) methods.add(method)
  return [...methods].sort()
}

function matches(url: string, path: string): boolean {
  const wanted = url.split('/')
  const given = path.split('/')
  const isPrefix = wanted.at(-1) === '*'
  if (isPrefix ? given.length < wanted.length : given.length !== wanted.length) return false
  return wanted.every(
    (segment, index) => segment === '*' || segment === given[index] || (segment.startsWith(':') && given[index] !== ''),
  )
}
