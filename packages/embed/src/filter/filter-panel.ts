import type { Formatter } from '@datainsight/core/format'
import type { TemplateResult } from 'lit'
import type { FilterValue } from '../dashboard/filter-state.ts'
import type { Messages } from '../messages.ts'

/** What a panel needs of its filter. */
export interface PanelOptions {
  messages(): Messages
  formatter(): Formatter
  /** Takes a value and closes. */
  apply(value: FilterValue): void
  /** Closes and changes nothing. */
  cancel(): void
}

/** What a panel holds when it closes. */
export interface Chosen {
  readonly isChanged: boolean
  readonly value: FilterValue
}

/** What opens below a filter; made anew each time. */
export interface FilterPanel {
  render(): TemplateResult
  /** What would apply if it closed now. */
  chosen(): Chosen
}
