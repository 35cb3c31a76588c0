/** A key and what it does. `keys` are shown one after another. */
export interface Shortcut {
  readonly keys: readonly string[]
  readonly title: string
}

/** Everything the keyboard does besides Tab and Enter; the dialog on `?` shows exactly this list. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['Ctrl', 'K'], title: 'Go to a dashboard or page' },
  { keys: ['/'], title: 'Search the list, or filter queries' },
  { keys: ['g', 'd'], title: 'All dashboards' },
  { keys: ['g', 'q'], title: 'Queries' },
  { keys: ['r'], title: 'Refresh the queries' },
  { keys: ['['], title: 'Collapse or open the navigation' },
  { keys: ['t'], title: 'Light or dark' },
  { keys: ['?'], title: 'This list' },
]

/** What a key press asks for. */
export type ShortcutAction =
  | 'palette'
  | 'search'
  | 'dashboards'
  | 'queries'
  | 'refresh'
  | 'navigation'
  | 'theme'
  | 'shortcuts'

const SINGLE: Readonly<Record<string, ShortcutAction>> = {
  '/': 'search',
  '[': 'navigation',
  t: 'theme',
  r: 'refresh',
  '?': 'shortcuts',
}

/** The parts of a key press that matter. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>

/**
 * Reads key presses one after another. Letters count only outside of text fields (`typing` false), and `g` waits for the
 * next press.
 */
export function createShortcutReader(): (press: KeyPress, typing: boolean) => ShortcutAction | undefined {
  let afterG = false
  return ({ key, ctrlKey, metaKey, altKey }, typing) => {
    const followsG = afterG
    afterG = false
    if ((ctrlKey || metaKey) && key.toLowerCase() === 'k') return 'palette'
    if (ctrlKey || metaKey || altKey || typing) return undefined
    if (followsG && key === 'd') return 'dashboards'
    if (followsG && key === 'q') return 'queries'
    afterG = key === 'g'
    return SINGLE[key]
  }
}
