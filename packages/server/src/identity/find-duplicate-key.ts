/**
 * The first name that an object of `json` has twice, or undefined. `json` must have been parsed without error.
 * `JSON.parse` keeps the last of two equal names in silence, so a vendor who builds claims by joining strings could be made to
 * sign `attributes` twice; such a token is refused instead.
 */
export function findDuplicateKey(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = []
  for (let index = 0; index < json.length; index++) {
    const character = json[index]
    if (character === '{') open.push(new Set())
    else if (character === '[') open.push(undefined)
    else if (character === '}' || character === ']') open.pop()
    else if (character === '"') {
      const start = index
      index++
      while (json[index] !== '"') index += json[index] === '\\' ? 2 : 1
      const keys = open.at(-1)
      if (keys !== undefined && /^\s*:/.test(json.slice(index + 1, index + 64))) {
        const key = JSON.parse(json.slice(start, index + 1)) as string
        if (keys.has(key)) return key
        keys.add(key)
      }
    }
  }
  return undefined
}
