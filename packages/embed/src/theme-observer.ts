import { type ChartTheme, resolveTheme } from './resolve-theme.ts'
import { THEME_TOKENS } from './theme-tokens.ts'

/**
 * Style of the sentinel. One private property strings all tokens together, so one transition reports a change of any of
 * them, whatever caused it: a class, a rule of the host's sheet, a media query. Colours are listed by themselves because
 * `light-dark()` inside a custom property keeps its text when the scheme changes.
 */
const ALL_TOKENS = THEME_TOKENS.map(({ name }) => `var(--_${name})`).join(' | ')

const SYSTEM_QUERIES = ['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)', '(forced-colors: active)']

/**
 * Calls `listener` with the new theme whenever the look of `element` changes, at most once per frame, and never for a
 * change that resolves to the same values. `current` is the theme if the caller has just read it. Returns the function that stops it; nothing stays behind.
 */
export function observeTheme(
  element: HTMLElement,
  listener: (theme: ChartTheme) => void,
  current?: ChartTheme,
): () => void {
  let key = (current ?? resolveTheme(element)).key
  let frame = 0
  const check = () => {
    if (frame !== 0) return
    frame = requestAnimationFrame(() => {
      frame = 0
      if (!element.isConnected) return
      const theme = resolveTheme(element)
      if (theme.key === key) return
      key = theme.key
      listener(theme)
    })
  }

  const sentinel = document.createElement('span')
  sentinel.setAttribute('aria-hidden', 'true')
  for (const [name, value] of [
    // Hidden by size, not by `display`: elements without a box start no transitions.
    ['position', 'absolute'],
    ['inline-size', '0'],
    ['block-size', '0'],
    ['overflow', 'hidden'],
    ['pointer-events', 'none'],
    ['--_all', ALL_TOKENS],
    ['color', 'var(--_color-text)'],
    ['background-color', 'var(--_color-surface)'],
    [
      'transition',
      '--_all 1ms step-start, color 1ms step-start, background-color 1ms step-start, font-family 1ms step-start',
    ],
    ['transition-behavior', 'allow-discrete'],
  ] as const) {
    sentinel.style.setProperty(name, value)
  }
  sentinel.addEventListener('transitionrun', check)
  ;(element.shadowRoot ?? element).append(sentinel)

  // Browsers that start no transitions for custom properties still see what hosts do most: attributes of html and body.
  const attributes = new MutationObserver(check)
  for (const watched of [document.documentElement, document.body]) attributes.observe(watched, { attributes: true })
  const queries = SYSTEM_QUERIES.map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', check)

  return () => {
    cancelAnimationFrame(frame)
    sentinel.remove()
    attributes.disconnect()
    for (const query of queries) query.removeEventListener('change', check)
  }
}
