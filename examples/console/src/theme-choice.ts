/** Looks a person can choose; `auto` follows the system. */
export type ThemeChoice = 'auto' | 'light' | 'dark'

const KEY = 'datainsight-console-theme'

/** What was chosen in this browser; `auto` when nothing. */
export function readThemeChoice(): ThemeChoice {
  const stored = localStorage.getItem(KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'auto'
}

/** Applies a choice to the page and remembers it. */
export function applyThemeChoice(choice: ThemeChoice): void {
  document.documentElement.dataset.theme = choice
  if (choice === 'auto') localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, choice)
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  const choice = readThemeChoice()
  return choice === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : choice === 'dark'
}
