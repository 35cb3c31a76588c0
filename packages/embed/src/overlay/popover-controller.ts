import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { followAnchor, type PopoverAlign } from './place-popover.ts'

/** What a {@link PopoverController} looks after. */
export interface PopoverOptions {
  readonly align?: PopoverAlign
  /** After the panel is shown and placed. */
  readonly onOpen?: (panel: HTMLElement) => void
  /** After the panel is gone. */
  readonly onClose?: () => void
}

/**
 * State of one native popover: bind `onBeforeToggle` and `onToggle` on the panel. Opening, Escape and clicks outside are the
 * browser's (`popovertarget`, `popover="auto"`), so focus returns and layers stack as people know it.
 */
export class PopoverController implements ReactiveController {
  isOpen = false
  /** What the panel opens at; the button with its `popovertarget` when undefined. */
  anchor: HTMLElement | undefined
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #options: PopoverOptions
  #stop: (() => void) | undefined

  constructor(host: ReactiveControllerHost & HTMLElement, options: PopoverOptions = {}) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** For `@beforetoggle`: renders the content before it is seen. */
  readonly onBeforeToggle = (event: Event): void => {
    if ((event as ToggleEvent).newState !== 'open') return
    this.isOpen = true
    this.#host.requestUpdate()
    const panel = event.currentTarget as HTMLElement
    const anchor = this.anchor ?? this.#anchorOf(panel)
    this.#stop?.()
    if (anchor) this.#stop = followAnchor(panel, anchor, this.#options.align)
  }

  /** For `@toggle`. */
  readonly onToggle = (event: Event): void => {
    const panel = event.currentTarget as HTMLElement
    if ((event as ToggleEvent).newState === 'open') {
      this.#host.updateComplete.then(() => this.#options.onOpen?.(panel))
      return
    }
    this.#returnFocus(panel)
    this.#close()
  }

  hostDisconnected(): void {
    if (this.isOpen) this.#close()
  }

  #close(): void {
    this.#stop?.()
    this.#stop = undefined
    this.isOpen = false
    this.#options.onClose?.()
    this.#host.requestUpdate()
  }

  /**
   * Back to what opened the panel, unless the viewer has put the focus elsewhere. Chromium leaves it in a closed popover of a
   * shadow root, or loses it when the focused content was drawn anew.
   */
  #returnFocus(panel: HTMLElement): void {
    const focused = (panel.getRootNode() as ShadowRoot | Document).activeElement
    const isLost = focused === null && document.activeElement === document.body
    // What a panel hangs from may be wider than its button.
    const opener = this.anchor?.matches('[popovertarget]') ? this.anchor : this.#anchorOf(panel)
    if (isLost || panel.contains(focused)) opener?.focus({ preventScroll: true })
  }

  #anchorOf(panel: HTMLElement): HTMLElement | null {
    const root = panel.getRootNode() as ShadowRoot | Document
    return root.querySelector<HTMLElement>(`[popovertarget="${panel.id}"]`)
  }
}
