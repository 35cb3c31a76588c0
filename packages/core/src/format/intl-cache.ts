/** Makes Intl objects once per set of options: constructing one costs far more than using it. */
export function createIntlCache(locale: string | undefined) {
  const numbers = new Map<string, Intl.NumberFormat>()
  const dates = new Map<string, Intl.DateTimeFormat>()
  return {
    number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
      return cached(numbers, options, () => new Intl.NumberFormat(locale, options))
    },
    date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
      return cached(dates, options, () => new Intl.DateTimeFormat(locale, options))
    },
  }
}

export type IntlCache = ReturnType<typeof createIntlCache>

function cached<T>(map: Map<string, T>, options: object, make: () => T): T {
  const key = JSON.stringify(options)
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}
