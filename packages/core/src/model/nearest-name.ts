/** Edit distance (insert, delete, replace, swap neighbours), cut off above `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1)
      current.push(best)
      least = Math.min(least, best)
    }
    if (least > most) return most + 1
    before = previous
    previous = current
  }
  return previous[b.length]!
}

/**
 * The known names that `name` was probably meant to be, nearest first, at most `count`; empty when none is near.
 * Ignores case. Only names the caller may see belong in `known`.
 */
export function nearestNames(name: string, known: Iterable<string>, count = 3): string[] {
  if (name.length > 300) return []
  const wanted = name.toLowerCase()
  // One letter resembles every other letter.
  const most = wanted.length < 2 ? 0 : Math.max(1, Math.min(4, Math.floor(wanted.length / 3)))
  const found: { name: string; distance: number }[] = []
  for (const candidate of known) {
    const far = distance(wanted, candidate.toLowerCase(), most)
    if (far <= most) found.push({ name: candidate, distance: far })
  }
  found.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
  return found.slice(0, count).map((entry) => entry.name)
}

/** `; did you mean a or b?`, or nothing when no known name is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = nearestNames(name, known)
  return near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`
}
