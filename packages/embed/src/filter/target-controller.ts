import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type FilterModel, type FilterTarget, isFilterTarget } from '../dashboard/filter-model.ts'

/** What a {@link TargetController} is told. */
export interface TargetRequest {
  /** The dashboard itself. */
  readonly target: FilterTarget | undefined
  /** Id of the dashboard in the same document or shadow root. */
  readonly id: string | undefined
}

/**
 * Links a filter control to its dashboard and updates it with the dashboard's filters. A dashboard that comes into the page,
 * or is registered, after the control is found when it loads.
 */
export class TargetController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #request: () => TargetRequest
  #target: FilterTarget | undefined
  #stop: (() => void) | undefined

  constructor(host: ReactiveControllerHost & HTMLElement, request: () => TargetRequest) {
    this.#host = host
    this.#request = request
    host.addController(this)
  }

  /** The dashboard's filters; undefined while there is no dashboard. */
  get model(): FilterModel | undefined {
    return this.#target?.filterModel
  }

  get target(): FilterTarget | undefined {
    return this.#target
  }

  hostConnected(): void {
    document.addEventListener('di-load', this.#onLoad)
    this.#host.requestUpdate()
  }

  hostUpdate(): void {
    this.#link()
  }

  hostDisconnected(): void {
    document.removeEventListener('di-load', this.#onLoad)
    this.#stop?.()
    this.#stop = undefined
    this.#target = undefined
  }

  #link(): void {
    const { target, id } = this.#request()
    const root = this.#host.getRootNode() as Document | ShadowRoot
    const found = target ?? (id === undefined ? undefined : root.getElementById?.(id))
    const next = this.#host.isConnected && isFilterTarget(found) ? found : undefined
    if (next === this.#target) return
    this.#stop?.()
    this.#target = next
    this.#stop = next?.filterModel.subscribe(() => this.#host.requestUpdate())
  }

  readonly #onLoad = (): void => {
    if (!this.#target) this.#host.requestUpdate()
  }
}
