import type { ViewerClient } from '@datainsight/core/client'
import type { Formatter } from '@datainsight/core/format'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Theme } from './theme.ts'

/** What elements take from the nearest `<di-provider>` or `<di-dashboard>` around them. */
export interface DataInsightContext {
  /** Absent while no address is known. */
  readonly client: ViewerClient | undefined
  /** Address of that client, for elements that bring their own token. */
  readonly apiUrl: string | undefined
  readonly formatter: Formatter
  /** BCP 47 tag; the browser's language when undefined. */
  readonly locale: string | undefined
  /** IANA zone that dates are shown in; the data's own when undefined. */
  readonly timezone: string | undefined
  readonly theme: Theme | undefined
}

/** Key of the context in the community protocol; two copies of the package on a page understand each other. */
export const DATA_INSIGHT_CONTEXT = Symbol.for('datainsight.context')

type ContextCallback = (value: DataInsightContext, unsubscribe?: () => void) => void

/** `context-request` of the web components community protocol. */
export class ContextRequestEvent extends Event {
  readonly context = DATA_INSIGHT_CONTEXT
  readonly callback: ContextCallback
  readonly subscribe = true

  constructor(callback: ContextCallback) {
    super('context-request', { bubbles: true, composed: true })
    this.callback = callback
  }
}

/** Answers requests of elements below `host` and tells them of every new value. */
export class ContextProvider implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #listeners = new Set<ContextCallback>()
  #value: DataInsightContext

  constructor(host: ReactiveControllerHost & HTMLElement, value: DataInsightContext) {
    this.#host = host
    this.#value = value
    host.addController(this)
  }

  get value(): DataInsightContext {
    return this.#value
  }

  set value(value: DataInsightContext) {
    this.#value = value
    for (const listener of [...this.#listeners]) listener(value, () => this.#listeners.delete(listener))
  }

  hostConnected(): void {
    this.#host.addEventListener('context-request', this.#answer)
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('context-request', this.#answer)
  }

  readonly #answer = (event: Event): void => {
    const request = event as ContextRequestEvent
    if (request.context !== DATA_INSIGHT_CONTEXT || event.composedPath()[0] === this.#host) return
    event.stopPropagation()
    this.#listeners.add(request.callback)
    request.callback(this.#value, () => this.#listeners.delete(request.callback))
  }
}

/**
 * Holds the context around `host` and updates it on change; `undefined` outside every provider.
 * A provider whose tag is registered later is asked again then.
 */
export class ContextConsumer implements ReactiveController {
  value: DataInsightContext | undefined
  readonly #host: ReactiveControllerHost & HTMLElement
  #unsubscribe: (() => void) | undefined

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    this.#request()
    if (this.#unsubscribe) return
    const later = findUndefinedProvider(this.#host)
    if (later)
      customElements.whenDefined(later).then(() => this.#host.isConnected && !this.#unsubscribe && this.#request())
  }

  hostDisconnected(): void {
    this.#unsubscribe?.()
    this.#unsubscribe = undefined
  }

  #request(): void {
    this.#host.dispatchEvent(
      new ContextRequestEvent((value, unsubscribe) => {
        this.#unsubscribe = unsubscribe
        this.value = value
        this.#host.requestUpdate()
      }),
    )
  }
}

/** Tag name of the nearest ancestor, through shadow roots, that will be a provider once it is registered. */
function findUndefinedProvider(element: Element): string | undefined {
  for (
    let node: Node | null = element.parentNode;
    node;
    node = node instanceof ShadowRoot ? node.host : node.parentNode
  ) {
    if (node instanceof Element && node.localName.startsWith('di-') && node.matches(':not(:defined)'))
      return node.localName
  }
  return undefined
}
