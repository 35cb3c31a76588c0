import { americanEnglish, createFormatter, type Formatter } from '@datainsight/core/format'

const made = new WeakMap<Formatter, Formatter>()

/**
 * The same formatter with a shortcut for its language: a first chart is often the first thing on a page that formats anything,
 * and would pay for Intl's start. One per formatter, so that all charts of a page share their formats.
 */
export function chartFormatter(formatter: Formatter): Formatter {
  let quick = made.get(formatter)
  if (!quick) {
    quick = createFormatter({ locale: formatter.locale, timezone: formatter.timezone, shortcuts: americanEnglish })
    made.set(formatter, quick)
  }
  return quick
}
