import { AnalyticsError, type Problem } from '../errors.ts'
import { joinPath } from './check-shape.ts'
import type { ModelFile } from './read-model-file.ts'

/** Keys from a file's root to a value. */
export type Keys = readonly (string | number)[]

/** Most problems listed; a file of another kind would otherwise give thousands. */
const MAX_PROBLEMS = 200

/** Collects what is wrong with a model. Paths read `model/flights.yml:12:5 cubes[0].measures[2].sql`. */
export class ModelProblems {
  readonly #problems: (Problem & { readonly order: string })[] = []
  readonly #known = new Set<string>()

  add(file: ModelFile, keys: Keys, message: string): void {
    this.addAt(file.path, file.placeOf(keys), pathOf(keys), message)
  }

  addAt(file: string, place: { readonly line: number; readonly column: number }, path: string, message: string): void {
    const order = `${file}\0${String(place.line).padStart(9, '0')}`
    const shown = `${file}:${place.line}:${place.column}${path === '' ? '' : ` ${path}`}`
    // What several cubes extend is read once for each, and its faults found as often.
    const id = `${shown}\0${message}`
    if (this.#known.has(id)) return
    this.#known.add(id)
    this.#problems.push({ path: shown, message, order })
  }

  get isEmpty(): boolean {
    return this.#problems.length === 0
  }

  /** @throws AnalyticsError `model_invalid` with every problem, in the order of the files, when there are any. */
  throwIfAny(): void {
    if (this.isEmpty) return
    const sorted = this.#problems.toSorted((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
    const first = sorted[0]!
    const more = sorted.length === 1 ? '' : ` (and ${sorted.length - 1} more)`
    const problems = sorted.slice(0, MAX_PROBLEMS).map(({ path, message }) => ({ path, message }))
    throw new AnalyticsError('model_invalid', `${first.path}: ${first.message}${more}`, { problems })
  }
}

/** `['cubes', 0, 'sql']` → `cubes[0].sql`. */
export function pathOf(keys: Keys): string {
  return keys.reduce<string>((path, key) => (typeof key === 'number' ? `${path}[${key}]` : joinPath(path, key)), '')
}

/** The inverse of {@link pathOf}. */
export function keysOf(path: string): (string | number)[] {
  const keys: (string | number)[] = []
  for (const match of path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)) {
    if (match[1] !== undefined) keys.push(Number(match[1]))
    else keys.push(match[2] !== undefined ? String(JSON.parse(match[2])) : match[3]!)
  }
  return keys
}
