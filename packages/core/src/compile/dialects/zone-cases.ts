import { sql } from 'kysely'
import { offsetMs, transition } from '../../query/time-zone.ts'
import type { ZoneOffset } from '../../query/zone-offsets.ts'
import { zoneCaseSql } from '../raw-sql.ts'
import type { Dialect, Sql } from './dialect.ts'
import { queryBuilderOf } from './query-builder.ts'

/** How a database says instants and offsets in a case over the changes of a zone's clocks. */
export interface ZoneWords {
  /** A literal that compares with the instant. `ms` is a whole number of seconds. */
  readonly instant: (ms: number) => string
  readonly offset: (seconds: number) => string
}

const FIRST_MS = Date.UTC(1970, 0, 1)
const LAST_MS = Date.UTC(2101, 0, 1)
/** No zone changes its clocks and changes them back within so short a time; Gaza comes near in October 2040. */
const STEP_MS = 5 * 86_400_000

const tables = new Map<string, readonly ZoneOffset[]>()
const templates = new Map<string, readonly string[]>()

/**
 * The offset of a zone's clocks at an instant, for databases that know no zones: a case over their changes, from 1970 to 2100
 * unless `offsets` says which count. Before and after, the nearest offset holds.
 *
 * @param instant stands once for each change, and its evaluation takes the logarithm of their number
 */
export function zoneCase(
  instant: Sql,
  timezone: string,
  offsets: readonly ZoneOffset[] | undefined,
  words: ZoneWords,
  dialect: Dialect,
): Sql {
  const parts =
    offsets === undefined
      ? templateOf(timezone, words, dialect)
      : caseText(offsets, words, INSTANT, 0, offsets.length - 1).split(INSTANT)
  if (parts.length === 1) return zoneCaseSql(parts[0]!)
  const { sql: text, parameters } = instant.compile(queryBuilderOf(dialect))
  // One piece of text is written some hundred times faster than as many copies of the expression.
  if (parameters.length === 0) return zoneCaseSql(parts.join(text))
  return sql.join(
    parts.flatMap((part, index) => (index === 0 ? [] : [instant]).concat(zoneCaseSql(part))),
    sql``,
  )
}

/** Stands for the instant in a template; no word of ours has it. */
const INSTANT = '\u0000'

function templateOf(timezone: string, words: ZoneWords, dialect: Dialect): readonly string[] {
  const key = `${dialect.name} ${timezone}`
  let found = templates.get(key)
  if (found === undefined) {
    const table = tableOf(timezone)
    found = caseText(table, words, INSTANT, 0, table.length - 1).split(INSTANT)
    templates.set(key, found)
  }
  return found
}

/** Halves the changes again and again, so that a row is compared with eight of them and not with two hundred. */
function caseText(
  offsets: readonly ZoneOffset[],
  words: ZoneWords,
  instant: string,
  first: number,
  last: number,
): string {
  if (first === last) return words.offset(offsets[first]!.seconds)
  const middle = (first + last) >> 1
  const before = caseText(offsets, words, instant, first, middle)
  const after = caseText(offsets, words, instant, middle + 1, last)
  return `case when ${instant} < ${words.instant(Date.parse(offsets[middle]!.until!))} then ${before} else ${after} end`
}

function tableOf(timezone: string): readonly ZoneOffset[] {
  let table = tables.get(timezone)
  if (table === undefined) {
    table = findOffsets(timezone)
    tables.set(timezone, table)
  }
  return table
}

/** Every offset of a zone from 1970 to 2100, in order. */
export function findOffsets(timezone: string, stepMs: number = STEP_MS): readonly ZoneOffset[] {
  const offsets: ZoneOffset[] = []
  let offset = offsetMs(timezone, FIRST_MS)
  for (let from = FIRST_MS; from < LAST_MS; from += stepMs) {
    let start = from
    const to = from + stepMs
    while (offset !== offsetMs(timezone, to)) {
      const change = transition(timezone, start, to)
      offsets.push({ seconds: offset / 1_000, until: new Date(change).toISOString() })
      offset = offsetMs(timezone, change)
      start = change
    }
  }
  return [...offsets, { seconds: offset / 1_000, until: undefined }]
}
