import { stripVTControlCharacters } from 'node:util'

/** One thing that failed in a run of the tests. */
export interface Failure {
  /** Path from the root; empty when no file is known. */
  readonly file: string
  /** Full name of the test, or what failed instead of one. */
  readonly name: string
  readonly message: string
  /** `file:line` where it failed. */
  readonly place?: string
}

const MOST_LINES = 6
const MOST_CHARACTERS = 200

/** A failure as text: file and name, then at most six lines, of 200 characters each, of its message and place. */
export function describeFailure({ file, name, message, place }: Failure): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '')
  const room = MOST_LINES - (place === undefined ? 0 : 1)
  const shown = lines.length > room ? [...lines.slice(0, room - 1), `… ${lines.length - room + 1} more lines`] : lines
  if (place !== undefined) shown.push(`at ${place}`)
  return [[file, name].filter(Boolean).join(' > '), ...shown.map((line) => `    ${cut(line)}`)].join('\n')
}

function cut(line: string): string {
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line
}
