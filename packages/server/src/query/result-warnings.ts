import type { Column, ResultWarning, WarningCode } from '@datainsight/core'

const SENTENCES: Readonly<Record<WarningCode, (count: number) => string>> = {
  not_finite: (count) => `${values(count)} not finite and left empty`,
  no_date: (count) => `${values(count)} no date of the calendar, or too far away, and left empty`,
  not_text: (count) => `${values(count)} not UTF-8 and shown in part`,
}

/** Collects what an answer cannot say. */
export class ResultWarnings {
  readonly #found = new Map<string, { readonly code: WarningCode; readonly column: Column; count: number }>()

  /** What hears of the values of a column; see `toCells`. */
  of(column: Column): (code: WarningCode) => void {
    return (code) => {
      const key = `${code} ${column.name}`
      const known = this.#found.get(key)
      if (known === undefined) this.#found.set(key, { code, column, count: 1 })
      else known.count++
    }
  }

  /** For `meta`: nothing when there is nothing to say. */
  get facts(): { warnings?: ResultWarning[] } {
    if (this.#found.size === 0) return {}
    const warnings = [...this.#found.values()].map(({ code, column, count }) => ({
      code,
      column: column.name,
      count,
      message: `${column.title}: ${SENTENCES[code](count)}`,
    }))
    return { warnings }
  }
}

function values(count: number): string {
  return count === 1 ? '1 value is' : `${count} values are`
}
