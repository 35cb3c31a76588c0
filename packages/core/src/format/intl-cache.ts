/** Formats numbers; decimal text keeps digits that a double cannot hold. */
export interface NumberText {
  format(value: number | string): string
}

/** Formats dates and spans of dates. */
export interface DateText {
  format(date: Date): string
  formatRange(first: Date, last: Date): string
}

/** Ways to the same text as Intl's without it. Each gives undefined for what it leaves to Intl. */
export interface FormatShortcuts {
  /** Whether they speak the language of a BCP 47 tag. */
  readonly isFor: (locale: string) => boolean
  readonly number: (options: Intl.NumberFormatOptions) => ((value: number) => string | undefined) | undefined
  readonly date: (options: Intl.DateTimeFormatOptions) => ((date: Date) => string | undefined) | undefined
}

/** Formats for one locale; the runtime's when undefined. */
export interface IntlCache {
  number(options: Intl.NumberFormatOptions): NumberText
  date(options: Intl.DateTimeFormatOptions): DateText
}

/** Makes formats once per set of options, and Intl objects only where their knowledge is needed: they are slow to come by. */
export function createIntlCache(given: string | undefined, offered?: FormatShortcuts): IntlCache {
  const locale = given ?? globalThis.navigator?.language
  const shortcuts = offered?.isFor(locale ?? '') ? offered : undefined
  return {
    number: remember((options) => {
      const quick = shortcuts?.number(options)
      const intl = remember(() => new Intl.NumberFormat(locale, options))
      return {
        format: (value) =>
          (typeof value === 'number' ? quick?.(value) : undefined) ??
          // Intl reads decimal text exactly; TypeScript's type of `format` says so only for literals.
          intl(options).format(value as number),
      }
    }),
    date: remember((options) => {
      const quick = shortcuts?.date(options)
      const intl = remember(() => new Intl.DateTimeFormat(locale, options))
      return {
        format: (date) => quick?.(date) ?? intl(options).format(date),
        formatRange: (first, last) => intl(options).formatRange(first, last),
      }
    }),
  }
}

/** Calls `make` once for each argument, told apart by its JSON. */
function remember<A, T>(make: (argument: A) => T): (argument: A) => T {
  const made = new Map<string, T>()
  return (argument) => {
    const key = JSON.stringify(argument)
    let value = made.get(key)
    if (value === undefined) {
      value = make(argument)
      made.set(key, value)
    }
    return value
  }
}
