import { createFormatter, type Formatter } from '@datainsight/core/format'
import { LitElement, type PropertyValues } from 'lit'
import { property } from 'lit/decorators.js'
import { ContextConsumer } from './client-context.ts'
import { ENGLISH, type Messages } from './messages.ts'
import { luminance, type Theme } from './theme.ts'

/** What a browser shows where nobody chose a font. */
const UNCHOSEN_FONTS: ReadonlySet<string> = new Set(['', '"Times New Roman"', 'Times', 'serif', '-webkit-standard'])

let fallbackFormatter: Formatter | undefined

/** Base of all elements: theme, custom states, and what comes from the context around. */
export abstract class DataInsightElement extends LitElement {
  /** Which look to show: `auto`, `light` or `dark`. The provider's, else `auto`, when undefined. */
  @property({ reflect: true }) theme: Theme | undefined

  /** Texts of the element; English when not set. */
  @property({ attribute: false }) messages: Messages = ENGLISH

  protected readonly context = new ContextConsumer(this)
  protected readonly internals: ElementInternals | undefined
  #stopScheme: (() => void) | undefined

  constructor() {
    super()
    // Server rendering has no internals.
    this.internals = typeof this.attachInternals === 'function' ? this.attachInternals() : undefined
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#watchScheme()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stopScheme?.()
    this.#stopScheme = undefined
  }

  protected override updated(changed: PropertyValues): void {
    if (this.#scheme !== this.#appliedScheme || changed.has('theme')) this.#applyScheme()
  }

  /** Formats cells in the locale and time zone around the element. */
  protected get formatting(): Formatter {
    if (this.context.value) return this.context.value.formatter
    fallbackFormatter ??= createFormatter()
    return fallbackFormatter
  }

  /** Switches the custom state `:state(name)`. */
  protected toggleState(name: string, on: boolean): void {
    if (on) this.internals?.states.add(name)
    else this.internals?.states.delete(name)
  }

  #appliedScheme: Theme | undefined

  get #scheme(): Theme {
    return this.theme ?? this.context.value?.theme ?? 'auto'
  }

  /** Elements inside another of ours inherit its scheme and font, so only the outermost looks at the page. */
  get #isInner(): boolean {
    const root = this.getRootNode()
    return root instanceof ShadowRoot && root.host instanceof DataInsightElement
  }

  #watchScheme(): void {
    if (this.#isInner) return
    this.#applyScheme()
    let frame = 0
    const check = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0
        if (this.isConnected) this.#applyScheme()
      })
    }
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', check)
    // Sheets that the page was still waiting for.
    if (document.readyState !== 'complete') addEventListener('load', check)
    const attributes = new MutationObserver(check)
    for (const watched of [document.documentElement, document.body]) attributes.observe(watched, { attributes: true })
    this.#stopScheme = () => {
      cancelAnimationFrame(frame)
      dark.removeEventListener('change', check)
      removeEventListener('load', check)
      attributes.disconnect()
    }
  }

  #applyScheme(): void {
    this.#appliedScheme = this.#scheme
    if (!this.isConnected || this.#isInner) return
    // Read from around, not from the element: its own style already shows what was decided last time.
    const around = getComputedStyle(this.parentElement ?? shadowHost(this) ?? document.documentElement)
    const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches
    const behind = this.#backdrop()
    const declared = usedScheme(around.colorScheme, prefersDark)
    const wished = this.#scheme === 'auto' ? (declared ?? behind ?? (prefersDark ? 'dark' : 'light')) : this.#scheme
    const isForced = this.#scheme !== 'auto' || declared === undefined
    this.toggleState('scheme-light', isForced && wished === 'light')
    this.toggleState('scheme-dark', isForced && wished === 'dark')
    this.toggleState('plain-font', UNCHOSEN_FONTS.has(around.fontFamily))
    // A dark dashboard on a page that stays white (or the reverse) brings its own ground, or its title could not be read.
    const canvas = usedScheme(getComputedStyle(document.documentElement).colorScheme, prefersDark) ?? 'light'
    this.toggleState('own-page', wished !== (behind ?? canvas))
  }

  /** Whether what the host paints behind the element is light or dark; undefined where it paints nothing. */
  #backdrop(): 'light' | 'dark' | undefined {
    for (
      let node: Node | null = this.parentNode;
      node;
      node = node instanceof ShadowRoot ? node.host : node.parentNode
    ) {
      if (!(node instanceof Element)) continue
      const background = getComputedStyle(node).backgroundColor
      const [, , , alpha = '1'] = background.match(/[\d.]+/g) ?? []
      if (background.startsWith('rgb') && Number(alpha) > 0.5) return luminance(background) < 0.25 ? 'dark' : 'light'
    }
    return undefined
  }
}

function shadowHost(element: Element): Element | undefined {
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.host : undefined
}

/** What a computed `color-scheme` comes to; undefined where the page declares none. */
function usedScheme(colorScheme: string, prefersDark: boolean): 'light' | 'dark' | undefined {
  const isLight = colorScheme.includes('light')
  const isDark = colorScheme.includes('dark')
  if (isLight && isDark) return prefersDark ? 'dark' : 'light'
  return isDark ? 'dark' : isLight ? 'light' : undefined
}
