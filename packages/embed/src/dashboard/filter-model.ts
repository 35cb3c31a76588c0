import type { DashboardFilter, Filter } from '@datainsight/core'
import type { FilterOptions } from '@datainsight/core/client'
import { type FilterValue, readValue, withValue } from './filter-state.ts'

/** What a {@link FilterModel} takes from its dashboard. */
export interface FilterModelSource {
  isLoaded(): boolean
  controls(): readonly DashboardFilter[]
  /** The state in force, defaults included. */
  filters(): readonly Filter[]
  isDefault(): boolean
  change(filters: readonly Filter[]): void
  reset(): void
  options(filterId: string, query: { search?: string; limit?: number; signal?: AbortSignal }): Promise<FilterOptions>
}

/** What filter controls, wherever they are on the page, read and change of a dashboard. */
export class FilterModel {
  readonly #source: FilterModelSource
  readonly #listeners = new Set<() => void>()

  constructor(source: FilterModelSource) {
    this.#source = source
  }

  /** Whether the dashboard has come. */
  get isLoaded(): boolean {
    return this.#source.isLoaded()
  }

  /** Controls in the author's order; empty until the dashboard is loaded. */
  get controls(): readonly DashboardFilter[] {
    return this.#source.controls()
  }

  get isDefault(): boolean {
    return this.#source.isDefault()
  }

  find(filterId: string): DashboardFilter | undefined {
    return this.#source.controls().find(({ id }) => id === filterId)
  }

  value(control: DashboardFilter): FilterValue {
    return readValue(this.#source.filters(), control)
  }

  /** Asks the dashboard to take a value; a host that controls the filters or refuses the event has the last word. */
  setValue(control: DashboardFilter, value: FilterValue): void {
    this.#source.change(withValue(this.#source.filters(), control, value))
  }

  reset(): void {
    this.#source.reset()
  }

  options(filterId: string, query: { search?: string; limit?: number; signal?: AbortSignal }): Promise<FilterOptions> {
    return this.#source.options(filterId, query)
  }

  /** Calls `listener` after every change of controls or values; the returned function stops it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Called by the dashboard after a change. */
  notify(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

/** An element that filter controls can be linked to. */
export interface FilterTarget extends HTMLElement {
  readonly filterModel: FilterModel
}

/** Tells a dashboard from other elements, also one from another copy of the package. */
export function isFilterTarget(element: Element | null | undefined): element is FilterTarget {
  return element instanceof HTMLElement && 'filterModel' in element
}
