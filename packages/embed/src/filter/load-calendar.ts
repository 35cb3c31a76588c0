let loading: Promise<boolean> | undefined

/**
 * Loads the calendar elements of `cally` at the first use; false where they cannot be had. A page that registered them
 * itself is left alone: `cally` would throw on the second registration.
 */
export function loadCalendar(): Promise<boolean> {
  if (customElements.get('calendar-range')) return Promise.resolve(true)
  loading ??= import('cally').then(
    () => true,
    () => {
      loading = undefined
      return false
    },
  )
  return loading
}
